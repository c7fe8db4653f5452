"""Write and verify the audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.audit.rules import BEGIN_HASH, Breuk, Regel, bereken_hash, controleer_keten
from inspecties.core.actor import Actor


def leg_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    handeling: str,
    object_soort: str,
    object_uid: UUID | str,
    grondslag: str = "",
    gegevens: dict[str, Any] | None = None,
) -> Auditregel:
    """Add one row to the gemeente's chain, in the caller's transaction.

    ``gegevens`` holds JSON values that say what changed; never free text about persons. The head's row is locked, so
    that two transactions cannot give out the same seq.
    """
    sessie.flush()
    kop = sessie.scalars(
        select(Auditkop)
        .where(Auditkop.gemeente_id == actor.gemeente_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if kop is None:
        kop = Auditkop(gemeente_id=actor.gemeente_id, seq=0, hash=BEGIN_HASH)
        sessie.add(kop)
    inhoud = Regel(
        gemeente_id=actor.gemeente_id,
        seq=kop.seq + 1,
        moment=nu,
        gebruiker_id=actor.gebruiker_id,
        rol=actor.rol.value,
        handeling=handeling,
        object_soort=object_soort,
        object_uid=str(object_uid),
        grondslag=grondslag,
        gegevens=gegevens or {},
    )
    hash_ = bereken_hash(inhoud, kop.hash)
    rij = Auditregel(**vars(inhoud), vorige_hash=kop.hash, hash=hash_)
    sessie.add(rij)
    kop.seq, kop.hash = inhoud.seq, hash_
    sessie.flush()
    return rij


def controleer(sessie: Session, gemeente_id: int) -> Breuk | None:
    """The first break in a gemeente's chain, or None."""
    kop = sessie.get(Auditkop, gemeente_id)
    rijen = sessie.scalars(
        select(Auditregel)
        .where(Auditregel.gemeente_id == gemeente_id)
        .order_by(Auditregel.seq)
        .execution_options(yield_per=1000)
    )
    velden = Regel.__dataclass_fields__
    keten = ((Regel(**{v: getattr(r, v) for v in velden}), r.vorige_hash, r.hash) for r in rijen)
    try:
        return controleer_keten(keten, kop.seq if kop else 0, kop.hash if kop else BEGIN_HASH)
    finally:
        # At a break the rest of the rows is not read: PostgreSQL's cursor must not stay open.
        rijen.close()
