"""What parties may not see of a piece, on which ground, and the text that is left when it is taken out."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspecties.controles.rules.lakken import Vlak, Vlakfout, lees_vlakken
from inspecties.core.fouten import OngeldigeInvoer

# Where a piece comes from: evidence of a visit, a report or statement, a document of the dossier.
STUKBRONNEN: dict[str, str] = {
    "bewijsstuk": "Bewijs van een bezoek",
    "bronstuk": "Rapport of verklaring",
    "stuk": "Brief",
}
OORDELEN: dict[str, str] = {
    "geheel": "Partijen krijgen het hele stuk",
    "deels": "Partijen krijgen het stuk met zwarte delen",
    "niet": "Partijen krijgen dit stuk niet",
}
MAX_BLADEN = 100
MAX_VLAKKEN = 500
MAX_WOORDEN = 50
MAX_TOELICHTING = 2000
# An initial ends no sentence: "Mevrouw K. van nummer 14".
_ZIN = re.compile(r"(?:[^\n.!?]|(?<=\b[A-Z])\.|[.!?](?![\s.!?]|$))*(?:[.!?]+|\n+|$)")
# Soft hyphens and spaces without width: a reader does not see them, a search does.
_ONZICHTBAAR = "[\u00ad\u200b-\u200d\u2060\ufeff]*"


@dataclass(frozen=True)
class Redactiegrond:
    """Why something is covered. ``label`` stands in the piece in its place."""

    code: str
    naam: str
    label: str
    artikel: str
    bron: str
    status: str

    @property
    def bevestigd(self) -> bool:
        return self.status == "bevestigd"


def lees_gronden(rijen: Iterable[Mapping[str, str]]) -> dict[str, Redactiegrond]:
    """The grounds by code. Raises ValueError naming the row that is wrong."""
    uit: dict[str, Redactiegrond] = {}
    for rij in rijen:
        grond = Redactiegrond(**rij)
        if grond.code in uit or grond.status not in {"bevestigd", "te bevestigen"} or not grond.label:
            raise ValueError(f"redactiegrond {grond.code}: twice, without label or with an unknown status")
        uit[grond.code] = grond
    return uit


@dataclass(frozen=True)
class Afdekking:
    """One covered area of one page (from 1), with its ground."""

    blad: int
    vlak: Vlak
    grond: str

    def als_json(self) -> dict[str, Any]:
        return {"blad": self.blad, "grond": self.grond, **self.vlak.als_json()}


def lees_afdekkingen(rijen: Sequence[Mapping[str, Any]]) -> list[Afdekking]:
    """The covers of a stored version."""
    return [
        Afdekking(rij["blad"], lees_vlakken([{k: rij[k] for k in ("x", "y", "b", "h", "vorm")}])[0], rij["grond"])
        for rij in rijen
    ]


def vervang(
    huidig: Sequence[Afdekking], blad: int, grond: str, getekend: Any, gronden: Iterable[str], bladen: int
) -> list[Afdekking]:
    """All covers, with those of this page and this ground replaced by what was drawn. Raises OngeldigeInvoer."""
    if grond not in set(gronden):
        raise OngeldigeInvoer("Kies op welke grond u dit afdekt.", "grond")
    if not 1 <= blad <= bladen:
        raise OngeldigeInvoer(f"Dit stuk heeft {bladen} bladen. Kies een blad dat er is.", "blad")
    try:
        vlakken = lees_vlakken(getekend)
    except Vlakfout as fout:
        raise OngeldigeInvoer(str(fout), "vlakken") from fout
    uit = [a for a in huidig if (a.blad, a.grond) != (blad, grond)]
    uit += [Afdekking(blad, vlak, grond) for vlak in vlakken]
    if len(uit) > MAX_VLAKKEN:
        raise OngeldigeInvoer(f"Dit zijn te veel vlakken: {MAX_VLAKKEN} is het meeste voor een stuk.", "vlakken")
    return sorted(uit, key=lambda a: (a.blad, a.grond, a.vlak.y, a.vlak.x))


def zinnen(tekst: str) -> list[str]:
    """A text in sentences and line ends; joined they are the text again."""
    return [m.group() for m in _ZIN.finditer(tekst) if m.group()]


def plekken(tekst: str) -> list[tuple[int, int]]:
    """Where each sentence of ``zinnen`` stands, without the white space around it."""
    uit, begin = [], 0
    for zin in zinnen(tekst):
        kaal = zin.strip()
        van = begin + (zin.index(kaal) if kaal else 0)
        uit.append((van, van + len(kaal)))
        begin += len(zin)
    return uit


def keur_tekstredactie(
    tekst: str, passages: Mapping[int, str], woorden: Mapping[str, str], gronden: Iterable[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(passages, words) to store. ``passages``: number of a sentence -> ground. Raises OngeldigeInvoer.

    What is stored are places in the text, so that another way of telling sentences apart never moves a cover.
    """
    bekend, waar = set(gronden), plekken(tekst)
    if not set(passages.values()) | set(woorden.values()) <= bekend:
        raise OngeldigeInvoer("Kies bij elke passage op welke grond u haar weglakt.", "grond")
    if any(not 0 <= nr < len(waar) for nr in passages):
        raise OngeldigeInvoer("De tekst is intussen anders. Ververs de pagina.", "passages")
    if len(woorden) > MAX_WOORDEN:
        raise OngeldigeInvoer(f"Hooguit {MAX_WOORDEN} woorden of namen.", "woorden")
    for woord in woorden:
        if len(woord) < 2 or len(woord) > 100:
            raise OngeldigeInvoer("Een woord of naam heeft 2 tot 100 tekens.", "woorden")
        if not re.search(_patroon(woord), _nfc(tekst), re.IGNORECASE):
            raise OngeldigeInvoer(f"'{woord}' staat niet in de tekst. Schrijf het zoals het er staat.", "woorden")
    return (
        [{"van": waar[nr][0], "tot": waar[nr][1], "grond": passages[nr]} for nr in sorted(passages)],
        [{"woord": woord, "grond": woorden[woord]} for woord in sorted(woorden)],
    )


