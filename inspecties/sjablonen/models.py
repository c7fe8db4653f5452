"""Templates per gemeente: every version that was checked, and from which day which one is in use."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.sjablonen.rules.tekst import TALEN


class Sjabloonversie(GemeenteEigendom, Model):
    """A template that a jurist uploaded, after it was checked. Never changed."""

    __tablename__ = "sjabloonversie"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "soort", "taal", "volgnummer"),
        CheckConstraint(een_van("taal", list(TALEN)), name="taal_bekend"),
    )

    soort: Mapped[str] = mapped_column(String(40), index=True)
    taal: Mapped[str] = mapped_column(String(2), default="nl")
    volgnummer: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    grootte: Mapped[int]
    bestandsnaam: Mapped[str] = mapped_column(String(160))
    velden: Mapped[list[str]] = mapped_column(JSON, default=list)
    toelichting: Mapped[str] = mapped_column(Text)
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    gemaakt_door: Mapped[Gebruiker | None] = relationship()


class Sjabloonkeuze(GemeenteEigendom, Model):
    """From which day which template is in use; without a version: the default text. Never changed."""

    __tablename__ = "sjabloonkeuze"
    __table_args__ = (CheckConstraint("length(reden) > 0", name="met_reden"),)

    soort: Mapped[str] = mapped_column(String(40), index=True)
    taal: Mapped[str] = mapped_column(String(2), default="nl")
    versie_id: Mapped[int | None] = mapped_column(ForeignKey("sjabloonversie.id", ondelete="RESTRICT"))
    geldig_vanaf: Mapped[date]
    reden: Mapped[str] = mapped_column(Text)
    gekozen_op: Mapped[datetime] = mapped_column(UtcMoment)
    gekozen_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    versie: Mapped[Sjabloonversie | None] = relationship()
    gekozen_door: Mapped[Gebruiker | None] = relationship()
