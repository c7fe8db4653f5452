"""When somebody who was logged in proved once more that it is them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import Genummerd, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.gebruikers.rules.bevestiging import WIJZEN


class Sessiebevestiging(Genummerd, Model):
    """One proof within one login. It goes with the login, as it is worth nothing without it."""

    __tablename__ = "sessiebevestiging"
    __table_args__ = (CheckConstraint(een_van("wijze", list(WIJZEN)), name="wijze_bekend"),)

    sessie_id: Mapped[int] = mapped_column(ForeignKey("sessie.id", ondelete="CASCADE"), index=True)
    wijze: Mapped[str] = mapped_column(String(20))
    op: Mapped[datetime] = mapped_column(UtcMoment)
