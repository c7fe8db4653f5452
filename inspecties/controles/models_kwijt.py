"""Tablets that were reported lost, and what was done about it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, Toestel


class Kwijtmelding(GemeenteEigendom, Model):
    """A tablet is lost, since ``gemeld_op``; ``terug_op``: it was found, or the report was a mistake."""

    __tablename__ = "kwijtmelding"
    __table_args__ = (
        CheckConstraint("length(reden) > 0", name="reden_genoemd"),
        CheckConstraint("(terug_op IS NULL) = (terug_door_id IS NULL)", name="terug_door_iemand"),
        CheckConstraint("terug_op IS NULL OR length(terug_reden) > 0", name="terug_met_reden"),
        Index(
            "ix_kwijtmelding_open",
            "toestel_id",
            unique=True,
            sqlite_where=text("terug_op IS NULL"),
            postgresql_where=text("terug_op IS NULL"),
        ),
    )

    toestel_id: Mapped[int] = mapped_column(ForeignKey("toestel.id", ondelete="RESTRICT"), index=True)
    reden: Mapped[str] = mapped_column(Text)
    gemeld_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemeld_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    terug_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    terug_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    terug_reden: Mapped[str] = mapped_column(Text, default="")

    toestel: Mapped[Toestel] = relationship()
    gemeld_door: Mapped[Gebruiker] = relationship(foreign_keys=[gemeld_door_id])
    terug_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[terug_door_id])
    stappen: Mapped[list["Kwijtstapzet"]] = relationship(order_by="Kwijtstapzet.id")


class Kwijtstapzet(GemeenteEigendom, Model):
    """One of the steps after a loss was done."""

    __tablename__ = "kwijtstapzet"
    __table_args__ = (UniqueConstraint("melding_id", "code"),)

    melding_id: Mapped[int] = mapped_column(ForeignKey("kwijtmelding.id", ondelete="CASCADE"))
    # Of rules.kwijt.STAPPEN, which may grow.
    code: Mapped[str] = mapped_column(String(20))
    gezet_op: Mapped[datetime] = mapped_column(UtcMoment)
    gezet_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    gezet_door: Mapped[Gebruiker] = relationship()
