"""Briefings: what each team and each organisation in it was told before an action, by version, and who read it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.embargo import actie_vrij
from inspecties.acties.models import VELDROLLEN, Actie, Ploeg, binnen_acties, ploegen_van
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.models import Organisatie


class Briefinggegevens(GemeenteEigendom, Model):
    """What a planner adds for the briefing of an action: where to meet, whom to call, what to look out for."""

    __tablename__ = "briefinggegevens"

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), unique=True)
    verzamelplek: Mapped[str] = mapped_column(String(200), default="")
    verzamel_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # Whoever leads the evening, by telephone.
    leiding_naam: Mapped[str] = mapped_column(String(120), default="")
    leiding_telefoon: Mapped[str] = mapped_column(String(20), default="")
    veiligheid: Mapped[str] = mapped_column(Text, default="")
    bijzonderheden: Mapped[str] = mapped_column(Text, default="")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Ploegleider(GemeenteEigendom, Model):
    """Who leads a team, and on which number."""

    __tablename__ = "ploegleider"

    ploeg_id: Mapped[int] = mapped_column(ForeignKey("ploeg.id", ondelete="CASCADE"), unique=True)
    gebruiker_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    telefoon: Mapped[str] = mapped_column(String(20), default="")

    gebruiker: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.ploeg_id.in_(ploegen_van(actor))
        return super().bereik(actor)


class Briefing(GemeenteEigendom, Model):
    """One version of the briefing of an action; its parts never change. ``wijzigingen``: what is new since the last."""

    __tablename__ = "briefing"
    __table_args__ = (UniqueConstraint("actie_id", "nummer"), CheckConstraint("nummer > 0", name="nummer_positief"))

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    nummer: Mapped[int]
    # SHA-256 over those of the parts.
    hash: Mapped[str] = mapped_column(String(64))
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    actie: Mapped[Actie] = relationship()
    gemaakt_door: Mapped[Gebruiker | None] = relationship()
    delen: Mapped[list["Briefingdeel"]] = relationship(back_populates="briefing", order_by="Briefingdeel.id")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Briefingdeel(GemeenteEigendom, Model):
    """What one audience is told: the gemeente's own people in a team (no organisation), or one organisation in it.

    ``inhoud`` holds all that its pages show and nothing else; ``hash`` is the SHA-256 of its canonical JSON.
    ``sleutel`` names the audience over versions: uid of the team, and of the organisation.
    """

    __tablename__ = "briefingdeel"
    __table_args__ = (UniqueConstraint("briefing_id", "sleutel"),)

    briefing_id: Mapped[int] = mapped_column(ForeignKey("briefing.id", ondelete="CASCADE"), index=True)
    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    ploeg_id: Mapped[int | None] = mapped_column(ForeignKey("ploeg.id", ondelete="SET NULL"), index=True)
    organisatie_id: Mapped[int | None] = mapped_column(ForeignKey("organisatie.id", ondelete="RESTRICT"))
    sleutel: Mapped[str] = mapped_column(String(80))
    naam: Mapped[str] = mapped_column(String(200))
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))
    wijzigingen: Mapped[list[str]] = mapped_column(JSON, default=list)

    briefing: Mapped[Briefing] = relationship(back_populates="delen")
    actie: Mapped[Actie] = relationship()
    ploeg: Mapped[Ploeg | None] = relationship()
    organisatie: Mapped[Organisatie | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        """Who goes along reads what was written for their own team and organisation, once the embargo is over."""
        if actor.rol not in VELDROLLEN:
            return actie_vrij(cls.actie_id, actor)
        eigen = cls.organisatie_id == actor.organisatie_id if actor.rol is Rol.PARTNER else cls.organisatie_id.is_(None)
        mijn = and_(cls.ploeg_id.in_(ploegen_van(actor)), eigen)
        return and_(mijn, binnen_acties(cls.actie_id, actor), actie_vrij(cls.actie_id, actor))


class Briefinglezing(GemeenteEigendom, Model):
    """Somebody said to have read one version."""

    __tablename__ = "briefinglezing"
    __table_args__ = (UniqueConstraint("briefingdeel_id", "gebruiker_id"),)

    briefingdeel_id: Mapped[int] = mapped_column(ForeignKey("briefingdeel.id", ondelete="CASCADE"), index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    op: Mapped[datetime] = mapped_column(UtcMoment)

    deel: Mapped[Briefingdeel] = relationship()
    gebruiker: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.gebruiker_id == actor.gebruiker_id
        return super().bereik(actor)
