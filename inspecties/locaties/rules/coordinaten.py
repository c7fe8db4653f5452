"""Coordinates: RD New (EPSG:28992, metres) and WGS 84 (EPSG:4326, degrees)."""

from functools import lru_cache

from pyproj import Transformer

# Where RD New is defined (EPSG area of use, rounded outwards).
RD_X = (-7_000.0, 300_000.0)
RD_Y = (289_000.0, 629_000.0)
LON = (3.2, 7.3)
LAT = (50.7, 53.7)


@lru_cache(maxsize=2)
def _omzetter(van: int, naar: int) -> Transformer:
    return Transformer.from_crs(van, naar, always_xy=True)


def naar_rd(lon: float, lat: float) -> tuple[float, float]:
    """(lon, lat) in degrees -> (x, y) in metres, rounded to centimetres."""
    x, y = _omzetter(4326, 28992).transform(lon, lat)
    return round(x, 2), round(y, 2)


def naar_wgs84(x: float, y: float) -> tuple[float, float]:
    """(x, y) in metres -> (lon, lat) in degrees, rounded to 7 decimals (1 cm)."""
    lon, lat = _omzetter(28992, 4326).transform(x, y)
    return round(lon, 7), round(lat, 7)


def in_rd(x: float, y: float) -> bool:
    """Whether the pair lies where RD New is defined."""
    return RD_X[0] <= x <= RD_X[1] and RD_Y[0] <= y <= RD_Y[1]


def in_nederland(lon: float, lat: float) -> bool:
    """Whether the pair lies in the box around the Netherlands."""
    return LON[0] <= lon <= LON[1] and LAT[0] <= lat <= LAT[1]


def fout_in_rd(x: float, y: float) -> str | None:
    """What is wrong with an RD pair, in Dutch, or None."""
    if in_rd(x, y):
        return None
    if in_rd(y, x):
        return (
            f"x en y zijn verwisseld: x moet tussen 0 en 300000 liggen en y tussen 289000 en 629000 (nu {x:g}, {y:g})"
        )
    if in_nederland(x, y) or in_nederland(y, x):
        return "dit lijken graden; zet ze in de kolommen lon en lat in plaats van x en y"
    return f"deze x en y liggen niet in Nederland ({x:g}, {y:g}); gebruik RD-coördinaten in meters"


def fout_in_wgs84(lon: float, lat: float) -> str | None:
    """What is wrong with a lon/lat pair, in Dutch, or None."""
    if in_nederland(lon, lat):
        return None
    if in_nederland(lat, lon):
        return f"lon en lat zijn verwisseld: lon ligt rond 5 en lat rond 52 (nu {lon:g}, {lat:g})"
    if in_rd(lon, lat):
        return "dit lijken RD-coördinaten; zet ze in de kolommen x en y in plaats van lon en lat"
    return f"deze lon en lat liggen niet in Nederland ({lon:g}, {lat:g})"
