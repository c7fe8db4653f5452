"""Reading GeoPackage (OGC 12-128r18, version 1.3): the feature tables of a file, row by row.

Own code on SQLite and shapely instead of pyogrio or fiona: those bring GDAL with a SQLite of its own, and a second
SQLite in a process that has SpatiaLite loaded crashes it. For the same reason the module of the database engine is used
(pysqlite3, where it is installed) before Python's own.

A file from outside is not trusted: it is opened read-only, its schema may not call functions, an authorizer allows
nothing but reading tables, and views, triggers and generated columns are never evaluated.
"""

import struct
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import shapely
from shapely.geometry.base import BaseGeometry

from inspecties.core.fouten import OngeldigeInvoer

try:
    from pysqlite3 import dbapi2 as SQLITE  # noqa: N812 - one name for whichever it is
except ImportError:  # an installation on PostgreSQL only
    import sqlite3 as SQLITE  # noqa: N812 - the same

# Application ids of GeoPackage 1.2 and later ('GPKG'), 1.0 ('GP10') and 1.1 ('GP11').
_TOEPASSINGEN: Final = {0x47504B47, 0x47503130, 0x47503131}
__all__ = ["SQLITE", "Geolaag", "haak", "is_geopakket", "lees_geometrie", "lees_geopakket", "maak_geometrie"]

MAX_BYTES = 400 * 1024 * 1024
MAX_RIJEN = 1_000_000
MAX_KOLOMMEN = 256
# The longest text or geometry of one cell, in bytes.
MAX_CEL = 4 * 1024 * 1024
# SQLite's own steps between two rows, after which reading stops: a query plan cannot be made to run for ever.
_MAX_STAPPEN = 50_000_000
_STAPPEN_PER_KEER = 100_000
# Bytes of the envelope in a geometry header, by its indicator (table 5 of the standard).
_ENVELOPPEN: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_GEEN_GEOPAKKET = "Dit is geen GeoPackage, of het bestand is beschadigd. Bewaar de laag in QGIS opnieuw als GeoPackage."


@dataclass(frozen=True)
class Geolaag:
    """One layer. ``srid``: the EPSG number, 0 where the file says none; ``kolommen``: without the geometry.

    ``rijen`` can be read once; it raises OngeldigeInvoer where the file turns out to be damaged.
    """

    naam: str
    srid: int
    kolommen: tuple[str, ...]
    rijen: Iterator[tuple[dict[str, Any], BaseGeometry | None]]


def is_geopakket(begin: bytes) -> bool:
    """Whether the first bytes of a file are those of SQLite, which a GeoPackage is."""
    return begin[:16] == b"SQLite format 3\x00"


def lees_geopakket(pad: Path, voorkeur: Sequence[str] = (), max_rijen: int = MAX_RIJEN) -> Geolaag:
    """Open the feature layer of a file; where there are more, the first that is named in ``voorkeur``.

    Raises OngeldigeInvoer saying what would be right.
    """
    if pad.stat().st_size > MAX_BYTES:
        raise OngeldigeInvoer(f"Dit bestand is groter dan {MAX_BYTES // 1024 // 1024} MB. Splits het.", "bestand")
    try:
        verbinding = _open(pad)
        try:
            tabel, meetkolom, srid = _kies_laag(verbinding, voorkeur)
            kolommen = _kolommen(verbinding, tabel, meetkolom)
        except BaseException:
            verbinding.close()
            raise
    except (SQLITE.Error, UnicodeDecodeError) as fout:
        raise OngeldigeInvoer(_GEEN_GEOPAKKET, "bestand") from fout
    return Geolaag(tabel, srid, kolommen, _rijen(verbinding, tabel, meetkolom, kolommen, max_rijen))


def _open(pad: Path) -> Any:
    verbinding = SQLITE.connect(f"file:{quote(str(pad.resolve()))}?mode=ro&immutable=1", uri=True)
    try:
        for regel in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
            verbinding.execute(f"PRAGMA {regel}")
        (toepassing,) = verbinding.execute("PRAGMA application_id").fetchone()
        # GeoPackages of before 1.2 that a tool wrote without an id are recognised by their tables.
        if toepassing and toepassing not in _TOEPASSINGEN:
            raise OngeldigeInvoer(_GEEN_GEOPAKKET, "bestand")
        verbinding.set_authorizer(_sta_toe)
    except BaseException:
        verbinding.close()
        raise
    return verbinding


# Action codes of sqlite3_set_authorizer; the names are not in every version of the Python module.
_LEZEN, _KIEZEN, _PRAGMA = 20, 21, 19


def _sta_toe(handeling: int, een: str | None, _twee: str | None, _db: str | None, binnen: str | None) -> int:
    """Only plain reading. ``binnen``: the view or trigger that asks, which may not ask anything."""
    if binnen is None and (handeling in {_LEZEN, _KIEZEN} or (handeling == _PRAGMA and een == "table_xinfo")):
        return int(SQLITE.SQLITE_OK)
    return int(SQLITE.SQLITE_DENY)


def haak(naam: str) -> str:
    """A name as SQL quotes it."""
    return '"' + naam.replace('"', '""') + '"'


