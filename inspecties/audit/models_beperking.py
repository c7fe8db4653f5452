"""Marks on somebody's data (art. 18 and 21 AVG), and what was put right on request (art. 16 AVG)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.audit.rules_beperking import GRONDEN
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment

_GRONDEN = ", ".join(repr(code) for code in GRONDEN)


class Beperking(GemeenteEigendom, Model):
    """A restriction on the data of one object: shown wherever these data show, and nothing of it goes out.

    The reason is for colleagues on the page itself, so it says nothing about the person.
    """

    __tablename__ = "beperking"
    __table_args__ = (
        CheckConstraint(f"grond IN ({_GRONDEN})", name="grond_bekend"),
        CheckConstraint("length(reden) >= 1", name="reden_gegeven"),
        CheckConstraint("opgeheven_op IS NULL OR length(opheffing) >= 1", name="opgeheven_met_reden"),
        # One mark at a time: of two people who put it at once, one succeeds.
        Index(
            "uq_beperking_lopend",
            "gemeente_id",
            "object_soort",
            "object_uid",
            unique=True,
            sqlite_where=text("opgeheven_op IS NULL"),
            postgresql_where=text("opgeheven_op IS NULL"),
        ),
    )

    object_soort: Mapped[str] = mapped_column(String(40))
    object_uid: Mapped[str] = mapped_column(String(64))
    grond: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(String(300))
    gezet_op: Mapped[datetime] = mapped_column(UtcMoment)
    gezet_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    opgeheven_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    opgeheven_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    opheffing: Mapped[str] = mapped_column(String(300), default="")


class Rectificatie(GemeenteEigendom, Model):
    """What was put right at the request of the person, or the note beside what stays as it was written.

    ``oud`` and ``nieuw`` are encrypted (context ``rectificatie:<uid>``). ``aangepast``: the field itself was changed;
    otherwise this row is the note beside it.
    """

    __tablename__ = "rectificatie"
    __table_args__ = (
        CheckConstraint("length(reden) >= 1", name="reden_gegeven"),
        Index("ix_rectificatie_object", "object_soort", "object_uid"),
    )

    object_soort: Mapped[str] = mapped_column(String(40))
    object_uid: Mapped[str] = mapped_column(String(64))
    veld: Mapped[str] = mapped_column(String(60))
    oud: Mapped[str] = mapped_column(Text, info={"avg": "identificatie"})
    nieuw: Mapped[str] = mapped_column(Text, info={"avg": "identificatie"})
    aangepast: Mapped[bool]
    reden: Mapped[str] = mapped_column(String(300))
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Rectificatiebericht(GemeenteEigendom, Model):
    """A recipient of the data that has to hear of a rectification or restriction (art. 19 AVG), and when it did."""

    __tablename__ = "rectificatiebericht"

    rectificatie_id: Mapped[int | None] = mapped_column(ForeignKey("rectificatie.id", ondelete="CASCADE"), index=True)
    beperking_id: Mapped[int | None] = mapped_column(ForeignKey("beperking.id", ondelete="CASCADE"), index=True)
    verstrekking_uid: Mapped[str] = mapped_column(String(64))
    ontvanger: Mapped[str] = mapped_column(String(160))
    bericht_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
