"""Reading map layers, GeoJSON (RFC 7946) and GeoPackage, into the same rows of text as a sheet."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import shapely
from pyproj import Transformer
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from inspecties.core.formuletekens import scherm_af
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.geopakket import MAX_KOLOMMEN, lees_geopakket

# A layer of a quarter of a million points is about 80 MB; reading takes some five times that in memory.
MAX_GEOJSON = 100 * 1024 * 1024
# Lists and objects in a file, which are what takes the memory: a quarter of a million outlines of a dozen points.
MAX_DELEN = 4_000_000
# Names of our own layer, for a file with more than one.
VOORKEUR = ("locaties", "risicolocaties")
_PLEKKOPPEN = ("plek op de kaart", "plek op de kaart (2)")
# ETRS89 differs from WGS 84 by less than a metre.
_IN_GRADEN = {4326, 4258}


@dataclass(frozen=True)
class Ruw:
    """Rows of a file as text. ``kop`` is None where the first row holds the headings.

    ``plek``: the columns that come from the geometry (index -> field).
    """

    rijen: Iterator[tuple[int, list[str]]]
    kop: list[str] | None = None
    plek: Mapping[int, str] = field(default_factory=dict)
    codering: str = ""


def als_tekst(waarde: Any) -> str:
    """A value of a layer as it would stand in a cell."""
    if waarde is None:
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    if isinstance(waarde, bytes):
        return "(geen tekst)"
    if isinstance(waarde, dict | list):
        return json.dumps(waarde, ensure_ascii=False)
    return scherm_af(waarde) if isinstance(waarde, str) else str(waarde)


@lru_cache(maxsize=8)
def _omzetter(srid: int) -> Transformer:
    return Transformer.from_crs(srid, 28992, always_xy=True)


def _punt(meetvorm: BaseGeometry | None, srid: int) -> tuple[str, str]:
    """Where a shape lies: a point itself, of anything else a point on it. Metres, or degrees where it has those."""
    if meetvorm is None:
        return "", ""
    punt = meetvorm if meetvorm.geom_type == "Point" else meetvorm.point_on_surface()
    x, y = float(shapely.get_x(punt)), float(shapely.get_y(punt))
    if srid not in _IN_GRADEN and srid != 28992:
        x, y = _omzetter(srid).transform(x, y)
    return repr(x), repr(y)


def _stelsel(srid: int) -> tuple[str, str]:
    """The fields that a layer in this system fills. Raises OngeldigeInvoer where nobody knows the system."""
    try:
        if srid not in _IN_GRADEN:
            _omzetter(srid)
    except ProjError as fout:
        raise OngeldigeInvoer(
            "Deze kaartlaag zegt niet in welk stelsel de punten staan. Bewaar de laag in RD New (EPSG:28992).",
            "bestand",
        ) from fout
    return ("lon", "lat") if srid in _IN_GRADEN else ("x", "y")


def lees_gpkg(inhoud: bytes) -> Ruw:
    """The layer of a GeoPackage. SQLite reads files, so it goes through one that nobody else may read."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg", delete=False) as tijdelijk:
        tijdelijk.write(inhoud)
    pad = Path(tijdelijk.name)
    try:
        laag = lees_geopakket(pad, VOORKEUR)
        velden = _stelsel(laag.srid)
    except BaseException:
        pad.unlink()
        raise

    def rijen() -> Iterator[tuple[int, list[str]]]:
        for nummer, (waarden, meetvorm) in enumerate(laag.rijen, start=1):
            yield nummer, [*_punt(meetvorm, laag.srid), *(als_tekst(waarden[k]) for k in laag.kolommen)]

    bron = rijen()
    # The open file stays readable for SQLite until it is closed; its name is not needed any more.
    pad.unlink()
    return Ruw(bron, [*_PLEKKOPPEN, *laag.kolommen], dict(enumerate(velden)))


