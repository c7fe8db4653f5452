"""Areas on the map: what somebody draws, types or imports, read and checked. Coordinates in degrees (WGS 84)."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.coordinaten import LAT, LON, fout_in_wgs84, naar_rd

GEBIEDSOORTEN: dict[str, str] = {"actiegebied": "Actiegebied", "wijk": "Wijk"}
GEBIED_MEERVOUD: dict[str, str] = {"actiegebied": "Actiegebieden", "wijk": "Wijken"}

MAX_HOEKEN = 100
STRAAL_M = (10, 20_000)
# An imported file holds the districts of one gemeente, not the country.
MAX_VORMEN = 500
MAX_PUNTEN = 200_000
# Of all areas together, counted before anything is read: each point is a list.
MAX_PUNTEN_SAMEN = 1_000_000
_CIRKEL_DELEN = 16

Punt = tuple[float, float]


@dataclass(frozen=True)
class Vorm:
    """One area out of a file: its name and its outline in RD."""

    naam: str
    vlak: shapely.MultiPolygon


def lees_punt(tekst: str, veld: str) -> Punt:
    """'lon,lat' in degrees. Raises OngeldigeInvoer naming the field."""
    try:
        getallen = [float(deel) for deel in tekst.split(",")]
    except ValueError:
        getallen = []
    if len(getallen) != 2 or not all(math.isfinite(g) for g in getallen):
        raise OngeldigeInvoer(
            f"'{veld}' moet een lengtegraad en een breedtegraad zijn met een komma ertussen, zoals 5.2345,52.4567.",
            veld,
        )
    fout = fout_in_wgs84(*getallen)
    if fout:
        raise OngeldigeInvoer(f"'{veld}': {fout}.", veld)
    return getallen[0], getallen[1]


def _als_vlak(meetkunde: BaseGeometry, veld: str) -> shapely.MultiPolygon:
    if meetkunde.is_empty or not meetkunde.is_valid:
        waarom = shapely.is_valid_reason(meetkunde)
        uitleg = "de lijnen kruisen elkaar" if "intersection" in waarom.lower() else "de vorm klopt niet"
        raise OngeldigeInvoer(f"Dit gebied kan niet: {uitleg}. Teken het opnieuw, met de klok mee rondom.", veld)
    vlak = shapely.MultiPolygon([meetkunde]) if isinstance(meetkunde, shapely.Polygon) else meetkunde
    if not isinstance(vlak, shapely.MultiPolygon) or vlak.area < 1:
        raise OngeldigeInvoer("Dit is geen gebied: het heeft geen oppervlakte. Gebruik minstens drie hoeken.", veld)
    return vlak


def lees_vlak(tekst: str) -> shapely.MultiPolygon:
    """'lon,lat;lon,lat;lon,lat' -> polygon in RD. Raises OngeldigeInvoer for fewer than three corners or a crossing."""
    delen = [deel for deel in tekst.replace("\n", ";").split(";") if deel.strip()]
    if not 3 <= len(delen) <= MAX_HOEKEN:
        raise OngeldigeInvoer(
            f"Een gebied heeft 3 tot {MAX_HOEKEN} hoeken; dit heeft er {len(delen)}."
            " Schrijf elke hoek als lengtegraad,breedtegraad en zet er een puntkomma tussen.",
            "vlak",
        )
    hoeken = [naar_rd(*lees_punt(deel, "vlak")) for deel in delen]
    return _als_vlak(shapely.Polygon(hoeken), "vlak")


def lees_cirkel(midden: str, straal: str) -> shapely.MultiPolygon:
    """A circle around 'lon,lat' with a radius in whole metres, in RD. Raises OngeldigeInvoer."""
    lon, lat = lees_punt(midden, "midden")
    schoon = straal.strip()
    laagste, hoogste = STRAAL_M
    if not (schoon.isascii() and schoon.isdigit() and len(schoon) < 7 and laagste <= int(schoon) <= hoogste):
        raise OngeldigeInvoer(f"'straal' moet een heel aantal meters zijn, van {laagste} tot {hoogste}.", "straal")
    cirkel: Any = shapely.Point(*naar_rd(lon, lat)).buffer(int(schoon), quad_segs=_CIRKEL_DELEN)
    return _als_vlak(cirkel, "straal")


def _rijen_naar_rd(rijen: Any) -> Any:
    return np.array([naar_rd(x, y) for x, y in rijen])


def _vlak_uit(meetkunde: dict[str, Any], plek: str) -> shapely.MultiPolygon:
    soort = meetkunde.get("type")
    if soort not in {"Polygon", "MultiPolygon"}:
        raise OngeldigeInvoer(
            f"{plek} is een {soort or 'vorm zonder soort'}. Alleen vlakken (Polygon, MultiPolygon) kunnen.", "bestand"
        )
    try:
        ruw = shapely.geometry.shape(meetkunde)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, shapely.errors.ShapelyError) as fout:
        raise OngeldigeInvoer(f"{plek} heeft coördinaten die niet te lezen zijn.", "bestand") from fout
    # Before every point is turned into metres, which is the slow part.
    if shapely.get_num_coordinates(ruw) > MAX_PUNTEN:
        raise OngeldigeInvoer(f"{plek} heeft te veel punten; vereenvoudig het.", "bestand")
    minx, miny, maxx, maxy = ruw.bounds
    if not (LON[0] <= minx and maxx <= LON[1] and LAT[0] <= miny and maxy <= LAT[1]):
        raise OngeldigeInvoer(
            f"{plek} ligt niet in Nederland. GeoJSON hoort in graden (EPSG:4326), lengtegraad eerst; exporteer het zo.",
            "bestand",
        )
    return _als_vlak(shapely.transform(ruw, _rijen_naar_rd), "bestand")


def lees_geojson(inhoud: bytes, naamveld: str = "naam") -> list[Vorm]:
    """The polygons of a GeoJSON file (RFC 7946), each with a name. Raises OngeldigeInvoer saying which one is wrong."""
    if inhoud.count(b"[") + inhoud.count(b"{") > MAX_PUNTEN_SAMEN:
        raise OngeldigeInvoer("Deze gebieden hebben samen te veel punten; vereenvoudig ze.", "bestand")
    try:
        boom = json.loads(inhoud.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as fout:
        raise OngeldigeInvoer("Dit bestand is geen GeoJSON. Exporteer de gebieden als GeoJSON.", "bestand") from fout
    if not isinstance(boom, dict):
        raise OngeldigeInvoer("Dit bestand is geen GeoJSON met gebieden (een FeatureCollection).", "bestand")
    features = boom.get("features") if boom.get("type") == "FeatureCollection" else [boom]
    if not isinstance(features, list) or not features:
        raise OngeldigeInvoer("In dit bestand staan geen gebieden.", "bestand")
    if len(features) > MAX_VORMEN:
        raise OngeldigeInvoer(f"In dit bestand staan {len(features)} gebieden; {MAX_VORMEN} kan.", "bestand")
    vormen: dict[str, Vorm] = {}
    for nummer, feature in enumerate(features, start=1):
        plek = f"Gebied {nummer}"
        if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
            raise OngeldigeInvoer(f"{plek} heeft geen vorm (geometry).", "bestand")
        kenmerken = feature.get("properties") if isinstance(feature.get("properties"), dict) else {}
        naam = _naam_uit(kenmerken or {}, naamveld)
        if not naam:
            raise OngeldigeInvoer(f"{plek} heeft geen naam. Zet die in het kenmerk '{naamveld}'.", "bestand")
        if naam in vormen:
            raise OngeldigeInvoer(f"De naam '{naam}' komt twee keer voor.", "bestand")
        vormen[naam] = Vorm(naam, _vlak_uit(feature["geometry"], f"{plek} ('{naam}')"))
    return list(vormen.values())


def _naam_uit(kenmerken: dict[str, Any], naamveld: str) -> str:
    # Field names of the national statistics office and of the BAG, so that their files go in as they are.
    for veld in (naamveld, "naam", "wijknaam", "buurtnaam", "gebiedsnaam", "name"):
        waarde = kenmerken.get(veld)
        if isinstance(waarde, str) and waarde.strip():
            return " ".join(waarde.split())[:120]
    return ""


def als_tekst(hoeken: Sequence[Punt]) -> str:
    """Corners as ``lees_vlak`` reads them, 6 decimals."""
    return ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in hoeken)
