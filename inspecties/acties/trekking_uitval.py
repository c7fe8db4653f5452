"""A stop that was drawn by lot leaves the plan only with a reason, and never the record of the draw."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.models_trekking import Trekking, Trekkinguitval
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database import select_voor

REDEN_MINSTENS, REDEN_HOOGSTENS = 5, 2000


def controleer_reden(reden: str, waarvoor: str) -> str:
    """The tidied reason. Raises OngeldigeInvoer naming ``reden``."""
    kort = reden.strip()
    if not REDEN_MINSTENS <= len(kort) <= REDEN_HOOGSTENS:
        raise OngeldigeInvoer(f"Schrijf in {REDEN_MINSTENS} tot {REDEN_HOOGSTENS} tekens waarom {waarvoor}.", "reden")
    return kort


def leg_uitval_vast(sessie: Session, actor: Actor, nu: datetime, stop: Stop, reden: str) -> None:
    """Before a stop goes or is called off: nothing for one that was chosen, a line in the record for a drawn one.

    Raises OngeldigeInvoer where a drawn stop has no reason.
    """
    plan = sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id == stop.id)).one_or_none()
    if plan is None or plan.herkomst != "trekking":
        return
    adres = stop.locatie.adresregel
    kort = controleer_reden(reden, f"{adres}, die door het lot is gekozen, geen stop meer is")
    uid = str(stop.locatie.uid)
    for trekking in sessie.scalars(
        select_voor(actor, Trekking).where(Trekking.actie_id == stop.actie_id).order_by(Trekking.id.desc())
    ):
        if uid in trekking.uitkomst:
            noteer_uitval(sessie, actor, nu, trekking, stop.locatie.uid, kort)
            return


def noteer_uitval(sessie: Session, actor: Actor, nu: datetime, trekking: Trekking, uid: object, reden: str) -> None:
    """A line in the record: this location was drawn and is no stop."""
    sessie.add(
        Trekkinguitval(
            gemeente_id=actor.gemeente_id,
            trekking_id=trekking.id,
            locatie_uid=uid,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )
