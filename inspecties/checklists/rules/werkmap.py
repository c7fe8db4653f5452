"""Looks into an .xlsx before it is parsed: no macros, no links to elsewhere, no zip bomb."""

import io
import zipfile
import zlib

from inspecties.checklists.rules.fouten import Formulierfout, Melding
from inspecties.core.uitpakken import heeft_dtd

MAX_DELEN = 2_000
MAX_UITGEPAKT = 80 * 1024 * 1024
MAX_VERHOUDING = 200
_KLEIN = 1024 * 1024  # below this a high ratio is harmless


def _fout(tekst: str) -> Formulierfout:
    return Formulierfout([Melding(tekst)])


def controleer_werkmap(inhoud: bytes) -> None:
    """Raises Formulierfout when the workbook must not be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as zipbestand:
            delen = zipbestand.infolist()
            if len(delen) > MAX_DELEN:
                raise _fout("Deze werkmap bestaat uit te veel delen en wordt niet geopend.")
            _meet(zipbestand, delen)
            _weiger_inhoud(zipbestand, [deel.filename for deel in delen])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as fout:
        raise _fout("Dit is geen leesbare .xlsx-werkmap.") from fout


def _meet(zipbestand: zipfile.ZipFile, delen: list[zipfile.ZipInfo]) -> None:
    """Unpacks in pieces and counts: the sizes that the archive states may be a lie."""
    totaal = 0
    for deel in delen:
        groot = 0
        with zipbestand.open(deel) as stroom:
            while stuk := stroom.read(1 << 18):
                groot += len(stuk)
                totaal += len(stuk)
                if totaal > MAX_UITGEPAKT or (groot > _KLEIN and groot > MAX_VERHOUDING * max(deel.compress_size, 1)):
                    raise _fout("Deze werkmap pakt uit tot een veel te groot bestand (zipbom) en wordt niet geopend.")


def _weiger_inhoud(zipbestand: zipfile.ZipFile, namen: list[str]) -> None:
    laag = [naam.lower() for naam in namen]
    if any(naam.endswith("vbaproject.bin") or "/macrosheets/" in naam for naam in laag):
        raise _fout("Deze werkmap bevat macro's. Bewaar haar zonder macro's als .xlsx.")
    if any("/externallinks/" in naam or naam.endswith("connections.xml") for naam in laag):
        raise _fout(
            "Deze werkmap verwijst naar andere bestanden. Verbreek de koppelingen in Excel en bewaar haar opnieuw."
        )
    if any("/embeddings/" in naam or "/activex/" in naam for naam in laag):
        raise _fout("Deze werkmap bevat ingesloten objecten. Haal die eruit en bewaar haar opnieuw.")
    if "[content_types].xml" not in laag:
        raise _fout("Dit is geen leesbare .xlsx-werkmap.")
    soorten = zipbestand.read(namen[laag.index("[content_types].xml")])
    if b"macroEnabled" in soorten:
        raise _fout("Deze werkmap bevat macro's. Bewaar haar zonder macro's als .xlsx.")
    for naam in namen:
        if naam.lower().endswith((".xml", ".rels", ".vml")):
            with zipbestand.open(naam) as stroom:
                if heeft_dtd(stroom):
                    raise _fout("Deze werkmap bevat een XML-entiteit en wordt niet geopend.")
