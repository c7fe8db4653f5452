"""Reading files into rows of text, with the row number that a person sees in Excel."""

import csv
import io
import itertools
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils.exceptions import InvalidFileException

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.uitpakken import Pakketgrens, keur_pakket
from inspecties.locaties.geopakket import is_geopakket
from inspecties.locaties.inlezen_geo import Ruw, lees_geojson, lees_gpkg
from inspecties.locaties.rules.importrij_kolommen import LOCATIES, Importsoort, Kolombeeld, stel_voor

MAX_RIJEN = 250_000
MAX_UITGEPAKT = 250 * 1024 * 1024
# The last row that a sheet of Excel has.
LAATSTE_RIJ = 1_048_576
# Texts of all cells are in memory at the same time; a quarter of a million rows of locations hold some 60 MB of them.
_GRENS = Pakketgrens(2_000, MAX_UITGEPAKT, (("sharedstrings.xml", 100 * 1024 * 1024), ("styles.xml", 10 * 1024 * 1024)))
# More columns than this is a sheet with formatting to its edge, not a list of locations.
MAX_KOLOMMEN = 256
_BESCHADIGD = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class Rij:
    """One data row: its number in the file (1 = heading; in a map layer 1 = the first one), field -> text, and how
    many values have no heading."""

    nummer: int
    waarden: dict[str, str]
    te_veel: int = 0


@dataclass(frozen=True)
class Bestand:
    """A file that could be read.

    ``koppen``: field -> heading in the file; ``genegeerd``: headings that mean nothing to us; ``codering``: how the
    text was read ('' for Excel).
    """

    rijen: Iterator[Rij]
    koppen: dict[str, str]
    genegeerd: tuple[str, ...]
    codering: str = ""


def lees_bestand(
    naam: str,
    inhoud: bytes,
    max_rijen: int = MAX_RIJEN,
    soort: Importsoort = LOCATIES,
    toewijzing: Mapping[str, str] | None = None,
) -> Bestand:
    """Open a CSV, XLSX, GeoJSON or GeoPackage file. ``toewijzing``: heading -> field, where somebody chose.

    Raises OngeldigeInvoer saying what would be right, also while the rows are read.
    """
    return _met_kop(_open(naam, inhoud), max_rijen, soort, toewijzing)


def bekijk_bestand(naam: str, inhoud: bytes, soort: Importsoort, onthouden: Mapping[str, str]) -> list[Kolombeeld]:
    """The columns of a file with their first values. Raises OngeldigeInvoer."""
    ruw = _open(naam, inhoud)
    kop = _lees_kop(ruw)
    velden = stel_voor([k for i, k in enumerate(kop) if k and i not in ruw.plek], soort, onthouden)
    voorbeelden: list[list[str]] = [[] for _ in kop]
    for _, cellen in itertools.islice(ruw.rijen, 50):
        for lijst, cel in zip(voorbeelden, cellen, strict=False):
            if cel.strip() and len(lijst) < 3:
                lijst.append(cel.strip()[:60])
    return [
        Kolombeeld(k, tuple(v), velden[k])
        for i, (k, v) in enumerate(zip(kop, voorbeelden, strict=True))
        if k and i not in ruw.plek
    ]


