"""Column types."""

from datetime import UTC, datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class UtcMoment(TypeDecorator[datetime]):
    """A moment, stored in UTC without offset and always read back as an aware UTC datetime.

    A naive datetime is refused: nobody can say which clock it was read from.
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("moment without time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def Punt() -> Any:  # noqa: N802 - reads as a type in a column definition
    """A point in EPSG:28992 (RD New, metres)."""
    return Geometry("POINT", srid=28992, spatial_index=True)


def Vlak() -> Any:  # noqa: N802 - reads as a type in a column definition
    """A (multi)polygon in EPSG:28992."""
    return Geometry("MULTIPOLYGON", srid=28992, spatial_index=True)


def geojson_punt(lon: float, lat: float) -> dict[str, Any]:
    """A GeoJSON point (RFC 7946: longitude first), 6 decimals = 0.1 m."""
    return {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]}
