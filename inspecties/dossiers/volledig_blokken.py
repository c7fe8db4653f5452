"""What a printed piece is made of; ``config/documenten/volledig.typ`` sets it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from inspecties.core.klok import TIJDZONE

Blok = dict[str, Any]


def om(dag: date) -> datetime:
    """A day as a moment, to put days and moments in one order: noon there."""
    return datetime.combine(dag, time(12), TIJDZONE)


def kop(tekst: str) -> Blok:
    """A heading."""
    return {"soort": "kop", "tekst": tekst}


def alinea(tekst: str) -> Blok:
    """Paragraphs, one per line."""
    return {"soort": "alinea", "tekst": tekst}


def tabel(koppen: Sequence[str], breedtes: Sequence[float], rijen: Iterable[Sequence[str]]) -> Blok:
    """A table with a header; ``breedtes`` are shares of the width."""
    return {"soort": "tabel", "koppen": list(koppen), "breedtes": list(breedtes), "rijen": [list(r) for r in rijen]}
