"""Destroying for real, with proof; and the small registry of what is destroyed when its term is over.

A feature that keeps something brings one ``Bewaarsoort``; the command and the proof are the same for all.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from inspecties.audit.models_bewaren import Bewaarslot, Vernietiging
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.database import select_voor

# SQLite has room for some 32 thousand parameters; less is kinder to the planner.
_PER_KEER = 500


@dataclass(frozen=True)
class Vondst:
    """What of one kind should go now: internal key and public id of each, and the term that says so.

    ``na`` is called after the commit: it removes the files that those rows named.
    """

    soort: str
    model: type[Any]
    rijen: Sequence[tuple[int, UUID]]
    regel: str
    na: Callable[[], None] | None = None


@dataclass(frozen=True)
class Bewaarsoort:
    """One kind under a term. ``welke(session, actor, now)`` gives the wholes of which something should go.

    ``zoek(session, actor, now, ids)`` judges these wholes and finds what goes, parts before what holds them. ``vast``
    gives of each whole that stays although its day has come the reasons.
    """

    code: str
    naam: str
    welke: Callable[[Session, Actor, datetime], list[int]]
    zoek: Callable[[Session, Actor, datetime, Collection[int]], list[Vondst]]
    vast: Callable[[Session, Actor, datetime], list[tuple[str, ...]]]


def bewijs_hash(soort: str, uid: UUID | str) -> str:
    """What the proof keeps of a destroyed row: SHA-256 (hex) of ``<soort>:<uid>``."""
    return hashlib.sha256(f"{soort}:{uid}".encode()).hexdigest()


def vernietig(sessie: Session, actor: Actor, nu: datetime, vondst: Vondst) -> Vernietiging | None:
    """Delete the rows of a find, with proof and an audit line. None where there is nothing to delete."""
    if not vondst.rijen:
        return None
    wis_grondig(sessie)
    model = vondst.model
    for begin in range(0, len(vondst.rijen), _PER_KEER):
        sleutels = [rij[0] for rij in vondst.rijen[begin : begin + _PER_KEER]]
        sessie.execute(
            delete(model).where(model.id.in_(sleutels), model.gemeente_id == actor.gemeente_id),
            execution_options={"synchronize_session": False},
        )
    bewijs = Vernietiging(
        gemeente_id=actor.gemeente_id,
        soort=vondst.soort,
        aantal=len(vondst.rijen),
        hashes=sorted(bewijs_hash(vondst.soort, uid) for _, uid in vondst.rijen),
        regel=vondst.regel,
        vernietigd_op=nu,
    )
    sessie.add(bewijs)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "vernietigd",
        "vernietiging",
        bewijs.uid,
        grondslag=f"Bewaartermijn {vondst.regel}",
        gegevens={"soort": vondst.soort, "aantal": bewijs.aantal},
    )
    sessie.expire_all()
    return bewijs


def wis_grondig(sessie: Session) -> None:
    """Let SQLite overwrite with zeros what this connection deletes from now on; PostgreSQL needs ``ruim_na``."""
    if sessie.get_bind().dialect.name == "sqlite":
        # Answers the new value: a row that has to be read before anything else runs.
        sessie.execute(text("PRAGMA secure_delete = ON")).all()


def ruim_na(sessie: Session, tabellen: Sequence[str]) -> None:
    """After the commit: take what was deleted out of SQLite's log (WAL), or out of PostgreSQL's tables (VACUUM).

    What a backup still holds goes when that backup does.
    """
    motor = sessie.get_bind().engine
    if motor.dialect.name == "sqlite":
        # Outside a transaction, which our engine would begin by itself.
        ruw = motor.raw_connection()
        try:
            ruw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            ruw.close()
        return
    namen = ", ".join(f'"{naam}"' for naam in tabellen)
    with motor.connect().execution_options(isolation_level="AUTOCOMMIT") as verbinding:
        verbinding.exec_driver_sql(f"VACUUM {namen}")


def geldig_slot(sessie: Session, actor: Actor, soort: str, uid: UUID) -> Bewaarslot | None:
    """The legal hold on an object, or None."""
    return sessie.scalars(
        select_voor(actor, Bewaarslot).where(
            Bewaarslot.object_soort == soort, Bewaarslot.object_uid == str(uid), Bewaarslot.opgeheven_op.is_(None)
        )
    ).first()


def sloten(sessie: Session, actor: Actor, soort: str) -> set[str]:
    """The public ids of this kind on which a legal hold lies."""
    return set(
        sessie.scalars(
            select(Bewaarslot.object_uid).where(
                Bewaarslot.gemeente_id == actor.gemeente_id,
                Bewaarslot.object_soort == soort,
                Bewaarslot.opgeheven_op.is_(None),
            )
        )
    )
