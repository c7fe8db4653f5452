"""What an import leaves behind: the meaning of columns per source, every row that it stored, and what was undone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Locatieimport

REGELSOORTEN = ("toegevoegd", "bijgewerkt")


class Kolomkeuze(GemeenteEigendom, Model):
    """What the columns of one source mean: heading -> field, '' for a column that is left out."""

    __tablename__ = "kolomkeuze"
    __table_args__ = (UniqueConstraint("gemeente_id", "soort", "bron"),)

    soort: Mapped[str] = mapped_column(String(20))
    bron: Mapped[str] = mapped_column(String(120))
    toewijzing: Mapped[dict[str, str]] = mapped_column(JSON)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)


class Importregel(GemeenteEigendom, Model):
    """One row that an import stored. ``object_uid`` is no foreign key: undoing removes the object, not this line.

    ``oud``/``nieuw``: the columns that the import changed. ``achtergelaten_op``: ``gewijzigd_op`` of the object as the
    import left it; another moment there now means that somebody changed it since.
    """

    __tablename__ = "importregel"
    __table_args__ = (CheckConstraint(een_van("wat", list(REGELSOORTEN)), name="wat_bekend"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("locatieimport.id", ondelete="CASCADE"), index=True)
    rij: Mapped[int]
    wat: Mapped[str] = mapped_column(String(20))
    object_soort: Mapped[str] = mapped_column(String(20))
    object_uid: Mapped[UUID] = mapped_column(Uuid, index=True)
    naam: Mapped[str] = mapped_column(String(200))
    oud: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    nieuw: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    achtergelaten_op: Mapped[datetime] = mapped_column(UtcMoment)
    teruggedraaid_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Importterugdraaiing(GemeenteEigendom, Model):
    """One time that somebody undid an import. ``gebleven``: how many rows could not be undone then."""

    __tablename__ = "importterugdraaiing"
    __table_args__ = (CheckConstraint("length(reden) > 0", name="met_reden"),)

    import_id: Mapped[int] = mapped_column(ForeignKey("locatieimport.id", ondelete="CASCADE"), index=True)
    reden: Mapped[str] = mapped_column(Text)
    verwijderd: Mapped[int]
    hersteld: Mapped[int]
    gebleven: Mapped[int]
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()
    locatieimport: Mapped[Locatieimport] = relationship()
