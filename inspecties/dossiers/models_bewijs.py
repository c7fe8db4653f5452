"""Evidence that a dossier holds besides photos, its order, checks of its hash, and what was covered for parties."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.audit.wpgmuur import ommuur, ongemerkt
from inspecties.controles.bezoekmuur import bij_gewone_foto, geen_aparte_foto
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier, Dossierbewijs
from inspecties.dossiers.rules.bewijs import EDEN, STUKSOORTEN, aard_van, merk
from inspecties.dossiers.rules.redactie import OORDELEN, STUKBRONNEN
from inspecties.gebruikers.models import Gebruiker, een_van


class Bronstuk(GemeenteEigendom, Model):
    """A report, statement or conclusion in a dossier: a file in the store under its SHA-256, or typed text.

    Its number stays, also when it is withdrawn. Only a conclusion is ever rewritten; the rest is what somebody else
    wrote or said.
    """

    __tablename__ = "bronstuk"
    __table_args__ = (
        UniqueConstraint("dossier_id", "aard", "nummer"),
        CheckConstraint(een_van("soort", list(STUKSOORTEN)), name="soort_bekend"),
        CheckConstraint(een_van("eed", list(EDEN)), name="eed_bekend"),
        CheckConstraint("length(sha256) = 64 OR (sha256 = '' AND length(tekst) > 0)", name="bestand_of_tekst"),
        CheckConstraint("ingetrokken_op IS NULL OR length(ingetrokken_reden) > 0", name="ingetrokken_met_reden"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    aard: Mapped[str] = mapped_column(String(20))
    nummer: Mapped[int]
    titel: Mapped[str] = mapped_column(String(160))
    # Who wrote or said it, by function: a name only where that is needed.
    van: Mapped[str] = mapped_column(String(160), default="")
    dagtekening: Mapped[date]
    eed: Mapped[str] = mapped_column(String(20), default="geen")
    plaats: Mapped[str] = mapped_column(String(160), default="")
    tekst: Mapped[str] = mapped_column(Text, default="")
    # Public ids of the evidence and pieces that a conclusion rests on.
    rust_op: Mapped[list[str]] = mapped_column(JSON, default=list)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    # As the sender gave it, before the file came here.
    hash_afzender: Mapped[str] = mapped_column(String(64), default="")
    grootte: Mapped[int] = mapped_column(default=0)
    mediatype: Mapped[str] = mapped_column(String(80), default="text/plain")
    bestandsnaam: Mapped[str] = mapped_column(String(200), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment)
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    ingetrokken_reden: Mapped[str] = mapped_column(Text, default="")
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def merk(self) -> str:
        return merk(self.aard, self.nummer)

    @property
    def soortnaam(self) -> str:
        return STUKSOORTEN[self.soort][0]

    @property
    def is_conclusie(self) -> bool:
        return aard_van(self.soort) == "conclusie"

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Bewijsplek(GemeenteEigendom, Model):
    """Where the jurist put a photo on the list of a dossier; what has no place keeps the order of arrival."""

    __tablename__ = "bewijsplek"
    __table_args__ = (UniqueConstraint("dossier_id", "bewijsstuk_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    bewijsstuk_id: Mapped[int] = mapped_column(ForeignKey("bewijsstuk.id", ondelete="RESTRICT"))
    plaats: Mapped[int]

    dossier: Mapped[Dossier] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Bewijscontrole(GemeenteEigendom, Model):
    """Somebody had the hash of a file computed again. Never changed."""

    __tablename__ = "bewijscontrole"
    __table_args__ = (CheckConstraint(een_van("stuksoort", list(STUKBRONNEN)), name="stuksoort_bekend"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    stuksoort: Mapped[str] = mapped_column(String(20))
    stuk_uid: Mapped[UUID] = mapped_column(Uuid, index=True)
    verwacht_hash: Mapped[str] = mapped_column(String(64))
    # Empty: there was no file.
    gevonden_hash: Mapped[str] = mapped_column(String(64), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    dossier: Mapped[Dossier] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @property
    def heel(self) -> bool:
        return self.gevonden_hash == self.verwacht_hash

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Redactie(GemeenteEigendom, Model):
    """One version of what parties may see of a piece; the newest counts. Never changed.

    ``vlakken``: [{blad, x, y, b, h, vorm, grond}], fractions of the upright page. ``passages``: [{van, tot, grond}] and
    ``woorden``: [{woord, grond}] for typed text. ``inhoud_hash``: of what was judged; a text that was rewritten since
    then has to be judged anew.
    """

    __tablename__ = "redactie"
    __table_args__ = (
        UniqueConstraint("dossier_id", "stuk_uid", "nummer"),
        CheckConstraint(een_van("stuksoort", list(STUKBRONNEN)), name="stuksoort_bekend"),
        CheckConstraint(een_van("oordeel", list(OORDELEN)), name="oordeel_bekend"),
        CheckConstraint("nummer >= 1", name="nummer_positief"),
        CheckConstraint("oordeel <> 'niet' OR length(toelichting) > 0", name="niet_met_toelichting"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    stuksoort: Mapped[str] = mapped_column(String(20))
    stuk_uid: Mapped[UUID] = mapped_column(Uuid, index=True)
    nummer: Mapped[int]
    oordeel: Mapped[str] = mapped_column(String(10))
    inhoud_hash: Mapped[str] = mapped_column(String(64))
    vlakken: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    passages: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    woorden: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    toelichting: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    dossier: Mapped[Dossier] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Redactiekopie(GemeenteEigendom, Model):
    """The file that a version of the covers gives: made anew from pixels and letters that may be seen."""

    __tablename__ = "redactiekopie"
    __table_args__ = (UniqueConstraint("redactie_id"), CheckConstraint("length(sha256) = 64", name="sha256"))

    redactie_id: Mapped[int] = mapped_column(ForeignKey("redactie.id", ondelete="CASCADE"))
    sha256: Mapped[str] = mapped_column(String(64))
    grootte: Mapped[int]
    mediatype: Mapped[str] = mapped_column(String(80), default="application/pdf")
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    redactie: Mapped[Redactie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.redactie.has(Redactie.dossier.has(Dossier.bereik(actor)))


# What was set apart as police data (Wpg) leaves every list, and what hangs on it goes along.
_stuk = ongemerkt("bronstuk")
ommuur(Bronstuk, _stuk, Bronstuk.uid)
for _bij in (Redactie, Bewijscontrole):
    ommuur(_bij, lambda uid: _stuk(uid) & geen_aparte_foto(uid), _bij.stuk_uid)
for _op_lijst in (Dossierbewijs, Bewijsplek):
    ommuur(_op_lijst, bij_gewone_foto, _op_lijst.bewijsstuk_id)
