"""A text as a document: PDF/A-2a and PDF/UA-1 by typst, the same bytes for the same content."""

import json
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from inspecties.core.klok import lokaal
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.sjablonen.rules.tekst import DATUMPLEK, Blok, open_plekken
from inspecties.web.sjablonen import datum

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "brieven" / "brief.typ"
GEMEENTEKOP = {
    "nl": "Gemeente",
    "en": "Municipality of",
    "pl": "Gmina",
    "ro": "Comuna",
    "bg": "Община",
    "es": "Municipio de",
}


@dataclass(frozen=True)
class Tekstdruk:
    """What a document looks like on paper. ``concept``: with a watermark, because it was not sent.

    ``schrijflijnen``: titles of open places that get a line to write on by hand instead of a mark.
    """

    gemeente: str
    kenmerk: str
    titel: str
    taal: str
    blokken: tuple[Blok, ...]
    moment: datetime
    concept: bool
    schrijflijnen: Sequence[str] = ()

    def druk(self) -> bytes:
        """The PDF. Nothing is read but the template; a text is never code."""
        dag = lokaal(self.moment).date()
        gegevens = {
            "gemeente": self.gemeente,
            "gemeentekop": GEMEENTEKOP[self.taal],
            "kenmerk": self.kenmerk,
            "titel": self.titel,
            "taal": self.taal,
            "concept": self.concept,
            "jaar": dag.year,
            "maand": dag.month,
            "dag": dag.day,
            "blokken": list(
                _groepen(met_datum(self.blokken, briefdatum(self.moment, self.taal)), set(self.schrijflijnen))
            ),
        }
        return zet_pdf(SJABLOON, gegevens, self.moment)


def zet_pdf(sjabloon: Path, gegevens: Mapping[str, object], moment: datetime) -> bytes:
    """Compile a template of config/documenten with this data: PDF/A-2a and PDF/UA-1. Nothing else is read."""
    with tempfile.TemporaryDirectory(prefix="stuk-") as naam:
        hoofd = Path(naam) / sjabloon.name
        hoofd.write_bytes(sjabloon.read_bytes())
        uit: bytes = typst.compile(
            str(hoofd),
            root=naam,
            sys_inputs={"data": json.dumps(maak_schrijfbaar(gegevens), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(moment.timestamp()),
        )
    return uit


def briefdatum(moment: datetime, taal: str) -> str:
    """The day as a reader of that language knows it: in words in Dutch, in figures elsewhere."""
    return datum(moment) if taal == "nl" else lokaal(moment).strftime("%d-%m-%Y")


def met_datum(blokken: Iterable[Blok], dag: str) -> list[Blok]:
    """The paragraphs with the day of sending in its place."""
    return [b.met(b.tekst.replace(DATUMPLEK, dag)) for b in blokken]


def _groepen(blokken: Iterable[Blok], lijnen: Collection[str]) -> Iterable[dict[str, Any]]:
    """Paragraphs as the template reads them: those of one table together, row by row."""
    tabel: dict[int, dict[int, list[Any]]] = {}
    nummer = -1
    for blok in blokken:
        stukken = [[tekst, _vorm(tekst, is_open, lijnen)] for tekst, is_open in blok.stukken]
        if blok.cel is not None:
            if blok.cel[0] != nummer and tabel:
                yield _tabel(tabel)
                tabel = {}
            nummer = blok.cel[0]
            cel = tabel.setdefault(blok.cel[1], {}).setdefault(blok.cel[2], [])
            cel += [*([["\n", "tekst"]] if cel else []), *stukken]
            continue
        if tabel:
            yield _tabel(tabel)
            tabel, nummer = {}, -1
        yield {"soort": blok.soort, "stukken": stukken}
    if tabel:
        yield _tabel(tabel)


def _vorm(tekst: str, is_open: bool, lijnen: Collection[str]) -> str:
    """How a piece of text is shown: as text, marked as open, or as a line to write on."""
    return "tekst" if not is_open else "lijn" if set(open_plekken([tekst])) & set(lijnen) else "open"


def _tabel(rijen: dict[int, dict[int, list[Any]]]) -> dict[str, Any]:
    return {
        "soort": "tabel",
        "rijen": [[rij.get(k, []) for k in range(max(rij) + 1)] for _, rij in sorted(rijen.items())],
    }
