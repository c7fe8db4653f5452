"""Coordinates of many addresses at once: RD New (EPSG:28992, metres) and WGS 84 (EPSG:4326, degrees)."""

from functools import lru_cache
from typing import Any

import numpy as np
from pyproj import Transformer

# n x 2: (x, y) or (lon, lat).
Punten = np.ndarray[Any, np.dtype[np.float64]]


@lru_cache(maxsize=2)
def _omzetter(van: int, naar: int) -> Transformer:
    return Transformer.from_crs(van, naar, always_xy=True)


def naar_rd_veel(graden: Punten) -> Punten:
    """(lon, lat) rows -> (x, y) rows, rounded to centimetres."""
    x, y = _omzetter(4326, 28992).transform(graden[:, 0], graden[:, 1])
    return np.round(np.column_stack((x, y)), 2)


def naar_wgs84_veel(xy: Punten) -> Punten:
    """(x, y) rows -> (lon, lat) rows, rounded to 7 decimals (1 cm)."""
    lon, lat = _omzetter(28992, 4326).transform(xy[:, 0], xy[:, 1])
    return np.round(np.column_stack((lon, lat)), 7)
