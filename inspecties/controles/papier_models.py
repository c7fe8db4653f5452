"""Paper forms that were typed over afterwards: who wrote, who typed, and the scan."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models import VELDROLLEN
from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker


class Papierinvoer(GemeenteEigendom, Model):
    """One paper form of a visit being typed over by one person.

    It is a device of its own: ``toestel_id`` of its operations is ``uid``, so that two papers of one visit that say
    different things give a difference, as two tablets would.
    """

    __tablename__ = "papierinvoer"
    __table_args__ = (
        CheckConstraint("length(ingevuld_door) > 0", name="ingevuld_door_genoemd"),
        CheckConstraint("ingevuld_op <= ingevoerd_op", name="ingevuld_voor_ingevoerd"),
        CheckConstraint("afgerond_op IS NULL OR afgerond_op >= ingevoerd_op", name="afgerond_na_ingevoerd"),
    )

    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"), index=True)
    # By name: who writes on paper may be a partner's person without an account.
    ingevuld_door: Mapped[str] = mapped_column(String(200))
    ingevuld_op: Mapped[datetime] = mapped_column(UtcMoment)
    ingevoerd_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    ingevoerd_op: Mapped[datetime] = mapped_column(UtcMoment)
    afgerond_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    bezoek: Mapped[Bezoek] = relationship()
    ingevoerd_door: Mapped[Gebruiker] = relationship()
    scans: Mapped[list[Bewijsstuk]] = relationship(secondary="papierscan", order_by=Bewijsstuk.id)

    @property
    def toestel_id(self) -> UUID:
        """The device that its operations come from."""
        return self.uid

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.bezoek_id.in_(select(Bezoek.id).where(Bezoek.bereik(actor)))
        return super().bereik(actor)


class Papierscan(Model):
    """Which evidence is a picture of which paper form."""

    __tablename__ = "papierscan"

    papierinvoer_id: Mapped[int] = mapped_column(ForeignKey("papierinvoer.id", ondelete="CASCADE"), primary_key=True)
    bewijsstuk_id: Mapped[int] = mapped_column(ForeignKey("bewijsstuk.id", ondelete="CASCADE"), primary_key=True)
