"""Write and verify the audit log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.audit.rules import BEGIN_HASH, Breuk, Regel, bereken_hash, controleer_keten
from inspecties.core.actor import Actor
from inspecties.database.bereik import als_gemeente


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
    # Its own log, also where the session is another's: letting a gemeente into a partnership is told in both.
    with als_gemeente(sessie, actor.gemeente_id):
        return _voeg_toe(sessie, actor, nu, handeling, object_soort, str(object_uid), grondslag, gegevens or {})


def _voeg_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    handeling: str,
    object_soort: str,
    object_uid: str,
    grondslag: str,
    gegevens: dict[str, Any],
) -> Auditregel:
    kop = sessie.scalars(
        select(Auditkop)
        .where(Auditkop.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True)
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
        object_uid=object_uid,
        grondslag=grondslag,
        gegevens=gegevens,
    )
    hash_ = bereken_hash(inhoud, kop.hash)
    rij = Auditregel(**vars(inhoud), vorige_hash=kop.hash, hash=hash_)
    sessie.add(rij)
    kop.seq, kop.hash = inhoud.seq, hash_
    sessie.flush()
    return rij


def controleer(sessie: Session, gemeente_id: int, bewaard: Mapping[int, str] | None = None) -> Breuk | None:
    """The first break in a gemeente's chain, or None. ``bewaard``: seq -> hash of heads that were stored elsewhere.

    Head and rows are two reads: where others write meanwhile, give a session of ``momentopname``.
    """
    return controleer_tot(sessie, gemeente_id, bewaard)[1]


def controleer_tot(
    sessie: Session, gemeente_id: int, bewaard: Mapping[int, str] | None = None
) -> tuple[int, Breuk | None]:
    """As ``controleer``, with how many lines there were by the head."""
    kop = sessie.get(Auditkop, gemeente_id)
    aantal, hash_ = (kop.seq, kop.hash) if kop else (0, BEGIN_HASH)
    namen = [*Regel.__dataclass_fields__, "vorige_hash", "hash"]
    # Columns, not objects: a log has hundreds of thousands of rows.
    rijen = sessie.execute(
        select(*(getattr(Auditregel, naam) for naam in namen))
        .where(Auditregel.gemeente_id == gemeente_id)
        .order_by(Auditregel.seq)
        .execution_options(yield_per=1000)
    )
    keten = ((Regel(*rij[:-2]), rij[-2], rij[-1]) for rij in rijen)
    try:
        return aantal, controleer_keten(keten, aantal, hash_, bewaard)
    finally:
        # At a break the rest of the rows is not read: PostgreSQL's cursor must not stay open.
        rijen.close()
