"""What a person proves a login with besides a password, how a login was proven, and which proofs are spent."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import Genummerd, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.gebruikers.rules.factoren import DOELEN, WIJZEN


class Passkey(Genummerd, Model):
    """A passkey of one user (WebAuthn Level 3). Only its public half is here."""

    __tablename__ = "passkey"

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"), index=True)
    # base64url without padding; an id is at most 1023 bytes.
    sleutel_id: Mapped[str] = mapped_column(String(1400), unique=True)
    publieke_sleutel: Mapped[str] = mapped_column(Text)
    teller: Mapped[int] = mapped_column(BigInteger, default=0)
    naam: Mapped[str] = mapped_column(String(60), info={"avg": "identificatie"})
    wegen: Mapped[list[str]] = mapped_column(JSON, default=list)
    in_reservekopie: Mapped[bool] = mapped_column(default=False)
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gebruikt_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Totpgeheim(Genummerd, Model):
    """The secret that a user's app makes codes of (RFC 6238), encrypted. One in use and one being set up at most."""

    __tablename__ = "totpgeheim"
    __table_args__ = (
        Index(
            "uq_totpgeheim_in_gebruik",
            "gebruiker_id",
            unique=True,
            sqlite_where=text("bevestigd_op IS NOT NULL"),
            postgresql_where=text("bevestigd_op IS NOT NULL"),
        ),
        Index(
            "uq_totpgeheim_in_aanmaak",
            "gebruiker_id",
            unique=True,
            sqlite_where=text("bevestigd_op IS NULL"),
            postgresql_where=text("bevestigd_op IS NULL"),
        ),
    )

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"), index=True)
    # ``v1.<key>.<...>`` of core.sleutelbos: the text names its key.
    geheim: Mapped[str] = mapped_column(Text)
    naam: Mapped[str] = mapped_column(String(60), default="", info={"avg": "identificatie"})
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    bevestigd_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    gebruikt_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # The last time step of which a code was accepted: that one and all before it are spent.
    laatste_stap: Mapped[int] = mapped_column(BigInteger, default=0)


class Herstelcode(Genummerd, Model):
    """One code for who lost everything else; kept as a keyed hash, works once."""

    __tablename__ = "herstelcode"
    __table_args__ = (UniqueConstraint("gebruiker_id", "hash"),)

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64))
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gebruikt_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Sessiefactor(Genummerd, Model):
    """By what one login was proven, at its beginning or again within it. It goes with the login."""

    __tablename__ = "sessiefactor"
    __table_args__ = (
        CheckConstraint(een_van("wijze", list(WIJZEN)), name="wijze_bekend"),
        CheckConstraint(een_van("doel", list(DOELEN)), name="doel_bekend"),
    )

    sessie_id: Mapped[int] = mapped_column(ForeignKey("sessie.id", ondelete="CASCADE"), index=True)
    wijze: Mapped[str] = mapped_column(String(20))
    doel: Mapped[str] = mapped_column(String(20), default="aanmelden")
    op: Mapped[datetime] = mapped_column(UtcMoment)


class Verbruiktbewijs(Genummerd, Model):
    """A proof that works once (half a login, the question to a passkey, a link) and was used. Kept until it is dead."""

    __tablename__ = "verbruiktbewijs"

    # Keyed or plain hash of what was used; says nothing about whose it was.
    kenmerk: Mapped[str] = mapped_column(String(64), unique=True)
    geldig_tot: Mapped[datetime] = mapped_column(UtcMoment, index=True)


class Wachtwoordverzoek(Genummerd, Model):
    """A mail with a link to choose a new password was asked for. The link is made when the mail goes; it works once."""

    __tablename__ = "wachtwoordverzoek"

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"), index=True)
    gevraagd_op: Mapped[datetime] = mapped_column(UtcMoment)
    geldig_tot: Mapped[datetime] = mapped_column(UtcMoment)
    gebruikt_op: Mapped[datetime | None] = mapped_column(UtcMoment)