def zonder(
    tekst: str, passages: Sequence[Mapping[str, Any]], woorden: Sequence[Mapping[str, Any]], labels: Mapping[str, str]
) -> str:
    """The text with passages and words replaced. A mark says on which ground, never how much stood there."""
    uit: list[str] = []
    stand, vorige = 0, ""
    for rij in sorted(passages, key=lambda r: r["van"]):
        tussen, merk = tekst[stand : rij["van"]], f"[{labels[rij['grond']]}]"
        stand = max(stand, rij["tot"])
        # Sentences that go on the same ground become one mark: their number tells something too.
        if merk == vorige and not tussen.strip() and "\n" not in tussen:
            continue
        uit += [_zonder_woorden(tussen, woorden, labels), merk]
        vorige = merk
    return "".join([*uit, _zonder_woorden(tekst[stand:], woorden, labels)])


def _nfc(tekst: str) -> str:
    """One way of writing a letter with an accent; in a text from elsewhere it can be two signs."""
    return unicodedata.normalize("NFC", tekst)


def _patroon(woord: str) -> str:
    """Finds a name however it was broken off: at the end of a line, by more spaces, by signs that nobody sees."""
    delen = [_ONZICHTBAAR.join(re.escape(letter) for letter in deel) for deel in _nfc(woord).split()]
    return rf"(?:{_ONZICHTBAAR}\s{_ONZICHTBAAR})+".join(delen)


def _zonder_woorden(zin: str, woorden: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    if not woorden:
        return zin
    # Long ones first: "Jansen-de Boer" before "Boer". In one pass, so that no mark is read as text.
    rijen = sorted(woorden, key=lambda r: -len(r["woord"]))
    merken = [f"[{labels[rij['grond']]}]" for rij in rijen]
    patroon = "|".join(f"({_patroon(rij['woord'])})" for rij in rijen)
    return re.sub(patroon, lambda m: merken[(m.lastindex or 1) - 1], _nfc(zin), flags=re.IGNORECASE)
