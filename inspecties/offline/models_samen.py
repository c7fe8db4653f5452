"""Who works in which section of a visit now."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment


class Aanwezigheid(GemeenteEigendom, Model):
    """Where a person had the focus when their tablet last said so. No history: one row, gone after ten minutes."""

    __tablename__ = "aanwezigheid"
    __table_args__ = (UniqueConstraint("bezoek_id", "gebruiker_id"),)

    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="CASCADE"))
    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="CASCADE"), index=True)
    form_versie: Mapped[str] = mapped_column(String(64))
    deel: Mapped[str] = mapped_column(String(200))
    gezien_op: Mapped[datetime] = mapped_column(UtcMoment, index=True)
