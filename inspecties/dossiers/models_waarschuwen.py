"""When the owners of terms are warned, where a gemeente chose that itself."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker


class Waarschuwkeuze(GemeenteEigendom, Model):
    """The moments of one kind of term (``code``), or of every kind without its own (empty code), in days before the
    end."""

    __tablename__ = "waarschuwkeuze"
    __table_args__ = (UniqueConstraint("gemeente_id", "code"),)

    code: Mapped[str] = mapped_column(String(60), default="")
    dagen: Mapped[list[int]] = mapped_column(JSON)
    gekozen_op: Mapped[datetime] = mapped_column(UtcMoment)
    gekozen_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    gekozen_door: Mapped[Gebruiker | None] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class
