"""Who took a decision that was not taken at the mayor's desk, and which letter announced it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_brieven import Brief
from inspecties.dossiers.rules.besluitnemer import SOORTEN
from inspecties.gebruikers.models import Gebruiker, een_van


class Besluitnemer(GemeenteEigendom, Model):
    """Who decided, in which capacity, under which mandate rule and on which day. Never changed.

    ``over``: public ids of what it is about (dwangsommen, a last, a track); ``over_tekst`` the same in words.
    ``gebruiker_id`` is empty where the body decided in session; ``besluit_id`` where it stands in what the cabinet
    approved. ``kenmerk``: where the signed decision is.
    """

    __tablename__ = "besluitnemer"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(SOORTEN)), name="soort_bekend"),
        CheckConstraint("length(naam) > 0 AND length(kenmerk) > 0", name="met_naam_en_kenmerk"),
        CheckConstraint(
            "gebruiker_id IS NULL OR gebruiker_id <> vastgelegd_door_id", name="niet_door_wie_het_vastlegt"
        ),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(30))
    over: Mapped[list[str]] = mapped_column(JSON, default=list)
    over_tekst: Mapped[str] = mapped_column(String(300), default="")
    besloten_op: Mapped[date]
    gebruiker_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    besluit_id: Mapped[int | None] = mapped_column(ForeignKey("besluit.id", ondelete="CASCADE"))
    naam: Mapped[str] = mapped_column(String(200), info={"avg": "identificatie"})
    bevoegdheid: Mapped[dict[str, Any]] = mapped_column(JSON)
    kenmerk: Mapped[str] = mapped_column(String(200))
    hash: Mapped[str] = mapped_column(String(64))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    vastgelegd_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    dossier: Mapped[Dossier] = relationship()
    gebruiker: Mapped[Gebruiker | None] = relationship(foreign_keys=[gebruiker_id])
    besluit: Mapped[Besluit | None] = relationship()
    vastgelegd_door: Mapped[Gebruiker] = relationship(foreign_keys=[vastgelegd_door_id])

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Besluitaankondiging(GemeenteEigendom, Model):
    """Which letter announced a decision that was not taken at the desk. Never changed."""

    __tablename__ = "besluitaankondiging"

    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id", ondelete="CASCADE"), unique=True)
    besluitnemer_id: Mapped[int] = mapped_column(ForeignKey("besluitnemer.id", ondelete="CASCADE"), index=True)

    brief: Mapped[Brief] = relationship()
    besluitnemer: Mapped[Besluitnemer] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.brief.has(Brief.bereik(actor))
