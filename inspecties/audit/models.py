"""The audit log's table. The database itself refuses UPDATE and DELETE on it (trigger in the migration)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import Model
from inspecties.database.typen import UtcMoment


class Auditregel(Model):
    """One act: who, when, in which role, what, on which object, on which ground; chained by hash per gemeente."""

    __tablename__ = "auditregel"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "seq"),
        CheckConstraint("seq >= 1", name="seq_positief"),
        CheckConstraint("length(hash) = 64 AND length(vorige_hash) = 64", name="hash_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gemeente_id: Mapped[int] = mapped_column(ForeignKey("gemeente.id", ondelete="RESTRICT"))
    seq: Mapped[int]
    moment: Mapped[datetime] = mapped_column(UtcMoment)
    gebruiker_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    rol: Mapped[str] = mapped_column(String(30))
    handeling: Mapped[str] = mapped_column(String(80))
    object_soort: Mapped[str] = mapped_column(String(40), index=True)
    object_uid: Mapped[str] = mapped_column(String(64), index=True)
    grondslag: Mapped[str] = mapped_column(String(200), default="")
    gegevens: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    vorige_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    # By name: gebruikers comes after audit in the order of features.
    gebruiker: Mapped[Any] = relationship("Gebruiker", uselist=False, viewonly=True)


class Auditkop(Model):
    """The head of a gemeente's chain: shows truncation, and its row lock serialises writers."""

    __tablename__ = "auditkop"

    gemeente_id: Mapped[int] = mapped_column(ForeignKey("gemeente.id", ondelete="RESTRICT"), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
