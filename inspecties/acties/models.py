"""Joint inspections: action, participation, teams and stops."""

from datetime import datetime

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from inspecties.acties.embargo import actie_vrij
from inspecties.acties.rules.toestanden import ACTIE_TABEL, SOORTEN, STOP_TABEL, TOEGANGSGRONDEN
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.models import Risicolocatie
from inspecties.partners.models import Organisatie

DEELNAMESTATUS: dict[str, str] = {"uitgenodigd": "Uitgenodigd", "toegezegd": "Toegezegd", "afgezegd": "Afgezegd"}


VELDROLLEN = frozenset({Rol.INSPECTEUR, Rol.PARTNER})


class Ploeglid(GemeenteEigendom, Model):
    """A person in a team."""

    __tablename__ = "ploeglid"
    __table_args__ = (UniqueConstraint("ploeg_id", "gebruiker_id"),)

    ploeg_id: Mapped[int] = mapped_column(ForeignKey("ploeg.id", ondelete="CASCADE"), index=True)
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)

    gebruiker: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.ploeg_id.in_(ploegen_van(actor))
        return super().bereik(actor)


class Ploeg(GemeenteEigendom, Model):
    """A team of an action. Field workers see the teams of the actions that they are in."""

    __tablename__ = "ploeg"
    __table_args__ = (UniqueConstraint("actie_id", "naam"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    naam: Mapped[str] = mapped_column(String(40))
    volgorde: Mapped[int] = mapped_column(default=0)

    leden: Mapped[list[Ploeglid]] = relationship(cascade="all, delete-orphan", order_by="Ploeglid.id")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.id.in_(ploegen_van(actor))
        return super().bereik(actor)


def ploegen_van(actor: Actor) -> Select[int]:
    """Ids of the teams that the actor is a member of."""
    return select(Ploeglid.ploeg_id).where(Ploeglid.gebruiker_id == actor.gebruiker_id)


class Deelname(GemeenteEigendom, Model):
    """An organisation that is asked to take part, and its answer."""

    __tablename__ = "deelname"
    __table_args__ = (
        UniqueConstraint("actie_id", "organisatie_id"),
        CheckConstraint(een_van("status", list(DEELNAMESTATUS)), name="status_bekend"),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    organisatie_id: Mapped[int] = mapped_column(ForeignKey("organisatie.id", ondelete="RESTRICT"))
    status: Mapped[str] = mapped_column(String(20), default="uitgenodigd")

    organisatie: Mapped[Organisatie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Actie(GemeenteEigendom, Model):
    """A joint inspection in one shift."""

    __tablename__ = "actie"
    __table_args__ = (
        CheckConstraint("eind_op > begin_op", name="eind_na_begin"),
        CheckConstraint(een_van("toestand", list(ACTIE_TABEL.namen)), name="toestand_bekend"),
        CheckConstraint(een_van("soort", list(SOORTEN)), name="soort_bekend"),
    )

    naam: Mapped[str] = mapped_column(String(160))
    soort: Mapped[str] = mapped_column(String(30))
    begin_op: Mapped[datetime] = mapped_column(UtcMoment, index=True)
    eind_op: Mapped[datetime] = mapped_column(UtcMoment)
    toestand: Mapped[str] = mapped_column(String(20), default="concept", index=True)
    aangekondigd: Mapped[bool] = mapped_column(default=False)
    doel: Mapped[str] = mapped_column(Text, default="")
    versie: Mapped[int] = mapped_column(default=1)
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    aangemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    ploegen: Mapped[list[Ploeg]] = relationship(cascade="all, delete-orphan", order_by=Ploeg.volgorde)
    deelnames: Mapped[list[Deelname]] = relationship(cascade="all, delete-orphan", order_by=Deelname.id)

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            # Drafts stay with the planner: who is in a team sees the action once it is ready.
            return and_(
                cls.toestand.in_(("gereed", "in_uitvoering", "afgerond")),
                cls.id.in_(select(Ploeg.actie_id).where(Ploeg.id.in_(ploegen_van(actor)))),
            )
        return super().bereik(actor)


class Actiestap(GemeenteEigendom, Model):
    """One change of an action's state."""

    __tablename__ = "actiestap"

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    van: Mapped[str] = mapped_column(String(20))
    naar: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


def binnen_acties(kolom: InstrumentedAttribute[int], actor: Actor) -> ColumnElement[bool]:
    """Rows that belong to an action within the actor's scope."""
    return kolom.in_(select(Actie.id).where(Actie.bereik(actor))) if actor.rol in VELDROLLEN else true()


class Stop(GemeenteEigendom, Model):
    """One location to visit within an action, by one team, in an order."""

    __tablename__ = "stop"
    __table_args__ = (
        UniqueConstraint("actie_id", "locatie_id"),
        CheckConstraint(een_van("toestand", list(STOP_TABEL.namen)), name="toestand_bekend"),
        CheckConstraint(een_van("toegangsgrond", list(TOEGANGSGRONDEN)), name="toegangsgrond_bekend"),
        CheckConstraint("duur_min > 0", name="duur_positief"),
        CheckConstraint(
            "venster_eind_op IS NULL OR venster_begin_op IS NULL OR venster_eind_op > venster_begin_op",
            name="venster_eind_na_begin",
        ),
    )

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), index=True)
    ploeg_id: Mapped[int | None] = mapped_column(ForeignKey("ploeg.id", ondelete="SET NULL"), index=True)
    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    volgorde: Mapped[int] = mapped_column(default=0)
    venster_begin_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    venster_eind_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    duur_min: Mapped[int] = mapped_column(default=30)
    toegangsgrond: Mapped[str] = mapped_column(String(20), default="toezicht")
    wie_eerst: Mapped[str] = mapped_column(String(80), default="")
    veiligheid: Mapped[str] = mapped_column(Text, default="")
    checklists: Mapped[list[str]] = mapped_column(JSON, default=list)
    toestand: Mapped[str] = mapped_column(String(20), default="gepland")

    actie: Mapped[Actie] = relationship()
    ploeg: Mapped[Ploeg | None] = relationship()
    locatie: Mapped[Risicolocatie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            zichtbaar = select(Actie.id).where(Actie.toestand.in_(("gereed", "in_uitvoering", "afgerond")))
            mijn = and_(cls.ploeg_id.in_(ploegen_van(actor)), cls.actie_id.in_(zichtbaar))
            return and_(mijn, actie_vrij(cls.actie_id, actor))
        return actie_vrij(cls.actie_id, actor)


class Stopstap(GemeenteEigendom, Model):
    """One change of a stop's state. ``op_id`` makes a repeated message from a tablet harmless."""

    __tablename__ = "stopstap"
    __table_args__ = (UniqueConstraint("op_id"),)

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"), index=True)
    van: Mapped[str] = mapped_column(String(20))
    naar: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text, default="")
    op_id: Mapped[str | None] = mapped_column(String(36))
    toestel_tijd: Mapped[datetime | None] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
        return super().bereik(actor)
