"""Building and housing: the worksheet, the last with its checks and dwangsommen, and the fine."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ColumnElement, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import UtcMoment
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.boete import STANDEN as BOETESTANDEN
from inspecties.dossiers.rules.last import EENHEDEN, INVORDERDADEN, LASTSOORTEN, SPOED, STANDEN
from inspecties.dossiers.rules.overbewoning import MEETWIJZEN, VERBLIJVEN
from inspecties.gebruikers.models import Gebruiker, een_van

CONTROLESTANDEN: dict[str, str] = {"gevraagd": "Gevraagd", "gedaan": "Gedaan", "vervallen": "Vervallen"}
CONTROLEUITKOMSTEN: dict[str, str] = {"voldaan": "Aan de last voldaan", "niet_voldaan": "Niet aan de last voldaan"}


class Overbewoning(GemeenteEigendom, Model):
    """The worksheet of a dossier: the norm as it was, what was measured and counted, and why that is corrected."""

    __tablename__ = "overbewoning"
    __table_args__ = (
        CheckConstraint(een_van("verblijf", list(VERBLIJVEN)), name="verblijf_bekend"),
        CheckConstraint(een_van("meetwijze", list(MEETWIJZEN)), name="meetwijze_bekend"),
        CheckConstraint("oppervlakte_m2 > 0 AND bewoners >= 0", name="getallen"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), unique=True)
    bezoek_id: Mapped[int | None] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"))
    verblijf: Mapped[str] = mapped_column(String(20))
    norm: Mapped[dict[str, Any]] = mapped_column(JSON)
    op_datum: Mapped[date]
    meetwijze: Mapped[str] = mapped_column(String(20))
    oppervlakte_m2: Mapped[Decimal] = mapped_column(Numeric(8, 2))
    reden_oppervlakte: Mapped[str] = mapped_column(Text, default="")
    bewoners: Mapped[int]
    reden_bewoners: Mapped[str] = mapped_column(Text, default="")
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    bezoek: Mapped[Bezoek | None] = relationship()
    gewijzigd_door: Mapped[Gebruiker | None] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Woonfeit(GemeenteEigendom, Model):
    """A breach besides overbewoning, with the article as it stood when it was written down."""

    __tablename__ = "woonfeit"
    __table_args__ = (UniqueConstraint("dossier_id", "code"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    artikel: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    tekst: Mapped[str] = mapped_column(Text)
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    dossier: Mapped[Dossier] = relationship()

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Last(GemeenteEigendom, Model):
    """A last onder dwangsom or bestuursdwang. What it orders is fixed with the decision; after that it runs.

    The begunstigingstermijn is a term of the dossier (``begunstiging``): it is extended by an act with a ground.
    """

    __tablename__ = "last"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(LASTSOORTEN)), name="soort_bekend"),
        CheckConstraint(een_van("eenheid", ["", *EENHEDEN]), name="eenheid_bekend"),
        CheckConstraint(een_van("spoed", list(SPOED)), name="spoed_bekend"),
        CheckConstraint(een_van("stand", list(STANDEN)), name="stand_bekend"),
        CheckConstraint(
            "(soort = 'dwangsom') = (bedrag_cent > 0) AND bedrag_cent <= maximum_cent", name="dwangsom_met_maximum"
        ),
        CheckConstraint("(stand IN ('ontwerp', 'ingetrokken')) OR bekend_op IS NOT NULL", name="van_kracht_is_bekend"),
        CheckConstraint("(stand = 'opgeheven') = (geeindigd_op IS NOT NULL)", name="opgeheven_heeft_dag"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    overtreding: Mapped[str] = mapped_column(Text)
    maatregelen: Mapped[str] = mapped_column(Text)
    artikel: Mapped[str] = mapped_column(String(200))
    spoed: Mapped[str] = mapped_column(String(10), default="")
    begunstiging_duur: Mapped[str] = mapped_column(String(12), default="")
    eenheid: Mapped[str] = mapped_column(String(20), default="")
    bedrag_cent: Mapped[int] = mapped_column(default=0)
    maximum_cent: Mapped[int] = mapped_column(default=0)
    kosten_aangekondigd: Mapped[bool] = mapped_column(default=False)
    stand: Mapped[str] = mapped_column(String(20), default="ontwerp", index=True)
    bekend_op: Mapped[date | None]
    begunstiging_id: Mapped[int | None] = mapped_column(ForeignKey("looptermijn.id", ondelete="RESTRICT"))
    toegepast_op: Mapped[date | None]
    kosten_cent: Mapped[int | None]
    kosten_op: Mapped[date | None]
    eindgrond: Mapped[str] = mapped_column(String(20), default="")
    geeindigd_op: Mapped[date | None]
    eindreden: Mapped[str] = mapped_column(Text, default="")
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gemaakt_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    begunstiging: Mapped[Looptermijn | None] = relationship()
    controles: Mapped[list["Lastcontrole"]] = relationship(order_by="Lastcontrole.id")
    verbeurtes: Mapped[list["Verbeurte"]] = relationship(order_by="Verbeurte.volgnummer")
    procedures: Mapped[list["Lastprocedure"]] = relationship(order_by="Lastprocedure.ingesteld_op")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))


class Lastcontrole(GemeenteEigendom, Model):
    """A recheck: asked before a day, then done with an outcome (and the visit that it was), or lapsed."""

    __tablename__ = "lastcontrole"
    __table_args__ = (
        CheckConstraint(een_van("stand", list(CONTROLESTANDEN)), name="stand_bekend"),
        CheckConstraint(een_van("uitkomst", ["", *CONTROLEUITKOMSTEN]), name="uitkomst_bekend"),
        CheckConstraint("(stand = 'gedaan') = (op_datum IS NOT NULL AND uitkomst <> '')", name="gedaan_heeft_uitkomst"),
    )

    last_id: Mapped[int] = mapped_column(ForeignKey("last.id", ondelete="CASCADE"), index=True)
    uiterlijk: Mapped[date] = mapped_column(index=True)
    waarop: Mapped[str] = mapped_column(Text, default="")
    stand: Mapped[str] = mapped_column(String(20), default="gevraagd", index=True)
    op_datum: Mapped[date | None]
    uitkomst: Mapped[str] = mapped_column(String(20), default="")
    waarneming: Mapped[str] = mapped_column(Text, default="")
    bezoek_id: Mapped[int | None] = mapped_column(ForeignKey("bezoek.id", ondelete="RESTRICT"))
    gevraagd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gevraagd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    last: Mapped[Last] = relationship(overlaps="controles")
    bezoek: Mapped[Bezoek | None] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.last.has(Last.bereik(actor))


class Verbeurte(GemeenteEigendom, Model):
    """One dwangsom that was forfeited by operation of law: moment, stretch, amount and the check it rests on.

    Never changed. Together never above the maximum of the last.
    """

    __tablename__ = "verbeurte"
    __table_args__ = (
        UniqueConstraint("last_id", "volgnummer"),
        CheckConstraint("bedrag_cent > 0", name="bedrag_positief"),
        CheckConstraint("vak_tot >= vak_van", name="tijdvak"),
    )

    last_id: Mapped[int] = mapped_column(ForeignKey("last.id", ondelete="CASCADE"), index=True)
    volgnummer: Mapped[int]
    op_datum: Mapped[date]
    tijdvak: Mapped[int]
    vak_van: Mapped[date]
    vak_tot: Mapped[date]
    bedrag_cent: Mapped[int]
    controle_id: Mapped[int] = mapped_column(ForeignKey("lastcontrole.id", ondelete="RESTRICT"), unique=True)
    # Public ids of the evidence on the dossier's list that shows it.
    bewijs: Mapped[list[str]] = mapped_column(JSON, default=list)
    betalen_voor: Mapped[date]
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    last: Mapped[Last] = relationship(overlaps="verbeurtes")
    controle: Mapped[Lastcontrole] = relationship()
    daden: Mapped[list["Invorderdaad"]] = relationship(order_by="Invorderdaad.op_datum, Invorderdaad.id")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.last.has(Last.bereik(actor))


class Invorderdaad(GemeenteEigendom, Model):
    """What was done to collect one dwangsom, or what was paid on it. Never changed."""

    __tablename__ = "invorderdaad"
    __table_args__ = (
        CheckConstraint(een_van("soort", list(INVORDERDADEN)), name="soort_bekend"),
        CheckConstraint("(soort = 'betaling') = (bedrag_cent > 0)", name="betaling_heeft_bedrag"),
    )

    verbeurte_id: Mapped[int] = mapped_column(ForeignKey("verbeurte.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(30))
    op_datum: Mapped[date]
    bedrag_cent: Mapped[int] = mapped_column(default=0)
    toelichting: Mapped[str] = mapped_column(Text, default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))

    verbeurte: Mapped[Verbeurte] = relationship(overlaps="daden")

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.verbeurte.has(Verbeurte.bereik(actor))


class Lastprocedure(GemeenteEigendom, Model):
    """Bezwaar, beroep or hoger beroep against the last: it prolongs the verjaring (art. 5:35 lid 2)."""

    __tablename__ = "lastprocedure"
    __table_args__ = (
        CheckConstraint("onherroepelijk_op IS NULL OR onherroepelijk_op >= ingesteld_op", name="einde_na_begin"),
    )

    last_id: Mapped[int] = mapped_column(ForeignKey("last.id", ondelete="CASCADE"), index=True)
    soort: Mapped[str] = mapped_column(String(20))
    ingesteld_op: Mapped[date]
    onherroepelijk_op: Mapped[date | None]
    uitkomst: Mapped[str] = mapped_column(Text, default="")
    vastgelegd_op: Mapped[datetime] = mapped_column(UtcMoment)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    last: Mapped[Last] = relationship(overlaps="procedures")

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.last.has(Last.bereik(actor))


class Boete(GemeenteEigendom, Model):
    """A bestuurlijke boete in preparation or imposed; ``regel`` is the amount's row as it was."""

    __tablename__ = "boete"
    __table_args__ = (
        CheckConstraint(een_van("stand", list(BOETESTANDEN)), name="stand_bekend"),
        CheckConstraint("bedrag_cent > 0", name="bedrag_positief"),
        CheckConstraint(een_van("strafzaak", ["", "ja", "nee"]), name="strafzaak_bekend"),
        CheckConstraint("(stand = 'opgelegd') = (besloten_op IS NOT NULL)", name="opgelegd_heeft_dag"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id", ondelete="CASCADE"), unique=True)
    regel: Mapped[dict[str, Any]] = mapped_column(JSON)
    feit: Mapped[str] = mapped_column(Text)
    herhaling: Mapped[bool] = mapped_column(default=False)
    bedrag_cent: Mapped[int]
    reden_bedrag: Mapped[str] = mapped_column(Text, default="")
    overtreding_op: Mapped[date | None]
    rapport_op: Mapped[date | None]
    verhoor_op: Mapped[date | None]
    cautie: Mapped[bool] = mapped_column(default=False)
    zienswijze_gevraagd_op: Mapped[date | None]
    zienswijze_tot: Mapped[date | None]
    strafzaak: Mapped[str] = mapped_column(String(10), default="")
    termijn_id: Mapped[int | None] = mapped_column(ForeignKey("looptermijn.id", ondelete="RESTRICT"))
    stand: Mapped[str] = mapped_column(String(20), default="ontwerp")
    besloten_op: Mapped[date | None]
    reden: Mapped[str] = mapped_column(Text, default="")
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    versie: Mapped[int] = mapped_column(default=1)

    dossier: Mapped[Dossier] = relationship()
    termijn: Mapped[Looptermijn | None] = relationship()

    __mapper_args__ = {"version_id_col": versie}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.dossier.has(Dossier.bereik(actor))
