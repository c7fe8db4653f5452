"""Reading an address file, CSV or GeoPackage, into rows of text with the point of their geometry in RD metres."""

import csv
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.geopakket import is_geopakket, lees_geopakket
from inspecties.locaties.rules.adresrij import VERPLICHT, veld_van_kolom
from inspecties.locaties.rules.coordinaten import naar_rd

MAX_RIJEN = 1_000_000
# Layers of the BAG in which every row is an address, the best first.
LAGEN = ("adres", "adressen", "nummeraanduiding", "verblijfsobject")
_RD, _GRADEN = 28992, (4326, 4258)
_PLAATS = ("x", "lon", "geometrie")
_IDS = ("nummeraanduiding_id", "identificatie")
_LATIN = "cp1252"


@dataclass(frozen=True, slots=True)
class Rij:
    """One row: its number in the file, field -> text, the point of its geometry in RD metres where it has one.

    ``te_veel``: it has values without a heading.
    """

    nummer: int
    waarden: dict[str, str]
    punt: tuple[float, float] | None = None
    te_veel: bool = False


@dataclass(frozen=True)
class Adresbestand:
    """A file that could be read. ``koppen``: field -> heading; ``genegeerd``: headings that mean nothing here."""

    rijen: Iterator[Rij]
    koppen: dict[str, str]
    genegeerd: tuple[str, ...]
    codering: str = ""


def lees_adresbestand(naam: str, inhoud: bytes, max_rijen: int = MAX_RIJEN) -> Adresbestand:
    """Open a file. Raises OngeldigeInvoer saying what would be right, also while the rows are read."""
    if not inhoud:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    if is_geopakket(inhoud):
        return _geopakket(inhoud, max_rijen)
    if not naam.lower().endswith((".csv", ".txt", ".tsv")):
        raise OngeldigeInvoer("Gebruik een bestand dat eindigt op .csv of .gpkg.", "bestand")
    tekst, codering = _als_tekst(inhoud)
    return _csv(tekst, codering, max_rijen)


