"""Who may read police data (Wpg), and what happened to a piece that stands apart."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Uuid, exists, false, text
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.audit.rules_wpg import STAPPEN
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol, rol_mag
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment

_STAPPEN = ", ".join(repr(code) for code in STAPPEN)


class Wpglezer(GemeenteEigendom, Model):
    """Somebody who was named to read police data (art. 6 Wpg), from when until when, by whom and why.

    The row stays after its end: it says who could read at a moment.
    """

    __tablename__ = "wpglezer"
    __table_args__ = (
        CheckConstraint("length(reden) >= 1", name="reden_gegeven"),
        CheckConstraint("tot_op IS NULL OR length(tot_reden) >= 1", name="einde_met_reden"),
        Index(
            "uq_wpglezer_nu",
            "gemeente_id",
            "gebruiker_id",
            unique=True,
            sqlite_where=text("tot_op IS NULL"),
            postgresql_where=text("tot_op IS NULL"),
        ),
    )

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    reden: Mapped[str] = mapped_column(String(500))
    sinds_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    tot_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    tot_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    tot_reden: Mapped[str] = mapped_column(String(500), default="")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if rol_mag(actor.rol, "politiegegevens.aanwijzen"):
            return super().bereik(actor)
        return cls.gebruiker_id == actor.gebruiker_id


def is_aangewezen(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor is named now, and still of a role that may be: a condition for any query."""
    if actor.rol is Rol.SYSTEEM or not rol_mag(actor.rol, "politiegegevens.lezen"):
        return false()
    return exists().where(
        Wpglezer.gemeente_id == actor.gemeente_id,
        Wpglezer.gebruiker_id == actor.gebruiker_id,
        Wpglezer.tot_op.is_(None),
    )


class Wpgstap(GemeenteEigendom, Model):
    """One act on a piece that stands apart: set apart, read, fetched, back to supervision. Never changed."""

    __tablename__ = "wpgstap"
    __table_args__ = (
        CheckConstraint(f"soort IN ({_STAPPEN})", name="soort_bekend"),
        CheckConstraint("length(reden) >= 1", name="reden_gegeven"),
        Index("ix_wpgstap_object", "object_soort", "object_uid"),
    )

    object_soort: Mapped[str] = mapped_column(String(40))
    object_uid: Mapped[UUID] = mapped_column(Uuid)
    soort: Mapped[str] = mapped_column(String(20))
    grond: Mapped[str] = mapped_column(String(60))
    reden: Mapped[str] = mapped_column(String(500))
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return is_aangewezen(actor)
