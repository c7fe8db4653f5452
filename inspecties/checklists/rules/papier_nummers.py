"""What questions are called on paper: numbers, letters of check points, R and a number for sums."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Any

from inspecties.checklists.rules.vorm import Knoop, loop

EINDE = "de ondertekening"


@dataclass
class Nummering:
    """``namen``: "vraag 12", "controlepunt A", "rekenvak R1"; ``kort``: "12", "A", "R1"."""

    namen: dict[str, str] = field(default_factory=dict)
    kort: dict[str, str] = field(default_factory=dict)
    controles: set[str] = field(default_factory=set)
    herhaald: set[str] = field(default_factory=set)
    _volgorde: list[str] = field(default_factory=list)
    _laatste_in: dict[str, int] = field(default_factory=dict)

    def na(self, naam: str) -> str:
        """Where to go on after a question or a whole group."""
        plaats = self._laatste_in.get(naam)
        rest = self._volgorde[plaats + 1 :] if plaats is not None else []
        return next((self.namen[n] for n in rest if n in self.namen), EINDE)


def _bomen(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for sleutel in ("relevant", "verplicht", "gevolg_als", "berekening"):
        if sleutel in node:
            yield from _delen(node[sleutel])


def _delen(boom: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield boom
    for deel in boom.get("a", []):
        yield from _delen(deel)


def _is_controle(knoop: Knoop, gebruikt: Counter[str]) -> bool:
    """An unlabelled "if this, then 'ja', else 'nee'" outside repeats, asked for more than once."""
    boom = knoop.node.get("berekening", {})
    if knoop.type != "calculate" or knoop.keten or knoop.node.get("label") or gebruikt[knoop.naam] < 2:
        return False
    return boom.get("naam") == "if" and all(deel["op"] == "tekst" and deel["w"] for deel in boom["a"][1:])


def letters(getal: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    uit = ""
    while getal >= 0:
        uit = ascii_uppercase[getal % 26] + uit
        getal = getal // 26 - 1
    return uit


def nummer(definitie: Mapping[str, Any]) -> Nummering:
    """Number the questions of a form in its order, the same in every block of a repeat."""
    knopen = list(loop(definitie["kinderen"]))
    gebruikt = Counter(b["naam"] for k in knopen for b in _bomen(k.node) if b["op"] == "ref")
    uit = Nummering()
    tel: Counter[str] = Counter()
    for i, knoop in enumerate(knopen):
        soort = _soort(knoop, gebruikt)
        uit._volgorde.append(knoop.naam)
        if knoop.keten:
            uit.herhaald.add(knoop.naam)
        if soort == "controlepunt":
            uit.controles.add(knoop.naam)
        if soort:
            kort = _kort(soort, tel[soort])
            tel[soort] += 1
            uit.kort[knoop.naam] = kort
            uit.namen[knoop.naam] = f"{soort} {kort}"
        uit._laatste_in[knoop.naam] = i
        ouder = knoop.ouder
        while ouder is not None:
            uit._laatste_in[ouder] = i
            ouder = next(k.ouder for k in knopen if k.naam == ouder)
    return uit


def _soort(knoop: Knoop, gebruikt: Counter[str]) -> str:
    if knoop.soort != "vraag" or knoop.type == "note":
        return ""
    if knoop.type != "calculate":
        return "vraag"
    if _is_controle(knoop, gebruikt):
        return "controlepunt"
    return "rekenvak" if knoop.node.get("label") else ""


def _kort(soort: str, aantal: int) -> str:
    if soort == "controlepunt":
        return letters(aantal)
    return f"R{aantal + 1}" if soort == "rekenvak" else str(aantal + 1)
