"""What a destruction needs while it runs and after a crash; and which data came from the police under the Wpg."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.audit.models_wpg import is_aangewezen
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment


class Vernietigopdracht(GemeenteEigendom, Model):
    """An order to destroy one row, there only within the transaction that does it.

    Tables that refuse to lose a row (migration 0022) let one go that has an order: nothing else can take it out.
    """

    __tablename__ = "vernietigopdracht"
    __table_args__ = (UniqueConstraint("tabel", "rij_id"),)

    tabel: Mapped[str] = mapped_column(String(60))
    rij_id: Mapped[int]


class Vernietigbestand(GemeenteEigendom, Model):
    """A file whose last row was destroyed, until the file is gone too. ``pad``: below the root of the store.

    Written in the same transaction as the destruction, so that a run that is killed after it is finished by the next.
    """

    __tablename__ = "vernietigbestand"
    __table_args__ = (UniqueConstraint("gemeente_id", "pad"),)

    pad: Mapped[str] = mapped_column(String(200))
    sinds_op: Mapped[datetime] = mapped_column(UtcMoment)


class Wpggegeven(GemeenteEigendom, Model):
    """These data of an object were received from the police under the Wpg; they have terms of their own (art. 8).

    ``beperkt_op``: from then on readable only with a reason, by the few who may.
    """

    __tablename__ = "wpggegeven"
    __table_args__ = (
        CheckConstraint("length(ontvangen_van) >= 1", name="ontvangen_van_gegeven"),
        CheckConstraint("length(artikel) >= 1", name="artikel_gegeven"),
        Index("uq_wpggegeven_object", "gemeente_id", "object_soort", "object_uid", unique=True),
    )

    object_soort: Mapped[str] = mapped_column(String(40))
    object_uid: Mapped[UUID] = mapped_column(Uuid)
    ontvangen_van: Mapped[str] = mapped_column(String(120))
    artikel: Mapped[str] = mapped_column(String(60))
    ontvangen_op: Mapped[date]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    vastgelegd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    beperkt_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return is_aangewezen(actor)
