"""Writes uitdrukkingen.json (hand-written cases plus systematic and random trees) and sessies.json beside this file.

Run: ``python -m tests.vectors.maak``. Expected values of the made cases come from libxml2 (lxml), an independent XPath
engine; those of the hand-written ones stand in ``uitdrukkingen_met_de_hand.py``.
"""

import itertools
import json
import random
from pathlib import Path
from typing import Any

from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.uitdrukkingen import boom_voor
from tests.vectors import sessies_met_de_hand
from tests.vectors.codering import codeer
from tests.vectors.echte_xpath import bereken_met_lxml
from tests.vectors.uitdrukkingen_met_de_hand import ANTWOORDEN, BESTANDEN, CONTEXT, FORMULIER, GEVALLEN

DOEL = Path(__file__).parent / "uitdrukkingen.json"
SESSIES = DOEL.with_name("sessies.json")
_WAARDEN = [
    "0",
    "1",
    "-2",
    "2.5",
    "''",
    "'a'",
    "'1'",
    "' 2.5 '",
    "'1.0'",
    "true()",
    "false()",
    "${a}",
    "${leeg}",
    "${m2}",
    "${niets}",
]
_VERGELIJK = ["=", "!=", "<", "<=", ">", ">="]
_REKEN = ["+", "-", "*", "div", "mod"]


def systematisch() -> list[str]:
    """Every comparison and calculation over every pair of kinds of values, the operators in turn."""
    paren = list(itertools.product(_WAARDEN, _WAARDEN))
    uit = [f"{a} {op} {b}" for i, (a, b) in enumerate(paren) for op in [_VERGELIJK[i % 6]]]
    getallen = ["0", "1", "-2", "2.5", "''", "'1'", "true()", "${b}", "${leeg}", "${personen}"]
    paren = list(itertools.product(getallen, getallen))
    return uit + [f"{a} {op} {b}" for i, (a, b) in enumerate(paren) for op in [_REKEN[i % 5]]]


class Maker:
    """Random trees over the part of XPath that ODK and XPath 1.0 share; the seed makes them the same every time."""

    def __init__(self, zaad: int) -> None:
        self._r = random.Random(zaad)

    def getal(self, diepte: int) -> str:
        if diepte == 0:
            return self._r.choice(["0", "1", "2", "3.5", "-4", "10", "${a}", "${b}", "${leeg}", "${personen}"])
        d = diepte - 1
        return self._r.choice(
            [
                lambda: f"({self.getal(d)} {self._r.choice(_REKEN)} {self.getal(d)})",
                lambda: f"floor({self.getal(d)})",
                lambda: f"ceiling({self.getal(d)})",
                lambda: f"round({self.getal(d)})",
                lambda: f"number({self.tekst(d)})",
                lambda: f"string-length({self.tekst(d)})",
                lambda: self._r.choice(["sum(${personen})", "count(${kamer})", "sum(${lengte})", "count(${niets})"]),
                lambda: f"-{self.getal(d)}",
            ]
        )()

    def tekst(self, diepte: int) -> str:
        if diepte == 0:
            return self._r.choice(["''", "'a'", "'abc'", "'12'", "' x  y '", "${t}", "${keus}", "${naam}", "${leeg}"])
        d = diepte - 1
        return self._r.choice(
            [
                lambda: (
                    f"concat({self.tekst(d)}, {self.tekst(d)})"
                    if d
                    else f"concat({self.tekst(0)}, 'b')".replace("${naam}", "'n'")
                ),
                lambda: f"substring({self.tekst(d)}, {self.getal(0)}, {self.getal(0)})",
                lambda: f"substring({self.tekst(d)}, {self.getal(d)})",
                lambda: f"substring-before({self.tekst(d)}, '{self._r.choice('be ')}')",
                lambda: f"substring-after({self.tekst(d)}, '{self._r.choice('ae ')}')",
                lambda: f"normalize-space({self.tekst(d)})",
                lambda: f"translate({self.tekst(d)}, 'abe', 'xy')",
                lambda: f"string({self.waar(d)})",
            ]
        )()

    def waar(self, diepte: int) -> str:
        if diepte == 0:
            return self._r.choice(["true()", "false()", "${a} = 7", "${leeg} = ''", "${m2} > 9", "${naam} = 'achter'"])
        d = diepte - 1
        return self._r.choice(
            [
                lambda: f"({self.waar(d)} and {self.waar(d)})",
                lambda: f"({self.waar(d)} or {self.waar(d)})",
                lambda: f"not({self.waar(d)})",
                lambda: f"({self.getal(d)} {self._r.choice(_VERGELIJK)} {self.getal(d)})",
                lambda: f"({self.tekst(d)} {self._r.choice(_VERGELIJK)} {self.tekst(d)})",
                lambda: f"({self.waar(d)} {self._r.choice(['=', '!='])} {self.waar(d)})",
                lambda: f"contains({self.tekst(d)}, {self.tekst(0)})",
                lambda: f"starts-with({self.tekst(d)}, {self.tekst(0)})",
                lambda: f"boolean({self.getal(d)})",
            ]
        )()


def willekeurig(aantal: int) -> list[str]:
    """``aantal`` different random trees of depth 1 to 4."""
    maker = Maker(2026)
    uit: dict[str, None] = {}
    while len(uit) < aantal:
        soort = [maker.getal, maker.tekst, maker.waar][len(uit) % 3]
        uit[soort(1 + len(uit) % 4)] = None
    return list(uit)


def maak() -> dict[str, Any]:
    """The whole vector file."""
    definitie = lees_formulier("vector.md", FORMULIER.encode(), BESTANDEN).definitie
    gevallen = []
    for groep, rij in (
        ("hand", GEVALLEN),
        (
            "xpath",
            [(e, None, bereken_met_lxml(definitie, ANTWOORDEN, e)) for e in [*systematisch(), *willekeurig(240)]],
        ),
    ):
        for uitdrukking, bij, verwacht in rij:
            boom = boom_voor(definitie, uitdrukking, bij.partition("@")[0] if bij else None)
            gevallen.append(
                {"groep": groep, "uitdrukking": uitdrukking, "bij": bij, "boom": boom, "verwacht": codeer(verwacht)}
            )
    return {"definitie": definitie, "antwoorden": ANTWOORDEN, "context": CONTEXT, "gevallen": gevallen}


def maak_sessies() -> dict[str, Any]:
    """The session cases with their forms compiled."""
    return {
        "gevallen": [
            {
                "naam": naam,
                "definitie": lees_formulier("vector.md", formulier.encode()).definitie,
                "context": sessies_met_de_hand.CONTEXT,
                "stappen": [{"doe": doe, "verwacht": verwacht} for doe, verwacht in stappen],
            }
            for naam, formulier, stappen in sessies_met_de_hand.GEVALLEN
        ]
    }


if __name__ == "__main__":
    SESSIES.write_text(json.dumps(maak_sessies(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    inhoud = maak()
    kop = {k: v for k, v in inhoud.items() if k != "gevallen"}
    regels = ",\n".join(json.dumps(g, ensure_ascii=False) for g in inhoud["gevallen"])
    DOEL.write_text(json.dumps(kop, ensure_ascii=False)[:-1] + f',\n"gevallen": [\n{regels}\n]}}\n', encoding="utf-8")
