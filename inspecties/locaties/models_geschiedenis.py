"""What happened to a location: every change of a value, and every merge, split and what moved along."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.samenvoegen import AANLEIDINGEN


class Locatiewijziging(GemeenteEigendom, Model):
    """One value of a location that changed: what it was, what it became, by whom, when and why.

    Only for who may read the location: the values are the location's own. ``oud``/``nieuw`` are as people read them.
    """

    __tablename__ = "locatiewijziging"
    __table_args__ = (
        CheckConstraint(een_van("aanleiding", list(AANLEIDINGEN)), name="aanleiding_bekend"),
        Index("ix_locatiewijziging_locatie_op", "locatie_id", "op"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"))
    veld: Mapped[str] = mapped_column(String(40))
    oud: Mapped[str] = mapped_column(Text, default="")
    nieuw: Mapped[str] = mapped_column(Text, default="")
    aanleiding: Mapped[str] = mapped_column(String(20), default="wijziging")
    reden: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Samenvoeging(GemeenteEigendom, Model):
    """Two locations that turned out to be one: ``verliezer`` went up in ``winnaar``.

    ``velden``: the columns of the winner that changed, as {column: [old, new]} in JSON values, enough to undo it.
    """

    __tablename__ = "samenvoeging"
    __table_args__ = (
        CheckConstraint("winnaar_id <> verliezer_id", name="twee_locaties"),
        CheckConstraint("length(trim(reden)) > 0", name="reden_gegeven"),
    )

    winnaar_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    verliezer_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    velden: Mapped[dict[str, Any]] = mapped_column(JSON)
    vorige_status: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    ongedaan_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    ongedaan_reden: Mapped[str] = mapped_column(Text, default="")
    ongedaan_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    winnaar: Mapped[Risicolocatie] = relationship(foreign_keys=[winnaar_id])
    verliezer: Mapped[Risicolocatie] = relationship(foreign_keys=[verliezer_id])
    door: Mapped[Gebruiker | None] = relationship(foreign_keys=[door_id])


class Splitsing(GemeenteEigendom, Model):
    """One location that turned out to be two: ``nieuw`` came from ``bron``."""

    __tablename__ = "locatiesplitsing"
    __table_args__ = (
        CheckConstraint("bron_id <> nieuw_id", name="twee_locaties"),
        CheckConstraint("length(trim(reden)) > 0", name="reden_gegeven"),
    )

    bron_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    nieuw_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    bron: Mapped[Risicolocatie] = relationship(foreign_keys=[bron_id])
    nieuw: Mapped[Risicolocatie] = relationship(foreign_keys=[nieuw_id])
    door: Mapped[Gebruiker | None] = relationship(foreign_keys=[door_id])


class Locatieverhuizing(GemeenteEigendom, Model):
    """One row of another table that was pointed at another location (``verhuisd``), or could not be (``bleef``).

    ``sleutel``: the row's primary key without the column that points, as JSON.
    """

    __tablename__ = "locatieverhuizing"
    __table_args__ = (
        CheckConstraint("(samenvoeging_id IS NULL) <> (splitsing_id IS NULL)", name="een_aanleiding"),
        CheckConstraint(een_van("wat", ["verhuisd", "bleef"]), name="wat_bekend"),
    )

    samenvoeging_id: Mapped[int | None] = mapped_column(ForeignKey("samenvoeging.id", ondelete="CASCADE"), index=True)
    splitsing_id: Mapped[int | None] = mapped_column(ForeignKey("locatiesplitsing.id", ondelete="CASCADE"), index=True)
    tabel: Mapped[str] = mapped_column(String(60))
    kolom: Mapped[str] = mapped_column(String(60))
    sleutel: Mapped[dict[str, Any]] = mapped_column(JSON)
    wat: Mapped[str] = mapped_column(String(10))
