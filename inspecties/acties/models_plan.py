"""What planning adds to an action, its teams and stops: times, required powers, what is locked, where it came from."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN, Actie, Ploeg, Stop, binnen_acties, ploegen_van
from inspecties.acties.rules.herkomst import HERKOMSTEN
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van


class Actieplan(GemeenteEigendom, Model):
    """One per action. Before ``embargo_op`` nobody outside the planning group sees an address; None: no embargo."""

    __tablename__ = "actieplan"
    __table_args__ = (CheckConstraint("(vertrek_x IS NULL) = (vertrek_y IS NULL)", name="vertrekpunt_heel"),)

    actie_id: Mapped[int] = mapped_column(ForeignKey("actie.id", ondelete="CASCADE"), unique=True)
    embargo_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # Where every team starts and ends (EPSG:28992, metres); None: the middle of the stops.
    vertrek_naam: Mapped[str] = mapped_column(String(160), default="")
    vertrek_x: Mapped[float | None]
    vertrek_y: Mapped[float | None]
    zaad: Mapped[int] = mapped_column(default=1)

    actie: Mapped[Actie] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return binnen_acties(cls.actie_id, actor)


class Ploegplan(GemeenteEigendom, Model):
    """One per team: its own hours within the shift (None: the shift) and its break."""

    __tablename__ = "ploegplan"
    __table_args__ = (
        CheckConstraint("eind_op IS NULL OR begin_op IS NULL OR eind_op > begin_op", name="eind_na_begin"),
        CheckConstraint("pauze_min >= 0", name="pauze_niet_negatief"),
    )

    ploeg_id: Mapped[int] = mapped_column(ForeignKey("ploeg.id", ondelete="CASCADE"), unique=True)
    begin_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    eind_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # The break begins somewhere between these two; 0 minutes: none.
    pauze_min: Mapped[int] = mapped_column(default=0)
    pauze_van_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    pauze_tot_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    ploeg: Mapped[Ploeg] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.ploeg_id.in_(ploegen_van(actor))
        return super().bereik(actor)


class Stopplan(GemeenteEigendom, Model):
    """One per stop: why it is in the plan, which powers it needs, and when it is planned.

    ``vereist``: codes of powers that must be present. ``vast``: team and time stay when the rest is planned again.
    ``waarde_tienden``: what visiting it is worth, in tenths (the frozen priority).
    """

    __tablename__ = "stopplan"
    __table_args__ = (
        CheckConstraint(een_van("herkomst", list(HERKOMSTEN)), name="herkomst_bekend"),
        CheckConstraint("waarde_tienden >= 0", name="waarde_niet_negatief"),
    )

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"), unique=True)
    herkomst: Mapped[str] = mapped_column(String(20), default="hand")
    vereist: Mapped[list[str]] = mapped_column(JSON, default=list)
    verplicht: Mapped[bool] = mapped_column(default=False)
    vast: Mapped[bool] = mapped_column(default=False)
    waarde_tienden: Mapped[int] = mapped_column(default=0)
    # How the expected duration was found, in plain Dutch ("midden van 7 eerdere bezoeken").
    duur_uitleg: Mapped[str] = mapped_column(String(160), default="")
    aankomst_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    begin_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    vertrek_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    stop: Mapped[Stop] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
        return super().bereik(actor)
