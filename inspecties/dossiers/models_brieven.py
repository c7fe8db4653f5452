"""Letters of a dossier with their versions, what was sent, and the proof of service."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Belanghebbende, Besluit, Dossier, Stuk
from inspecties.dossiers.rules.brief import WIJZEN
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.sjablonen.rules.tekst import TALEN

BRIEFSTANDEN: dict[str, str] = {"concept": "Concept", "vastgelegd": "Vastgelegd", "vervallen": "Vervallen"}


class Brief(GemeenteEigendom, Model):
    """A letter to one addressee. Its text stands in its versions; once sent (Briefverzending) nothing changes."""

    __tablename__ = "brief"
    __table_args__ = (
        UniqueConstraint("dossier_id", "nummer"),
        CheckConstraint(een_van("stand", list(BRIEFSTANDEN)), name="stand_bekend"),
        CheckConstraint(een_van("taal", list(TALEN)), name="taal_bekend"),
        CheckConstraint("stand <> 'vervallen' OR length(reden) > 0", name="vervallen_heeft_reden"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    nummer: Mapped[int]
    soort: Mapped[str] = mapped_column(String(40), index=True)
    taal: Mapped[str] = mapped_column(String(2), default="nl")
    titel: Mapped[str] = mapped_column(String(200))
    stand: Mapped[str] = mapped_column(String(20), default="concept")
    reden: Mapped[str] = mapped_column(Text, default="")
    # A party of the dossier, or nobody: residents, another authority, our own administration.
    belanghebbende_id: Mapped[int | None] = mapped_column(ForeignKey("belanghebbende.id", ondelete="SET NULL"))
    aan_naam: Mapped[str] = mapped_column(String(200))
    aan_adres: Mapped[str] = mapped_column(String(300), default="")
    # The template that it began from; None: the default text.
    sjabloonversie_id: Mapped[int | None] = mapped_column(ForeignKey("sjabloonversie.id", ondelete="RESTRICT"))
    # The letter that this one withdraws or replaces.
    vervangt_id: Mapped[int | None] = mapped_column(ForeignKey("brief.id", ondelete="RESTRICT"))
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    belanghebbende: Mapped[Belanghebbende | None] = relationship()
    vervangt: Mapped["Brief | None"] = relationship(remote_side="Brief.id")
    gemaakt_door: Mapped[Gebruiker | None] = relationship()
    versies: Mapped[list["Briefversie"]] = relationship(order_by="Briefversie.volgnummer")
    verzending: Mapped["Briefverzending | None"] = relationship(back_populates="brief")
    kennisgevingen: Mapped[list["Kennisgeving"]] = relationship(order_by="Kennisgeving.id", back_populates="brief")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        # A draft is the jurist's own work; the others read what was sent.
        in_dossier = cls.dossier.has(Dossier.bereik(actor))
        return in_dossier if actor.rol is Rol.JURIST else in_dossier & (cls.stand == "vastgelegd")


class Briefversie(GemeenteEigendom, Model):
    """The whole text of a letter at a moment, and the Word file that it stands on. Never changed."""

    __tablename__ = "briefversie"
    __table_args__ = (UniqueConstraint("brief_id", "volgnummer"),)

    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id", ondelete="CASCADE"), index=True)
    volgnummer: Mapped[int]
    docx_sha256: Mapped[str] = mapped_column(String(64))
    blokken: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    wat: Mapped[str] = mapped_column(String(200))
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    brief: Mapped[Brief] = relationship(overlaps="versies")
    gemaakt_door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.brief.has(Brief.bereik(actor))


class Briefverzending(GemeenteEigendom, Model):
    """The act that froze a letter: from which version, into which piece. Never changed."""

    __tablename__ = "briefverzending"
    __table_args__ = (UniqueConstraint("brief_id"),)

    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id", ondelete="CASCADE"))
    briefversie_id: Mapped[int] = mapped_column(ForeignKey("briefversie.id", ondelete="RESTRICT"))
    stuk_id: Mapped[int] = mapped_column(ForeignKey("stuk.id", ondelete="RESTRICT"))
    # The decision that the letter announces, where it announces one.
    besluit_id: Mapped[int | None] = mapped_column(ForeignKey("besluit.id", ondelete="RESTRICT"))
    datum: Mapped[date]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    brief: Mapped[Brief] = relationship(back_populates="verzending")
    stuk: Mapped[Stuk] = relationship()
    besluit: Mapped[Besluit | None] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.brief.has(Brief.bereik(actor))


class Kennisgeving(GemeenteEigendom, Model):
    """How and when a letter reached its addressee, and the proof of it. Never changed; a correction is a new row."""

    __tablename__ = "kennisgeving"
    __table_args__ = (
        CheckConstraint(een_van("wijze", list(WIJZEN)), name="wijze_bekend"),
        CheckConstraint("(bewijs_sha256 IS NULL) = (bewijs_naam = '')", name="bewijs_heeft_naam"),
    )

    brief_id: Mapped[int] = mapped_column(ForeignKey("brief.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(40), index=True)
    wijze: Mapped[str] = mapped_column(String(20))
    datum: Mapped[date]
    # Track number, who took it, or where it was published.
    bewijs_tekst: Mapped[str] = mapped_column(String(300), default="")
    bewijs_sha256: Mapped[str | None] = mapped_column(String(64))
    bewijs_naam: Mapped[str] = mapped_column(String(160), default="")
    bewijs_mediatype: Mapped[str] = mapped_column(String(80), default="")
    toelichting: Mapped[str] = mapped_column(Text, default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    brief: Mapped[Brief] = relationship(back_populates="kennisgevingen")
    door: Mapped[Gebruiker | None] = relationship()

    @property
    def met_bewijs(self) -> bool:
        return bool(self.bewijs_tekst or self.bewijs_sha256)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.brief.has(Brief.bereik(actor))
