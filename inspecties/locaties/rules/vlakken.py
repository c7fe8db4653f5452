"""Reading the outline of a building or parcel that somebody pasted: GeoJSON or WKT, in degrees or in RD metres."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.validation import explain_validity

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.coordinaten import RD_X, RD_Y, in_nederland, naar_rd, naar_wgs84

MAX_PUNTEN = 2_000
MAX_TEKENS = 200_000
MIN_M2 = 1.0
MAX_M2 = 1_000_000.0
# A building or parcel lies at its location: further away it is somebody else's.
MAX_AFSTAND_M = 300.0
# How much of the surroundings a map of the outline shows on each side.
RAND_M = 25.0

_EWKT = re.compile(r"^\s*SRID\s*=\s*(\d+)\s*;", re.IGNORECASE)
_VOORBEELD = "Plak bijvoorbeeld POLYGON((145000 507000, 145010 507000, 145010 507020, 145000 507000)) of GeoJSON."


@dataclass(frozen=True)
class Vlaklezing:
    """An outline in EPSG:28992 and its area in square metres."""

    vlak: MultiPolygon
    oppervlakte_m2: float


def _fout(melding: str) -> OngeldigeInvoer:
    return OngeldigeInvoer(melding, "tekst")


def _geometrieen(inhoud: Any) -> Iterator[dict[str, Any]]:
    """The geometries in a GeoJSON object."""
    if not isinstance(inhoud, dict):
        raise _fout(f"Dit is geen GeoJSON. {_VOORBEELD}")
    if inhoud.get("type") == "FeatureCollection":
        for deel in inhoud.get("features") or []:
            yield from _geometrieen(deel)
    elif inhoud.get("type") == "Feature":
        yield from _geometrieen(inhoud.get("geometry"))
    else:
        yield inhoud


def _uit_geojson(tekst: str) -> Any:
    try:
        delen = [shape(g) for g in _geometrieen(json.loads(tekst))]
    except OngeldigeInvoer:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, shapely.errors.ShapelyError) as fout:
        raise _fout(f"Dit is geen GeoJSON die wij kunnen lezen. {_VOORBEELD}") from fout
    if len(delen) != 1:
        raise _fout(f"Hier staan {len(delen)} vormen in; plak er één.")
    return delen[0]


def _uit_wkt(tekst: str) -> Any:
    gevonden = _EWKT.match(tekst)
    if gevonden and gevonden[1] not in ("28992", "4326"):
        raise _fout(f"Coördinaten in stelsel {gevonden[1]} kennen wij niet; gebruik RD (28992) of graden (4326).")
    try:
        # A number too large for a coordinate becomes infinite, which is told below.
        with np.errstate(over="ignore"):
            return shapely.from_wkt(tekst[gevonden.end() :] if gevonden else tekst)
    except (shapely.errors.ShapelyError, ValueError) as fout:
        raise _fout(f"Dit is geen WKT of GeoJSON. {_VOORBEELD}") from fout


def _als_vlak(vorm: Any) -> MultiPolygon:
    if isinstance(vorm, Polygon) and not vorm.is_empty:
        return MultiPolygon([shapely.force_2d(vorm)])
    if isinstance(vorm, MultiPolygon) and not vorm.is_empty:
        vlak: MultiPolygon = shapely.force_2d(vorm)
        return vlak
    raise _fout("Een omtrek is een vlak (Polygon of MultiPolygon), geen punt of lijn, en niet leeg.")


def _in_rd(vlak: MultiPolygon) -> MultiPolygon:
    """The same in RD metres, whatever it was in. Degrees and metres are told apart by where they lie."""
    punten = shapely.get_coordinates(vlak)
    if len(punten) > MAX_PUNTEN:
        raise _fout(f"Deze omtrek heeft {len(punten)} hoekpunten; {MAX_PUNTEN} is het meeste.")
    if not np.isfinite(punten).all():
        raise _fout("In deze omtrek staat een coördinaat die geen getal is.")
    x, y = punten[:, 0], punten[:, 1]
    if ((x >= RD_X[0]) & (x <= RD_X[1]) & (y >= RD_Y[0]) & (y <= RD_Y[1])).all():
        return vlak
    if all(in_nederland(lon, lat) for lon, lat in punten):
        omgezet: MultiPolygon = shapely.transform(vlak, lambda ps: np.array([naar_rd(lon, lat) for lon, lat in ps]))
        return omgezet
    if all(in_nederland(lon, lat) for lat, lon in punten):
        raise _fout("De graden staan verkeerd om: eerst de lengte (rond 5) en dan de breedte (rond 52).")
    raise _fout("Deze omtrek ligt niet in Nederland. Gebruik RD-coördinaten in meters, of graden (lengte, breedte).")


def lees_vlak(tekst: str, x: float, y: float) -> Vlaklezing:
    """The outline in ``tekst`` of what stands at (x, y) in RD metres. Raises OngeldigeInvoer at 'tekst'."""
    kaal = tekst.strip().lstrip("\ufeff").strip()
    if not kaal:
        raise _fout(f"Plak hier de omtrek. {_VOORBEELD}")
    if len(kaal) > MAX_TEKENS:
        raise _fout("Deze tekst is te lang voor de omtrek van een pand of perceel.")
    vlak = _in_rd(_als_vlak(_uit_geojson(kaal) if kaal.startswith(("{", "[")) else _uit_wkt(kaal)))
    if not vlak.is_valid:
        waar = re.search(r"\[(-?[\d.]+) (-?[\d.]+)\]", explain_validity(vlak))
        plek = f" (bij RD {float(waar[1]):.0f}, {float(waar[2]):.0f})" if waar else ""
        raise _fout(f"Deze omtrek kruist zichzelf of is niet gesloten{plek}. Teken hem opnieuw.")
    if not MIN_M2 <= vlak.area <= MAX_M2:
        raise _fout(f"Deze omtrek is {vlak.area:.0f} m² groot; een pand of perceel is 1 tot 1.000.000 m².")
    afstand = vlak.distance(shapely.Point(x, y))
    if afstand > MAX_AFSTAND_M:
        raise _fout(f"Deze omtrek ligt {afstand:.0f} meter van de locatie. Hoort hij wel bij deze locatie?")
    return Vlaklezing(vlak, round(float(vlak.area), 1))


def rand_in_graden(vlakken: list[Any], x: float, y: float) -> tuple[float, float, float, float]:
    """(min_lon, min_lat, max_lon, max_lat) of the outlines and the point, with what lies around them."""
    minx, miny, maxx, maxy = shapely.union_all([*vlakken, shapely.Point(x, y)]).bounds
    rand = RAND_M + max(maxx - minx, maxy - miny) / 4
    return (*naar_wgs84(minx - rand, miny - rand), *naar_wgs84(maxx + rand, maxy + rand))


def als_geojson(vlak: Any) -> dict[str, Any]:
    """An outline (EPSG:28992) as a GeoJSON geometry in degrees."""
    graden = shapely.transform(vlak, lambda punten: np.array([naar_wgs84(x, y) for x, y in punten]))
    uit: dict[str, Any] = shapely.geometry.mapping(graden)
    return uit
