"""Priority: weights with their history, the standing per location, and what a coordinator chose against it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.prioriteit_woorden import BANDEN, KEUZESOORTEN


class Weging(GemeenteEigendom, Model):
    """The weights of a gemeente from a moment on: never changed, only followed by a next version.

    Version 0 is what stands in ``config/prioriteit.toml`` and has no row.
    """

    __tablename__ = "weging"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "versie"),
        CheckConstraint("versie > 0", name="versie_positief"),
        CheckConstraint("length(reden) > 0", name="met_reden"),
    )

    versie: Mapped[int]
    waarden: Mapped[dict[str, Any]] = mapped_column(JSON)
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Prioriteitstand(GemeenteEigendom, Model):
    """The score of one location as last computed, for sorting and filtering. Derived: may be thrown away and remade.

    ``score_tienden`` is the computed score in tenths of a point, the sum of ``delen``. ``geldend_tienden`` is what
    lists sort on: the same, unless a coordinator chose another. ``vastgezet`` comes before every score.
    """

    __tablename__ = "prioriteitstand"
    __table_args__ = (
        UniqueConstraint("locatie_id"),
        CheckConstraint(een_van("band", list(BANDEN)), name="band_bekend"),
        CheckConstraint("score_tienden >= 0 AND geldend_tienden >= 0", name="niet_negatief"),
        Index("ix_prioriteitstand_volgorde", "gemeente_id", "vastgezet", "geldend_tienden"),
        Index("ix_prioriteitstand_gemeente_dag", "gemeente_id", "dag"),
        Index("ix_prioriteitstand_gemeente_verouderd", "gemeente_id", "verouderd"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="CASCADE"))
    score_tienden: Mapped[int]
    geldend_tienden: Mapped[int]
    vastgezet: Mapped[bool] = mapped_column(default=False)
    band: Mapped[str] = mapped_column(String(10))
    # [{code, tienden}] in the order of DELEN; the facts behind them are read where somebody asks.
    delen: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    weging_versie: Mapped[int]
    # The Dutch calendar day that the ages were counted to.
    dag: Mapped[date]
    berekend_op: Mapped[datetime] = mapped_column(UtcMoment)
    verouderd: Mapped[bool] = mapped_column(default=False)

    locatie: Mapped[Risicolocatie] = relationship()


class Prioriteitkeuze(GemeenteEigendom, Model):
    """A coordinator puts a location on top, or gives it another score, with a reason and until a day (inclusive)."""

    __tablename__ = "prioriteitkeuze"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(KEUZESOORTEN)), name="soort_bekend"),
        CheckConstraint("(soort = 'score') = (score_tienden IS NOT NULL)", name="score_bij_soort"),
        CheckConstraint("score_tienden IS NULL OR score_tienden >= 0", name="niet_negatief"),
        CheckConstraint("length(reden) > 0", name="met_reden"),
        CheckConstraint("tot >= van", name="tot_na_van"),
        Index("ix_prioriteitkeuze_gemeente_tot", "gemeente_id", "tot"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(10))
    score_tienden: Mapped[int | None]
    reden: Mapped[str] = mapped_column(Text)
    van: Mapped[date]
    tot: Mapped[date]
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    ingetrokken_reden: Mapped[str] = mapped_column(Text, default="")
    ingetrokken_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    locatie: Mapped[Risicolocatie] = relationship()
    door: Mapped[Gebruiker | None] = relationship(foreign_keys=[door_id])
    ingetrokken_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[ingetrokken_door_id])
