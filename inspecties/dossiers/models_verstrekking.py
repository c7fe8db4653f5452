"""What was passed on to others, and proposals that stand in more than one dossier."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.controles.models import Bevinding
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier, Voorstel
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.signalen.rules.meldroute import WIJZEN


class Verstrekking(GemeenteEigendom, Model):
    """A disclosure: to whom, on which ground, exactly which facts, frozen as a PDF and as JSON; and the answer.

    ``feiten``: [{code, naam, waarde, persoon}] as they went out. ``bijlagen``: [{naam, uid, sha256}]. Of these and the
    recipient nothing ever changes; what comes later is the answer.
    """

    __tablename__ = "verstrekking"
    __table_args__ = (
        CheckConstraint("dossier_id IS NOT NULL OR bevinding_id IS NOT NULL", name="heeft_bron"),
        CheckConstraint(een_van("wijze", list(WIJZEN)), name="wijze_bekend"),
        CheckConstraint("length(sha256) = 64 AND length(inhoud_hash) = 64", name="sha256"),
        CheckConstraint("antwoord_op IS NULL OR length(antwoord) > 0", name="antwoord_met_tekst"),
        CheckConstraint("length(grondslag) > 0", name="met_grondslag"),
    )

    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id", ondelete="RESTRICT"), index=True)
    bevinding_id: Mapped[int | None] = mapped_column(ForeignKey("bevinding.id", ondelete="RESTRICT"), index=True)
    ontvanger: Mapped[str] = mapped_column(String(40))
    organisatie: Mapped[str] = mapped_column(String(160))
    functie: Mapped[str] = mapped_column(String(160))
    grondslag: Mapped[str] = mapped_column(String(300))
    grond_status: Mapped[str] = mapped_column(String(20))
    wijze: Mapped[str] = mapped_column(String(20))
    doel: Mapped[str] = mapped_column(Text)
    feiten: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    bijlagen: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    sha256: Mapped[str] = mapped_column(String(64))
    grootte: Mapped[int]
    # Of the canonical JSON of everything that went out.
    inhoud_hash: Mapped[str] = mapped_column(String(64))
    verstrekt_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    antwoord_voor: Mapped[date | None]
    looptermijn_id: Mapped[int | None] = mapped_column(ForeignKey("looptermijn.id", ondelete="SET NULL"))
    antwoord: Mapped[str] = mapped_column(Text, default="")
    antwoord_op: Mapped[date | None]
    afgezien: Mapped[str] = mapped_column(String(300), default="")
    herinnerd_op: Mapped[date | None]
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier | None] = relationship()
    bevinding: Mapped[Bevinding | None] = relationship()
    looptermijn: Mapped[Looptermijn | None] = relationship()
    door: Mapped[Gebruiker] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def wacht(self) -> bool:
        """Whether an answer is still expected."""
        return self.antwoord_voor is not None and self.antwoord_op is None and not self.afgezien

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        van_dossier = cls.dossier.has(Dossier.bereik(actor))
        if not rol_mag(actor.rol, "voorstellen.lezen"):
            return van_dossier if rol_mag(actor.rol, "dossiers.lezen") else false()
        zonder = cls.dossier_id.is_(None) & cls.bevinding.has(Bevinding.zonder_signalen())
        return van_dossier | zonder


class Voorstelplaatsing(GemeenteEigendom, Model):
    """A proposal that stands in a further dossier, with its own reason there."""

    __tablename__ = "voorstelplaatsing"
    __table_args__ = (
        UniqueConstraint("voorstel_id", "dossier_id"),
        CheckConstraint("length(reden) > 0", name="met_reden"),
    )

    voorstel_id: Mapped[int] = mapped_column(ForeignKey("voorstel.id", ondelete="CASCADE"), index=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    reden: Mapped[str] = mapped_column(Text)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    voorstel: Mapped[Voorstel] = relationship()
    dossier: Mapped[Dossier] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))
