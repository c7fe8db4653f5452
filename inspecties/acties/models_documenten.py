"""From which template the document of an entry was made. A row is never changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import een_van
from inspecties.sjablonen.models import Sjabloonversie

DADEN: dict[str, str] = {"aangeboden": "Ter ondertekening gestuurd", "ondertekend": "Ondertekend"}


class Machtigingsjabloon(GemeenteEigendom, Model):
    """The text of a machtiging: chosen when it was offered, so that what is signed is what was read; again when signed.

    Without a version: the default text. ``tekst_hash``: of the words of the template, before it was filled in.
    """

    __tablename__ = "machtigingsjabloon"
    __table_args__ = (
        CheckConstraint(een_van("daad", list(DADEN)), name="daad_bekend"),
        CheckConstraint("length(tekst_hash) = 64", name="hash_heel"),
    )

    machtiging_id: Mapped[int] = mapped_column(ForeignKey("machtiging.id", ondelete="CASCADE"), index=True)
    daad: Mapped[str] = mapped_column(String(20))
    versie_id: Mapped[int | None] = mapped_column(ForeignKey("sjabloonversie.id", ondelete="RESTRICT"))
    tekst_hash: Mapped[str] = mapped_column(String(64))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    machtiging: Mapped[Machtiging] = relationship()
    versie: Mapped[Sjabloonversie | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.machtiging_id.in_(select(Machtiging.id).where(Machtiging.bereik(actor)))


class Verslagsjabloon(GemeenteEigendom, Model):
    """The text of a verslag van binnentreden, chosen when it was made final."""

    __tablename__ = "verslagsjabloon"
    __table_args__ = (CheckConstraint("length(tekst_hash) = 64", name="hash_heel"),)

    verslag_id: Mapped[int] = mapped_column(ForeignKey("verslag_binnentreden.id", ondelete="CASCADE"), unique=True)
    versie_id: Mapped[int | None] = mapped_column(ForeignKey("sjabloonversie.id", ondelete="RESTRICT"))
    tekst_hash: Mapped[str] = mapped_column(String(64))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    verslag: Mapped[Verslag] = relationship()
    versie: Mapped[Sjabloonversie | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.verslag_id.in_(select(Verslag.id).where(Verslag.bereik(actor)))