def _geen_geojson(waarom: str) -> OngeldigeInvoer:
    return OngeldigeInvoer(f"Dit is geen GeoJSON-bestand: {waarom}.", "bestand")


def _weiger(constante: str) -> float:
    raise _geen_geojson(f"'{constante}' is geen getal")


def lees_geojson(inhoud: bytes) -> Ruw:
    """The features of a GeoJSON file. Raises OngeldigeInvoer."""
    if len(inhoud) > MAX_GEOJSON:
        raise OngeldigeInvoer(f"Dit bestand is groter dan {MAX_GEOJSON // 1024 // 1024} MB. Splits het.", "bestand")
    if inhoud.count(b"[") + inhoud.count(b"{") > MAX_DELEN:
        raise OngeldigeInvoer("Deze laag heeft te veel punten. Splits of vereenvoudig haar.", "bestand")
    try:
        boom = json.loads(inhoud.decode("utf-8-sig"), parse_constant=_weiger)
    except (ValueError, RecursionError) as fout:
        raise _geen_geojson("de inhoud is niet te lezen. Bewaar de laag in QGIS opnieuw als GeoJSON") from fout
    if not isinstance(boom, dict) or boom.get("type") != "FeatureCollection":
        raise _geen_geojson("er hoort een FeatureCollection in te staan")
    features = boom.get("features")
    if not isinstance(features, list):
        raise _geen_geojson("de lijst 'features' ontbreekt")
    srid = _srid_van(boom.get("crs"))
    velden = _stelsel(srid)
    kolommen: dict[str, None] = {}
    for nummer, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            raise _geen_geojson(f"nummer {nummer} is geen Feature")
        eigenschappen = feature.get("properties") or {}
        if not isinstance(eigenschappen, dict):
            raise _geen_geojson(f"'properties' van nummer {nummer} is geen lijst van namen en waarden")
        kolommen.update(dict.fromkeys(eigenschappen))
    if len(kolommen) > MAX_KOLOMMEN:
        raise OngeldigeInvoer(f"Deze laag heeft meer dan {MAX_KOLOMMEN} eigenschappen.", "bestand")

    def rijen() -> Iterator[tuple[int, list[str]]]:
        for nummer, feature in enumerate(features, start=1):
            eigen = feature.get("properties") or {}
            plek = _punt(_meetvorm(feature.get("geometry"), nummer), srid)
            yield nummer, [*plek, *(als_tekst(eigen.get(k)) for k in kolommen)]

    return Ruw(rijen(), [*_PLEKKOPPEN, *kolommen], dict(enumerate(velden)))


def _srid_van(crs: Any) -> int:
    """RFC 7946 knows WGS 84 only; files in the older form of 2008 name another system."""
    if crs is None:
        return 4326
    eigenschappen = crs.get("properties") if isinstance(crs, dict) else None
    naam = str(eigenschappen.get("name", "")) if isinstance(eigenschappen, dict) else ""
    if naam.upper().endswith("CRS84"):
        return 4326
    nummer = re.search(r"EPSG:{1,2}(?:[0-9.]*:)?([0-9]{4,6})$", naam, re.IGNORECASE)
    return int(nummer[1]) if nummer else 0


def _meetvorm(geometrie: Any, nummer: int) -> BaseGeometry | None:
    if geometrie is None:
        return None
    try:
        if geometrie["type"] == "Point":
            # Far the most of them; GEOS' reader of GeoJSON is slower.
            x, y = (float(g) for g in geometrie["coordinates"][:2])
            return shapely.Point(x, y)
        meetvorm = shapely.from_geojson(json.dumps(geometrie))
    except (KeyError, TypeError, ValueError, OverflowError, shapely.errors.ShapelyError) as fout:
        raise OngeldigeInvoer(f"De vorm op de kaart van nummer {nummer} is niet te lezen.", "bestand") from fout
    return None if meetvorm.is_empty else meetvorm
