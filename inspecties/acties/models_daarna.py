"""After an action: what came of each stop, what was agreed, what was learned, the hours and the report."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import Actie, Ploeg, Stop, binnen_acties
from inspecties.acties.rules.debriefing import AFSPRAAKSTANDEN, CATEGORIEEN, RESULTATEN
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.partners.models import Organisatie


class Stopbespreking(GemeenteEigendom, Model):
    """What the debriefing says of one stop."""

    __tablename__ = "stopbespreking"
    __table_args__ = (CheckConstraint(een_van("resultaat", list(RESULTATEN)), name="resultaat_bekend"),)

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"), unique=True)
    resultaat: Mapped[str] = mapped_column(String(20))
    opmerking: Mapped[str] = mapped_column(Text, default="")
    versie: Mapped[int] = mapped_column(default=1)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    stop: Mapped[Stop] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Afspraak(GemeenteEigendom, Model):
    """An act that was agreed: what, by which organisation or own person, and by when."""

    __tablename__ = "afspraak"
    __table_args__ = (
        CheckConstraint("(organisatie_id IS NULL) <> (gebruiker_id IS NULL)", name="van_een"),
        CheckConstraint(een_van("toestand", list(AFSPRAAKSTANDEN)), name="toestand_bekend"),
        CheckConstraint("toestand <> 'vervallen' OR length(reden) > 0", name="vervallen_heeft_reden"),
        CheckConstraint("(toestand = 'open') = (klaar_op IS NULL)", name="klaar_heeft_moment"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id", ondelete="SET NULL"))
    wat: Mapped[str] = mapped_column(Text)
    organisatie_id: Mapped[int | None] = mapped_column(ForeignKey("organisatie.id", ondelete="RESTRICT"), index=True)
    gebruiker_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    uiterlijk: Mapped[date] = mapped_column(index=True)
    toestand: Mapped[str] = mapped_column(String(20), default="open", index=True)
    reden: Mapped[str] = mapped_column(Text, default="")
    klaar_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    klaar_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    # The last day on which its owner got a reminder.
    herinnerd_op: Mapped[date | None]
    versie: Mapped[int] = mapped_column(default=1)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    actie: Mapped[Actie] = relationship()
    stop: Mapped[Stop | None] = relationship()
    organisatie: Mapped[Organisatie | None] = relationship()
    gebruiker: Mapped[Gebruiker | None] = relationship(foreign_keys=[gebruiker_id])
    klaar_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[klaar_door_id])

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def eigenaar(self) -> str:
        """The name of whoever does it."""
        if self.organisatie is not None:
            return self.organisatie.naam
        return self.gebruiker.naam if self.gebruiker else ""

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        """A partner sees what its organisation agreed to, an inspector what is theirs."""
        if actor.rol is Rol.PARTNER:
            return cls.organisatie_id == actor.organisatie_id
        if actor.rol is Rol.INSPECTEUR:
            return cls.gebruiker_id == actor.gebruiker_id
        return super().bereik(actor)


class Les(GemeenteEigendom, Model):
    """What to do otherwise next time; shown when an action of the same kind is planned."""

    __tablename__ = "les"
    __table_args__ = (CheckConstraint(een_van("categorie", list(CATEGORIEEN)), name="categorie_bekend"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    categorie: Mapped[str] = mapped_column(String(20))
    tekst: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    actie: Mapped[Actie] = relationship()


class Urenregel(GemeenteEigendom, Model):
    """Hours of one organisation (None: the gemeente) in one team, in person-minutes. The newest row counts."""

    __tablename__ = "urenregel"
    __table_args__ = (
        CheckConstraint("gewerkt_min >= 0 AND gepland_min >= 0", name="uren_niet_negatief"),
        CheckConstraint("mensen > 0", name="mensen_positief"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    ploeg_id: Mapped[int] = mapped_column(ForeignKey("ploeg.id", ondelete="CASCADE"), index=True)
    organisatie_id: Mapped[int | None] = mapped_column(ForeignKey("organisatie.id", ondelete="RESTRICT"))
    mensen: Mapped[int]
    gepland_min: Mapped[int]
    gewerkt_min: Mapped[int]
    # Why an earlier row was not right; empty on the first.
    reden: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    ploeg: Mapped[Ploeg] = relationship()
    organisatie: Mapped[Organisatie | None] = relationship()


class Actieverslag(GemeenteEigendom, Model):
    """A report as it was made: what it says and the hashes of its two documents, with and without addresses."""

    __tablename__ = "actieverslag"
    __table_args__ = (UniqueConstraint("actie_id", "nummer"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    nummer: Mapped[int]
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSON)
    inhoud_hash: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    sha256_zonder: Mapped[str] = mapped_column(String(64))
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    actie: Mapped[Actie] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)
