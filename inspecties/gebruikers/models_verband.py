"""Samenwerkingsverbanden: which gemeenten let each other know that a feature occurs on both sides."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.database.basis import GemeenteEigendom, Genummerd, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, Gemeente

_LID = text("verlaten_op IS NULL")


class Samenwerkingsverband(Genummerd, Model):
    """A named partnership of gemeenten. Its name is no content of one gemeente; what a member does in it is."""

    __tablename__ = "samenwerkingsverband"
    __table_args__ = (
        UniqueConstraint("naam_sleutel"),
        CheckConstraint("length(trim(naam)) > 0", name="naam_gegeven"),
    )

    naam: Mapped[str] = mapped_column(String(120))
    # The name without capitals: two partnerships that differ only in those would be taken for each other.
    naam_sleutel: Mapped[str] = mapped_column(String(120))
    opgericht_op: Mapped[datetime] = mapped_column(UtcMoment)


class Verbandlid(GemeenteEigendom, Model):
    """One gemeente in one partnership: asked, admitted, sharing or not, and whom the others call.

    ``deelt_sinds`` is when its beheerder last said yes, knowing who were members then: it does not cover a gemeente
    that was admitted later. Who leaves keeps the row; coming back makes a new one.
    """

    __tablename__ = "verbandlid"
    __table_args__ = (
        Index(
            "uq_verbandlid_lid",
            "verband_id",
            "gemeente_id",
            unique=True,
            sqlite_where=_LID,
            postgresql_where=_LID,
        ),
        CheckConstraint(
            "NOT deelt_koppelingen OR (deelt_sinds IS NOT NULL AND toegelaten_op IS NOT NULL AND verlaten_op IS NULL)",
            name="delen_alleen_als_lid",
        ),
        CheckConstraint("NOT deelt_koppelingen OR length(contact_naam) > 0", name="delen_met_contact"),
    )

    verband_id: Mapped[int] = mapped_column(ForeignKey("samenwerkingsverband.id", ondelete="RESTRICT"), index=True)
    contact_naam: Mapped[str] = mapped_column(String(120), default="")
    contact_telefoon: Mapped[str] = mapped_column(String(20), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    deelt_koppelingen: Mapped[bool] = mapped_column(default=False)
    deelt_sinds: Mapped[datetime | None] = mapped_column(UtcMoment)
    geschakeld_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    geschakeld_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gevraagd_op: Mapped[datetime] = mapped_column(UtcMoment)
    toegelaten_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    # The gemeente whose beheerder let it in; its own where it founded the partnership.
    toegelaten_door_id: Mapped[int | None] = mapped_column(ForeignKey("gemeente.id", ondelete="RESTRICT"))
    verlaten_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    verband: Mapped[Samenwerkingsverband] = relationship()
    gemeente: Mapped[Gemeente] = relationship(foreign_keys="Verbandlid.gemeente_id")
    geschakeld_door: Mapped[Gebruiker | None] = relationship()