def _open(naam: str, inhoud: bytes) -> Ruw:
    if not inhoud:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    if inhoud[:4] == b"PK\x03\x04":
        return Ruw(_xlsx(inhoud))
    if is_geopakket(inhoud):
        return lees_gpkg(inhoud)
    if inhoud[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise OngeldigeInvoer(
            "Dit is een oud Excel-bestand (.xls) of een bestand met een wachtwoord. Sla het op als .xlsx of .csv.",
            "bestand",
        )
    if naam.lower().endswith((".geojson", ".json")):
        return lees_geojson(inhoud)
    if naam.lower().endswith(".gpkg"):
        raise OngeldigeInvoer("Dit is geen GeoPackage, of het bestand is beschadigd.", "bestand")
    if not naam.lower().endswith((".csv", ".txt", ".tsv")):
        raise OngeldigeInvoer("Gebruik een bestand dat eindigt op .csv of .xlsx, .geojson of .gpkg.", "bestand")
    tekst, codering = _decodeer(inhoud)
    return Ruw(_csv(tekst), codering=codering)


def _decodeer(inhoud: bytes) -> tuple[str, str]:
    utf16 = inhoud[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if b"\x00" in inhoud[:4000] and not utf16:
        raise OngeldigeInvoer("Dit is geen tekstbestand. Gebruik .csv of .xlsx.", "bestand")
    # Excel in Dutch Windows writes Windows-1252, which nearly every sequence of bytes is; so it is tried last.
    pogingen = (("utf-16", "UTF-16"),) if utf16 else (("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"))
    for codering, naam in pogingen:
        try:
            return inhoud.decode(codering), naam
        except UnicodeDecodeError:
            continue
    beste = from_bytes(inhoud[:200_000]).best()
    try:
        if beste is not None:
            return inhoud.decode(beste.encoding), beste.encoding
    except UnicodeDecodeError:
        pass
    raise OngeldigeInvoer("De tekens in dit bestand zijn niet te lezen. Sla het op als CSV UTF-8.", "bestand")


def _csv(tekst: str) -> Iterator[tuple[int, list[str]]]:
    stroom = io.StringIO(tekst, newline="")
    begin, overgeslagen = stroom.readline(), 0
    scheiding = ""
    if begin.lower().startswith("sep=") and len(begin.rstrip("\r\n")) == 5:
        # Excel's own hint; it is not a row of the table.
        scheiding, overgeslagen = begin[4], 1
    else:
        stroom.seek(0)
    scheiding = scheiding or max(";,\t", key=begin.count)
    lezer = csv.reader(stroom, delimiter=scheiding, strict=True)
    eerste = overgeslagen + 1
    try:
        for rij in lezer:
            yield eerste, rij
            eerste = overgeslagen + lezer.line_num + 1
    except csv.Error as fout:
        raise OngeldigeInvoer(
            f'Het bestand is niet te lezen vanaf regel {eerste}. Vaak is daar een aanhalingsteken (") niet gesloten, '
            "of is een cel veel te lang.",
            "bestand",
        ) from fout


def _cel(cel: Any) -> str:
    waarde = cel.value
    if waarde is None:
        return ""
    if cel.data_type == "f":
        tekst = str(getattr(waarde, "text", waarde) or "")
        return tekst if tekst.startswith("=") else f"={tekst}"
    if isinstance(waarde, datetime | date):
        # Kept recognisable as a date: in a house number it means that Excel changed '3-5'.
        return waarde.strftime("%d-%m-%Y")
    if isinstance(waarde, time):
        return waarde.isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    # Text that only looks like a formula: Excel itself would not execute it.
    return f"'{waarde}" if isinstance(waarde, str) and waarde.startswith("=") else str(waarde)


def _xlsx(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        keur_pakket(inhoud, _GRENS)
        boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
        if not boek.worksheets:
            raise OngeldigeInvoer("Dit Excel-bestand heeft geen werkblad.", "bestand")
        blad = boek.worksheets[0]
        # What the file says about its own size may be wrong; the rows themselves are not.
        blad.reset_dimensions()
        # A row may say that it is the two billionth; the library would make every row before it.
        for nummer, rij in enumerate(blad.iter_rows(max_row=LAATSTE_RIJ), start=1):
            yield nummer, [_cel(c) for c in rij[:MAX_KOLOMMEN]]
    except _BESCHADIGD as fout:
        raise OngeldigeInvoer("Dit bestand is beschadigd of geen Excel-bestand (.xlsx).", "bestand") from fout


def _lees_kop(ruw: Ruw) -> list[str]:
    """The headings, made different where two are the same; '' where a column has none."""
    kop = ruw.kop or next((r for _, r in ruw.rijen if any(c.strip() for c in r)), None)
    if kop is None:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    namen = [c.strip() for c in kop]
    while namen and not namen[-1]:
        namen.pop()
    gezien: Counter[str] = Counter()
    uit = []
    for naam in namen:
        gezien[naam] += 1
        uit.append(f"{naam} ({gezien[naam]})" if naam and gezien[naam] > 1 else naam)
    return uit


def _met_kop(ruw: Ruw, max_rijen: int, soort: Importsoort, toewijzing: Mapping[str, str] | None) -> Bestand:
    namen = _lees_kop(ruw)
    velden: list[str | None] = []
    for plaats, kop in enumerate(namen):
        if plaats in ruw.plek:
            velden.append(ruw.plek[plaats])
            continue
        zelf = re.sub(r" \([0-9]+\)$", "", kop)
        veld = (toewijzing.get(kop) or None) if toewijzing is not None else soort.veld_van(zelf)
        # A layer's own point is where it lies, also where columns still hold where it once lay.
        velden.append(None if ruw.plek and veld in soort.plek else veld)
    for veld in soort.verplicht:
        if veld not in velden:
            gevonden = ", ".join(c for c in namen if c)
            raise OngeldigeInvoer(
                f"De kolom '{veld}' ontbreekt. Op de eerste regel horen kolomnamen; nu staat er: {gevonden[:200]}.",
                "bestand",
            )
    dubbel = sorted({v for v in velden if v and velden.count(v) > 1})
    if dubbel:
        koppen = " en ".join(f"'{c}'" for c, v in zip(namen, velden, strict=True) if v == dubbel[0])
        raise OngeldigeInvoer(f"De kolommen {koppen} betekenen hetzelfde ({dubbel[0]}). Laat er een staan.", "bestand")

    def rijen() -> Iterator[Rij]:
        aantal = 0
        for nummer, cellen in ruw.rijen:
            if not any(c.strip() for c in cellen):
                continue
            aantal += 1
            if aantal > max_rijen:
                getal = f"{max_rijen:,}".replace(",", ".")
                raise OngeldigeInvoer(
                    f"Het bestand heeft meer dan {getal} regels. Splits het in bestanden van hooguit {getal} regels.",
                    "bestand",
                )
            waarden = {v: c for v, c in zip(velden, cellen, strict=False) if v}
            yield Rij(nummer, waarden, sum(1 for c in cellen[len(velden) :] if c.strip()))

    kop_van = {v: c for c, v in zip(namen, velden, strict=True) if v}
    genegeerd = tuple(c for c, v in zip(namen, velden, strict=True) if v is None and c)
    return Bestand(rijen(), kop_van, genegeerd, ruw.codering)
