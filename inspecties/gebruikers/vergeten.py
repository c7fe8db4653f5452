"""A forgotten password: a mail with a link that works once, for an hour; whether an address exists does not show."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor, systeem
from inspecties.core.fouten import NietGevonden
from inspecties.gebruikers.berichten import Berichten
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.gebruikers.models_factoren import Wachtwoordverzoek
from inspecties.gebruikers.operations import eerste_lid, kies_wachtwoord, leg_onbekende_vast

GELDIG = timedelta(hours=1)
# More mails an hour than this help nobody but who wants to be a nuisance.
HOOGSTENS = 3
ONGELDIG = "Deze link werkt niet (meer). Vraag op de pagina 'Wachtwoord vergeten' om een nieuwe."
_ONDERWERP = "Nieuw wachtwoord kiezen"
_TEKST = (
    "Goedendag,\n\nIemand vroeg om een nieuw wachtwoord voor uw account. Was u dat? Kies het dan hier:\n\n[[link]]\n\n"
    "Deze link werkt een keer, een uur lang. Vroeg u dit niet? Dan hoeft u niets te doen.\n"
)


class _Terug(Exception):
    """Undo what was done for an address that nobody has."""


def vraag(sessie: Session, nu: datetime, email: str, post: Berichten | None, adreskenmerk: str) -> None:
    """Send the link to who has this address. For any other the same work is done and taken back: it takes as long."""
    gebruiker = sessie.scalars(select(Gebruiker).where(Gebruiker.email == email)).one_or_none()
    lid = eerste_lid(sessie, gebruiker)
    if gebruiker is None or lid is None or gebruiker.geblokkeerd_op is not None:
        ander = sessie.scalars(select(Lidmaatschap).order_by(Lidmaatschap.id).limit(1)).one_or_none()
        if ander is not None:
            try:
                with sessie.begin_nested():
                    _stuur(sessie, nu, ander, ander.gebruiker, post)
                    raise _Terug
            except _Terug:
                pass
        leg_onbekende_vast(sessie, nu, "wachtwoord_vergeten_onbekend", email, adreskenmerk)
        return
    _stuur(sessie, nu, lid, gebruiker, post)
    leg_vast(sessie, systeem(lid.gemeente_id), nu, "wachtwoord_vergeten", "gebruiker", gebruiker.uid)


def _stuur(sessie: Session, nu: datetime, lid: Lidmaatschap, gebruiker: Gebruiker, post: Berichten | None) -> None:
    pas = sessie.scalar(
        select(func.count())
        .select_from(Wachtwoordverzoek)
        .where(Wachtwoordverzoek.gebruiker_id == gebruiker.id, Wachtwoordverzoek.gevraagd_op > nu - GELDIG)
    )
    if post is None or (pas or 0) >= HOOGSTENS:
        return
    verzoek = Wachtwoordverzoek(gebruiker_id=gebruiker.id, gevraagd_op=nu, geldig_tot=nu + GELDIG)
    sessie.add(verzoek)
    sessie.flush()
    post.stuur(sessie, systeem(lid.gemeente_id), nu, gebruiker.email, _ONDERWERP, _TEKST, verzoek.uid)


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
