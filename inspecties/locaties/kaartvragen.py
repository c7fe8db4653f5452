"""Reading locations for the map: single ones in a box, or clusters by grid cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from sqlalchemy import Integer, Select, and_, cast, func
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import Filter, Vak, gefilterd
from inspecties.locaties.rules.coordinaten import LAT, LON, naar_rd, naar_wgs84

# From this zoom on the map shows every location by itself: houses are then further apart than half a marker.
LOS_VANAF_ZOOM = 17
MAX_LOS = 2000
# More cells than a screen can show: the box is larger than the zoom suggests, so the cells grow.
MAX_CELLEN = 4000


@dataclass(frozen=True)
class Tros:
    """The locations in one grid cell: how many, their mean place, and the id where it is one."""

    aantal: int
    lon: float
    lat: float
    id: int | None


# Clusters closer together than this part of a cell (about 50 pixels) become one, or their markers would overlap.
MIN_AFSTAND_CEL = 0.75

RdVak = tuple[float, float, float, float]


def in_rd(vak: Vak) -> RdVak | None:
    """The smallest RD box (metres) around the corners: minx, miny, maxx, maxy. None outside the Netherlands.

    The box is cut to the Netherlands first: RD New has no meaning far outside.
    """
    min_lon, max_lon = max(vak.min_lon, LON[0]), min(vak.max_lon, LON[1])
    min_lat, max_lat = max(vak.min_lat, LAT[0]), min(vak.max_lat, LAT[1])
    if min_lon >= max_lon or min_lat >= max_lat:
        return None
    midden = (min_lon + max_lon) / 2
    # The middles too: parallels are curved in RD.
    punten = [naar_rd(lon, lat) for lon in (min_lon, midden, max_lon) for lat in (min_lat, max_lat)]
    xs, ys = [p[0] for p in punten], [p[1] for p in punten]
    return min(xs), min(ys), max(xs), max(ys)


def _binnen(opdracht: Select[Any], vak: RdVak) -> Select[Any]:
    minx, miny, maxx, maxy = vak
    return opdracht.where(
        and_(Risicolocatie.x >= minx, Risicolocatie.x <= maxx, Risicolocatie.y >= miny, Risicolocatie.y <= maxy)
    )


def celgrootte_m(zoom: int) -> float:
    """Width of a cluster cell in metres: about 70 pixels at that zoom at 52.5 degrees north."""
    return float(70 * 156_543 * 0.609 / 2**zoom)


def trossen(sessie: Session, actor: Actor, filter_: Filter, vak: Vak, zoom: int) -> list[Tros]:
    """Clusters per grid cell in a box."""
    rd = in_rd(vak)
    if rd is None:
        return []
    cel = celgrootte_m(zoom)
    while (rd[2] - rd[0]) * (rd[3] - rd[1]) / cel**2 > MAX_CELLEN:
        cel *= 2
    # x and y are positive in the Netherlands, so a cast cuts the same way everywhere within one database.
    kolom, rij = cast(Risicolocatie.x / cel, Integer), cast(Risicolocatie.y / cel, Integer)
    opdracht = (
        _binnen(gefilterd(actor, filter_), rd)
        .with_only_columns(
            func.count(), func.avg(Risicolocatie.x), func.avg(Risicolocatie.y), func.min(Risicolocatie.id)
        )
        .group_by(kolom, rij)
    )
    cellen = [_Cel(n, float(x), float(y), eerste) for n, x, y, eerste in sessie.execute(opdracht)]
    return [Tros(c.aantal, *naar_wgs84(c.x, c.y), c.id if c.aantal == 1 else None) for c in _voeg_samen(cellen, cel)]


@dataclass
class _Cel:
    """A grid cell, or several that were joined: where the fullest of them has its middle."""

    aantal: int
    x: float
    y: float
    id: int


def _voeg_samen(cellen: list[_Cel], cel: float) -> list[_Cel]:
    """Join cells whose middles lie close together, on either side of a grid line. Counts add up; places stay."""
    afstand = MIN_AFSTAND_CEL * cel
    gekozen: list[_Cel] = []
    vakken: dict[tuple[int, int], list[_Cel]] = {}
    for c in sorted(cellen, key=lambda c: (-c.aantal, c.id)):
        kolom, rij = int(c.x // cel), int(c.y // cel)
        buren = (b for k in (-1, 0, 1) for r in (-1, 0, 1) for b in vakken.get((kolom + k, rij + r), ()))
        buur = min(buren, key=lambda b: hypot(b.x - c.x, b.y - c.y), default=None)
        if buur is not None and hypot(buur.x - c.x, buur.y - c.y) < afstand:
            buur.aantal += c.aantal
            continue
        gekozen.append(c)
        vakken.setdefault((kolom, rij), []).append(c)
    return gekozen


def tel_in(sessie: Session, actor: Actor, filter_: Filter, vak: Vak) -> int:
    """How many locations lie in a box."""
    rd = in_rd(vak)
    if rd is None:
        return 0
    return sessie.scalar(_binnen(gefilterd(actor, filter_), rd).with_only_columns(func.count())) or 0


def los(sessie: Session, actor: Actor, filter_: Filter, vak: Vak, limiet: int = MAX_LOS) -> Sequence[Risicolocatie]:
    """The locations in a box by name, at most ``limiet``."""
    rd = in_rd(vak)
    if rd is None:
        return []
    opdracht = _binnen(gefilterd(actor, filter_), rd)
    return sessie.scalars(opdracht.order_by(func.lower(Risicolocatie.naam), Risicolocatie.id).limit(limiet)).all()


def op_ids(sessie: Session, actor: Actor, ids: Sequence[int]) -> Sequence[Risicolocatie]:
    """Locations by internal id, within the actor's scope."""
    if not ids:
        return []
    return sessie.scalars(select_voor(actor, Risicolocatie).where(Risicolocatie.id.in_(ids))).all()
