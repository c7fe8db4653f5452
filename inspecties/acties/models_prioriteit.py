"""The priority of a location as it was when its stop was planned. It never changes afterwards."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN, Stop
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.locaties.rules.prioriteit_woorden import BANDEN


class PrioriteitBijPlannen(GemeenteEigendom, Model):
    """Score and parts, frozen for one stop; ``keuze`` is the coordinator's own reason where there was one."""

    __tablename__ = "prioriteit_bij_plannen"
    __table_args__ = (
        UniqueConstraint("stop_id"),
        CheckConstraint(een_van("band", list(BANDEN)), name="band_bekend"),
    )

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="CASCADE"))
    score_tienden: Mapped[int]
    geldend_tienden: Mapped[int]
    vastgezet: Mapped[bool] = mapped_column(default=False)
    band: Mapped[str] = mapped_column(String(10))
    delen: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    keuze: Mapped[str] = mapped_column(Text, default="")
    weging_versie: Mapped[int]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    stop: Mapped[Stop] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
        return super().bereik(actor)
