"""Putting a restriction on data and lifting it (art. 18 and 21 AVG), finding it, and refusing what it forbids."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models_beperking import Beperking
from inspecties.audit.operations import leg_vast
from inspecties.audit.rules_beperking import GEWEIGERD, GRONDEN, Merk
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor


def _reden(tekst: str, veld: str) -> str:
    schoon = " ".join(tekst.split())
    if not 3 <= len(schoon) <= 300:
        raise OngeldigeInvoer("Schrijf in 3 tot 300 tekens waarom.", veld)
    return schoon


def beperk(
    sessie: Session, actor: Actor, nu: datetime, soort: str, uid: UUID | str, grond: str, reden: str
) -> Beperking:
    """Mark an object. Raises OngeldigeInvoer naming the field, Conflict where it is marked already."""
    if grond not in GRONDEN:
        raise OngeldigeInvoer("Kies waarom het gebruik wordt beperkt.", "grond")
    tekst = _reden(reden, "reden")
    if lopende(sessie, actor, uid) is not None:
        raise Conflict("Van deze gegevens is het gebruik al beperkt.")
    rij = Beperking(
        gemeente_id=actor.gemeente_id,
        object_soort=soort,
        object_uid=str(uid),
        grond=grond,
        reden=tekst,
        gezet_op=nu,
        gezet_door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(sessie, actor, nu, "beperking_gezet", soort, uid, GRONDEN[grond], {"grond": grond})
    return rij


def hef_op(sessie: Session, actor: Actor, nu: datetime, rij: Beperking, reden: str) -> None:
    """The data may be used again. The person must hear of it first (art. 18(3)). Raises OngeldigeInvoer, Conflict."""
    tekst = _reden(reden, "opheffing")
    sessie.refresh(rij, with_for_update={"key_share": True})
    if rij.opgeheven_op is not None:
        raise Conflict("Deze beperking is al opgeheven.")
    rij.opgeheven_op, rij.opgeheven_door_id, rij.opheffing = nu, actor.gebruiker_id, tekst
    leg_vast(sessie, actor, nu, "beperking_opgeheven", rij.object_soort, rij.object_uid)


def lopende(sessie: Session, actor: Actor, uid: UUID | str) -> Beperking | None:
    """The mark that lies on an object now."""
    return sessie.scalars(
        select_voor(actor, Beperking).where(Beperking.object_uid == str(uid), Beperking.opgeheven_op.is_(None))
    ).first()


def merken(sessie: Session, gemeente_id: int) -> dict[str, Merk]:
    """Public id -> mark, of everything that is marked in a gemeente: a handful."""
    rijen = sessie.scalars(
        select(Beperking).where(Beperking.gemeente_id == gemeente_id, Beperking.opgeheven_op.is_(None))
    )
    return {r.object_uid: Merk(r.object_soort, r.object_uid, r.grond, lokale_datum(r.gezet_op)) for r in rijen}


def eis_onbeperkt(sessie: Session, actor: Actor, uids: Iterable[UUID | str]) -> None:
    """Raises Conflict where one of these objects is marked: it does not go out."""
    if {str(uid) for uid in uids} & merken(sessie, actor.gemeente_id).keys():
        raise Conflict(GEWEIGERD)
