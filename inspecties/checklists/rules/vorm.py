"""A definition prepared for evaluation: who reads whom, and the order in which to evaluate.

Every question has up to three cells: R (is it relevant), V (its value) and S (how it looks: required, message,
consequence). Nothing reads an S cell, so they come last.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from inspecties.checklists.rules.expressies.koppelen import gedeeld, verwijzingen

Node = dict[str, Any]

R, V, S = 0, 1, 2
NAAM_IN_TEKST = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_STATUS = ("verplicht", "beperking", "keuzefilter", "gevolg_als", "aantal")


@dataclass(slots=True)
class Knoop:
    """One node of the form with its place in it."""

    naam: str
    soort: str
    type: str
    node: Node
    keten: tuple[str, ...]
    ouder: str | None
    kinderen: list[str] = field(default_factory=list)
    dynamisch: bool = False  # its texts or choices depend on answers: the screen looks again whenever they change


@dataclass(frozen=True, slots=True)
class Lezer:
    """A cell that must be evaluated again when another one changes, ``diepte`` repeats shared."""

    rang: int
    naam: str
    diepte: int


class Kringfout(ValueError):
    """Expressions that depend on each other; ``pad`` starts and ends with the same question."""

    def __init__(self, pad: list[str]) -> None:
        super().__init__(" -> ".join(pad))
        self.pad = pad


def loop(kinderen: list[Node], keten: tuple[str, ...] = (), ouder: str | None = None) -> Iterator[Knoop]:
    """All nodes in the order of the form, a group before its children."""
    for node in kinderen:
        knoop = Knoop(node["naam"], node["soort"], node.get("type", ""), node, keten, ouder)
        yield knoop
        binnen = (*keten, knoop.naam) if knoop.soort == "herhaling" else keten
        yield from loop(node.get("kinderen", []), binnen, knoop.naam)


class Vorm:
    """The definition as the session needs it; built once, shared by sessions."""

    def __init__(self, definitie: dict[str, Any]) -> None:
        self.definitie = definitie
        self.knopen: dict[str, Knoop] = {k.naam: k for k in loop(definitie["kinderen"])}
        self.wortels = [node["naam"] for node in definitie["kinderen"]]
        for knoop in self.knopen.values():
            if knoop.ouder is not None:
                self.knopen[knoop.ouder].kinderen.append(knoop.naam)
        self.keuzes: dict[str, dict[str, Any]] = {
            lijst: {keuze["naam"]: keuze for keuze in keuzes}
            for lijst, keuzes in definitie.get("keuzelijsten", {}).items()
        }
        for knoop in self.knopen.values():
            knoop.dynamisch = "keuzefilter" in knoop.node or any("${" in t for t in self._teksten(knoop))
        self.bestanden = {naam: _opzoektabel(tabel) for naam, tabel in definitie.get("bestanden", {}).items()}
        self.celvolgorde, rang = self._sorteer()
        self.rang = rang
        self.lezers: dict[tuple[int, str], list[Lezer]] = defaultdict(list)
        for knoop in self.knopen.values():
            for doel, bronnen in self._randen(knoop):
                for soort, naam, diepte in sorted(bronnen):
                    self.lezers[soort, naam].append(Lezer(rang[doel], doel[1], diepte))

    def _randen(self, knoop: Knoop) -> Iterator[tuple[tuple[int, str], set[tuple[int, str, int]]]]:
        """(cell, cells that it reads with the number of shared repeats)."""
        naam, node = knoop.naam, knoop.node
        eigen = len(knoop.keten)
        bronnen = {(V, n, d) for n, d in verwijzingen(node.get("relevant"))}
        if knoop.ouder is not None:
            bronnen.add((R, knoop.ouder, len(self.knopen[knoop.ouder].keten)))
        yield (R, naam), bronnen
        if knoop.soort == "groep":
            yield (S, naam), {(R, naam, eigen)} | self._in_teksten(knoop)
            return
        yield (V, naam), {(R, naam, eigen)} | {(V, n, d) for n, d in verwijzingen(node.get("berekening"))}
        status = {(R, naam, eigen), (V, naam, eigen)} | self._in_teksten(knoop)
        for sleutel in _STATUS:
            status |= {(V, n, d) for n, d in verwijzingen(node.get(sleutel))}
        yield (S, naam), status

    def _in_teksten(self, knoop: Knoop) -> set[tuple[int, str, int]]:
        uit: set[tuple[int, str, int]] = set()
        for tekst in self._teksten(knoop):
            for naam in NAAM_IN_TEKST.findall(tekst):
                if naam in self.knopen and self.knopen[naam].soort != "groep":
                    uit.add((V, naam, gedeeld(knoop.keten, self.knopen[naam].keten)))
        return uit

    @staticmethod
    def _teksten(knoop: Knoop) -> Iterator[str]:
        for sleutel in ("label", "hint", "verplicht_melding", "beperking_melding"):
            yield from knoop.node.get(sleutel, {}).values()

    def _sorteer(self) -> tuple[list[tuple[int, str]], dict[tuple[int, str], int]]:
        """Depth-first topological order in the order of the form; raises Kringfout with the path."""
        bronnen: dict[tuple[int, str], list[tuple[int, str]]] = {}
        statussen: list[tuple[int, str]] = []
        plaats = {naam: i for i, naam in enumerate(self.knopen)}
        for knoop in self.knopen.values():
            for doel, leest in self._randen(knoop):
                if doel[0] == S:
                    statussen.append(doel)
                else:
                    bronnen[doel] = sorted({(s, n) for s, n, _ in leest}, key=lambda c: (plaats[c[1]], c[0]))
        volgorde: list[tuple[int, str]] = []
        kleur: dict[tuple[int, str], int] = {}
        for start in bronnen:
            self._bezoek(start, bronnen, kleur, volgorde)
        volgorde += statussen
        return volgorde, {cel: i for i, cel in enumerate(volgorde)}

    @staticmethod
    def _bezoek(
        start: tuple[int, str],
        bronnen: dict[tuple[int, str], list[tuple[int, str]]],
        kleur: dict[tuple[int, str], int],
        volgorde: list[tuple[int, str]],
    ) -> None:
        """Iterative depth-first visit: a form of 2,000 questions must not meet the recursion limit."""
        if start in kleur:
            return
        stapel = [(start, iter(bronnen[start]))]
        kleur[start] = 1
        while stapel:
            cel, rest = stapel[-1]
            volgende = next(rest, None)
            if volgende is None:
                stapel.pop()
                kleur[cel] = 2
                volgorde.append(cel)
            elif volgende not in bronnen or kleur.get(volgende) == 2:
                continue
            elif kleur.get(volgende) == 1:
                pad = [c for c, _ in stapel]
                raise Kringfout(_leesbaar([*pad[pad.index(volgende) :], volgende]))
            else:
                kleur[volgende] = 1
                stapel.append((volgende, iter(bronnen[volgende])))


def _opzoektabel(tabel: dict[str, Any]) -> dict[tuple[str, str], dict[str, str]]:
    """(key column, column) to {key: value}; the first row with a key counts."""
    kolommen: list[str] = tabel["kolommen"]
    uit: dict[tuple[str, str], dict[str, str]] = {(s, k): {} for s in kolommen for k in kolommen}
    for rij in tabel["rijen"]:
        for i, sleutelkolom in enumerate(kolommen):
            for j, kolom in enumerate(kolommen):
                uit[sleutelkolom, kolom].setdefault(rij[i], rij[j])
    return uit


def _leesbaar(cellen: list[tuple[int, str]]) -> list[str]:
    """Names only, a question's own cells taken together."""
    uit: list[str] = []
    for _, naam in cellen:
        if not uit or uit[-1] != naam:
            uit.append(naam)
    return uit if len(uit) > 1 else uit * 2