def _kies_laag(verbinding: Any, voorkeur: Sequence[str]) -> tuple[str, str, int]:
    """Name, geometry column and EPSG number of the layer to read."""
    tabellen = {
        naam.lower(): naam
        for naam, sql in verbinding.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if not (sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
    }
    for nodig in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"):
        if nodig not in tabellen:
            raise OngeldigeInvoer(_GEEN_GEOPAKKET, "bestand")
    inhoud = verbinding.execute("SELECT table_name, data_type FROM gpkg_contents").fetchmany(1000)
    meetkolommen = {
        str(t).lower(): (str(k), srs)
        for t, k, srs in verbinding.execute(
            "SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns"
        ).fetchmany(1000)
    }
    lagen = [
        tabellen[str(naam).lower()]
        for naam, soort in inhoud
        if soort == "features" and str(naam).lower() in tabellen and str(naam).lower() in meetkolommen
    ]
    if not lagen:
        raise OngeldigeInvoer("In deze GeoPackage staat geen kaartlaag met punten of vlakken.", "bestand")
    gewenst = [laag for naam in voorkeur for laag in lagen if laag.lower() == naam.lower()]
    if len(lagen) > 1 and not gewenst:
        namen = ", ".join(sorted(lagen)[:10])
        raise OngeldigeInvoer(
            f"In deze GeoPackage staan {len(lagen)} lagen: {namen}. "
            "Bewaar de laag die u wilt inlezen als eigen bestand.",
            "bestand",
        )
    tabel = (gewenst or lagen)[0]
    meetkolom, srs = meetkolommen[tabel.lower()]
    return tabel, meetkolom, _epsg(verbinding, srs)


def _epsg(verbinding: Any, srs: Any) -> int:
    for srs_id, organisatie, nummer in verbinding.execute(
        "SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys"
    ):
        if srs_id == srs and str(organisatie).upper() == "EPSG" and isinstance(nummer, int):
            return nummer
    return 0


def _kolommen(verbinding: Any, tabel: str, meetkolom: str) -> tuple[str, ...]:
    """Names of the stored columns; a generated column (hidden 2 or 3) is an expression of the file's maker."""
    gevonden = verbinding.execute(f"PRAGMA table_xinfo({haak(tabel)})").fetchmany(2000)
    gewoon = [naam for _, naam, _, _, _, _, verborgen in gevonden if not verborgen]
    if meetkolom.lower() not in {k.lower() for k in gewoon}:
        raise OngeldigeInvoer(_GEEN_GEOPAKKET, "bestand")
    if len(gevonden) > MAX_KOLOMMEN:
        raise OngeldigeInvoer(f"Deze laag heeft meer dan {MAX_KOLOMMEN} kolommen.", "bestand")
    return tuple(k for k in gewoon if k.lower() != meetkolom.lower())


class _Wekker:
    """Counts SQLite's steps since the last row."""

    def __init__(self) -> None:
        self.stappen = 0

    def __call__(self) -> int:
        self.stappen += _STAPPEN_PER_KEER
        return int(self.stappen > _MAX_STAPPEN)


def _rijen(
    verbinding: Any, tabel: str, meetkolom: str, kolommen: tuple[str, ...], max_rijen: int
) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    wekker = _Wekker()
    verbinding.set_progress_handler(wekker, _STAPPEN_PER_KEER)
    namen = ", ".join(haak(k) for k in (meetkolom, *kolommen))
    with closing(verbinding):
        try:
            for nummer, (blob, *waarden) in enumerate(
                verbinding.execute(f"SELECT {namen} FROM {haak(tabel)}"),  # noqa: S608 - quoted names of the file
                start=1,
            ):
                wekker.stappen = 0
                if nummer > max_rijen:
                    getal = f"{max_rijen:,}".replace(",", ".")
                    raise OngeldigeInvoer(
                        f"Het bestand heeft meer dan {getal} regels. "
                        f"Splits het in bestanden van hooguit {getal} regels.",
                        "bestand",
                    )
                if any(isinstance(w, str | bytes) and len(w) > MAX_CEL for w in (blob, *waarden)):
                    raise OngeldigeInvoer(f"Rij {nummer} heeft een cel met te veel tekst.", "bestand")
                yield dict(zip(kolommen, waarden, strict=True)), lees_geometrie(blob, nummer)
        except (SQLITE.Error, UnicodeDecodeError) as fout:
            raise OngeldigeInvoer(_GEEN_GEOPAKKET, "bestand") from fout


def lees_geometrie(blob: Any, nummer: int) -> BaseGeometry | None:
    """A GeoPackage geometry (header and WKB); None where there is none. ``nummer``: the row, for the message.

    Raises OngeldigeInvoer where it is damaged.
    """
    if blob is None:
        return None
    fout = OngeldigeInvoer(f"De vorm op de kaart van rij {nummer} is beschadigd.", "bestand")
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        raise fout
    vlaggen = blob[3]
    enveloppe = _ENVELOPPEN.get(vlaggen >> 1 & 0b111)
    if enveloppe is None or vlaggen & 0b100000:
        raise fout
    if vlaggen & 0b10000:
        return None
    try:
        # shapely.from_wkb's own answer to damage is an exception of GEOS.
        meetvorm = shapely.from_wkb(blob[8 + enveloppe :])
    except (shapely.errors.ShapelyError, ValueError) as oorzaak:
        raise fout from oorzaak
    return None if meetvorm.is_empty else meetvorm


def maak_geometrie(meetvorm: BaseGeometry, srid: int) -> bytes:
    """The inverse of ``lees_geometrie``, with an envelope unless it is a point."""
    punt = meetvorm.geom_type == "Point"
    vlaggen = 0b1 | (0 if punt else 0b10)
    kop = struct.pack("<2sBBi", b"GP", 0, vlaggen, srid)
    if not punt:
        minx, miny, maxx, maxy = meetvorm.bounds
        kop += struct.pack("<4d", minx, maxx, miny, maxy)
    wkb: bytes = shapely.to_wkb(meetvorm, byte_order=1, output_dimension=2)
    return kop + wkb
