"""Yearly norms."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model


class Norm(GemeenteEigendom, Model):
    """How many actions of a kind a gemeente has promised for a year."""

    __tablename__ = "norm"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "soort", "jaar"),
        CheckConstraint("aantal >= 0", name="aantal_niet_negatief"),
    )

    soort: Mapped[str] = mapped_column(String(30))
    jaar: Mapped[int]
    aantal: Mapped[int]
