"""What belongs to the address file: its streets as they are sought, its imports and its dry runs."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.locaties.models import Adres


class Adresstraat(GemeenteEigendom, Model):
    """A street in a place, once; what a search reads instead of a million addresses.

    ``zoektekst`` is ``rules.adreszoek.zoektekst``. Migration 0004 puts a trigram index on it.
    """

    __tablename__ = "adresstraat"
    __table_args__ = (UniqueConstraint("gemeente_id", "openbare_ruimte", "woonplaats"),)

    openbare_ruimte: Mapped[str] = mapped_column(String(120))
    woonplaats: Mapped[str] = mapped_column(String(80))
    zoektekst: Mapped[str] = mapped_column(String(240))


Index(
    "ix_adres_straat_huisnummer",
    Adres.gemeente_id,
    Adres.openbare_ruimte,
    Adres.woonplaats,
    Adres.huisnummer,
)


class Adresimport(GemeenteEigendom, Model):
    """One imported address file: what it was and what came of it."""

    __tablename__ = "adresimport"

    bestandsnaam: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    gelezen: Mapped[int]
    toegevoegd: Mapped[int]
    gewijzigd: Mapped[int]
    ongewijzigd: Mapped[int]
    fouten: Mapped[int]
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gedaan_op: Mapped[datetime] = mapped_column(UtcMoment)


class Adresproef(GemeenteEigendom, Model):
    """An address file that was checked and may be imported within a day, by who chose it."""

    __tablename__ = "adresproef"

    bestandsnaam: Mapped[str] = mapped_column(String(200))
    inhoud: Mapped[bytes | None] = mapped_column(LargeBinary)
    verslag: Mapped[dict[str, Any]] = mapped_column(JSON)
    deel: Mapped[bool] = mapped_column(default=False)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.door_id == actor.gebruiker_id
