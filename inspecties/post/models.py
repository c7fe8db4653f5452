"""The outbox, who is emptying it, and the mail that came back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.post.rules.bericht import STATUSSEN


class Bericht(GemeenteEigendom, Model):
    """A mail that was written in the transaction of the act it belongs to, and is sent afterwards.

    It holds no address of a place and no person. The text goes when it is sent; the links in it are made on sending.
    """

    __tablename__ = "bericht"
    __table_args__ = (
        CheckConstraint(een_van("status", list(STATUSSEN)), name="status_bekend"),
        CheckConstraint("(status = 'verzonden') = (verzonden_op IS NOT NULL)", name="verzonden_met_tijd"),
        CheckConstraint("pogingen >= 0", name="pogingen_niet_negatief"),
        Index("ix_bericht_te_doen", "status", "volgende_op"),
    )

    aan: Mapped[str] = mapped_column(String(254))
    onderwerp: Mapped[str] = mapped_column(String(160))
    tekst: Mapped[str] = mapped_column(Text)
    # Path on our own site that LINK in the text stands for, or what a page without account needs: doel, uid, ronde.
    pad: Mapped[str] = mapped_column(String(200), default="")
    geheimlink: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    afspraak: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # What it is about, such as 'uitnodiging:<uid>'.
    verwijzing: Mapped[str] = mapped_column(String(80), default="", index=True)
    # The same at every attempt, so that a receiver who got it twice after a broken connection sees one mail.
    message_id: Mapped[str] = mapped_column(String(80), unique=True)
    status: Mapped[str] = mapped_column(String(20), default="wachtend")
    pogingen: Mapped[int] = mapped_column(default=0)
    # When it may be tried; while it is being sent: when whoever sends it is taken to be gone.
    volgende_op: Mapped[datetime] = mapped_column(UtcMoment)
    fout: Mapped[str] = mapped_column(String(300), default="")
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    verzonden_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Postslot(Model):
    """Who empties the outbox, until when: one at a time, over all processes and machines."""

    __tablename__ = "postslot"

    naam: Mapped[str] = mapped_column(String(20), primary_key=True)
    houder: Mapped[str] = mapped_column(String(36), default="")
    tot_op: Mapped[datetime] = mapped_column(UtcMoment)


class IngekomenMail(GemeenteEigendom, Model):
    """A mail that came in on the reply address. What nobody could place waits here for the planner, as plain text."""

    __tablename__ = "ingekomen_mail"

    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment, index=True)
    van: Mapped[str] = mapped_column(String(254))
    onderwerp: Mapped[str] = mapped_column(String(160))
    tekst: Mapped[str] = mapped_column(Text, default="")
    # Why it was not used; empty: it was.
    reden: Mapped[str] = mapped_column(String(300), default="")
    verwijzing: Mapped[str] = mapped_column(String(80), default="")
    # SHA-256 of the mail: the same one again is not kept twice.
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    gezien_op: Mapped[datetime | None] = mapped_column(UtcMoment)
