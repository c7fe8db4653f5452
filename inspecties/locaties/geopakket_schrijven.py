"""Writing GeoPackage (OGC 12-128r18, version 1.3): one layer of points, with the styles that QGIS shows it in.

Own code on SQLite, for the reason that ``geopakket`` gives.
"""

import itertools
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import shapely
from pyproj import CRS
from pyproj.enums import WktVersion

from inspecties.locaties.geopakket import SQLITE, haak, maak_geometrie

_BLOK = 2000
_SRID: Final = 28992
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT
);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
"""


@dataclass(frozen=True)
class Stijl:
    """One way to show the layer: a QGIS style and the same as SLD. The first of a layer is its default."""

    naam: str
    uitleg: str
    qml: str
    sld: str


@dataclass(frozen=True)
class Kolom:
    """A column of the layer; ``soort``: TEXT, INTEGER or DOUBLE."""

    naam: str
    soort: str = "TEXT"


def schrijf_geopakket(
    pad: Path,
    laag: str,
    titel: str,
    kolommen: Sequence[Kolom],
    rijen: Iterable[tuple[tuple[float, float], Sequence[Any]]],
    stijlen: Sequence[Stijl],
    nu: datetime,
) -> None:
    """Write ((x, y) in EPSG:28992, values) as one layer; ``pad`` may not exist yet or is empty."""
    with closing(SQLITE.connect(str(pad), isolation_level=None)) as verbinding:
        # The file is new and nobody else has it: a journal would protect nothing.
        for regel in ("journal_mode = OFF", "synchronous = OFF", "application_id = 1196444487", "user_version = 10300"):
            verbinding.execute(f"PRAGMA {regel}")
        verbinding.execute("BEGIN")
        for opdracht in _SCHEMA.split(";\n"):
            if opdracht.strip():
                verbinding.execute(opdracht)
        verbinding.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _stelsels())
        velden = "".join(f", {haak(k.naam)} {k.soort}" for k in kolommen)
        verbinding.execute(
            f"CREATE TABLE {haak(laag)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT{velden})"
        )
        grens = _vul(verbinding, laag, kolommen, rijen)
        moment = nu.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        verbinding.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, ?)",
            (laag, titel, moment, *grens, _SRID),
        )
        verbinding.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POINT', ?, 0, 0)", (laag, _SRID))
        if stijlen:
            verbinding.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id) "
                "VALUES ('layer_styles', 'attributes', 'layer_styles', ?, 0)",
                (moment,),
            )
        verbinding.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
            "VALUES ('', '', ?, 'geom', ?, ?, ?, ?, ?, '', ?)",
            [(laag, s.naam, s.qml, s.sld, int(i == 0), s.uitleg, moment) for i, s in enumerate(stijlen)],
        )
        verbinding.execute("COMMIT")


def _stelsels() -> list[tuple[Any, ...]]:
    vast: list[tuple[Any, ...]] = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ]
    for nummer in (4326, _SRID):
        stelsel = CRS.from_epsg(nummer)
        vast.append((stelsel.name, nummer, "EPSG", nummer, stelsel.to_wkt(WktVersion.WKT1_GDAL), None))
    return vast


def _vul(
    verbinding: Any,
    laag: str,
    kolommen: Sequence[Kolom],
    rijen: Iterable[tuple[tuple[float, float], Sequence[Any]]],
) -> tuple[float | None, float | None, float | None, float | None]:
    """Insert the rows; gives their extent."""
    tekens = ", ".join("?" * (len(kolommen) + 1))
    namen = ", ".join(("geom", *(haak(k.naam) for k in kolommen)))
    opdracht = f"INSERT INTO {haak(laag)} ({namen}) VALUES ({tekens})"  # noqa: S608 - quoted names of our own
    grens: tuple[float, float, float, float] | None = None
    bron = iter(rijen)
    while blok := list(itertools.islice(bron, _BLOK)):
        xen, yen = [p[0] for p, _ in blok], [p[1] for p, _ in blok]
        dit = (min(xen), min(yen), max(xen), max(yen))
        grens = dit if grens is None else (*map(min, grens[:2], dit[:2]), *map(max, grens[2:], dit[2:]))  # type: ignore[assignment]  # two and two
        verbinding.executemany(
            opdracht, ((maak_geometrie(shapely.Point(x, y), _SRID), *waarden) for (x, y), waarden in blok)
        )
    return grens or (None, None, None, None)
