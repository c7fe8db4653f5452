"""Facts about a location with their source and date: permits, nuisance reports, notes, documents, outline."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment, Vlak
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.feiten import OVERLASTSOORTEN, VERGUNNINGSTATUS, VLAKSOORTEN


class Vergunning(GemeenteEigendom, Model):
    """A permit for what happens at a location. ``geldig_tot`` is the last day; None: no end."""

    __tablename__ = "vergunning"
    __table_args__ = (CheckConstraint(een_van("status", list(VERGUNNINGSTATUS)), name="status_bekend"),)

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(80))
    nummer: Mapped[str] = mapped_column(String(60), default="")
    houder: Mapped[str] = mapped_column(String(160), default="")
    status: Mapped[str] = mapped_column(String(20), default="verleend")
    geldig_vanaf: Mapped[date | None]
    geldig_tot: Mapped[date | None]
    voorwaarden: Mapped[str] = mapped_column(Text, default="")
    bron: Mapped[str] = mapped_column(String(160), default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    locatie: Mapped[Risicolocatie] = relationship()


class Overlastmelding(GemeenteEigendom, Model):
    """A report of nuisance around a location; never who reported."""

    __tablename__ = "overlastmelding"
    __table_args__ = (CheckConstraint(een_van("soort", list(OVERLASTSOORTEN)), name="soort_bekend"),)

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    datum: Mapped[date]
    soort: Mapped[str] = mapped_column(String(30))
    tekst: Mapped[str] = mapped_column(Text, default="")
    bron: Mapped[str] = mapped_column(String(160), default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    locatie: Mapped[Risicolocatie] = relationship()


class Notitie(GemeenteEigendom, Model):
    """A dated note of a colleague. What was written stays; ``ingetrokken_op`` strikes it through."""

    __tablename__ = "locatienotitie"

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    tekst: Mapped[str] = mapped_column(Text)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Document(GemeenteEigendom, Model):
    """A file about a location (lease, drawing, extract). The bytes stand in the store under their hash."""

    __tablename__ = "locatiedocument"

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    titel: Mapped[str] = mapped_column(String(160))
    bestandsnaam: Mapped[str] = mapped_column(String(200))
    mediatype: Mapped[str] = mapped_column(String(80))
    omvang: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Locatievlak(GemeenteEigendom, Model):
    """The outline of a building or parcel (EPSG:28992)."""

    __tablename__ = "locatievlak"
    __table_args__ = (CheckConstraint(een_van("soort", list(VLAKSOORTEN)), name="soort_bekend"),)

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    geom: Mapped[Any] = mapped_column(Vlak())
    oppervlakte_m2: Mapped[float]
    bron: Mapped[str] = mapped_column(String(160), default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
