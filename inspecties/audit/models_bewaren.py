"""Retention: what may not be destroyed (legal hold), and the proof of what was."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment


class Bewaarslot(GemeenteEigendom, Model):
    """Legal hold: this object stays, whatever its term says, until somebody lifts it."""

    __tablename__ = "bewaarslot"
    __table_args__ = (
        CheckConstraint("length(reden) >= 1", name="reden_gegeven"),
        Index("ix_bewaarslot_object", "object_soort", "object_uid"),
    )

    object_soort: Mapped[str] = mapped_column(String(40))
    object_uid: Mapped[str] = mapped_column(String(64))
    reden: Mapped[str] = mapped_column(String(500))
    gezet_op: Mapped[datetime] = mapped_column(UtcMoment)
    gezet_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    opgeheven_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Vernietiging(GemeenteEigendom, Model):
    """Proof of destruction: how many of a kind went, when, under which term, with a hash of each public id.

    ``hashes``: SHA-256 (hex) of ``<soort>:<uid>``. Whoever still has an id can check that it was destroyed; nobody can
    read from it what it was.
    """

    __tablename__ = "vernietiging"
    __table_args__ = (CheckConstraint("aantal >= 1", name="aantal_positief"),)

    soort: Mapped[str] = mapped_column(String(40), index=True)
    aantal: Mapped[int]
    hashes: Mapped[list[str]] = mapped_column(JSON)
    regel: Mapped[str] = mapped_column(String(60))
    vernietigd_op: Mapped[datetime] = mapped_column(UtcMoment)
