"""The inventory of a dossier and the complete files that were made of it (Awb art. 8:42)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.inventaris import KEUZES, MET_REDEN, STANDEN, UITVOERINGEN
from inspecties.gebruikers.models import Gebruiker, een_van


class Stuknummer(GemeenteEigendom, Model):
    """The number of one piece; given once and never changed. ``onder``: the place within its piece, 0 for the piece."""

    __tablename__ = "stuknummer"
    __table_args__ = (
        UniqueConstraint("dossier_id", "sleutel"),
        UniqueConstraint("dossier_id", "nummer", "onder"),
        CheckConstraint("nummer >= 1 AND onder >= 0", name="nummer_positief"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    sleutel: Mapped[str] = mapped_column(String(80))
    nummer: Mapped[int]
    onder: Mapped[int] = mapped_column(default=0)
    gegeven_op: Mapped[datetime] = mapped_column(UtcMoment)

    dossier: Mapped[Dossier] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Stukoordeel(GemeenteEigendom, Model):
    """What a jurist decided about one piece: who may see it and why. Never changed; the newest counts."""

    __tablename__ = "stukoordeel"
    __table_args__ = (
        CheckConstraint(een_van("keuze", list(KEUZES)), name="keuze_bekend"),
        CheckConstraint(f"NOT ({een_van('keuze', list(MET_REDEN))}) OR length(reden) > 0", name="met_reden"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    sleutel: Mapped[str] = mapped_column(String(80))
    keuze: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    dossier: Mapped[Dossier] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Volledigdossier(GemeenteEigendom, Model):
    """One making of the complete file: how far it is, and what came of it. Files stand in the store by SHA-256."""

    __tablename__ = "volledigdossier"
    __table_args__ = (
        CheckConstraint(een_van("uitvoering", list(UITVOERINGEN)), name="uitvoering_bekend"),
        CheckConstraint(een_van("stand", list(STANDEN)), name="stand_bekend"),
        CheckConstraint(
            "(stand = 'klaar') = (length(pdf_sha256) = 64 AND length(zip_sha256) = 64)", name="klaar_is_heel"
        ),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    uitvoering: Mapped[str] = mapped_column(String(20))
    stand: Mapped[str] = mapped_column(String(20), default="bezig", index=True)
    fase: Mapped[str] = mapped_column(String(80), default="")
    gedaan: Mapped[int] = mapped_column(default=0)
    totaal: Mapped[int] = mapped_column(default=0)
    melding: Mapped[str] = mapped_column(String(400), default="")
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    # The last time that the process behind it said something: one that is silent was cut off.
    gezien_op: Mapped[datetime] = mapped_column(UtcMoment)
    klaar_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="")
    pdf_grootte: Mapped[int] = mapped_column(BigInteger, default=0)
    zip_sha256: Mapped[str] = mapped_column(String(64), default="")
    zip_grootte: Mapped[int] = mapped_column(BigInteger, default=0)
    bladzijden: Mapped[int] = mapped_column(default=0)
    # The inventory as it stands in the file: number, title, day, page and hash per piece.
    inventaris: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)

    dossier: Mapped[Dossier] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))
