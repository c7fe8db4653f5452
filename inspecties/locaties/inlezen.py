"""Reading CSV and XLSX into rows of text, with the row number that a person sees in Excel."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils.exceptions import InvalidFileException

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.importrij import VERPLICHT, veld_van_kolom

MAX_RIJEN = 250_000
MAX_UITGEPAKT = 250 * 1024 * 1024
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
    """One data row: its number in the file (1 = heading), field -> text, and how many values have no heading."""

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


def lees_bestand(naam: str, inhoud: bytes, max_rijen: int = MAX_RIJEN) -> Bestand:
    """Open a CSV or XLSX file. Raises OngeldigeInvoer saying what would be right, also while the rows are read."""
    if not inhoud:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    if inhoud[:4] == b"PK\x03\x04":
        return _met_kop(_xlsx(inhoud), max_rijen)
    if inhoud[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise OngeldigeInvoer(
            "Dit is een oud Excel-bestand (.xls) of een bestand met een wachtwoord. Sla het op als .xlsx of .csv.",
            "bestand",
        )
    if not naam.lower().endswith((".csv", ".txt", ".tsv")):
        raise OngeldigeInvoer("Gebruik een bestand dat eindigt op .csv of .xlsx.", "bestand")
    tekst, codering = _decodeer(inhoud)
    return _met_kop(_csv(tekst), max_rijen, codering)


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
    return str(waarde)


def _xlsx(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            if sum(i.file_size for i in zip_.infolist()) > MAX_UITGEPAKT:
                raise OngeldigeInvoer("Dit bestand is uitgepakt te groot. Splits het.", "bestand")
        boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
        if not boek.worksheets:
            raise OngeldigeInvoer("Dit Excel-bestand heeft geen werkblad.", "bestand")
        blad = boek.worksheets[0]
        # What the file says about its own size may be wrong; the rows themselves are not.
        blad.reset_dimensions()
        for nummer, rij in enumerate(blad.iter_rows(), start=1):
            yield nummer, [_cel(c) for c in rij[:MAX_KOLOMMEN]]
    except _BESCHADIGD as fout:
        raise OngeldigeInvoer("Dit bestand is beschadigd of geen Excel-bestand (.xlsx).", "bestand") from fout


def _met_kop(ruw: Iterator[tuple[int, list[str]]], max_rijen: int, codering: str = "") -> Bestand:
    kop = next(((n, r) for n, r in ruw if any(c.strip() for c in r)), None)
    if kop is None:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    namen = [c.strip() for c in kop[1]]
    while namen and not namen[-1]:
        namen.pop()
    velden = [veld_van_kolom(c) for c in namen]
    for veld in VERPLICHT:
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
        for nummer, cellen in ruw:
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
    return Bestand(rijen(), kop_van, genegeerd, codering)
