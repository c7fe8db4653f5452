"""Visits: append-only operations, quarantine, evidence and what follows from the answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    and_,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.embargo import stop_vrij
from inspecties.acties.models import VELDROLLEN, Stop, ploegen_van
from inspecties.audit.wpgmuur import ommuur
from inspecties.checklists.models import Checklistversie
from inspecties.controles.bezoekmuur import bij_gewone_foto, gewone_foto, gewone_operatie, gewone_quarantaine
from inspecties.controles.rules.mensenhandel import OORDEEL_TABEL, SIGNAALCODES
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.models import Signaal

BEZOEKTOESTAND: dict[str, str] = {"open": "Open", "afgerond": "Afgerond", "gesloten": "Gesloten"}
OPSOORTEN = ("set", "clear", "attach", "note")


class Tijdperk(Model):
    """The server's epoch: one row. A restored backup gets a new one, so that tablets send again what they hold."""

    __tablename__ = "tijdperk"
    __table_args__ = (CheckConstraint("id = 1", name="een_rij"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    epoch: Mapped[UUID] = mapped_column(Uuid)
    sinds_op: Mapped[datetime] = mapped_column(UtcMoment)


class Bezoek(GemeenteEigendom, Model):
    """A visit to a location. It keeps the checklist versions and the priority that it started with."""

    __tablename__ = "bezoek"
    __table_args__ = (
        UniqueConstraint("stop_id"),
        CheckConstraint(een_van("toestand", list(BEZOEKTOESTAND)), name="toestand_bekend"),
        CheckConstraint("eind_op IS NULL OR begin_op IS NULL OR eind_op >= begin_op", name="eind_na_begin"),
    )

    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id", ondelete="RESTRICT"))
    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    toestand: Mapped[str] = mapped_column(String(20), default="open")
    toegangsgrond: Mapped[str] = mapped_column(String(20), default="toezicht")
    prioriteit: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The context that the checklist is evaluated in (norm_m2_pp, date of the visit), frozen at the start.
    context: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rev: Mapped[int] = mapped_column(default=0)
    begin_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    eind_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    stop: Mapped[Stop | None] = relationship()
    locatie: Mapped[Risicolocatie] = relationship()
    checklists: Mapped[list[Checklistversie]] = relationship(secondary="bezoekchecklist", order_by=Checklistversie.id)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            mijn = select(Stop.id).where(Stop.ploeg_id.in_(ploegen_van(actor)))
            return and_(cls.stop_id.in_(mijn), stop_vrij(cls.stop_id, actor))
        return stop_vrij(cls.stop_id, actor)


class Bezoekchecklist(Model):
    """Which immutable versions a visit is filled in with."""

    __tablename__ = "bezoekchecklist"

    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"), primary_key=True)
    checklistversie_id: Mapped[int] = mapped_column(
        ForeignKey("checklistversie.id", ondelete="RESTRICT"), primary_key=True
    )


class Operatie(GemeenteEigendom, Model):
    """One immutable act on one question (sync-and-trust.md, "The record"). Server order is (epoch, rev)."""

    __tablename__ = "operatie"
    __table_args__ = (
        UniqueConstraint("op_id"),
        UniqueConstraint("bezoek_id", "epoch", "rev"),
        CheckConstraint(een_van("soort", list(OPSOORTEN)), name="soort_bekend"),
        CheckConstraint("length(hash) = 64", name="hash_sha256"),
        CheckConstraint("rev >= 1", name="rev_positief"),
        Index("ix_operatie_bezoek_rev", "bezoek_id", "rev"),
    )

    op_id: Mapped[UUID] = mapped_column(Uuid)
    hash: Mapped[str] = mapped_column(String(64))
    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"))
    vraag_id: Mapped[str] = mapped_column(String(200))
    herhaling_id: Mapped[UUID | None] = mapped_column(Uuid)
    soort: Mapped[str] = mapped_column(String(10))
    waarde: Mapped[Any] = mapped_column(JSON(none_as_null=False), nullable=True)
    base_op_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    form_versie: Mapped[str] = mapped_column(String(64))
    toestel_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    toestel_seq: Mapped[int]
    toestel_tijd: Mapped[str] = mapped_column(String(40))
    auteur_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    epoch: Mapped[UUID] = mapped_column(Uuid)
    rev: Mapped[int]
    # Arrived after the visit had been marked afgerond: kept and counted, but shown as an addition.
    na_afronden: Mapped[bool] = mapped_column(default=False)
    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment)

    auteur: Mapped[Gebruiker] = relationship()


class Quarantaine(GemeenteEigendom, Model):
    """An operation that could not be taken in, kept whole until a person has looked at it."""

    __tablename__ = "quarantaine"
    __table_args__ = (UniqueConstraint("gemeente_id", "op_id", "hash"),)

    op_id: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSON)
    reden: Mapped[str] = mapped_column(String(60))
    uitleg: Mapped[str] = mapped_column(Text, default="")
    bezoek_uid: Mapped[str] = mapped_column(String(64), default="", index=True)
    # Also an operation that was set apart has arrived: its number is no gap.
    toestel_id: Mapped[UUID | None] = mapped_column(Uuid, index=True)
    toestel_seq: Mapped[int | None]
    afzender_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment)
    beoordeeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    beoordeeld_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    besluit: Mapped[str] = mapped_column(Text, default="")

    afzender: Mapped[Gebruiker | None] = relationship(foreign_keys=[afzender_id])
    beoordeeld_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[beoordeeld_door_id])


