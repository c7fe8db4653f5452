"""The verslag van binnentreden: what was done in a dwelling without consent, and to whom the verslag went."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, String, Text, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.acties.embargo import stop_vrij
from inspecties.acties.models import VELDROLLEN, Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.rules.machtiging import MEEGAANDEN_HOOGSTENS
from inspecties.acties.rules.verslag import AAN, EDEN, GRONDEN, VERSLAG_TABEL, WIJZEN, Verslagtekst
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van


class Verslag(GemeenteEigendom, Model):
    """One version (art. 10 Awbi). Fixed by who entered; what was wrong in it is put right in a next version.

    ``machtiging_tekst``: number, day and giver of the machtiging as they were. ``sha256``: the PDF as it was made when
    it became final. ``elders``: where it is when it was made outside this system.
    """

    __tablename__ = "verslag_binnentreden"
    __table_args__ = (
        UniqueConstraint("stop_id", "volgnummer"),
        CheckConstraint(een_van("toestand", list(VERSLAG_TABEL.namen)), name="toestand_bekend"),
        CheckConstraint(een_van("grond", list(GRONDEN)), name="grond_bekend"),
        CheckConstraint("volgnummer >= 1", name="volgnummer_positief"),
        CheckConstraint(f"meegaanden BETWEEN 0 AND {MEEGAANDEN_HOOGSTENS}", name="meegaanden_grens"),
        CheckConstraint("verlaten_op >= binnen_op", name="verlaten_na_binnen"),
        CheckConstraint("toestand <> 'vast' OR (vast_op IS NOT NULL AND length(sha256) = 64)", name="vast_heel"),
        CheckConstraint("toestand <> 'elders' OR length(elders) > 0", name="elders_waar"),
        CheckConstraint(f"eed = '' OR {een_van('eed', list(EDEN))}", name="eed_bekend"),
        CheckConstraint("volgnummer = 1 OR length(correctie_reden) > 0", name="correctie_heeft_reden"),
    )

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id", ondelete="RESTRICT"), index=True)
    machtiging_id: Mapped[int | None] = mapped_column(ForeignKey("machtiging.id", ondelete="RESTRICT"))
    nummer: Mapped[str] = mapped_column(String(20))
    volgnummer: Mapped[int] = mapped_column(default=1)
    toestand: Mapped[str] = mapped_column(String(20), default=VERSLAG_TABEL.begin, index=True)
    binnentreder_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)

    grond: Mapped[str] = mapped_column(String(20))
    naam: Mapped[str] = mapped_column(String(120), default="")
    hoedanigheid: Mapped[str] = mapped_column(String(120), default="")
    zonder_naam: Mapped[bool] = mapped_column(default=False)
    zonder_naam_reden: Mapped[str] = mapped_column(Text, default="")
    machtiging_tekst: Mapped[str] = mapped_column(Text, default="")
    spoed_reden: Mapped[str] = mapped_column(Text, default="")
    grondslag: Mapped[str] = mapped_column(String(200), default="")
    doel: Mapped[str] = mapped_column(Text, default="")
    plaats: Mapped[str] = mapped_column(String(200), default="")
    bewoner: Mapped[str] = mapped_column(String(200), default="")
    wijze: Mapped[str] = mapped_column(Text, default="")
    binnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    verlaten_op: Mapped[datetime] = mapped_column(UtcMoment)
    verricht: Mapped[str] = mapped_column(Text, default="")
    meegaanden: Mapped[int] = mapped_column(default=0)
    meegaanden_wie: Mapped[str] = mapped_column(Text, default="")
    meegenomen: Mapped[str] = mapped_column(Text, default="")
    afwijking: Mapped[str] = mapped_column(Text, default="")

    correctie_reden: Mapped[str] = mapped_column(Text, default="")
    elders: Mapped[str] = mapped_column(String(300), default="")
    eed: Mapped[str] = mapped_column(String(20), default="")
    vast_op: Mapped[datetime | None] = mapped_column(UtcMoment)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    begonnen_door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    begonnen_op: Mapped[datetime] = mapped_column(UtcMoment)
    versie: Mapped[int] = mapped_column(default=1)

    stop: Mapped[Stop] = relationship()
    machtiging: Mapped[Machtiging | None] = relationship()
    binnentreder: Mapped[Gebruiker] = relationship(foreign_keys=[binnentreder_id])
    begonnen_door: Mapped[Gebruiker] = relationship(foreign_keys=[begonnen_door_id])
    afleveringen: Mapped[list["Verslagaflevering"]] = relationship(
        back_populates="verslag", order_by="Verslagaflevering.id"
    )

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def kenmerk(self) -> str:
        """Its number, with the version from the second on."""
        return self.nummer if self.volgnummer == 1 else f"{self.nummer}, versie {self.volgnummer}"

    @property
    def binnentreder_regel(self) -> str:
        """Who signs: the name, or the number that stands in its place."""
        return self.naam if self.zonder_naam else self.binnentreder.naam

    @property
    def tekst(self) -> Verslagtekst:
        """What the rules look at."""
        return Verslagtekst(**{naam: getattr(self, naam) for naam in Verslagtekst.__dataclass_fields__})

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        if actor.rol in VELDROLLEN:
            mijn = cls.stop_id.in_(select(Stop.id).where(Stop.bereik(actor)))
            # A verslag names people: a partner reads only what they are answerable for themselves.
            return and_(mijn, cls.binnentreder_id == actor.gebruiker_id) if actor.rol is Rol.PARTNER else mijn
        vrij = stop_vrij(cls.stop_id, actor)
        return vrij if actor.rol is Rol.COORDINATOR else and_(vrij, cls.toestand != "concept")


class Verslagaflevering(GemeenteEigendom, Model):
    """That a verslag went to somebody, or why not (yet); the last row for each counts."""

    __tablename__ = "verslag_aflevering"
    __table_args__ = (
        CheckConstraint(een_van("aan", list(AAN)), name="aan_bekend"),
        CheckConstraint(een_van("wijze", list(WIJZEN)), name="wijze_bekend"),
    )

    verslag_id: Mapped[int] = mapped_column(ForeignKey("verslag_binnentreden.id", ondelete="RESTRICT"), index=True)
    aan: Mapped[str] = mapped_column(String(20))
    wijze: Mapped[str] = mapped_column(String(20))
    op: Mapped[date]
    toelichting: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)

    verslag: Mapped[Verslag] = relationship(back_populates="afleveringen")
    door: Mapped[Gebruiker] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.verslag_id.in_(select(Verslag.id).where(Verslag.bereik(actor)))