def _als_tekst(inhoud: bytes) -> tuple[str, str]:
    utf16 = inhoud[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if b"\x00" in inhoud[:4000] and not utf16:
        raise OngeldigeInvoer("Dit is geen tekstbestand. Gebruik .csv of .gpkg.", "bestand")
    pogingen = (("utf-16", "UTF-16"),) if utf16 else (("utf-8-sig", "UTF-8"), (_LATIN, "Windows-1252"))
    for codering, naam in pogingen:
        try:
            return inhoud.decode(codering), naam
        except UnicodeDecodeError:
            continue
    raise OngeldigeInvoer("De tekens in dit bestand zijn niet te lezen. Sla het op als CSV UTF-8.", "bestand")


def _indeling(namen: list[str], *, met_vorm: bool) -> tuple[list[str | None], dict[str, str], tuple[str, ...]]:
    """Field of each column, heading of each field and headings without meaning. Refuses what cannot be understood.

    Where two columns mean the same, the first counts and the other is named among what is not used: extracts of the
    BAG say a place both as x, y and as lon, lat, and a street both in full and shortened.
    """
    velden: list[str | None] = []
    for naam in namen:
        veld = veld_van_kolom(naam)
        velden.append(None if veld in velden else veld)
    gevonden = ", ".join(n for n in namen if n)[:300]
    for veld in VERPLICHT:
        if veld not in velden:
            raise OngeldigeInvoer(f"De kolom '{veld}' ontbreekt. De kolommen zijn nu: {gevonden}.", "bestand")
    if not any(v in velden for v in _IDS):
        raise OngeldigeInvoer(f"De kolom 'nummeraanduiding_id' ontbreekt. De kolommen zijn nu: {gevonden}.", "bestand")
    if not met_vorm and not any(v in velden for v in _PLAATS):
        raise OngeldigeInvoer(
            f"De plaats ontbreekt: x en y, of lon en lat, of geometrie. De kolommen zijn nu: {gevonden}.", "bestand"
        )
    koppen = {v: n for n, v in zip(namen, velden, strict=True) if v}
    return velden, koppen, tuple(n for n, v in zip(namen, velden, strict=True) if v is None and n)


def _te_veel(max_rijen: int) -> OngeldigeInvoer:
    getal = f"{max_rijen:,}".replace(",", ".")
    return OngeldigeInvoer(
        f"Het bestand heeft meer dan {getal} regels. Splits het in bestanden van hooguit {getal} regels.", "bestand"
    )


def _csv(tekst: str, codering: str, max_rijen: int) -> Adresbestand:
    stroom = io.StringIO(tekst, newline="")
    begin, overgeslagen = stroom.readline(), 0
    if begin.lower().startswith("sep=") and len(begin.rstrip("\r\n")) == 5:
        # Excel's own hint; it is not a row of the table.
        scheiding, overgeslagen = begin[4], 1
    else:
        scheiding = max(";,\t|", key=begin.count)
        stroom.seek(0)
    lezer = csv.reader(stroom, delimiter=scheiding, strict=True)
    namen = [c.strip() for c in next(lezer, [])]
    while namen and not namen[-1]:
        namen.pop()
    velden, koppen, genegeerd = _indeling(namen, met_vorm=False)

    def rijen() -> Iterator[Rij]:
        nummer, aantal = overgeslagen + lezer.line_num + 1, 0
        try:
            for cellen in lezer:
                if any(cellen):
                    aantal += 1
                    if aantal > max_rijen:
                        raise _te_veel(max_rijen)
                    waarden = {v: c for v, c in zip(velden, cellen, strict=False) if v and c}
                    yield Rij(nummer, waarden, te_veel=any(c.strip() for c in cellen[len(velden) :]))
                nummer = overgeslagen + lezer.line_num + 1
        except csv.Error as fout:
            raise OngeldigeInvoer(
                f'Het bestand is niet te lezen vanaf regel {nummer}. Vaak is daar een aanhalingsteken (") niet '
                "gesloten, of is een cel veel te lang.",
                "bestand",
            ) from fout

    return Adresbestand(rijen(), koppen, genegeerd, codering)


def _geopakket(inhoud: bytes, max_rijen: int) -> Adresbestand:
    # SQLite reads files, not bytes; the name lives as long as the rows are read.
    map_ = tempfile.TemporaryDirectory(prefix="adressen-")
    pad = Path(map_.name) / "adressen.gpkg"
    try:
        pad.write_bytes(inhoud)
        laag = lees_geopakket(pad, LAGEN, max_rijen)
        if laag.srid not in {_RD, *_GRADEN}:
            raise OngeldigeInvoer(
                f"Deze laag staat in EPSG:{laag.srid}. Bewaar hem in RD (EPSG:28992) of WGS 84 (EPSG:4326).", "bestand"
            )
        velden, koppen, genegeerd = _indeling(list(laag.kolommen), met_vorm=True)
    except BaseException:
        map_.cleanup()
        raise
    veld_van = dict(zip(laag.kolommen, velden, strict=True))

    def rijen() -> Iterator[Rij]:
        with map_:
            for nummer, (ruw, vorm) in enumerate(laag.rijen, start=1):
                waarden = {v: t for k, w in ruw.items() if (v := veld_van[k]) and (t := _tekst(w))}
                yield Rij(nummer, waarden, _punt(vorm, laag.srid))

    return Adresbestand(rijen(), koppen, genegeerd)


def _tekst(waarde: Any) -> str:
    if waarde is None or isinstance(waarde, bytes):
        return ""
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)


def _punt(vorm: BaseGeometry | None, srid: int) -> tuple[float, float] | None:
    """A mooring or a pitch is a polygon in the BAG; then a point inside it."""
    if vorm is None:
        return None
    punt = vorm if vorm.geom_type == "Point" else vorm.representative_point()
    x, y = float(shapely.get_x(punt)), float(shapely.get_y(punt))
    return (round(x, 2), round(y, 2)) if srid == _RD else naar_rd(x, y)
