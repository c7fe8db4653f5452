"""Draws by lot: what could be drawn, with which seed, what came out, and what became of a stop that was drawn."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import Actie, binnen_acties
from inspecties.acties.rules.trekking import TREKKING_NAMEN
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van


class Trekking(GemeenteEigendom, Model):
    """One draw. Pool and seed stand before anything is drawn, and never change after that.

    ``pool`` and ``uitkomst`` hold public ids of locations as text, the pool sorted, the outcome in the order of the
    lots. ``procent``: the share that was asked, None where a number was asked. ``zin``: the pool in words.
    """

    __tablename__ = "trekking"
    __table_args__ = (
        CheckConstraint(een_van("toestand", list(TREKKING_NAMEN)), name="toestand_bekend"),
        CheckConstraint("aantal > 0", name="aantal_positief"),
        CheckConstraint("(toestand = 'getrokken') = (getrokken_op IS NOT NULL)", name="getrokken_met_moment"),
        CheckConstraint("(toestand = 'vervallen') = (length(reden) > 0)", name="vervallen_met_reden"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    toestand: Mapped[str] = mapped_column(String(20), default="klaargezet")
    zin: Mapped[str] = mapped_column(Text)
    filter: Mapped[dict[str, Any]] = mapped_column(JSON)
    pool: Mapped[list[str]] = mapped_column(JSON)
    pool_sha256: Mapped[str] = mapped_column(String(64))
    zaad: Mapped[str] = mapped_column(String(64))
    algoritme: Mapped[str] = mapped_column(String(40))
    procent: Mapped[int | None]
    aantal: Mapped[int]
    uitkomst: Mapped[list[str]] = mapped_column(JSON, default=list)
    reden: Mapped[str] = mapped_column(Text, default="")
    klaargezet_op: Mapped[datetime] = mapped_column(UtcMoment)
    klaargezet_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    getrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    getrokken_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    actie: Mapped[Actie] = relationship()
    klaargezet_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[klaargezet_door_id])
    getrokken_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[getrokken_door_id])

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Trekkinguitval(GemeenteEigendom, Model):
    """A location that was drawn and is no stop after all, with the reason. It stays in the record of the draw."""

    __tablename__ = "trekkinguitval"
    __table_args__ = (CheckConstraint("length(reden) > 0", name="met_reden"),)

    trekking_id: Mapped[int] = mapped_column(ForeignKey("trekking.id", ondelete="CASCADE"), index=True)
    # By public id, without a foreign key: the record outlives the location.
    locatie_uid: Mapped[UUID] = mapped_column(Uuid)
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()
    trekking: Mapped[Trekking] = relationship()
