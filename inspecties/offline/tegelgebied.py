"""Which tiles belong to the stops of a day: the whole area from afar, every door from nearby. Pure.

Tiles are numbered as everywhere on the web (EPSG:3857, ``z/x/y`` with the origin in the north-west).
"""

import math
from collections.abc import Iterable, Sequence

Tegel = tuple[int, int, int]
Punt = tuple[float, float]  # lon, lat in degrees

# Zoom -> metres around the outermost stops (all together) or around each stop.
_SAMEN = {11: 3000.0, 12: 2500.0, 13: 2000.0, 14: 1200.0}
_PER_STOP = {15: 1200.0, 16: 500.0, 17: 180.0}
# Stops that lie far apart: between them only the smaller zooms.
_HOOGSTENS_PER_ZOOM = 120
HOOGSTENS = 1500
_M_PER_GRAAD = 111_320.0
_MAX_LAT = 85.0


def tegel_op(punt: Punt, zoom: int) -> Tegel:
    """The tile that holds this point."""
    lon, lat = punt[0], max(-_MAX_LAT, min(_MAX_LAT, punt[1]))
    n = 2**zoom
    rad = math.radians(lat)
    x = int((lon + 180.0) / 360.0 * n)
    y = int((1.0 - math.asinh(math.tan(rad)) / math.pi) / 2.0 * n)
    return zoom, min(max(x, 0), n - 1), min(max(y, 0), n - 1)


def _vlak(punten: Sequence[Punt], rand_m: float, zoom: int) -> list[Tegel]:
    """All tiles of the box around these points."""
    lon, lat = [p[0] for p in punten], [p[1] for p in punten]
    hoog = rand_m / _M_PER_GRAAD
    breed = hoog / max(0.1, math.cos(math.radians(max(map(abs, lat)))))
    _, x1, y1 = tegel_op((min(lon) - breed, max(lat) + hoog), zoom)
    _, x2, y2 = tegel_op((max(lon) + breed, min(lat) - hoog), zoom)
    if (x2 - x1 + 1) * (y2 - y1 + 1) > _HOOGSTENS_PER_ZOOM and len(punten) > 1:
        return _rond_elk(punten, rand_m, zoom)
    return [(zoom, x, y) for x in range(x1, x2 + 1) for y in range(y1, y2 + 1)]


def _rond_elk(punten: Iterable[Punt], rand_m: float, zoom: int) -> list[Tegel]:
    return list(dict.fromkeys(tegel for punt in punten for tegel in _vlak([punt], rand_m, zoom)))


def tegels_rond(punten: Iterable[Punt]) -> list[Tegel]:
    """The tiles for these stops, the overview first: who stops half-way has the best half."""
    uniek = list(dict.fromkeys(punten))
    if not uniek:
        return []
    uit = [tegel for zoom, rand in _SAMEN.items() for tegel in _vlak(uniek, rand, zoom)]
    uit += [tegel for zoom, rand in _PER_STOP.items() for tegel in _rond_elk(uniek, rand, zoom)]
    return uit[:HOOGSTENS]
