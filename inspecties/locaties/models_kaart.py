"""What the map keeps: counts per grid cell, areas and saved views."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment, Vlak
from inspecties.gebruikers.models import een_van
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN


class Kaartcel(Model):
    """How many locations lie in a grid cell, per type and status. Triggers keep it (migration 0005); nothing writes it.

    Cells of level ``niveau`` are as wide as ``rules.raster.celgrootte_m(niveau)``; ``kolom`` and ``rij`` are x and y
    divided by that, cut off. The row with type 0 and status '' counts all. Sums of x and y are in centimetres, so that
    adding and taking away never drifts; ``som_id`` is the location's id where ``aantal`` is 1.
    """

    __tablename__ = "kaartcel"

    gemeente_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    niveau: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    locatietype_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(20), primary_key=True)
    kolom: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rij: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    aantal: Mapped[int]
    som_x: Mapped[int] = mapped_column(BigInteger)
    som_y: Mapped[int] = mapped_column(BigInteger)
    som_id: Mapped[int] = mapped_column(BigInteger)


class Gebied(GemeenteEigendom, Model):
    """An action area or a district: drawn on the map or imported (EPSG:28992)."""

    __tablename__ = "kaartgebied"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "soort", "naam"),
        CheckConstraint(een_van("soort", list(GEBIEDSOORTEN)), name="soort_bekend"),
    )

    soort: Mapped[str] = mapped_column(String(20))
    naam: Mapped[str] = mapped_column(String(120))
    geom: Mapped[Any] = mapped_column(Vlak())
    oppervlakte_m2: Mapped[float]
    bron: Mapped[str] = mapped_column(String(200), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)


class Kaartweergave(GemeenteEigendom, Model):
    """A view of the map that a user gave a name: the query string of filter, layers and place."""

    __tablename__ = "kaartweergave"
    __table_args__ = (UniqueConstraint("gebruiker_id", "gemeente_id", "naam"),)

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"))
    naam: Mapped[str] = mapped_column(String(80))
    vraag: Mapped[str] = mapped_column(Text)
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.gebruiker_id == actor.gebruiker_id
