"""The source of a form: its sheets as text, whatever the file was. Equal sources have equal hashes."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

FORMULIERBLADEN = ("survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class Rij:
    """Cells of one row in the order of the columns; ``nummer`` is the row in the file, for messages only."""

    nummer: int
    cellen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blad:
    """A sheet: header row, then rows that are not empty. ``koprij`` is the row of the header in the file."""

    naam: str
    kolommen: tuple[str, ...]
    rijen: tuple[Rij, ...]
    koprij: int = 1


@dataclass(frozen=True, slots=True)
class Bron:
    """The sheets of a form in order."""

    bladen: tuple[Blad, ...]

    def blad(self, naam: str) -> Blad | None:
        """The sheet of this name, whatever the case of its letters."""
        return next((b for b in self.bladen if b.naam.lower() == naam), None)

    def kern(self) -> list[dict[str, Any]]:
        """The content without row numbers: what is written, compared and hashed."""
        return [
            {"blad": b.naam, "kolommen": list(b.kolommen), "rijen": [list(rij.cellen) for rij in b.rijen]}
            for b in self.bladen
        ]

    def hash(self, bestanden: dict[str, Any] | None = None) -> str:
        """SHA-256 (hex) of the content, supplied files included."""
        inhoud: list[Any] = [*self.kern(), *([bestanden] if bestanden else [])]
        tekst = json.dumps(inhoud, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(tekst.encode()).hexdigest()


def maak_blad(naam: str, koprij: int, kop: list[str], rijen: list[tuple[int, list[str]]]) -> tuple[Blad, list[int]]:
    """A normalised sheet: trailing empty columns and empty rows go, cells are filled up to the header's width.

    Returns also the numbers of the rows that have more cells than there are headers.
    """
    breedte = len(kop)
    while breedte and not kop[breedte - 1]:
        breedte -= 1
    te_breed = [nummer for nummer, cellen in rijen if any(cellen[breedte:])]
    vast = tuple(Rij(nummer, tuple((cellen + [""] * breedte)[:breedte])) for nummer, cellen in rijen if any(cellen))
    return Blad(naam, tuple(kop[:breedte]), vast, koprij), te_breed


def maak_vrij_blad(naam: str, koprij: int, kop: list[str], rijen: list[tuple[int, list[str]]]) -> Blad:
    """A sheet that is no part of the form, kept as it is: as wide as its widest row, headers may lack."""
    breedte = max((i + 1 for cellen in [kop, *(c for _, c in rijen)] for i, cel in enumerate(cellen) if cel), default=0)
    vast = tuple(Rij(nummer, tuple((cellen + [""] * breedte)[:breedte])) for nummer, cellen in rijen if any(cellen))
    return Blad(naam, tuple((kop + [""] * breedte)[:breedte]), vast, koprij)
