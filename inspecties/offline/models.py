"""Uploads that are still coming in (tus 1.0)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment


class Upload(GemeenteEigendom, Model):
    """A file on its way in. The offset on disk is the truth; this row says whose it is and what it should become."""

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("lengte > 0", name="lengte_positief"),)

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    lengte: Mapped[int]
    gegevens: Mapped[dict[str, Any]] = mapped_column(JSON)
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    voltooid_op: Mapped[datetime | None] = mapped_column(UtcMoment)
