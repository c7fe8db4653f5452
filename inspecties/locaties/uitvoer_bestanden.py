"""Writing rows as CSV, XLSX and GeoJSON, one by one: a large export does not stand in memory.

Nothing in them is executed by a spreadsheet, and every value can be read back.
"""

import csv
import io
import json
import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from inspecties.core.formuletekens import FORMULETEKENS, scherm_af

_STUK = 64 * 1024
Waarde = str | int | float | None


def veilige_tekst(tekst: str) -> str:
    """Text that a spreadsheet shows instead of executing: an apostrophe before what would be a formula (CWE-1236).

    The import takes that apostrophe off again.
    """
    return scherm_af(tekst)


def _csv_cel(waarde: Waarde) -> str:
    if waarde is None:
        return ""
    if isinstance(waarde, float):
        # Dutch Excel reads a decimal point as a sign of thousands, or as a date.
        return str(waarde).replace(".", ",")
    return veilige_tekst(waarde) if isinstance(waarde, str) else str(waarde)


def schrijf_csv_naar(doel: BinaryIO, kop: Sequence[str], rijen: Iterable[Sequence[Waarde]]) -> None:
    """CSV as Dutch Excel opens it: semicolons, decimal commas, UTF-8 with BOM."""
    tekst = io.TextIOWrapper(doel, encoding="utf-8-sig", newline="")
    schrijver = csv.writer(tekst, delimiter=";")
    schrijver.writerow(kop)
    schrijver.writerows([_csv_cel(w) for w in rij] for rij in rijen)
    tekst.detach()


def schrijf_csv(kop: Sequence[str], rijen: Iterable[Sequence[Waarde]]) -> bytes:
    """The same, for a small file."""
    uit = io.BytesIO()
    schrijf_csv_naar(uit, kop, rijen)
    return uit.getvalue()


def schrijf_xlsx(doel: BinaryIO, naam: str, kop: Sequence[str], rijen: Iterable[Sequence[Waarde]]) -> None:
    """A workbook with one sheet. Text stays text, also where it looks like a formula."""
    boek = openpyxl.Workbook(write_only=True)
    blad = boek.create_sheet(naam)
    blad.freeze_panes = "A2"
    vet = Font(bold=True)

    def cel(waarde: Waarde) -> Any:
        if not isinstance(waarde, str):
            return waarde
        tekst = ILLEGAL_CHARACTERS_RE.sub(" ", waarde)
        if tekst[:1] == "'":
            tekst = scherm_af(tekst)
        if tekst[:1] not in FORMULETEKENS:
            return tekst
        als_tekst = WriteOnlyCell(blad, value=tekst)
        als_tekst.data_type = "s"
        return als_tekst

    koppen = [WriteOnlyCell(blad, value=k) for k in kop]
    for kopcel in koppen:
        kopcel.font = vet
    blad.append(koppen)
    for rij in rijen:
        blad.append([cel(w) for w in rij])
    boek.save(doel)


def schrijf_geojson(
    doel: BinaryIO, kop: Sequence[str], rijen: Iterable[tuple[tuple[float, float], Sequence[Waarde]]]
) -> None:
    """A FeatureCollection (RFC 7946) of ((lon, lat), values); the column 'id' becomes the feature's id."""
    doel.write(b'{"type": "FeatureCollection", "features": [')
    tussen = b"\n"
    for (lon, lat), waarden in rijen:
        eigen = dict(zip(kop, waarden, strict=True))
        # Nine decimals are a tenth of a millimetre: reading it back gives the same centimetre in RD.
        punt = {"type": "Point", "coordinates": [round(lon, 9), round(lat, 9)]}
        feature = {"type": "Feature", "id": eigen.get("id"), "geometry": punt, "properties": eigen}
        doel.write(tussen + json.dumps(feature, ensure_ascii=False).encode())
        tussen = b",\n"
    doel.write(b"\n]}\n")


class Stroom:
    """A file in pieces, for an answer that is sent while it is read. Its name may be gone before its first piece."""

    def __init__(self, pad: Path) -> None:
        self._nummer = os.open(pad, os.O_RDONLY)
        self.omvang = os.fstat(self._nummer).st_size
        # Called once: when the answer was sent, or when nobody wants it any more.
        self.close = weakref.finalize(self, os.close, self._nummer)

    def __iter__(self) -> Iterator[bytes]:
        while self.close.alive and (stuk := os.read(self._nummer, _STUK)):
            yield stuk