class Toestelgat(GemeenteEigendom, Model):
    """Sequence numbers of a device that never arrived: it lost data, or still holds it."""

    __tablename__ = "toestelgat"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "gebruiker_id", "toestel_id", "van_seq"),
        CheckConstraint("tot_seq >= van_seq", name="tot_na_van"),
    )

    toestel_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    van_seq: Mapped[int]
    tot_seq: Mapped[int]
    gemeld_op: Mapped[datetime] = mapped_column(UtcMoment)
    gevuld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    beoordeeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    beoordeeld_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    besluit: Mapped[str] = mapped_column(Text, default="")

    gebruiker: Mapped[Gebruiker] = relationship(foreign_keys=[gebruiker_id])


class Bewijsstuk(GemeenteEigendom, Model):
    """An original: its bytes never change. The file stands in the storage under its SHA-256."""

    __tablename__ = "bewijsstuk"
    __table_args__ = (
        UniqueConstraint("bezoek_id", "sha256"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("grootte > 0", name="grootte_positief"),
    )

    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    grootte: Mapped[int]
    mediatype: Mapped[str] = mapped_column(String(80))
    bestandsnaam: Mapped[str] = mapped_column(String(200), default="")
    vraag_id: Mapped[str] = mapped_column(String(200), default="")
    herhaling_id: Mapped[UUID | None] = mapped_column(Uuid)
    vastgelegd_op: Mapped[str] = mapped_column(String(40), default="")
    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    auteur: Mapped[Gebruiker] = relationship()
    bezoek: Mapped[Bezoek] = relationship()


class Afgeleide(GemeenteEigendom, Model):
    """A re-encoded copy without metadata, for screens and documents; names its original and the reason."""

    __tablename__ = "afgeleide"
    __table_args__ = (UniqueConstraint("bewijsstuk_id", "soort"),)

    bewijsstuk_id: Mapped[int] = mapped_column(ForeignKey("bewijsstuk.id", ondelete="CASCADE"))
    soort: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(String(200), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    mediatype: Mapped[str] = mapped_column(String(80))
    breedte: Mapped[int]
    hoogte: Mapped[int]
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)


class Bevinding(GemeenteEigendom, Model):
    """What the answers of a visit lead to: computed from operations, replaced when these change, never typed over.

    A signal of trafficking is a finding of the whole visit, over all its checklists: there is one, and only the
    aandachtsfunctionaris sees it (rules/mensenhandel.py).
    """

    __tablename__ = "bevinding"
    __table_args__ = (
        UniqueConstraint("bezoek_id", "form_versie", "gevolg", "grondslag"),
        Index(
            "uq_bevinding_signaal_per_bezoek",
            "bezoek_id",
            unique=True,
            sqlite_where=text("gevolg = 'signaal_mh'"),
            postgresql_where=text("gevolg = 'signaal_mh'"),
        ),
    )

    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"), index=True)
    form_versie: Mapped[str] = mapped_column(String(64))
    gevolg: Mapped[str] = mapped_column(String(60))
    grondslag: Mapped[str] = mapped_column(String(200))
    # [{vraag, herhaling_id, label, waarde, bewijs: [sha256]}] as they stood at ``rev``.
    dragers: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    ontbreekt: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    hard: Mapped[bool] = mapped_column(default=False)
    rev: Mapped[int]
    berekend_op: Mapped[datetime] = mapped_column(UtcMoment)
    vervallen_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    bezoek: Mapped[Bezoek] = relationship()

    @classmethod
    def zonder_signalen(cls) -> ColumnElement[bool]:
        """For whoever reads findings in the name of the system: figures, dossiers, what was found before."""
        return cls.gevolg.not_in(SIGNAALCODES)

    @classmethod
    def alleen_signalen(cls) -> ColumnElement[bool]:
        return cls.gevolg.in_(SIGNAALCODES)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.AANDACHTSFUNCTIONARIS:
            return cls.alleen_signalen()
        return cls.zonder_signalen()


class Signaaloordeel(GemeenteEigendom, Model):
    """What the aandachtsfunctionaris made of the signal of trafficking in a visit. Nobody else reads it."""

    __tablename__ = "signaaloordeel"
    __table_args__ = (
        UniqueConstraint("bevinding_id"),
        CheckConstraint(een_van("toestand", list(OORDEEL_TABEL.namen)), name="toestand_bekend"),
        CheckConstraint("toestand = 'open' OR beoordeeld_op IS NOT NULL", name="beoordeeld_heeft_moment"),
        CheckConstraint("toestand <> 'geen_signaal' OR length(reden) > 0", name="geen_signaal_heeft_reden"),
        CheckConstraint("toestand <> 'aangenomen' OR signaal_id IS NOT NULL", name="aangenomen_heeft_signaal"),
    )

    bevinding_id: Mapped[int] = mapped_column(ForeignKey("bevinding.id", ondelete="RESTRICT"))
    toestand: Mapped[str] = mapped_column(String(20), default="open", index=True)
    reden: Mapped[str] = mapped_column(Text, default="")
    beoordeeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # What the finding said when it was judged: what comes later asks for a new look, and does not rewrite this.
    vastgelegd: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    signaal_id: Mapped[int | None] = mapped_column(ForeignKey("signaal.id", ondelete="RESTRICT"), index=True)

    bevinding: Mapped[Bevinding] = relationship()
    signaal: Mapped[Signaal | None] = relationship()
    stappen: Mapped[list["Signaaloordeelstap"]] = relationship(order_by="Signaaloordeelstap.id")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return super().bereik(actor) if actor.rol is Rol.AANDACHTSFUNCTIONARIS else false()


class Signaaloordeelstap(GemeenteEigendom, Model):
    """One step of a judgement, with its reason."""

    __tablename__ = "signaaloordeelstap"

    oordeel_id: Mapped[int] = mapped_column(ForeignKey("signaaloordeel.id", ondelete="RESTRICT"), index=True)
    van: Mapped[str] = mapped_column(String(20))
    naar: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return super().bereik(actor) if actor.rol is Rol.AANDACHTSFUNCTIONARIS else false()


# What was set apart as police data (Wpg) leaves every list, and what hangs on it goes along.
ommuur(
    Operatie,
    gewone_operatie,
    *(Operatie.bezoek_id, Operatie.vraag_id, Operatie.herhaling_id, Operatie.soort, Operatie.waarde),
)
ommuur(Bewijsstuk, gewone_foto, Bewijsstuk.bezoek_id, Bewijsstuk.sha256)
ommuur(Afgeleide, bij_gewone_foto, Afgeleide.bewijsstuk_id)
ommuur(Quarantaine, gewone_quarantaine, Quarantaine.bezoek_uid, Quarantaine.inhoud)
