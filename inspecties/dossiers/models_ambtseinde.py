"""The moment at which somebody stopped holding an office."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models_kabinet import Ambtsbekleding


class Ambtseinde(GemeenteEigendom, Model):
    """From this moment on the holder has no capacity, whatever the last day of the office says. Never changed."""

    __tablename__ = "ambtseinde"

    bekleding_id: Mapped[int] = mapped_column(ForeignKey("ambtsbekleding.id", ondelete="CASCADE"), unique=True)
    op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    bekleding: Mapped[Ambtsbekleding] = relationship()
