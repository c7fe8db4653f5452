"""The vector background of a demo map: GeoJSON in EPSG:4326 with 6 decimals, so small that it fits in every pack.

Each feature has ``laag``: gemeente, water, wijk, groen, gebouw, weg or label, in drawing order. Further properties:
``naam``, ``soort`` (water: meer, haven, gracht, sloot; groen: park, plantsoen, bos; wijk: see model), ``klasse`` (weg).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry import MultiLineString, MultiPolygon, Point, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from inspecties.demo.geografie.model import Kaart
from inspecties.demo.geografie.vormen import vlakken

_NAAR_WGS84 = Transformer.from_crs(28992, 4326, always_xy=True)
# Tolerance in metres: less than a line's width on the screen at street level.
_TOLERANTIE = {"weg": 2.5, "water": 2.5, "groen": 2.5, "wijk": 4.0, "gemeente": 5.0, "gebouw": 0.0, "label": 0.0}


def _graden(punten: Any) -> Any:
    lon, lat = _NAAR_WGS84.transform(punten[:, 0], punten[:, 1])
    return np.round(np.column_stack((lon, lat)), 6)


def _gericht(vorm: BaseGeometry) -> BaseGeometry:
    """Outer rings counter-clockwise (RFC 7946, 3.1.6)."""
    if isinstance(vorm, Polygon):
        return orient(vorm)
    if isinstance(vorm, MultiPolygon):
        return MultiPolygon([orient(p) for p in vlakken(vorm)])
    return vorm


def _feature(vorm: BaseGeometry, laag: str, **eigenschappen: str) -> dict[str, Any]:
    grof = shapely.simplify(vorm, _TOLERANTIE[laag]) if _TOLERANTIE[laag] else vorm
    meetkunde = mapping(shapely.transform(_gericht(grof), _graden))
    return {
        "type": "Feature",
        "properties": {"laag": laag, **{k: v for k, v in eigenschappen.items() if v}},
        "geometry": {"type": meetkunde["type"], "coordinates": _lijst(meetkunde["coordinates"])},
    }


def _lijst(coordinaten: Any) -> Any:
    """Tuples as lists, so that the same object comes back from JSON."""
    return [_lijst(c) for c in coordinaten] if isinstance(coordinaten, tuple | list) else coordinaten


def _features(kaart: Kaart) -> Iterator[dict[str, Any]]:
    yield _feature(kaart.grens, "gemeente", naam=kaart.naam)
    yield _feature(kaart.grens.difference(kaart.land), "water", soort="meer", naam="Markermeer")
    for wijk in kaart.wijken:
        yield _feature(wijk.vlak, "wijk", naam=wijk.naam, soort=wijk.soort)
    for gebied in kaart.groen:
        yield _feature(gebied.vlak, "groen", naam=gebied.naam, soort=gebied.soort)
    for gebied in kaart.water:
        yield _feature(gebied.vlak, "water", naam=gebied.naam, soort=gebied.soort)
    yield _feature(MultiLineString(list(kaart.sloten)), "water", soort="sloot")
    yield _feature(MultiPolygon(vlakken(shapely.union_all(list(kaart.gebouwen)))), "gebouw")
    for klasse in ("pad", "straat", "ontsluiting", "hoofdweg"):
        for straat in kaart.straten:
            if straat.klasse == klasse:
                vorm = straat.lijnen[0] if len(straat.lijnen) == 1 else MultiLineString(list(straat.lijnen))
                yield _feature(vorm, "weg", naam=straat.naam, klasse=klasse)
    for wijk in kaart.wijken:
        if wijk.soort != "buitengebied":
            yield _feature(wijk.vlak.representative_point(), "label", naam=wijk.naam, soort="wijk")
    for gebied in kaart.water:
        if gebied.soort in ("meer", "haven"):
            yield _feature(gebied.vlak.representative_point(), "label", naam=gebied.naam, soort="water")
    yield _feature(Point(kaart.land.centroid.x, kaart.land.bounds[3] + 90), "label", naam="Markermeer", soort="water")


def maak_achtergrond(kaart: Kaart) -> dict[str, Any]:
    """The background of a map as a GeoJSON FeatureCollection."""
    return {"type": "FeatureCollection", "features": list(_features(kaart))}
