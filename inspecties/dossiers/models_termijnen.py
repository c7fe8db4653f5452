"""Terms that run in dossiers, and the acts that changed them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.looptermijn import DAADSOORTEN, STANDEN
from inspecties.gebruikers.models import Gebruiker, een_van


class Looptermijn(GemeenteEigendom, Model):
    """A term of a dossier. ``regel`` is the row of config/termijnen.toml as it was when the term began.

    ``einde_datum`` follows from ``regel``, ``start_datum``, ``duur`` and the acts, and is kept to search by.
    """

    __tablename__ = "looptermijn"
    __table_args__ = (
        CheckConstraint(een_van("stand", list(STANDEN)), name="stand_bekend"),
        CheckConstraint("(stand IN ('gedaan', 'vervallen')) = (klaar_op IS NOT NULL)", name="klaar_heeft_moment"),
        CheckConstraint("stand <> 'vervallen' OR length(reden) > 0", name="vervallen_heeft_reden"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    regel: Mapped[dict[str, Any]] = mapped_column(JSON)
    aanleiding: Mapped[str] = mapped_column(String(200), default="")
    start_datum: Mapped[date]
    duur: Mapped[str] = mapped_column(String(12), default="")
    einde_datum: Mapped[date] = mapped_column(index=True)
    eigenaar_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    stand: Mapped[str] = mapped_column(String(20), default="loopt", index=True)
    reden: Mapped[str] = mapped_column(Text, default="")
    klaar_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    klaar_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    # The moment that its owner was told last, in days before the end (rules/looptermijn.waarschuwmoment).
    gewaarschuwd_bij: Mapped[int | None]
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    eigenaar: Mapped[Gebruiker] = relationship(foreign_keys=[eigenaar_id])
    klaar_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[klaar_door_id])
    daden: Mapped[list["Termijndaad"]] = relationship(order_by="Termijndaad.id")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def naam(self) -> str:
        return str(self.regel["naam"])

    @property
    def artikel(self) -> str:
        return str(self.regel["artikel"])

    @property
    def van_ander(self) -> bool:
        """Whether it binds a party, and not us."""
        return self.regel.get("van") == "partij"

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Termijndaad(GemeenteEigendom, Model):
    """An act with a ground that suspended, resumed or extended a term. Never changed."""

    __tablename__ = "termijndaad"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(DAADSOORTEN)), name="soort_bekend"),
        CheckConstraint("length(grond) > 0", name="met_grond"),
    )

    looptermijn_id: Mapped[int] = mapped_column(ForeignKey("looptermijn.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    op_datum: Mapped[date]
    duur: Mapped[str] = mapped_column(String(12), default="")
    artikel: Mapped[str] = mapped_column(String(200))
    grond: Mapped[str] = mapped_column(Text)
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    door: Mapped[Gebruiker | None] = relationship()
