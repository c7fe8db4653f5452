"""Where a location lies: inside the gemeente, and at which address of the address file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.models import Adres
from inspecties.locaties.rules.adres import Huisnummer, adressleutel
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.importrij import Gelezen

# Bounds of the Netherlands in degrees, for a gemeente whose boundary is not known.
NEDERLAND = (3.3, 50.7, 7.3, 53.6)


@dataclass(frozen=True, slots=True)
class Plaats:
    """A point in both systems (metres, degrees) and the address that it belongs to, where known."""

    x: float
    y: float
    lon: float
    lat: float
    adres_id: int | None = None


@dataclass(frozen=True)
class Grens:
    """The boundary of a gemeente (EPSG:28992); without one, every place is inside."""

    vlak: Any = None

    @classmethod
    def lees(cls, sessie: Session, gemeente_id: int) -> "Grens":
        wkt = sessie.scalar(select(Gemeente.grens_wkt).where(Gemeente.id == gemeente_id))
        vlak = shapely.from_wkt(wkt) if wkt else None
        if vlak is not None:
            shapely.prepare(vlak)
        return cls(vlak)

    def fout(self, x: float, y: float) -> str | None:
        """Why a point can not be right, in Dutch, or None where it lies inside or on the boundary."""
        if self.vlak is None or shapely.intersects_xy(self.vlak, x, y):
            return None
        afstand = shapely.distance(self.vlak, shapely.Point(x, y))
        ver = f"{afstand:.0f} meter" if afstand < 1000 else f"{afstand / 1000:.1f} km".replace(".", ",")
        return f"ligt {ver} buiten de gemeente (RD {x:.0f}, {y:.0f}); controleer de coördinaten"

    def in_graden(self) -> tuple[float, float, float, float]:
        """Bounds as min_lon, min_lat, max_lon, max_lat."""
        if self.vlak is None:
            return NEDERLAND
        minx, miny, maxx, maxy = self.vlak.bounds
        return (*naar_wgs84(minx, miny), *naar_wgs84(maxx, maxy))


_KOLOMMEN = (
    Adres.postcode,
    Adres.huisnummer,
    Adres.huisletter,
    Adres.huisnummertoevoeging,
    *(Adres.x, Adres.y, Adres.lon, Adres.lat, Adres.id),
)


def lees_adressen(sessie: Session, actor: Actor) -> dict[str, Plaats]:
    """The whole address file of the gemeente: key -> place. For many rows at once."""
    rijen = sessie.execute(select_voor(actor, Adres).with_only_columns(*_KOLOMMEN))
    return {
        adressleutel(postcode, nummer, letter, toevoeging) or "": Plaats(*plaats)
        for postcode, nummer, letter, toevoeging, *plaats in rijen
    }


def zoek_adres(sessie: Session, actor: Actor, postcode: str, huisnummer: Huisnummer | None) -> dict[str, Plaats]:
    """The addresses with this postcode and number: key -> place. For one row."""
    if huisnummer is None or not postcode:
        return {}
    rijen = sessie.execute(
        select_voor(actor, Adres)
        .where(Adres.postcode == postcode, Adres.huisnummer == huisnummer.nummer)
        .with_only_columns(*_KOLOMMEN)
    )
    return {
        adressleutel(postcode, nummer, letter, toevoeging) or "": Plaats(*plaats)
        for postcode, nummer, letter, toevoeging, *plaats in rijen
    }


def bepaal_plaats(rij: Gelezen, adressen: Mapping[str, Plaats], grens: Grens) -> Plaats | str:
    """The place of a row: its own coordinates, else those of its address; or what would be right, in Dutch."""
    adres = adressen.get(rij.sleutel) if rij.sleutel else None
    if rij.x is None or rij.y is None or rij.lon is None or rij.lat is None:
        if adres is None:
            return "geen coördinaten, en dit adres staat niet in het adressenbestand; vul x en y in, of lon en lat"
        return adres
    fout = grens.fout(rij.x, rij.y)
    if fout is not None:
        return fout
    return Plaats(rij.x, rij.y, rij.lon, rij.lat, adres.adres_id if adres else None)
