"""Features that were taken away from a location: kept, so that nothing is silently lost."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.locaties.rules.partijen import KENMERKSOORTEN


class VervallenKenmerk(GemeenteEigendom, Model):
    """A ``Kenmerk`` as it was, by whom it was taken away and why. It makes no links any more.

    ``uid`` is that of the feature it was, because its ciphertext belongs to that (context ``kenmerk:<uid>``).
    """

    __tablename__ = "vervallen_kenmerk"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(KENMERKSOORTEN)), name="soort_bekend"),
        CheckConstraint("length(trim(reden)) > 0", name="reden_gegeven"),
    )

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    wisafdruk: Mapped[str] = mapped_column(String(64))
    versleuteld: Mapped[str] = mapped_column(Text)
    bron: Mapped[str] = mapped_column(String(160), default="")
    gezien_op: Mapped[date]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    vervallen_op: Mapped[datetime] = mapped_column(UtcMoment)
    vervallen_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    reden: Mapped[str] = mapped_column(Text)
