"""Who has to do with a location (party, role, period), and features by which locations are linked."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, select, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.partijen import DOELEN, KENMERKSOORTEN, PARTIJROLLEN, PARTIJSOORTEN


class Partij(GemeenteEigendom, Model):
    """A person or organisation. A person is stored only with a purpose; the register of parties is per gemeente."""

    __tablename__ = "partij"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(PARTIJSOORTEN)), name="soort_bekend"),
        CheckConstraint(een_van("doel", ["", *DOELEN]), name="doel_bekend"),
        CheckConstraint("soort <> 'persoon' OR doel <> ''", name="persoon_met_doel"),
        Index("ix_partij_gemeente_kvk", "gemeente_id", "kvk"),
    )

    soort: Mapped[str] = mapped_column(String(20))
    naam: Mapped[str] = mapped_column(String(160))
    kvk: Mapped[str] = mapped_column(String(8), default="")
    # Why a person is in here (purpose limitation, art. 5(1)(b) AVG), and until when without a new reason.
    doel: Mapped[str] = mapped_column(String(30), default="")
    bewaren_tot: Mapped[date | None]
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return true() if rol_mag(actor.rol, "locaties.personen") else cls.soort == "organisatie"


class Partijrol(GemeenteEigendom, Model):
    """What a party is at a location, in which period. ``tot`` is the last day; None: still."""

    __tablename__ = "partijrol"
    __table_args__ = (
        CheckConstraint(een_van("rol", list(PARTIJROLLEN)), name="rol_bekend"),
        CheckConstraint("tot IS NULL OR van IS NULL OR tot >= van", name="tot_na_van"),
    )

    partij_id: Mapped[int] = mapped_column(ForeignKey("partij.id", ondelete="RESTRICT"), index=True)
    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    rol: Mapped[str] = mapped_column(String(30))
    van: Mapped[date | None]
    tot: Mapped[date | None]
    bron: Mapped[str] = mapped_column(String(160), default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    partij: Mapped[Partij] = relationship()
    locatie: Mapped[Risicolocatie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        """Without the right to see persons, only the roles of organisations."""
        if rol_mag(actor.rol, "locaties.personen"):
            return true()
        return cls.partij_id.in_(select(Partij.id).where(Partij.soort == "organisatie"))


class Kenmerk(GemeenteEigendom, Model):
    """A phone number, advertisement alias, account tail or plate that was found at a location.

    ``wisafdruk`` is a keyed hash of the normalised value (equal values are equal, nothing can be read from it);
    ``versleuteld`` is the value for who may see it (context ``kenmerk:<uid>``). Links are derived, never stored.
    """

    __tablename__ = "kenmerk"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(KENMERKSOORTEN)), name="soort_bekend"),
        UniqueConstraint("locatie_id", "soort", "wisafdruk"),
        Index("ix_kenmerk_soort_wisafdruk", "soort", "wisafdruk"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    wisafdruk: Mapped[str] = mapped_column(String(64))
    versleuteld: Mapped[str] = mapped_column(Text)
    bron: Mapped[str] = mapped_column(String(160), default="")
    gezien_op: Mapped[date]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    locatie: Mapped[Risicolocatie] = relationship()
