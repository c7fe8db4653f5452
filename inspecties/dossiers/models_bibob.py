"""The Bibob compartment: what an investigation rests on, what was looked at, its outcome, and who was let in.

Every row hangs on a dossier and is reached through ``Dossier.bereik``: the named people only (Wet Bibob art. 28).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.rules.bibob import GEVAREN, HERKOMST, OORDELEN
from inspecties.gebruikers.models import Gebruiker, een_van

TOEGANGSOORTEN: dict[str, str] = {"gegeven": "Toegang gegeven", "ingetrokken": "Toegang ingetrokken"}


class _VanDossier(GemeenteEigendom):
    """A row of a Bibob dossier: only who may read the dossier reaches it."""

    __abstract__ = True

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)

    @declared_attr
    @classmethod
    def dossier(cls) -> Mapped[Dossier]:
        return relationship(Dossier)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Bibobonderzoek(_VanDossier, Model):
    """Why the investigation could begin. ``beleid`` keeps what the local policy said on that day."""

    __tablename__ = "bibobonderzoek"
    __table_args__ = (
        CheckConstraint("length(aanleiding) > 0 AND length(omschrijving) > 0", name="met_aanleiding"),
        CheckConstraint(
            "(om_tip_datum IS NULL) = (length(om_tip) = 0)",
            name="om_tip_met_datum",
        ),
    )

    aanleiding: Mapped[str] = mapped_column(String(20))
    onderwerp: Mapped[str] = mapped_column(String(40))
    omschrijving: Mapped[str] = mapped_column(String(300))
    aanleiding_datum: Mapped[date]
    bedrag_cent: Mapped[int | None]
    beleid: Mapped[dict[str, Any]] = mapped_column(JSON)
    waarom_toch: Mapped[str] = mapped_column(Text, default="")
    om_tip_datum: Mapped[date | None]
    om_tip: Mapped[str] = mapped_column(String(300), default="")
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)


class Bibobbron(_VanDossier, Model):
    """A source that was consulted: which, when, by whom, on which ground, and what it showed. Never changed.

    ``bevinding_uid``: a finding of a control that was looked at; nothing goes back to it.
    """

    __tablename__ = "bibobbron"
    __table_args__ = (CheckConstraint("length(resultaat) > 0 AND length(grond) > 0", name="met_grond_en_resultaat"),)

    code: Mapped[str] = mapped_column(String(30))
    op_datum: Mapped[date]
    grond: Mapped[str] = mapped_column(String(200))
    resultaat: Mapped[str] = mapped_column(Text)
    bevinding_uid: Mapped[str] = mapped_column(String(36), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Bibobrelatie(_VanDossier, Model):
    """A business partner, with why this investigation needs the name. No date of birth or address of a person."""

    __tablename__ = "bibobrelatie"
    __table_args__ = (CheckConstraint("length(waarom) > 0", name="met_waarom"),)

    naam: Mapped[str] = mapped_column(String(160))
    rol: Mapped[str] = mapped_column(String(30))
    waarom: Mapped[str] = mapped_column(String(300))
    kvk: Mapped[str] = mapped_column(String(8), default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)


class Bibobuitkomst(_VanDossier, Model):
    """What the investigation showed. Never changed: a new outcome is a new row, the last one counts."""

    __tablename__ = "bibobuitkomst"
    __table_args__ = (
        CheckConstraint(een_van("gevaar", list(GEVAREN)), name="gevaar_bekend"),
        CheckConstraint(een_van("herkomst", list(HERKOMST)), name="herkomst_bekend"),
        CheckConstraint("length(motivering) > 0", name="met_motivering"),
    )

    gevaar: Mapped[str] = mapped_column(String(20))
    letters: Mapped[list[str]] = mapped_column(JSON, default=list)
    motivering: Mapped[str] = mapped_column(Text)
    # "wel" or "niet", with why in ``evenredig``; empty where nothing is refused.
    is_evenredig: Mapped[str] = mapped_column(String(10), default="")
    evenredig: Mapped[str] = mapped_column(Text, default="")
    herkomst: Mapped[str] = mapped_column(String(10))
    afwijking: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Bibobtoegang(_VanDossier, Model):
    """Somebody was let in or shut out, with the reason. Never changed; who may read stands in ``Dossierlezer``."""

    __tablename__ = "bibobtoegang"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(TOEGANGSOORTEN)), name="soort_bekend"),
        CheckConstraint("length(reden) > 0", name="met_reden"),
    )

    gebruiker_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    soort: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    gebruiker: Mapped[Gebruiker] = relationship(foreign_keys=[gebruiker_id])
    door: Mapped[Gebruiker | None] = relationship(foreign_keys=[door_id])


def laatste_beleid(onderzoek: Bibobonderzoek) -> str:
    """What the policy said, in words."""
    return str(onderzoek.beleid.get("uitleg", OORDELEN["geen"]))
