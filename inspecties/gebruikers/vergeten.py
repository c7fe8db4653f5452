"""A forgotten password: a mail with a link that works once, for an hour; whether an address exists does not show."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import NietGevonden
from inspecties.gebruikers.berichten import Berichten
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.gebruikers.models_factoren import Wachtwoordverzoek
from inspecties.gebruikers.oidc_koppeling import koppeling_van
from inspecties.gebruikers.operations import eerste_lid, gemeente_van_adres, kies_wachtwoord, open_lid

GELDIG = timedelta(hours=1)
# More mails an hour than this help nobody but who wants to be a nuisance.
HOOGSTENS = 3
ONGELDIG = "Deze link werkt niet (meer). Vraag op de pagina 'Wachtwoord vergeten' om een nieuwe."
_ONDERWERP = "Nieuw wachtwoord kiezen"
_TEKST = (
    "Goedendag,\n\nIemand vroeg om een nieuw wachtwoord voor uw account. Was u dat? Kies het dan hier:\n\n[[link]]\n\n"
    "Deze link werkt een keer, een uur lang. Vroeg u dit niet? Dan hoeft u niets te doen.\n"
)


_ONDERWERP_DIENST = "Aanmelden met het account van de gemeente"
_TEKST_DIENST = (
    "Goedendag,\n\nIemand vroeg om een nieuw wachtwoord voor uw account. U hebt hier geen wachtwoord nodig: u meldt "
    "zich aan met het account van de gemeente, met de knop '{knop}' op de aanmeldpagina.\n\n"
    "Bent u het wachtwoord van dat account kwijt? Vraag het dan aan de helpdesk van uw gemeente. "
    "Vroeg u dit niet? Dan hoeft u niets te doen.\n"
)


class _Terug(Exception):
    """Undo what was done for an address that nobody has, or that had enough mail."""


@dataclass(frozen=True)
class Dienst:
    """The gemeente's login service, and what its button says; an empty issuer is none."""

    uitgever: str
    knop: str


def vraag(sessie: Session, nu: datetime, email: str, post: Berichten | None, adreskenmerk: str, dienst: Dienst) -> None:
    """Send the link to who has this address; who logs in at the gemeente's service gets a mail that says so.

    The same statements go to the database whoever has the address, if anybody: what is not for them is taken back. How
    long it takes tells nothing.
    """
    gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.email == email)).one_or_none()
    wie = gebruiker.id if gebruiker else 0
    lid = open_lid(sessie, wie)
    bij_dienst = koppeling_van(sessie, dienst.uitgever, wie) is not None
    thuis = gemeente_van_adres(sessie, email)
    ander = sessie.scalars(
        select(Lidmaatschap).options(joinedload(Lidmaatschap.gebruiker)).order_by(Lidmaatschap.id).limit(1)
    ).one_or_none()
    bekend = gebruiker is not None and lid is not None and gebruiker.geblokkeerd_op is None
    voor = lid if bekend else ander
    if voor is not None and post is not None:
        with suppress(_Terug), sessie.begin_nested():
            if _stuur(sessie, nu, voor, post, dienst if bij_dienst else None) > HOOGSTENS or not bekend:
                raise _Terug
    if bekend and gebruiker is not None and lid is not None:
        leg_vast(sessie, systeem(lid.gemeente_id), nu, "wachtwoord_vergeten", "gebruiker", gebruiker.uid)
    elif thuis is not None:
        gegevens = {"adres": adreskenmerk[:16]}
        leg_vast(
            sessie, systeem(thuis), nu, "wachtwoord_vergeten_onbekend", "aanmelding", "onbekend", gegevens=gegevens
        )


def _stuur(sessie: Session, nu: datetime, lid: Lidmaatschap, post: Berichten, dienst: Dienst | None) -> int:
    """Put the mail ready; how many were asked for in this hour, with this one."""
    gebruiker = lid.gebruiker
    verzoek = Wachtwoordverzoek(gebruiker_id=gebruiker.id, gevraagd_op=nu, geldig_tot=nu + GELDIG)
    sessie.add(verzoek)
    sessie.flush()
    onderwerp, tekst, link = _ONDERWERP, _TEKST, verzoek.uid if dienst is None else None
    if dienst is not None:
        onderwerp, tekst = _ONDERWERP_DIENST, _TEKST_DIENST.format(knop=dienst.knop)
    post.stuur(sessie, systeem(lid.gemeente_id), nu, gebruiker.email, onderwerp, tekst, link)
    sessie.flush()
    dit_uur = (Wachtwoordverzoek.gebruiker_id == gebruiker.id, Wachtwoordverzoek.gevraagd_op > nu - GELDIG)
    return sessie.scalar(select(func.count()).select_from(Wachtwoordverzoek).where(*dit_uur)) or 0


def open_verzoek(sessie: Session, nu: datetime, uid: UUID) -> tuple[Wachtwoordverzoek, Gebruiker]:
    """The request of a link that still works, and whose it is. Raises NietGevonden."""
    verzoek = sessie.scalars(select(Wachtwoordverzoek).where(Wachtwoordverzoek.uid == uid)).one_or_none()
    gebruiker = sessie.get(Gebruiker, verzoek.gebruiker_id) if verzoek else None
    if (
        verzoek is None
        or gebruiker is None
        or gebruiker.geblokkeerd_op is not None
        or verzoek.gebruikt_op is not None
        or nu > verzoek.geldig_tot
    ):
        raise NietGevonden(ONGELDIG)
    return verzoek, gebruiker


def kies(
    sessie: Session,
    nu: datetime,
    verzoek: Wachtwoordverzoek,
    gebruiker: Gebruiker,
    wachtwoord: str,
    post: Berichten | None,
) -> None:
    """Set the password, end all sessions and such links; the second step stays. Raises NietGevonden when spent."""
    geraakt = sessie.execute(
        update(Wachtwoordverzoek)
        .where(Wachtwoordverzoek.id == verzoek.id, Wachtwoordverzoek.gebruikt_op.is_(None))
        .values(gebruikt_op=nu)
        .execution_options(synchronize_session=False)
    )
    if int(getattr(geraakt, "rowcount", 0)) != 1:
        raise NietGevonden(ONGELDIG)
    kies_wachtwoord(sessie, nu, gebruiker, wachtwoord)
    sessie.execute(
        update(Wachtwoordverzoek)
        .where(Wachtwoordverzoek.gebruiker_id == gebruiker.id, Wachtwoordverzoek.gebruikt_op.is_(None))
        .values(gebruikt_op=nu)
        .execution_options(synchronize_session=False)
    )
    lid = eerste_lid(sessie, gebruiker)
    if post is not None and lid is not None:
        actor: Actor = systeem(lid.gemeente_id)
        tekst = (
            "Goedendag,\n\nHet wachtwoord van uw account is gewijzigd. U bent overal afgemeld.\n\n"
            "Deed u dit niet zelf? Bel dan meteen de beheerder van uw gemeente.\n"
        )
        post.stuur(sessie, actor, nu, gebruiker.email, "Uw wachtwoord is gewijzigd", tekst)
