"""Facts about a location with their source and date: permits, nuisance reports, notes, documents, outline, numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment, Vlak
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.feiten import AANTALSOORTEN, CORRECTIES, OVERLASTSOORTEN, VERGUNNINGSTATUS, VLAKSOORTEN


class Vergunning(GemeenteEigendom, Model):
    """A permit for what happens at a location. ``geldig_tot`` is the last day; None: no end.

    ``intrekdatum`` is the day from which a withdrawn permit no longer counts.
    """

    __tablename__ = "vergunning"
    __table_args__ = (
        CheckConstraint(een_van("status", list(VERGUNNINGSTATUS)), name="status_bekend"),
        CheckConstraint(
            "geldig_tot IS NULL OR geldig_vanaf IS NULL OR geldig_tot >= geldig_vanaf", name="tot_na_vanaf"
        ),
        CheckConstraint("intrekdatum IS NULL OR status = 'ingetrokken'", name="intrekdatum_bij_ingetrokken"),
        Index("ix_vergunning_gemeente_status_tot", "gemeente_id", "status", "geldig_tot"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(80))
    nummer: Mapped[str] = mapped_column(String(60), default="")
    houder: Mapped[str] = mapped_column(String(160), default="")
    status: Mapped[str] = mapped_column(String(20), default="verleend")
    geldig_vanaf: Mapped[date | None]
    geldig_tot: Mapped[date | None]
    intrekdatum: Mapped[date | None]
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
    """A file about a location (lease, drawing, extract). The bytes stand in the store under their hash.

    ``met_personen``: it names persons, so only who may see those may open it.
    """

    __tablename__ = "locatiedocument"

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    titel: Mapped[str] = mapped_column(String(160))
    bestandsnaam: Mapped[str] = mapped_column(String(200))
    mediatype: Mapped[str] = mapped_column(String(80))
    omvang: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    met_personen: Mapped[bool] = mapped_column(default=True)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return true() if rol_mag(actor.rol, "locaties.personen") else cls.met_personen == false()


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


class Locatieaantal(GemeenteEigendom, Model):
    """One number that was written down about a location: persons registered (BRP) or licensed capacity.

    The number that counts now stands on the location too; here is where it came from, and what stood there before.
    """

    __tablename__ = "locatieaantal"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(AANTALSOORTEN)), name="soort_bekend"),
        CheckConstraint("waarde IS NULL OR waarde >= 0", name="waarde_niet_negatief"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    waarde: Mapped[int | None]
    bron: Mapped[str] = mapped_column(String(160), default="")
    peildatum: Mapped[date]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Feitcorrectie(GemeenteEigendom, Model):
    """A mistake that was put right: what stood there (``oud``, without names of persons), why, and by whom.

    A fact that was never true is taken away (``verwijderd``), so that nothing that reads facts can count it.
    """

    __tablename__ = "feitcorrectie"
    __table_args__ = (CheckConstraint(een_van("handeling", list(CORRECTIES)), name="handeling_bekend"),)

    # None: the fact is about a party, wherever it stands.
    locatie_id: Mapped[int | None] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    feit: Mapped[str] = mapped_column(String(30))
    feit_uid: Mapped[str] = mapped_column(String(36), index=True)
    handeling: Mapped[str] = mapped_column(String(20))
    oud: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reden: Mapped[str] = mapped_column(Text)
    over_persoon: Mapped[bool] = mapped_column(default=False)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return true() if rol_mag(actor.rol, "locaties.personen") else cls.over_persoon == false()
