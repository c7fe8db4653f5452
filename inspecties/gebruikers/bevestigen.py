"""Proving once more who you are before an act that weighs: a decision, a signature, an export of persons.

A view asks it in the same form as the act, so that nothing typed is lost::

    wie.eis_bevestiging(sessie, actor, nu, request.form.get(VELD, ""))

The field holds a password or the six digits of an app; the macro ``templates/macros/bevestigen.html`` draws it, with
a button for a passkey beside it (``static/src/account/passkeys.js``), which proves itself before the form is sent. A
view without a form of its own sends the person to ``/account/bevestigen?volgende=``. Who has a second factor uses that,
outside the demo. Within five minutes the same login is not asked again. A wrong answer counts as a wrong login.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import GeenRecht, OngeldigeInvoer
from inspecties.gebruikers import factoren, passkeys, totp, wachtwoorden
from inspecties.gebruikers.inloggen import instellingen, plek, verplicht, wissel_in_browser
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.models_bevestiging import Sessiebevestiging
from inspecties.gebruikers.models_factoren import Sessiefactor
from inspecties.gebruikers.oidc_koppeling import koppeling_van
from inspecties.gebruikers.rules.bevestiging import WIJZEN, geldt_nog
from inspecties.web.limiet import pogingen_op, tel_poging
from inspecties.web.poort import sleutelbos

VELD = "bevestig_wachtwoord"
_NIETS_VASTGELEGD = "Er is nog niets vastgelegd."
VRAAG = "Typ uw wachtwoord om te bevestigen dat u dit besluit neemt. Er is nog niets vastgelegd."
# The question to a passkey, in the session cookie.
VRAAG_IN_SESSIE = "passkeyvraag_bevestigen"


@dataclass(frozen=True)
class Keuze:
    """What a person can prove themselves with, for the form that asks it."""

    wachtwoord: bool
    app: bool
    passkey: bool
    # At the gemeente's login service.
    dienst: bool = False

    @property
    def typen(self) -> bool:
        """Whether there is something to type."""
        return self.wachtwoord or self.app

    @property
    def middelen(self) -> str:
        """What this person has, for in a sentence."""
        delen = {
            "uw passkey": self.passkey,
            "de code uit uw app": self.app,
            "uw wachtwoord": self.wachtwoord,
            "het account van de gemeente": self.dienst,
        }
        *voor, laatste = [naam for naam, heeft in delen.items() if heeft]
        return f"{', '.join(voor)} of {laatste}" if voor else laatste

    @property
    def vraag(self) -> str:
        """The question, with what this person can answer it."""
        if self.middelen == "uw wachtwoord":
            return VRAAG
        return f"Bevestig met {self.middelen} dat u het bent. {_NIETS_VASTGELEGD}"

    @property
    def klopt_niet(self) -> str:
        """What was typed proves nothing."""
        if not self.typen:
            return f"Hier valt niets te typen. {self.vraag}"
        wat = {(True, True): "Dit wachtwoord of deze code", (True, False): "Dit wachtwoord", (False, True): "Deze code"}
        of = ", of de code is al gebruikt" if self.app else ""
        return f"{wat[self.wachtwoord, self.app]} klopt niet{of}. {_NIETS_VASTGELEGD}"

    def pas_toe(self, veld: Any) -> Any:
        """The field of a form with the label of what to type."""
        delen = [*(["uw wachtwoord"] if self.wachtwoord else []), *(["de code uit uw app"] if self.app else [])]
        tekst = " of ".join(delen)
        if tekst:
            veld.label.text = tekst[:1].upper() + tekst[1:]
        if not self.wachtwoord:
            veld.render_kw = {**(veld.render_kw or {}), "autocomplete": "one-time-code", "inputmode": "numeric"}
        return veld


class BevestigingNodig(GeenRecht):
    """The person did not prove, or not recently enough, that it is them. Nothing was done; the form keeps its text."""

    def __init__(self, melding: str = VRAAG, status: int = 403) -> None:
        super().__init__(melding, VELD)
        self.status = status


def bevestigd(sessie: Session, actor: Actor, nu: datetime) -> bool:
    """Whether this login was proven in the last five minutes."""
    if actor.sessie_id is None:
        return False
    laatst = sessie.scalar(select(func.max(Sessiebevestiging.op)).where(Sessiebevestiging.sessie_id == actor.sessie_id))
    if geldt_nog(laatst, nu):
        return True
    met_code = select(func.max(Sessiefactor.op)).where(
        Sessiefactor.sessie_id == actor.sessie_id, Sessiefactor.doel == "bevestigen"
    )
    return geldt_nog(sessie.scalar(met_code), nu)


def keuze_van(sessie: Session, actor: Actor) -> Keuze:
    """What this person can prove themselves with here."""
    alles = factoren.factoren_van(sessie, actor.gebruiker_id or 0)
    moet = alles.aantal > 0 and verplicht()
    uitgever = instellingen().oidc_uitgever
    dienst = bool(uitgever) and koppeling_van(sessie, uitgever, actor.gebruiker_id or 0) is not None
    return Keuze(
        wachtwoord=not moet and not dienst, app=alles.app is not None, passkey=bool(alles.passkeys), dienst=dienst
    )


def _wijze_van(sessie: Session, nu: datetime, gebruiker: Gebruiker, keuze: Keuze, bewijs: str) -> str:
    """By what this text proves the user; '' where it proves nothing."""
    if keuze.app and totp.is_code(bewijs):
        return "totp" if totp.verbruik_code(sessie, sleutelbos(), nu, gebruiker.id, bewijs) else ""
    return "wachtwoord" if keuze.wachtwoord and wachtwoorden.klopt(gebruiker.wachtwoord_hash, bewijs) else ""


def _wie(sessie: Session, actor: Actor) -> Gebruiker:
    """The account of the actor, while it has attempts left."""
    if actor.gebruiker_id is None or actor.sessie_id is None:
        raise BevestigingNodig
    gebruiker = sessie.get_one(Gebruiker, actor.gebruiker_id)
    if pogingen_op(gebruiker.email):
        keuze = keuze_van(sessie, actor)
        raise BevestigingNodig(
            f"U probeerde het te vaak. Wacht een minuut en bevestig dan met {keuze.middelen}. {_NIETS_VASTGELEGD}", 429
        )
    return gebruiker


def _mislukt(sessie: Session, actor: Actor, nu: datetime, gebruiker: Gebruiker) -> None:
    tel_poging(gebruiker.email)
    sessie.rollback()
    leg_vast(sessie, actor, nu, "bevestigen_mislukt", "gebruiker", actor.gebruiker_uid)
    sessie.commit()


def bevestig(sessie: Session, actor: Actor, nu: datetime, bewijs: str) -> None:
    """Check what the actor gave and remember that. Raises BevestigingNodig where it is wrong or too often wrong.

    A wrong one is written in the audit log and committed, because the act around it is taken back.
    """
    gebruiker = _wie(sessie, actor)
    keuze = keuze_van(sessie, actor)
    wijze = _wijze_van(sessie, nu, gebruiker, keuze, bewijs)
    if not wijze:
        ernaast = totp.waarom_niet(sessie, sleutelbos(), nu, gebruiker.id, bewijs) if keuze.app else ""
        _mislukt(sessie, actor, nu, gebruiker)
        if ernaast:
            raise BevestigingNodig(f"{ernaast} {_NIETS_VASTGELEGD}")
        raise BevestigingNodig(keuze.klopt_niet)
    leg_bevestiging_vast(sessie, actor, nu, wijze)


def bevestig_met_passkey(
    sessie: Session, actor: Actor, nu: datetime, vraag: passkeys.Vraag | None, antwoord: dict[str, Any]
) -> None:
    """Check what a passkey of the actor answered and remember that. Raises BevestigingNodig."""
    gebruiker = _wie(sessie, actor)
    try:
        passkeys.controleer(sessie, nu, plek(), "bevestigen", vraag, antwoord, gebruiker)
    except OngeldigeInvoer as fout:
        # Not taken back: the question is spent, whatever the answer was worth.
        sessie.commit()
        _mislukt(sessie, actor, nu, gebruiker)
        raise BevestigingNodig(fout.melding) from fout
    leg_bevestiging_vast(sessie, actor, nu, "passkey")


def leg_bevestiging_vast(sessie: Session, actor: Actor, nu: datetime, wijze: str) -> None:
    """Remember a proof that was checked, and give the login another secret."""
    if actor.sessie_id is None:
        raise BevestigingNodig
    if wijze in WIJZEN:
        sessie.add(Sessiebevestiging(sessie_id=actor.sessie_id, wijze=wijze, op=nu))
    else:
        sessie.add(Sessiefactor(sessie_id=actor.sessie_id, wijze=wijze, doel="bevestigen", op=nu))
    sessie.flush()
    leg_vast(sessie, actor, nu, "opnieuw_bevestigd", "gebruiker", actor.gebruiker_uid, gegevens={"wijze": wijze})
    wissel_in_browser(sessie, actor)


def eis_bevestiging(sessie: Session, actor: Actor, nu: datetime, wachtwoord: str) -> None:
    """Raises BevestigingNodig unless this login was proven recently, or is proven now by what the form holds.

    To call before anything else of the act: a wrong answer rolls back what was done until then.
    """
    if wachtwoord:
        bevestig(sessie, actor, nu, wachtwoord)
    elif not bevestigd(sessie, actor, nu):
        raise BevestigingNodig(keuze_van(sessie, actor).vraag)
