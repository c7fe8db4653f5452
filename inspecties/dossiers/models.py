"""Proposals, dossiers, their documents and the decision."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.controles.models import Bevinding, Bewijsstuk, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.rules.toestanden import DOSSIER_TABEL_1, SOORTEN
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie

VOORSTELSTATUS: dict[str, str] = {"open": "Te beoordelen", "overgenomen": "Overgenomen", "afgewezen": "Afgewezen"}
BESLUITSOORTEN: dict[str, str] = {"akkoord": "Akkoord", "teruggestuurd": "Terug met vragen", "afgewezen": "Afgewezen"}


class Dossier(GemeenteEigendom, Model):
    """A case on its way to a decision. Bibob dossiers are read by the named people only."""

    __tablename__ = "dossier"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "nummer"),
        CheckConstraint(een_van("soort", list(SOORTEN)), name="soort_bekend"),
        CheckConstraint(een_van("toestand", list(DOSSIER_TABEL_1.namen)), name="toestand_bekend"),
    )

    nummer: Mapped[str] = mapped_column(String(20))
    soort: Mapped[str] = mapped_column(String(20))
    grondslag: Mapped[str] = mapped_column(String(200))
    titel: Mapped[str] = mapped_column(String(200))
    toestand: Mapped[str] = mapped_column(String(20), default="opbouw", index=True)
    tabelversie: Mapped[str] = mapped_column(String(10), default="1")
    samenvatting: Mapped[str] = mapped_column(Text, default="")
    feiten: Mapped[str] = mapped_column(Text, default="")
    waarom_nu: Mapped[str] = mapped_column(Text, default="")
    geprobeerd: Mapped[str] = mapped_column(Text, default="")
    bewoners: Mapped[str] = mapped_column(Text, default="")
    beoordeling: Mapped[str] = mapped_column(Text, default="")
    zienswijze: Mapped[str] = mapped_column(Text, default="")
    concept_besluit: Mapped[str] = mapped_column(Text, default="")
    opgesteld_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    voorgelegd_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # The day before which the cabinet has to decide, and on what that day rests.
    beslissen_voor: Mapped[date | None]
    beslissen_omdat: Mapped[str] = mapped_column(String(200), default="")
    versie: Mapped[int] = mapped_column(default=1)

    opgesteld_door: Mapped[Gebruiker] = relationship()
    locaties: Mapped[list[Risicolocatie]] = relationship(secondary="dossierlocatie", order_by=Risicolocatie.id)
    bezoeken: Mapped[list[Bezoek]] = relationship(secondary="dossierbezoek", order_by=Bezoek.id)
    belanghebbenden: Mapped[list["Belanghebbende"]] = relationship(order_by="Belanghebbende.id")
    stappen: Mapped[list["Stap"]] = relationship(order_by="Stap.id")
    besluiten: Mapped[list["Besluit"]] = relationship(order_by="Besluit.id")
    stukken: Mapped[list["Stuk"]] = relationship(order_by="Stuk.id")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol is Rol.JURIST:
            return (cls.soort != "bibob") | cls.lezers.any(Dossierlezer.gebruiker_id == actor.gebruiker_id)
        if actor.rol is Rol.KABINET:
            gezien = cls.toestand.in_(("voorgelegd", "teruggestuurd", "akkoord", "afgewezen", "afgesloten"))
            bibob = (cls.soort != "bibob") | cls.lezers.any(Dossierlezer.gebruiker_id == actor.gebruiker_id)
            return gezien & cls.voorgelegd_op.is_not(None) & bibob
        if actor.rol is Rol.COORDINATOR:
            return cls.soort != "bibob"
        return false()

    lezers: Mapped[list["Dossierlezer"]] = relationship()


class Dossierlezer(GemeenteEigendom, Model):
    """A person who may read a Bibob dossier (Wet Bibob art. 28: closed list)."""

    __tablename__ = "dossierlezer"
    __table_args__ = (UniqueConstraint("dossier_id", "gebruiker_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


class Dossieropsteller(GemeenteEigendom, Model):
    """Somebody who worked on the content of a dossier, and who therefore never decides on it.

    The trigger ``besluit_niet_door_opsteller`` (migration 0002) holds that in the database too.
    """

    __tablename__ = "dossieropsteller"
    __table_args__ = (UniqueConstraint("dossier_id", "gebruiker_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    sinds_op: Mapped[datetime] = mapped_column(UtcMoment)

    gebruiker: Mapped[Gebruiker] = relationship()


class Dossierlocatie(Model):
    __tablename__ = "dossierlocatie"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), primary_key=True)


class Dossierbezoek(Model):
    __tablename__ = "dossierbezoek"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), primary_key=True)
    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"), primary_key=True)


class Voorstel(GemeenteEigendom, Model):
    """What a finding could lead to. A person takes it over or dismisses it, with a reason (AVG art. 22)."""

    __tablename__ = "voorstel"
    __table_args__ = (
        UniqueConstraint("bevinding_id"),
        CheckConstraint(een_van("status", list(VOORSTELSTATUS)), name="status_bekend"),
        CheckConstraint("status = 'open' OR beoordeeld_op IS NOT NULL", name="beoordeeld_heeft_moment"),
        CheckConstraint("status <> 'afgewezen' OR length(reden) > 0", name="afgewezen_heeft_reden"),
    )

    bevinding_id: Mapped[int] = mapped_column(ForeignKey("bevinding.id", ondelete="RESTRICT"))
    status: Mapped[str] = mapped_column(String(20), default="open", index=True)
    reden: Mapped[str] = mapped_column(Text, default="")
    beoordeeld_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    beoordeeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id", ondelete="SET NULL"), index=True)
    # What the finding said when a person judged it: later answers do not rewrite what was decided upon.
    vastgelegd: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    bevinding: Mapped[Bevinding] = relationship()
    dossier: Mapped[Dossier | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        # A signal of trafficking never is a proposal; were there one in the table, nobody would see it.
        return super().bereik(actor) & cls.bevinding.has(Bevinding.zonder_signalen())


class Belanghebbende(GemeenteEigendom, Model):
    """A party to a dossier: owner, operator, resident."""

    __tablename__ = "belanghebbende"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    naam: Mapped[str] = mapped_column(String(160))
    rol: Mapped[str] = mapped_column(String(60))
    kvk: Mapped[str] = mapped_column(String(8), default="")
    adres: Mapped[str] = mapped_column(String(200), default="")
    doel: Mapped[str] = mapped_column(String(200), default="Partij in de procedure (Awb art. 1:2)")


class Dossierbewijs(GemeenteEigendom, Model):
    """A piece of evidence on a dossier's list: what it shows; observation, statement or conclusion."""

    __tablename__ = "dossierbewijs"
    __table_args__ = (UniqueConstraint("dossier_id", "bewijsstuk_id"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    bewijsstuk_id: Mapped[int] = mapped_column(ForeignKey("bewijsstuk.id", ondelete="RESTRICT"))
    omschrijving: Mapped[str] = mapped_column(String(300), default="")
    aard: Mapped[str] = mapped_column(String(20), default="waarneming")

    bewijsstuk: Mapped[Bewijsstuk] = relationship()


class Stap(GemeenteEigendom, Model):
    """One event on a dossier's timeline, with the state change where there was one."""

    __tablename__ = "stap"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(30))
    van: Mapped[str] = mapped_column(String(20), default="")
    naar: Mapped[str] = mapped_column(String(20), default="")
    tekst: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Stuk(GemeenteEigendom, Model):
    """A document version of a dossier; its file stands in the storage under its SHA-256 and never changes."""

    __tablename__ = "stuk"
    __table_args__ = (UniqueConstraint("dossier_id", "soort", "volgnummer"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(40))
    volgnummer: Mapped[int]
    titel: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    grootte: Mapped[int]
    mediatype: Mapped[str] = mapped_column(String(80), default="application/pdf")
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    # What the dossier consisted of when this was frozen: hashes per part, to tell later what changed since.
    momentopname: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Besluit(GemeenteEigendom, Model):
    """What the mayor's office decided, on exactly which document."""

    __tablename__ = "besluit"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(BESLUITSOORTEN)), name="soort_bekend"),
        CheckConstraint("besloten_door_id <> opgesteld_door_id", name="nooit_door_de_opsteller"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    motivering: Mapped[str] = mapped_column(Text, default="")
    vragen: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    opgesteld_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    besloten_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    besloten_op: Mapped[datetime] = mapped_column(UtcMoment)
    stuk_sha256: Mapped[str] = mapped_column(String(64))

    besloten_door: Mapped[Gebruiker] = relationship(foreign_keys=[besloten_door_id])
