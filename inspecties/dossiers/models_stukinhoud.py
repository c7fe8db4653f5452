"""What a jurist saw when a piece was let through to parties: a judgement holds for that content and those parts."""

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.dossiers.models_volledig import Stukoordeel


class Stukoordeelinhoud(GemeenteEigendom, Model):
    """What one judgement was about. ``delen``: the keys of the parts that were shown with it. Never changed."""

    __tablename__ = "stukoordeelinhoud"
    __table_args__ = (CheckConstraint("length(inhoud_hash) = 64", name="hash_is_heel"),)

    stukoordeel_id: Mapped[int] = mapped_column(ForeignKey("stukoordeel.id", ondelete="CASCADE"), unique=True)
    inhoud_hash: Mapped[str] = mapped_column(String(64))
    delen: Mapped[list[str]] = mapped_column(JSON, default=list)

    stukoordeel: Mapped[Stukoordeel] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.stukoordeel.has(Stukoordeel.bereik(actor))
