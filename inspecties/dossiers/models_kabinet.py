"""The mayor's desk: offices and deputies, what the dossier adds for the decision, telephone decisions, capacities."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.kabinet import ADVIESSOORTEN, STREKKINGEN, TELEFOONUITKOMSTEN
from inspecties.gebruikers.models import Gebruiker, een_van


class Ambtsbekleding(GemeenteEigendom, Model):
    """Who holds an office of config/mandaat.toml, from which day and on which ground. ``tot`` is the last day."""

    __tablename__ = "ambtsbekleding"
    __table_args__ = (
        CheckConstraint("length(grond) > 0", name="met_grond"),
        CheckConstraint("tot IS NULL OR tot >= van", name="tot_na_van"),
    )

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    ambt: Mapped[str] = mapped_column(String(30))
    van: Mapped[date]
    tot: Mapped[date | None]
    grond: Mapped[str] = mapped_column(String(300))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    vastgelegd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    gebruiker: Mapped[Gebruiker] = relationship(foreign_keys=[gebruiker_id])


class Vervanging(GemeenteEigendom, Model):
    """Who stands in for the holder of an office, from the first to the last day. Outside those days it is nothing."""

    __tablename__ = "vervanging"
    __table_args__ = (
        CheckConstraint("length(grond) > 0", name="met_grond"),
        CheckConstraint("tot >= van", name="tot_na_van"),
        CheckConstraint("(ingetrokken_op IS NULL) = (ingetrokken_door_id IS NULL)", name="ingetrokken_door_iemand"),
    )

    bekleding_id: Mapped[int] = mapped_column(ForeignKey("ambtsbekleding.id", ondelete="RESTRICT"), index=True)
    vervanger_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    van: Mapped[date]
    tot: Mapped[date]
    grond: Mapped[str] = mapped_column(String(300))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    vastgelegd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    ingetrokken_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    bekleding: Mapped[Ambtsbekleding] = relationship()
    vervanger: Mapped[Gebruiker] = relationship(foreign_keys=[vervanger_id])


class Voorbereiding(GemeenteEigendom, Model):
    """What the mayor wants to know besides the case: costs, what is said to the press, why it cannot wait."""

    __tablename__ = "voorbereiding"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), unique=True)
    kosten: Mapped[str] = mapped_column(Text, default="")
    perslijn: Mapped[str] = mapped_column(Text, default="")
    spoed_omdat: Mapped[str] = mapped_column(Text, default="")
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Dossieradvies(GemeenteEigendom, Model):
    """What police, prosecutor or somebody else advised, on which day. ``van``: the service and function, no name."""

    __tablename__ = "dossieradvies"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(ADVIESSOORTEN)), name="soort_bekend"),
        CheckConstraint(een_van("strekking", list(STREKKINGEN)), name="strekking_bekend"),
        CheckConstraint("length(tekst) > 0", name="met_tekst"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    van: Mapped[str] = mapped_column(String(120))
    op_datum: Mapped[date]
    strekking: Mapped[str] = mapped_column(String(20))
    tekst: Mapped[str] = mapped_column(Text)
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    vastgelegd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    dossier: Mapped[Dossier] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Telefoonbesluit(GemeenteEigendom, Model):
    """An urgent decision that was taken by telephone, as somebody wrote it down afterwards. Never changed.

    It decides nothing here: the decision is the one in writing that follows (``Besluitvastlegging.telefoonbesluit``).
    """

    __tablename__ = "telefoonbesluit"
    __table_args__ = (
        CheckConstraint(een_van("uitkomst", list(TELEFOONUITKOMSTEN)), name="uitkomst_bekend"),
        CheckConstraint("length(gezegd) > 0 AND length(spoed_omdat) > 0", name="met_woorden_en_spoed"),
        CheckConstraint("besloten_door_id <> vastgelegd_door_id", name="niet_door_wie_het_vastlegt"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    uitkomst: Mapped[str] = mapped_column(String(20))
    besloten_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    hoedanigheid: Mapped[dict[str, Any]] = mapped_column(JSON)
    gebeld_op: Mapped[datetime] = mapped_column(UtcMoment)
    gezegd: Mapped[str] = mapped_column(Text)
    spoed_omdat: Mapped[str] = mapped_column(Text)
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    vastgelegd_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    # The term within which it has to be put in writing.
    looptermijn_id: Mapped[int] = mapped_column(ForeignKey("looptermijn.id", ondelete="CASCADE"))

    dossier: Mapped[Dossier] = relationship()
    besloten_door: Mapped[Gebruiker] = relationship(foreign_keys=[besloten_door_id])
    vastgelegd_door: Mapped[Gebruiker] = relationship(foreign_keys=[vastgelegd_door_id])
    looptermijn: Mapped[Looptermijn] = relationship()
    vastlegging: Mapped["Besluitvastlegging | None"] = relationship(back_populates="telefoonbesluit")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Besluitvastlegging(GemeenteEigendom, Model):
    """In which capacity and under which rule a decision was taken, over exactly what, with its hash. Never changed."""

    __tablename__ = "besluitvastlegging"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    besluit_id: Mapped[int] = mapped_column(ForeignKey("besluit.id", ondelete="CASCADE"), unique=True)
    telefoonbesluit_id: Mapped[int | None] = mapped_column(
        ForeignKey("telefoonbesluit.id", ondelete="RESTRICT"), unique=True
    )
    inhoud: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))

    dossier: Mapped[Dossier] = relationship()
    besluit: Mapped[Besluit] = relationship()
    telefoonbesluit: Mapped[Telefoonbesluit | None] = relationship(back_populates="vastlegging")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))
