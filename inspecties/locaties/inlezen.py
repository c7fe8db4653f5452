"""Reading CSV and XLSX into rows of text, with the row number that a person sees in Excel."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import openpyxl
from charset_normalizer import from_bytes
from openpyxl.utils.exceptions import InvalidFileException

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.importrij import VERPLICHT, veld_van_kolom

MAX_RIJEN = 250_000
MAX_UITGEPAKT = 600 * 1024 * 1024


@dataclass(frozen=True)
class Rij:
    """One data row: its number in the file (1 = heading) and field -> text."""

    nummer: int
    waarden: dict[str, str]


@dataclass(frozen=True)
class Bestand:
    """A file that could be read. ``genegeerd``: headings that mean nothing to us."""

    rijen: Iterator[Rij]
    kolommen: tuple[str, ...]
    genegeerd: tuple[str, ...]


def lees_bestand(naam: str, inhoud: bytes) -> Bestand:
    """Open a CSV or XLSX file. Raises OngeldigeInvoer saying what would be right."""
    if not inhoud:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    if inhoud[:4] == b"PK\x03\x04":
        return _met_kop(_xlsx(inhoud))
    if inhoud[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise OngeldigeInvoer("Dit is een oud Excel-bestand (.xls). Sla het op als .xlsx of .csv.", "bestand")
    if not naam.lower().endswith((".csv", ".txt", ".tsv")):
        raise OngeldigeInvoer("Gebruik een bestand dat eindigt op .csv of .xlsx.", "bestand")
    return _met_kop(_csv(inhoud))


def _decodeer(inhoud: bytes) -> str:
    if b"\x00" in inhoud[:4000] and inhoud[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise OngeldigeInvoer("Dit is geen tekstbestand. Gebruik .csv of .xlsx.", "bestand")
    for codering in ("utf-8-sig", "utf-16" if inhoud[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"):
        try:
            return inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
    # Excel in Dutch Windows writes Windows-1252; the detector confirms it or finds the rarer ones.
    try:
        return inhoud.decode("cp1252")
    except UnicodeDecodeError:
        beste = from_bytes(inhoud).best()
        if beste is None:
            raise OngeldigeInvoer(
                "De tekens in dit bestand zijn niet te lezen. Sla het op als UTF-8.", "bestand"
            ) from None
        return str(beste)


def _csv(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    tekst = _decodeer(inhoud)
    eerste = tekst.split("\n", 1)[0]
    scheiding = max(";,\t", key=eerste.count)
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=scheiding)
    try:
        for rij in lezer:
            yield lezer.line_num, rij
    except csv.Error as fout:
        raise OngeldigeInvoer(f"Regel {lezer.line_num} van het bestand is niet te lezen: {fout}.", "bestand") from fout


def _cel(cel: Any) -> str:
    waarde = cel.value
    if waarde is None:
        return ""
    if cel.data_type == "f":
        return f"={waarde}" if not str(waarde).startswith("=") else str(waarde)
    if isinstance(waarde, datetime | date | time):
        # Kept recognisable as a date: in a house number it means that Excel changed '3-5'.
        return waarde.strftime("%d-%m-%Y") if not isinstance(waarde, time) else waarde.isoformat()
    if isinstance(waarde, float) and waarde.is_integer():
        return str(int(waarde))
    return str(waarde)


def _xlsx(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zip_:
            if sum(i.file_size for i in zip_.infolist()) > MAX_UITGEPAKT:
                raise OngeldigeInvoer("Dit bestand is uitgepakt te groot. Splits het.", "bestand")
        boek = openpyxl.load_workbook(io.BytesIO(inhoud), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as fout:
        raise OngeldigeInvoer("Dit bestand is beschadigd of geen Excel-bestand (.xlsx).", "bestand") from fout
    blad = boek.worksheets[0] if boek.worksheets else None
    if blad is None:
        raise OngeldigeInvoer("Dit Excel-bestand heeft geen werkblad.", "bestand")
    for nummer, rij in enumerate(blad.iter_rows(), start=1):
        yield nummer, [_cel(c) for c in rij]


def _met_kop(ruw: Iterator[tuple[int, list[str]]]) -> Bestand:
    kop = next(((n, r) for n, r in ruw if any(c.strip() for c in r)), None)
    if kop is None:
        raise OngeldigeInvoer("Het bestand is leeg.", "bestand")
    velden = [veld_van_kolom(c) for c in kop[1]]
    for veld in VERPLICHT:
        if veld not in velden:
            gevonden = ", ".join(c for c in kop[1] if c.strip())
            raise OngeldigeInvoer(
                f"De kolom '{veld}' ontbreekt. Op de eerste regel horen kolomnamen; nu staat er: {gevonden[:200]}.",
                "bestand",
            )
    dubbel = sorted({v for v in velden if v and velden.count(v) > 1})
    if dubbel:
        raise OngeldigeInvoer(f"De kolom '{dubbel[0]}' komt twee keer voor.", "bestand")

    def rijen() -> Iterator[Rij]:
        for aantal, (nummer, cellen) in enumerate(ruw):
            if aantal >= MAX_RIJEN:
                raise OngeldigeInvoer(f"Het bestand heeft meer dan {MAX_RIJEN} regels. Splits het.", "bestand")
            if any(c.strip() for c in cellen):
                yield Rij(nummer, {v: c for v, c in zip(velden, cellen, strict=False) if v})

    genegeerd = tuple(c for c, v in zip(kop[1], velden, strict=True) if v is None and c.strip())
    return Bestand(rijen(), tuple(v for v in velden if v), genegeerd)
