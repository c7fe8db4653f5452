"""Plan space: metres east and north of a town's centre, and the warp that makes a drawn plan look grown."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

Punt = tuple[float, float]


def pool(straal: float, hoek: float) -> Punt:
    """The point at ``straal`` metres and ``hoek`` degrees (0 = east, counter-clockwise)."""
    rad = math.radians(hoek)
    return straal * math.cos(rad), straal * math.sin(rad)


def boog(straal: float, van: float, tot: float, stap: float = 4.0) -> list[Punt]:
    """Points of an arc from ``van`` to ``tot`` degrees, ends included."""
    aantal = max(2, math.ceil(abs(tot - van) / stap) + 1)
    return [pool(straal, van + (tot - van) * i / (aantal - 1)) for i in range(aantal)]


def sector(binnen: float, buiten: float, van: float, tot: float) -> Polygon:
    """The part of a ring between two radii and two angles."""
    return Polygon(boog(buiten, van, tot) + boog(binnen, tot, van))


def vlek(midden: Punt, straal: float, rek: float, hoek: float, hobbels: Sequence[tuple[int, float, float]]) -> Polygon:
    """A closed natural shape: an ellipse with bumps (order, share of the radius, phase in radians)."""
    punten = []
    for graad in range(0, 360, 4):
        t = math.radians(graad)
        r = straal * (1 + sum(deel * math.cos(orde * t + fase) for orde, deel, fase in hobbels))
        x, y = r * rek * math.cos(t), r / rek * math.sin(t)
        c, s = math.cos(math.radians(hoek)), math.sin(math.radians(hoek))
        punten.append((midden[0] + x * c - y * s, midden[1] + x * s + y * c))
    return Polygon(punten)


def afgerond(hoekpunten: Sequence[Punt], straal: float) -> Polygon:
    """A polygon with round corners."""
    rond = Polygon(hoekpunten).buffer(-straal, quad_segs=6).buffer(straal, quad_segs=6)
    return grootste(rond)


def vlakken(vorm: BaseGeometry) -> list[Polygon]:
    """The polygons in a geometry, in a fixed order (west to east)."""
    if isinstance(vorm, Polygon):
        return [] if vorm.is_empty else [vorm]
    delen = [p for deel in getattr(vorm, "geoms", ()) for p in vlakken(deel)]
    return sorted(delen, key=lambda p: (round(p.centroid.x, 3), round(p.centroid.y, 3)))


def lijnen(vorm: BaseGeometry) -> list[LineString]:
    """The lines in a geometry, in a fixed order."""
    if isinstance(vorm, LineString):
        return [] if vorm.is_empty else [vorm]
    delen = [p for deel in getattr(vorm, "geoms", ()) for p in lijnen(deel)]
    return sorted(delen, key=lambda p: (round(p.coords[0][0], 3), round(p.coords[0][1], 3), round(p.length, 3)))


def grootste(vorm: BaseGeometry) -> Polygon:
    """The largest polygon in a geometry."""
    return max(vlakken(vorm), key=lambda p: p.area)


def meervlak(delen: Iterable[Polygon]) -> MultiPolygon:
    """One geometry of several polygons."""
    return MultiPolygon(list(delen))


@dataclass(frozen=True)
class Verbuiging:
    """Moves a point of plan space to RD New: shifted to ``midden`` and, within the town, bent by slow waves."""

    midden: Punt
    uitslag: float
    golf: float
    fase: float
    rand: float

    def _zet_om(self, punten: Any) -> Any:
        x, y = punten[:, 0], punten[:, 1]
        # Full strength in the town, nothing in the polder outside it: roads there are ruled straight.
        kracht = self.uitslag * np.clip(1.5 - np.hypot(x, y) / self.rand, 0.0, 1.0)
        k = 2 * math.pi / self.golf
        dx = kracht * (np.sin(k * y + self.fase) + 0.4 * np.sin(1.7 * k * x + 2 * self.fase))
        dy = kracht * (np.sin(k * x + 1.3 * self.fase) + 0.4 * np.sin(1.9 * k * y + self.fase))
        return np.round(np.column_stack((self.midden[0] + x + dx, self.midden[1] + y + dy)), 2)

    def naar_rd(self, vorm: BaseGeometry, vereenvoudig: float = 1.0) -> Any:
        """The geometry in EPSG:28992."""
        fijn = shapely.segmentize(vorm, 40.0)
        return shapely.simplify(shapely.transform(fijn, self._zet_om), vereenvoudig)
