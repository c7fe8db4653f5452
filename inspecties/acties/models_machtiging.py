"""A machtiging tot binnentreden: who may enter which dwelling, for what and when. Fixed once it is signed."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.embargo import stop_vrij
from inspecties.acties.models import VELDROLLEN, Stop
from inspecties.acties.rules.machtiging import GEVERS, MACHTIGING_TABEL, MEEGAANDEN_HOOGSTENS, Inhoud, Woning
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van


class Machtiging(GemeenteEigendom, Model):
    """One request and what came of it (art. 2 to 8 Awbi). ``woningen``: the dwelling first, then others that it names.

    ``sha256``: the document as it was signed, or the scan of the paper one. The database refuses a change of what was
    signed (migration 0011).
    """

    __tablename__ = "machtiging"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "nummer"),
        CheckConstraint(een_van("toestand", list(MACHTIGING_TABEL.namen)), name="toestand_bekend"),
        CheckConstraint(een_van("gever_soort", list(GEVERS)), name="gever_bekend"),
        CheckConstraint(f"meegaanden BETWEEN 0 AND {MEEGAANDEN_HOOGSTENS}", name="meegaanden_grens"),
        CheckConstraint("(uren_van IS NULL) = (uren_tot IS NULL)", name="uren_heel"),
        CheckConstraint(
            "toestand <> 'ondertekend' OR (afgifte IS NOT NULL AND ondertekend_op IS NOT NULL)", name="ondertekend_heel"
        ),
        CheckConstraint("papier OR toestand <> 'ondertekend' OR sha256 <> ''", name="ondertekend_document"),
        CheckConstraint(
            "papier OR ondertekend_door_id IS NULL OR ondertekend_door_id <> aangevraagd_door_id",
            name="niet_zelf_ondertekend",
        ),
    )

    stop_id: Mapped[int | None] = mapped_column(ForeignKey("stop.id", ondelete="SET NULL"), index=True)
    nummer: Mapped[str] = mapped_column(String(20))
    toestand: Mapped[str] = mapped_column(String(20), default="concept", index=True)
    gever_soort: Mapped[str] = mapped_column(String(20), default="burgemeester")
    gever_naam: Mapped[str] = mapped_column(String(120))
    aan_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    # Name or number as it stands on the proof of identity (art. 6, first paragraph).
    aan_naam: Mapped[str] = mapped_column(String(120))
    aan_hoedanigheid: Mapped[str] = mapped_column(String(120))
    woningen: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    grondslag: Mapped[str] = mapped_column(String(40))
    doel: Mapped[str] = mapped_column(Text)
    afgifte: Mapped[date | None]
    nacht: Mapped[bool] = mapped_column(default=False)
    afwezig: Mapped[bool] = mapped_column(default=False)
    # Why it is urgent to enter at night or in absence (art. 7).
    dringend: Mapped[str] = mapped_column(Text, default="")
    uren_van: Mapped[time | None]
    uren_tot: Mapped[time | None]
    meegaanden: Mapped[int] = mapped_column(default=0)
    meegaanden_rol: Mapped[str] = mapped_column(String(200), default="")
    aangevraagd_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    aangevraagd_op: Mapped[datetime] = mapped_column(UtcMoment)
    terug_reden: Mapped[str] = mapped_column(Text, default="")
    ondertekend_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    ondertekend_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    papier: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    mediatype: Mapped[str] = mapped_column(String(80), default="")
    ingetrokken_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    ingetrokken_reden: Mapped[str] = mapped_column(Text, default="")

    stop: Mapped[Stop | None] = relationship()
    aan: Mapped[Gebruiker] = relationship(foreign_keys=[aan_id])
    aangevraagd_door: Mapped[Gebruiker] = relationship(foreign_keys=[aangevraagd_door_id])
    ondertekend_door: Mapped[Gebruiker | None] = relationship(foreign_keys=[ondertekend_door_id])

    @property
    def adressen(self) -> list[Woning]:
        return [Woning(**deel) for deel in self.woningen]

    @property
    def inhoud(self) -> Inhoud:
        """What the rules compare a plan with."""
        uren = (self.uren_van, self.uren_tot) if self.uren_van and self.uren_tot else None
        return Inhoud(
            self.toestand,
            self.adressen,
            str(self.aan_id),
            self.aan_naam,
            self.afgifte,
            self.nacht,
            uren,
            self.meegaanden,
        )

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            return cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
        # Whoever signs must know which dwelling it is for, embargo or not.
        return super().bereik(actor) if actor.rol is Rol.KABINET else stop_vrij(cls.stop_id, actor)
