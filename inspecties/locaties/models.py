"""Risk locations with the history of their status, address file, types and map background."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspecties.core.actor import Actor
from inspecties.database.basis import GemeenteEigendom, Model
from inspecties.database.typen import Punt, UtcMoment
from inspecties.gebruikers.models import Gebruiker, een_van
from inspecties.locaties.rules.status import STATUSNAMEN


class Locatietype(GemeenteEigendom, Model):
    """A kind of risk location with its checklist and visit interval; a beheerder may add more."""

    __tablename__ = "locatietype"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "code"),
        CheckConstraint("interval_dagen > 0", name="interval_positief"),
    )

    code: Mapped[str] = mapped_column(String(60))
    naam: Mapped[str] = mapped_column(String(120))
    checklist_code: Mapped[str] = mapped_column(String(80), default="pand")
    interval_dagen: Mapped[int] = mapped_column(default=365)
    instrumenten: Mapped[list[str]] = mapped_column(JSON, default=list)
    hoofdtype: Mapped[bool] = mapped_column(default=False)
    volgorde: Mapped[int] = mapped_column(default=0)
    # Not offered any more since then; locations that have it keep it.
    uit_gebruik_op: Mapped[datetime | None] = mapped_column(UtcMoment)


class Adres(GemeenteEigendom, Model):
    """An address in BAG field names, from an imported address file. Unique per nummeraanduiding."""

    __tablename__ = "adres"
    __table_args__ = (
        UniqueConstraint("gemeente_id", "nummeraanduiding_id"),
        Index("ix_adres_postcode_huisnummer", "gemeente_id", "postcode", "huisnummer"),
    )

    nummeraanduiding_id: Mapped[str] = mapped_column(String(16))
    verblijfsobject_id: Mapped[str] = mapped_column(String(16), default="")
    openbare_ruimte: Mapped[str] = mapped_column(String(120))
    huisnummer: Mapped[int]
    huisletter: Mapped[str] = mapped_column(String(1), default="")
    huisnummertoevoeging: Mapped[str] = mapped_column(String(4), default="")
    postcode: Mapped[str] = mapped_column(String(6))
    woonplaats: Mapped[str] = mapped_column(String(80))
    gebruiksdoel: Mapped[str] = mapped_column(String(80), default="")
    oppervlakte_m2: Mapped[int | None]
    x: Mapped[float]
    y: Mapped[float]
    lon: Mapped[float]
    lat: Mapped[float]


class Locatieimport(GemeenteEigendom, Model):
    """One imported file: what it was and what came of it. ``soort``: what its rows were (locaties, vergunningen)."""

    __tablename__ = "locatieimport"

    soort: Mapped[str] = mapped_column(String(20), default="locaties", server_default="locaties")
    bron: Mapped[str] = mapped_column(String(120), default="", server_default="")
    bijgewerkt: Mapped[int] = mapped_column(default=0, server_default="0")

    bestandsnaam: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    gelezen: Mapped[int]
    toegevoegd: Mapped[int]
    overgeslagen: Mapped[int]
    fouten: Mapped[int]
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    gedaan_op: Mapped[datetime] = mapped_column(UtcMoment)


class Importproef(GemeenteEigendom, Model):
    """A file that was checked and may be imported within a day. ``inhoud`` is only kept while it can be imported."""

    __tablename__ = "importproef"

    bestandsnaam: Mapped[str] = mapped_column(String(200))
    inhoud: Mapped[bytes | None] = mapped_column(LargeBinary)
    verslag: Mapped[dict[str, Any]] = mapped_column(JSON)
    deel: Mapped[bool] = mapped_column(default=False)
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"), index=True)
    gemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)

    @classmethod
    def bereik(cls, actor: Actor) -> ColumnElement[bool]:
        return cls.door_id == actor.gebruiker_id


class Risicolocatie(GemeenteEigendom, Model):
    """A place that may hide exploitation. x/y (EPSG:28992) and lon/lat stand beside the geometry for speed."""

    __tablename__ = "risicolocatie"
    __table_args__ = (
        CheckConstraint(een_van("status", list(STATUSNAMEN)), name="status_bekend"),
        CheckConstraint("personen_brp IS NULL OR personen_brp >= 0", name="personen_brp_niet_negatief"),
        CheckConstraint("capaciteit IS NULL OR capaciteit >= 0", name="capaciteit_niet_negatief"),
        Index(
            "uq_risicolocatie_levend_adres_type",
            "gemeente_id",
            "locatietype_id",
            "adressleutel",
            unique=True,
            sqlite_where=text("status <> 'uit_beeld'"),
            postgresql_where=text("status <> 'uit_beeld'"),
        ),
        Index("ix_risicolocatie_gemeente_xy", "gemeente_id", "x", "y"),
    )

    naam: Mapped[str] = mapped_column(String(160))
    locatietype_id: Mapped[int] = mapped_column(ForeignKey("locatietype.id", ondelete="RESTRICT"), index=True)
    adres_id: Mapped[int | None] = mapped_column(ForeignKey("adres.id", ondelete="SET NULL"))
    straat: Mapped[str] = mapped_column(String(120), default="")
    huisnummer: Mapped[int | None]
    huisletter: Mapped[str] = mapped_column(String(1), default="")
    toevoeging: Mapped[str] = mapped_column(String(4), default="")
    postcode: Mapped[str] = mapped_column(String(6), default="")
    woonplaats: Mapped[str] = mapped_column(String(80), default="")
    # postcode|number|letter|addition in capitals, or null without address: what "the same address" means.
    adressleutel: Mapped[str | None] = mapped_column(String(40))
    x: Mapped[float]
    y: Mapped[float]
    lon: Mapped[float]
    lat: Mapped[float]
    geom: Mapped[Any] = mapped_column(Punt())
    status: Mapped[str] = mapped_column(String(20), default="in_beeld", index=True)
    bron: Mapped[str] = mapped_column(String(120), default="")
    notitie: Mapped[str] = mapped_column(Text, default="")
    veiligheid: Mapped[str] = mapped_column(Text, default="")
    personen_brp: Mapped[int | None]
    capaciteit: Mapped[int | None]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("locatieimport.id", ondelete="SET NULL"))
    aangemaakt_op: Mapped[datetime] = mapped_column(UtcMoment)
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
    laatste_bezoek_op: Mapped[datetime | None] = mapped_column(UtcMoment)

    locatietype: Mapped[Locatietype] = relationship(lazy="joined")

    @property
    def adresregel(self) -> str:
        """Street and number as on an envelope, or the coordinates where there is no address."""
        if not self.straat or self.huisnummer is None:
            return f"zonder adres (RD {self.x:.0f}, {self.y:.0f})"
        nummer = f"{self.huisnummer}{self.huisletter}"
        return f"{self.straat} {nummer}" + (f"-{self.toevoeging}" if self.toevoeging else "")


class Locatiestatus(GemeenteEigendom, Model):
    """One change of a location's status: by whom, when and why."""

    __tablename__ = "locatiestatus"

    locatie_id: Mapped[int] = mapped_column(ForeignKey("risicolocatie.id", ondelete="RESTRICT"), index=True)
    van: Mapped[str] = mapped_column(String(20), default="")
    naar: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(Text, default="")
    door_id: Mapped[int | None] = mapped_column(ForeignKey("gebruiker.id", ondelete="RESTRICT"))
    op: Mapped[datetime] = mapped_column(UtcMoment)

    door: Mapped[Gebruiker | None] = relationship()


class Kaartachtergrond(GemeenteEigendom, Model):
    """The vector background of a gemeente's map (GeoJSON, EPSG:4326), so that it says something without internet."""

    __tablename__ = "kaartachtergrond"
    __table_args__ = (UniqueConstraint("gemeente_id"),)

    geojson: Mapped[dict[str, Any]] = mapped_column(JSON)
    gewijzigd_op: Mapped[datetime] = mapped_column(UtcMoment)
