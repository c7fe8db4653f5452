"""What was covered on a photo: versions that are never changed, the newest counts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.audit.wpgmuur import ommuur
from inspecties.controles.bezoekmuur import gewone_foto
from inspecties.controles.rules.lakken import REDENEN
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van


class Lakking(GemeenteEigendom, Model):
    """One version of the covers on one photo of a visit; it may come before the photo itself does.

    No areas means that the covers were taken away: that too is a version, with its reason and maker.
    """

    __tablename__ = "lakking"
    __table_args__ = (
        UniqueConstraint("bezoek_id", "sha256", "nummer"),
        UniqueConstraint("op_id"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("nummer >= 1", name="nummer_positief"),
        CheckConstraint(een_van("reden", list(REDENEN)), name="reden_bekend"),
        CheckConstraint("reden <> 'anders' OR length(toelichting) > 0", name="anders_heeft_toelichting"),
    )

    bezoek_id: Mapped[int] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    nummer: Mapped[int]
    # [{x, y, b, h, vorm}], fractions of the upright picture.
    vlakken: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reden: Mapped[str] = mapped_column(String(20))
    toelichting: Mapped[str] = mapped_column(Text, default="")
    # The operation of a tablet that asked for it; None for who did it in the office.
    op_id: Mapped[UUID | None] = mapped_column(Uuid)
    door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker] = relationship()


# Covers say what is on a photo: those of one that stands apart as police data go along with it.
ommuur(Lakking, gewone_foto, Lakking.bezoek_id, Lakking.sha256)
