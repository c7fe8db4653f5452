"""Proving once more who you are before an act that weighs: a decision, a signature.

A view asks the password in the same form as the act, so that nothing typed is lost::

    wie.eis_bevestiging(sessie, actor, nu, request.form.get(VELD, ""))

Within five minutes the same login is not asked again. A wrong password counts for the same limit as a wrong login.
"""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import GeenRecht
from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.models import Gebruiker
from inspecties.gebruikers.models_bevestiging import Sessiebevestiging
from inspecties.gebruikers.rules.bevestiging import geldt_nog
from inspecties.web.limiet import pogingen_op, tel_poging

VELD = "bevestig_wachtwoord"
VRAAG = "Typ uw wachtwoord om te bevestigen dat u dit besluit neemt. Er is nog niets vastgelegd."
KLOPT_NIET = "Dit wachtwoord klopt niet. Er is nog niets vastgelegd."
TE_VAAK = "U probeerde het te vaak. Wacht een minuut en typ uw wachtwoord opnieuw. Er is nog niets vastgelegd."


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
    return geldt_nog(laatst, nu)


def bevestig(sessie: Session, actor: Actor, nu: datetime, wachtwoord: str) -> None:
    """Check the password of the actor and remember that. Raises BevestigingNodig where it is wrong or too often wrong.

    A wrong one is written in the audit log and committed, because the act around it is taken back.
    """
    if actor.gebruiker_id is None or actor.sessie_id is None:
        raise BevestigingNodig
    gebruiker = sessie.get_one(Gebruiker, actor.gebruiker_id)
    if pogingen_op(gebruiker.email):
        raise BevestigingNodig(TE_VAAK, 429)
    if not wachtwoorden.klopt(gebruiker.wachtwoord_hash, wachtwoord):
        tel_poging(gebruiker.email)
        sessie.rollback()
        leg_vast(sessie, actor, nu, "bevestigen_mislukt", "gebruiker", actor.gebruiker_uid)
        sessie.commit()
        raise BevestigingNodig(KLOPT_NIET)
    leg_bevestiging_vast(sessie, actor, nu, "wachtwoord")


def leg_bevestiging_vast(sessie: Session, actor: Actor, nu: datetime, wijze: str) -> None:
    """Remember a proof that was checked: of a password here, of a passkey by who checks those."""
    if actor.sessie_id is None:
        raise BevestigingNodig
    sessie.add(Sessiebevestiging(sessie_id=actor.sessie_id, wijze=wijze, op=nu))
    sessie.flush()
    leg_vast(sessie, actor, nu, "opnieuw_bevestigd", "gebruiker", actor.gebruiker_uid, gegevens={"wijze": wijze})


def eis_bevestiging(sessie: Session, actor: Actor, nu: datetime, wachtwoord: str) -> None:
    """Raises BevestigingNodig unless this login was proven recently, or is proven now by the password in the form.

    To call before anything else of the act: a wrong password rolls back what was done until then.
    """
    if wachtwoord:
        bevestig(sessie, actor, nu, wachtwoord)
    elif not bevestigd(sessie, actor, nu):
        raise BevestigingNodig
