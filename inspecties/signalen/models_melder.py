"""What belongs to a signal but is not for everybody who may read signals: who reported, and who it is about.

Both are one encrypted text per row (JSON, padded, so that its length tells nothing), readable by the
aandachtsfunctionaris alone. Nothing in the clear leads from these rows to a person.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, Uuid, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.audit.wpgmuur import ommuur
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.betrokkenen import BETROKKENROLLEN
from inspecties.signalen.signaalmuur import bij_gewoon_signaal


def _alleen(actor: Actor, recht: str) -> ColumnElement[bool]:
    return true() if rol_mag(actor.rol, recht) else false()


class Melder(GemeenteEigendom, Model):
    """Who reported a signal; context of ``versleuteld`` is ``melder:<uid>``."""

    __tablename__ = "melder"

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), unique=True)
    versleuteld: Mapped[str] = mapped_column(Text)
    # Whether the reporter asked to hear what came of it.
    terugkoppeling: Mapped[bool] = mapped_column(default=False)

    signaal: Mapped[Signaal] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return _alleen(actor, "melder.lezen")


class Betrokkene(GemeenteEigendom, Model):
    """Somebody a signal is about; context of ``versleuteld`` is ``betrokkene:<uid>``."""

    __tablename__ = "betrokkene"
    __table_args__ = (CheckConstraint(een_van("rol", list(BETROKKENROLLEN)), name="rol_bekend"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    rol: Mapped[str] = mapped_column(String(20))
    versleuteld: Mapped[str] = mapped_column(Text)
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    signaal: Mapped[Signaal] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return _alleen(actor, "betrokkenen.lezen")


class Signaalinzending(GemeenteEigendom, Model):
    """A signal that came from a device, by the number that the device gave it: sent twice, it is stored once.

    The same number with other content is a second row with a signal of its own, so that neither is lost. Who sent it
    is not kept.
    """

    __tablename__ = "signaalinzending"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "op_id", "hash"),
        CheckConstraint("length(hash) = 64", name="hash_sha256"),
    )

    op_id: Mapped[UUID] = mapped_column(Uuid)
    hash: Mapped[str] = mapped_column(String(64))
    # Kept without the signal, so that a late repeat of the message does not bring it back.
    signaal_id: Mapped[int | None] = mapped_column(ForeignKey("signaal.id", ondelete="SET NULL"), index=True)
    nummer: Mapped[str] = mapped_column(String(20))
    is_eerste: Mapped[bool]
    ontvangen_op: Mapped[datetime] = mapped_column(UtcMoment)


class Signaalherziening(GemeenteEigendom, Model):
    """A signal was looked at again and is kept until a new date, with the reason."""

    __tablename__ = "signaalherziening"
    __table_args__ = (CheckConstraint("length(reden) >= 1", name="reden_gegeven"),)

    signaal_id: Mapped[int] = mapped_column(ForeignKey("signaal.id", ondelete="CASCADE"), index=True)
    reden: Mapped[str] = mapped_column(String(500))
    bewaren_tot: Mapped[date]
    herzien_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))


# The receipt of a device stays: it is what tells that the signal came in.
for _bij in (Melder, Betrokkene, Signaalherziening):
    ommuur(_bij, bij_gewoon_signaal, _bij.signaal_id)
