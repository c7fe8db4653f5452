"""The track of a dossier: by which table it runs, where it stands, and every step that was taken."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Besluit, Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.gebruikers.models import Gebruiker


class Dossiertraject(GemeenteEigendom, Model):
    """One track of a dossier. ``tabel`` is the state table of config/trajecten as it was when the track began."""

    __tablename__ = "dossiertraject"
    __table_args__ = (UniqueConstraint("dossier_id", "code"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40), index=True)
    tabelversie: Mapped[str] = mapped_column(String(10))
    tabel: Mapped[dict[str, Any]] = mapped_column(JSON)
    # Follows from the steps of the main lane, and is kept to search by.
    stand: Mapped[str] = mapped_column(String(40), index=True)
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    begonnen_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    begonnen_door: Mapped[Gebruiker | None] = relationship()
    gangen: Mapped[list["Trajectgang"]] = relationship(order_by="Trajectgang.id", back_populates="traject")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Trajectgang(GemeenteEigendom, Model):
    """A step that was taken. Never changed: what was wrong is told by a later step.

    ``op_datum``: when it happened; ``op``: when it was written down. ``besluit_id``: the decision that it carries out.
    """

    __tablename__ = "trajectgang"
    __table_args__ = (CheckConstraint("length(naar) > 0", name="naar_een_stap"),)

    traject_id: Mapped[int] = mapped_column(ForeignKey("dossiertraject.id", ondelete="CASCADE"), index=True)
    baan: Mapped[str] = mapped_column(String(40), default="")
    van: Mapped[str] = mapped_column(String(40), default="")
    naar: Mapped[str] = mapped_column(String(40))
    op_datum: Mapped[date]
    gegevens: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    toelichting: Mapped[str] = mapped_column(Text, default="")
    besluit_id: Mapped[int | None] = mapped_column(ForeignKey("besluit.id", ondelete="RESTRICT"), index=True)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    traject: Mapped[Dossiertraject] = relationship(back_populates="gangen")
    besluit: Mapped[Besluit | None] = relationship()
    door: Mapped[Gebruiker | None] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.traject.has(Dossiertraject.bereik(actor))


class Trajecttermijn(GemeenteEigendom, Model):
    """Which term a step began, so that the page can say so. Never changed."""

    __tablename__ = "trajecttermijn"
    __table_args__ = (UniqueConstraint("looptermijn_id"),)

    gang_id: Mapped[int] = mapped_column(ForeignKey("trajectgang.id", ondelete="CASCADE"), index=True)
    looptermijn_id: Mapped[int] = mapped_column(ForeignKey("looptermijn.id", ondelete="CASCADE"))

    gang: Mapped[Trajectgang] = relationship()
    looptermijn: Mapped[Looptermijn] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.gang.has(Trajectgang.bereik(actor))
