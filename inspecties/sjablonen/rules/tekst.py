"""The text of a document: its paragraphs, the languages, and places left open."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.inhoudshash import inhoudshash

TALEN: dict[str, str] = {
    "nl": "Nederlands",
    "en": "Engels",
    "pl": "Pools",
    "ro": "Roemeens",
    "bg": "Bulgaars",
    "es": "Spaans",
}
BLOKSOORTEN = ("adres", "kop", "alinea", "punt", "cel")
MAX_BLOK = 20_000
MAX_BLOKKEN = 400
# Stands in a letter until it is sent; the page and the document show the day on which they are made.
DATUMPLEK = "[dag van verzending]"

# Places that wait for a value: '[nog in te vullen: Duur]'.
_OPEN = re.compile(r"\[nog in te vullen: ([^\[\]\n]{1,120})\]", re.IGNORECASE)


class Open(str):
    """What stands where a value is not known: text that marks the place, and false in a condition."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def open_plek(titel: str) -> Open:
    """The mark for the field with this title."""
    return Open(f"[nog in te vullen: {titel}]")


def open_plekken(teksten: Iterable[str]) -> list[str]:
    """What is still to be filled in, each once, in order."""
    return list(dict.fromkeys(m[1].strip() for tekst in teksten for m in _OPEN.finditer(tekst)))


def vul_plek(tekst: str, titel: str, waarde: str) -> str:
    """The text with every place of this title filled in."""
    return _OPEN.sub(lambda m: waarde if m[1].strip().casefold() == titel.casefold() else m[0], tekst)


def stukken(tekst: str) -> list[tuple[str, bool]]:
    """The text in pieces: (piece, whether it is a place that is still open), to be marked in yellow."""
    uit: list[tuple[str, bool]] = []
    begin = 0
    for m in _OPEN.finditer(tekst):
        if m.start() > begin:
            uit.append((tekst[begin : m.start()], False))
        uit.append((m[0], True))
        begin = m.end()
    if begin < len(tekst):
        uit.append((tekst[begin:], False))
    return uit


@dataclass(frozen=True)
class Blok:
    """One paragraph of a letter. ``plek``: its place in the Word file that the letter stands on, None where it was
    added on the page. ``cel``: (table, row, column) of a paragraph in a table."""

    id: str
    soort: str
    tekst: str
    plek: int | None = None
    cel: tuple[int, int, int] | None = None

    @property
    def hash(self) -> str:
        """The same for the same words."""
        return inhoudshash(self.tekst.strip())

    @property
    def stukken(self) -> list[tuple[str, bool]]:
        return stukken(self.tekst)

    def met(self, tekst: str) -> "Blok":
        return replace(self, tekst=tekst)

    def als_rij(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def uit(cls, rij: Mapping[str, Any]) -> "Blok":
        cel = rij.get("cel")
        return cls(rij["id"], rij["soort"], rij["tekst"], rij.get("plek"), tuple(cel) if cel else None)


def keur_blok(tekst: str) -> str:
    """The text of a paragraph as it may be stored. Raises OngeldigeInvoer."""
    schoon = "\n".join(regel.rstrip() for regel in tekst.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()
    if len(schoon) > MAX_BLOK:
        raise OngeldigeInvoer(f"Deze alinea is te lang: {len(schoon)} tekens, {MAX_BLOK} is het meeste.", "tekst")
    fout = next((t for t in schoon if ord(t) < 32 and t not in "\n\t"), None)
    if fout is not None:
        raise OngeldigeInvoer("In deze alinea staat een teken dat niet kan. Typ de tekst opnieuw.", "tekst")
    return schoon
