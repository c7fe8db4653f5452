"""What the planning board keeps: wishes in time, reasons, searches, undo, travel times, maxima of partners."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN, Stop, binnen_acties
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van

ZOEKSTANDEN = ("bezig", "klaar", "gestopt", "mislukt")


class Stopbord(GemeenteEigendom, Model):
    """One per stop: it begins no earlier than ``niet_voor_op`` (locked: exactly then); why the planner left it out."""

    __tablename__ = "stopbord"

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"), unique=True)
    niet_voor_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    reden: Mapped[str] = mapped_column(String(400), default="")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
        return super().bereik(actor)


class Planzet(GemeenteEigendom, Model):
    """One change of the plan on the board. ``voor``: how every stop stood before, to undo it while nothing followed."""

    __tablename__ = "planzet"

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    wat: Mapped[str] = mapped_column(String(240))
    voor: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    versie_na: Mapped[int]
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Planzoektocht(GemeenteEigendom, Model):
    """A search of the planner: for which version of the plan, how far it is, what came of it."""

    __tablename__ = "planzoektocht"
    __table_args__ = (CheckConstraint(een_van("stand", list(ZOEKSTANDEN)), name="stand_bekend"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    actie_versie: Mapped[int]
    stand: Mapped[str] = mapped_column(String(10), default="bezig")
    fase: Mapped[str] = mapped_column(String(60), default="")
    melding: Mapped[str] = mapped_column(String(400), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    klaar_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Reistabel(GemeenteEigendom, Model):
    """Measured travel times of an action: ``punten`` names the places, ``minuten`` is the square table."""

    __tablename__ = "reistabel"

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), unique=True)
    punten: Mapped[list[str]] = mapped_column(JSON)
    minuten: Mapped[list[list[float | None]]] = mapped_column(JSON)
    op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Partnergrens(GemeenteEigendom, Model):
    """The most stops of one action that need the powers of an organisation."""

    __tablename__ = "partnergrens"
    __table_args__ = (
        UniqueConstraint("actie_id", "organisatie_id"),
        CheckConstraint("stops_hoogstens >= 0", name="stops_niet_negatief"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id", ondelete="CASCADE"))
    stops_hoogstens: Mapped[int]

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)
