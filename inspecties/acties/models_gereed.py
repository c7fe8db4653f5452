"""What readiness remembers: points that somebody passed over with a reason, and who fetched the plan on a tablet."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN, binnen_acties
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker


class Gereedheidsuitzondering(GemeenteEigendom, Model):
    """A blocking point that a planner passed over. It holds for that point as it was told: ``vinger`` is of its words.

    ``vervallen_op``: it was taken back, or the point changed or went; it never comes to life again.
    """

    __tablename__ = "gereedheidsuitzondering"
    __table_args__ = (
        CheckConstraint("length(trim(reden)) > 0", name="reden_gegeven"),
        CheckConstraint("(vervallen_op IS NULL) = (vervallen_reden = '')", name="vervallen_met_reden"),
        # One that stands per point.
        Index(
            "uq_gereedheidsuitzondering_staand",
            "actie_id",
            "code",
            "sleutel",
            unique=True,
            sqlite_where=text("vervallen_op IS NULL"),
            postgresql_where=text("vervallen_op IS NULL"),
        ),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    sleutel: Mapped[str] = mapped_column(String(200))
    vinger: Mapped[str] = mapped_column(String(64))
    melding: Mapped[str] = mapped_column(Text)
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    vervallen_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    vervallen_reden: Mapped[str] = mapped_column(Text, default="")

    door: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Pakketophaling(GemeenteEigendom, Model):
    """When somebody last fetched the stops of an action on a tablet, and of which plan (``vinger``)."""

    __tablename__ = "pakketophaling"
    __table_args__ = (UniqueConstraint("actie_id", "gebruiker_id"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    vinger: Mapped[str] = mapped_column(String(64))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.gebruiker_id == actor.gebruiker_id
        return super().bereik(actor)
