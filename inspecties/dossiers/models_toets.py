"""The legal test of a dossier as a jurist fills it in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier
from inspecties.gebruikers.models import Gebruiker


class Dossiertoets(GemeenteEigendom, Model):
    """The test that a dossier began with; ``definitie`` keeps that version of config/toetsen.toml."""

    __tablename__ = "dossiertoets"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), unique=True)
    definitie: Mapped[dict[str, Any]] = mapped_column(JSON)
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)

    dossier: Mapped[Dossier] = relationship()
    regels: Mapped[list["Toetsregel"]] = relationship(order_by="Toetsregel.id")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Toetsregel(GemeenteEigendom, Model):
    """What stands at one part of the test. ``bewijs``: public ids of evidence, which keep their meaning when the list
    is renumbered."""

    __tablename__ = "toetsregel"
    __table_args__ = (UniqueConstraint("toets_id", "code"),)

    toets_id: Mapped[int] = mapped_column(ForeignKey("dossiertoets.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    tekst: Mapped[str] = mapped_column(Text, default="")
    antwoord: Mapped[str] = mapped_column(String(20), default="")
    waarom_toch: Mapped[str] = mapped_column(Text, default="")
    bewijs: Mapped[list[str]] = mapped_column(JSON, default=list)
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    gewijzigd_door: Mapped[Gebruiker | None] = relationship()
