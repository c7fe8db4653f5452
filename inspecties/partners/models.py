"""Organisations that inspect together with the gemeente."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model


class Organisatie(GemeenteEigendom, Model):
    """A partner such as police, NLA or the omgevingsdienst; ``soort`` is the code used in checklists (`rol`)."""

    __tablename__ = "organisatie"
    __table_args__ = (UniqueConstraint("gemeente_id", "naam"),)

    naam: Mapped[str] = mapped_column(String(120))
    soort: Mapped[str] = mapped_column(String(40))
