"""Checklists and their immutable versions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, attributes, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van

VERSIESTATUS: dict[str, str] = {"concept": "Concept", "gepubliceerd": "Gepubliceerd", "ingetrokken": "Ingetrokken"}


class Checklist(GemeenteEigendom, Model):
    """A checklist of a gemeente; what it asks stands in its versions."""

    __tablename__ = "checklist"
    __table_args__ = (UniqueConstraint("gemeente_id", "code"),)

    code: Mapped[str] = mapped_column(String(80))
    titel: Mapped[str] = mapped_column(String(160))

    versies: Mapped[list["Checklistversie"]] = relationship(
        back_populates="checklist", order_by="Checklistversie.id.desc()"
    )


class Checklistversie(GemeenteEigendom, Model):
    """One version: the XLSForm source, what it was compiled to and the hash of its content. Never changes."""

    __tablename__ = "checklistversie"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "hash"),
        CheckConstraint(een_van("status", list(VERSIESTATUS)), name="status_bekend"),
        CheckConstraint("status = 'concept' OR geldig_vanaf IS NOT NULL", name="gepubliceerd_heeft_datum"),
    )

    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id", ondelete="RESTRICT"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    versie: Mapped[str] = mapped_column(String(40))
    bron_csv: Mapped[str] = mapped_column(Text)
    definitie: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20), default="concept")
    geldig_vanaf: Mapped[date | None]
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    aangemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    checklist: Mapped[Checklist] = relationship(back_populates="versies")


@event.listens_for(Checklistversie, "before_update")
def _inhoud_ligt_vast(_mapper: Mapper[Any], _verbinding: Any, versie: Checklistversie) -> None:
    for veld in ("hash", "bron_csv", "definitie", "checklist_id"):
        if attributes.get_history(versie, veld).has_changes():
            raise ValueError(f"a checklist version never changes: {veld}")
