"""Checklists and their immutable versions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, attributes, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van

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
    """One version: the XLSForm source, what it was compiled to and the hash of its content. Its content never changes.

    ``locatietypen``: codes of the kinds of place that it was published for; empty: every kind. ``revisie`` counts its
    changes of status.
    """

    __tablename__ = "checklistversie"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "hash"),
        UniqueConstraint("checklist_id", "versie"),
        CheckConstraint(een_van("status", list(VERSIESTATUS)), name="status_bekend"),
        CheckConstraint("status = 'concept' OR geldig_vanaf IS NOT NULL", name="gepubliceerd_heeft_datum"),
        CheckConstraint(
            "status <> 'ingetrokken' OR (ingetrokken_op IS NOT NULL AND intrekreden <> '')", name="ingetrokken_om_reden"
        ),
        # Which of two is the later one would be a guess.
        Index(
            "uq_checklistversie_een_per_dag",
            "checklist_id",
            "geldig_vanaf",
            unique=True,
            sqlite_where=text("status = 'gepubliceerd'"),
            postgresql_where=text("status = 'gepubliceerd'"),
        ),
    )

    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id", ondelete="RESTRICT"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    versie: Mapped[str] = mapped_column(String(40))
    bron_csv: Mapped[str] = mapped_column(Text)
    definitie: Mapped[dict[str, Any]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20), default="concept")
    geldig_vanaf: Mapped[date | None]
    locatietypen: Mapped[list[str]] = mapped_column(JSON, default=list)
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    aangemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gepubliceerd_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    gepubliceerd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    ingetrokken_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    intrekreden: Mapped[str] = mapped_column(Text, default="")
    revisie: Mapped[int] = mapped_column(default=1)

    checklist: Mapped[Checklist] = relationship(back_populates="versies")
    aangemaakt_door: Mapped[Gebruiker | None] = relationship(foreign_keys=aangemaakt_door_id)
    gepubliceerd_door: Mapped[Gebruiker | None] = relationship(foreign_keys=gepubliceerd_door_id)
    ingetrokken_door: Mapped[Gebruiker | None] = relationship(foreign_keys=ingetrokken_door_id)

    __mapper_args__ = {"version_id_col": revisie}  # noqa: RUF012 - SQLAlchemy reads it from the class


@event.listens_for(Checklistversie, "before_update")
def _inhoud_ligt_vast(_mapper: Mapper[Any], _verbinding: Any, versie: Checklistversie) -> None:
    for veld in ("hash", "versie", "bron_csv", "definitie", "checklist_id"):
        if attributes.get_history(versie, veld).has_changes():
            raise ValueError(f"a checklist version never changes: {veld}")
