"""What the evening itself adds: messages to teams, who received them, and changes of the plan under way."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN, Actie, Ploeg, Stop, binnen_acties, ploegen_van
from inspecties.acties.rules.avondbericht import BERICHT_HOOGSTENS
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van

PLANWIJZIGINGEN: dict[str, str] = {"erbij": "Stop erbij", "wissel": "Naar een andere ploeg"}


class Avondbericht(GemeenteEigendom, Model):
    """A short message to one team, or to all of an action (``ploeg_id`` None). Never changed, never about a person."""

    __tablename__ = "avondbericht"
    __table_args__ = (CheckConstraint(f"length(tekst) BETWEEN 1 AND {BERICHT_HOOGSTENS}", name="tekst_lengte"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    ploeg_id: Mapped[int | None] = mapped_column(ForeignKey("ploeg.id", ondelete="CASCADE"), index=True)
    tekst: Mapped[str] = mapped_column(String(BERICHT_HOOGSTENS))
    door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    ploeg: Mapped[Ploeg | None] = relationship()
    door: Mapped[Gebruiker] = relationship()
    ontvangsten: Mapped[list["Avondontvangst"]] = relationship(order_by="Avondontvangst.id", back_populates="bericht")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            eigen = ploegen_van(actor)
            van_allen = and_(cls.ploeg_id.is_(None), cls.actie_id.in_(select(Actie.id).where(Actie.bereik(actor))))
            return or_(cls.ploeg_id.in_(eigen), van_allen)
        return super().bereik(actor)


class Avondontvangst(GemeenteEigendom, Model):
    """The tablet of this person has fetched the message."""

    __tablename__ = "avondontvangst"
    __table_args__ = (UniqueConstraint("bericht_id", "gebruiker_id"),)

    bericht_id: Mapped[int] = mapped_column(ForeignKey("avondbericht.id", ondelete="CASCADE"))
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    op: Mapped[datetime] = mapped_column(UtcMoment)

    bericht: Mapped[Avondbericht] = relationship(back_populates="ontvangsten")
    gebruiker: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.gebruiker_id == actor.gebruiker_id
        return super().bereik(actor)


class Planwijziging(GemeenteEigendom, Model):
    """A stop that came in, or went to another team, while the action was under way. Never changed."""

    __tablename__ = "planwijziging"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(PLANWIJZIGINGEN)), name="soort_bekend"),
        CheckConstraint("length(reden) > 0", name="heeft_reden"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(10))
    van_ploeg_id: Mapped[int | None] = mapped_column(ForeignKey("ploeg.id", ondelete="SET NULL"))
    naar_ploeg_id: Mapped[int | None] = mapped_column(ForeignKey("ploeg.id", ondelete="SET NULL"))
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    stop: Mapped[Stop] = relationship()
    van_ploeg: Mapped[Ploeg | None] = relationship(foreign_keys=[van_ploeg_id])
    naar_ploeg: Mapped[Ploeg | None] = relationship(foreign_keys=[naar_ploeg_id])
    door: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            zichtbaar = cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
            return and_(binnen_acties(cls.actie_id, actor), zichtbaar)
        return super().bereik(actor)
