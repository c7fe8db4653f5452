"""Who and what is taken by which action, and the vehicles that teams drive."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN, Actie, Ploeg, binnen_acties, ploegen_van
from inspecties.acties.rules.boeking import SOORTEN, ZITPLAATSEN_HOOGSTENS
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van


class Boeking(GemeenteEigendom, Model):
    """A person or a vehicle that an action holds from ``begin_op`` up to ``eind_op``, from the moment it is ready.

    ``hulpbron_id`` is Gebruiker.id or Voertuig.id. Two bookings of one never overlap: migration 0013 has the database
    refuse it, whatever the program does.
    """

    __tablename__ = "boeking"
    __table_args__ = (
        UniqueConstraint("actie_id", "soort", "hulpbron_id"),
        CheckConstraint(een_van("soort", list(SOORTEN)), name="soort_bekend"),
        CheckConstraint("eind_op > begin_op", name="eind_na_begin"),
        Index("ix_boeking_hulpbron", "soort", "hulpbron_id", "eind_op"),
    )

    soort: Mapped[str] = mapped_column(String(20))
    hulpbron_id: Mapped[int]
    begin_op: Mapped[datetime] = mapped_column(UtcMoment)
    eind_op: Mapped[datetime] = mapped_column(UtcMoment)
    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)

    actie: Mapped[Actie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Voertuig(GemeenteEigendom, Model):
    """A car or van of the gemeente. ``kenteken``: shown to the coordinator only."""

    __tablename__ = "voertuig"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "naam"),
        CheckConstraint(f"zitplaatsen BETWEEN 1 AND {ZITPLAATSEN_HOOGSTENS}", name="zitplaatsen_grens"),
    )

    naam: Mapped[str] = mapped_column(String(60))
    kenteken: Mapped[str] = mapped_column(String(12), default="")
    zitplaatsen: Mapped[int] = mapped_column(default=5)
    actief: Mapped[bool] = mapped_column(default=True)


class Ploegvoertuig(GemeenteEigendom, Model):
    """A vehicle that a team takes along."""

    __tablename__ = "ploegvoertuig"
    __table_args__ = (UniqueConstraint("ploeg_id", "voertuig_id"),)

    ploeg_id: Mapped[int] = mapped_column(ForeignKey("ploeg.id", ondelete="CASCADE"), index=True)
    voertuig_id: Mapped[int] = mapped_column(ForeignKey("voertuig.id", ondelete="RESTRICT"), index=True)

    ploeg: Mapped[Ploeg] = relationship()
    voertuig: Mapped[Voertuig] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.ploeg_id.in_(ploegen_van(actor))
        return super().bereik(actor)
