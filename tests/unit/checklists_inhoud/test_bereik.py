"""Coverage: every question can be asked and every consequence can fire."""

import random
from typing import Any

import pytest

from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.vorm import Vorm
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, lezing, plekken

RONDES = 120
INSTANTIES = {"kamers": "k1", "personen": "p1"}


def _waarde(toeval: random.Random, node: dict[str, Any], lijsten: dict[str, Any]) -> Any:
    keuzes = [k["naam"] for k in lijsten.get(node.get("keuzelijst", ""), [])]
    match node["type"]:
        case "select_one":
            return toeval.choice(keuzes)
        case "select_multiple":
            return toeval.sample(keuzes, toeval.randint(1, len(keuzes)))
        case "integer" | "decimal":
            return toeval.choice([0, 1, 3, 7, 24, 90])
        case "time":
            return "18:05"
        case _:
            return "tekst"


def _vul(sessie: Sessie, formulier: str, zaad: int) -> None:
    toeval = random.Random(zaad)
    definitie = lezing(formulier).definitie
    with sessie.samen():
        for groep, inst in INSTANTIES.items():
            sessie.voeg_toe(groep, inst, None, 1)
        for plek in plekken(formulier):
            node = plek.node
            if node["soort"] != "vraag" or node["type"] in {"note", "calculate", "image"} or toeval.random() < 0.15:
                continue
            inst = next((INSTANTIES[o] for o in plek.ouders if o in INSTANTIES), None)
            waarde = _waarde(toeval, node, definitie["keuzelijsten"])
            if node["naam"] == "binnentreden_grond" and zaad % 2:
                waarde = "toezicht"  # half of the rounds is sure to get inside
            sessie.zet(node["naam"], inst, waarde)
    sessie.verwerk()


@pytest.mark.parametrize("formulier", FORMULIEREN)
def test_elke_vraag_kan_worden_gesteld_en_elk_gevolg_kan_gelden(formulier: str) -> None:
    vorm = Vorm(lezing(formulier).definitie)
    gevraagd: set[str] = set()
    gevuurd: set[str] = set()
    for zaad in range(RONDES):
        # After 1 January 2027 the question on the Wtta is asked too.
        sessie = open_sessie(vorm, {"nu": "2027-03-01T18:00:00+01:00"})
        _vul(sessie, formulier, zaad)
        gevraagd |= {s.partition("@")[0] for s in sessie.sleutels() if sessie.relevant(s)}
        gevuurd |= {s.partition("@")[0] for s in sessie.sleutels() if sessie.gevolgen(s)}
    assert {p.node["naam"] for p in plekken(formulier)} - gevraagd == set()
    assert {p.node["naam"] for p in plekken(formulier) if p.node.get("gevolg")} - gevuurd == set()
