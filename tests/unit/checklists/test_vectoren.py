"""The shared cases through the Python evaluator; vectoren.test.js runs the same through the JavaScript one."""

import json
from pathlib import Path
from typing import Any

import pytest

from inspecties.checklists.rules.antwoorden import laad_antwoorden
from inspecties.checklists.rules.expressies.fouten import Expressiefout
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.uitdrukkingen import boom_voor
from inspecties.checklists.rules.voorstellen import weeg
from tests.vectors.codering import codeer
from tests.vectors.echte_xpath import bereken_met_lxml
from tests.vectors.maak import maak, maak_sessies
from tests.vectors.uitdrukkingen_met_de_hand import BESTANDEN, FORMULIER, GEWEIGERD

MAP = Path(__file__).parents[2] / "vectors"
UITDRUKKINGEN = json.loads((MAP / "uitdrukkingen.json").read_text("utf-8"))
SIGNAALWEGING = json.loads((MAP / "signaalweging.json").read_text("utf-8"))
SESSIES = json.loads((MAP / "sessies.json").read_text("utf-8"))


def test_bestanden_zijn_bij() -> None:
    assert json.loads(json.dumps(maak())) == UITDRUKKINGEN, "run python -m tests.vectors.maak"
    assert json.loads(json.dumps(maak_sessies())) == SESSIES, "run python -m tests.vectors.maak"


def test_uitdrukkingen() -> None:
    sessie = open_sessie(UITDRUKKINGEN["definitie"], UITDRUKKINGEN["context"])
    laad_antwoorden(sessie, UITDRUKKINGEN["antwoorden"])
    assert len(UITDRUKKINGEN["gevallen"]) >= 400
    for geval in UITDRUKKINGEN["gevallen"]:
        assert codeer(sessie.bereken(geval["boom"], geval["bij"])) == geval["verwacht"], (
            geval["uitdrukking"],
            geval["bij"],
        )


def test_gelijk_aan_een_echte_xpath() -> None:
    gevallen = [g for g in UITDRUKKINGEN["gevallen"] if g["groep"] == "xpath"]
    assert len(gevallen) > 400
    for geval in gevallen:
        echt = bereken_met_lxml(UITDRUKKINGEN["definitie"], UITDRUKKINGEN["antwoorden"], geval["uitdrukking"])
        assert codeer(echt) == geval["verwacht"], geval["uitdrukking"]


@pytest.mark.parametrize(("uitdrukking", "bij", "melding"), GEWEIGERD)
def test_geweigerd(uitdrukking: str, bij: str | None, melding: str) -> None:
    definitie = lees_formulier("vector.md", FORMULIER.encode(), BESTANDEN).definitie
    with pytest.raises(Expressiefout) as fout:
        boom_voor(definitie, uitdrukking, bij)
    assert melding in fout.value.melding


def _doe(sessie: Sessie, stap: list[Any]) -> list[str]:
    wat, *a = stap
    return list(getattr(sessie, wat)(*a))


def _bekijk(sessie: Sessie, vraag: str) -> Any:
    wat, _, sleutel = vraag.partition(" ")
    if wat == "keuzes":
        return [keuze["naam"] for keuze in sessie.keuzes(sleutel)]
    if wat == "sleutels":
        return list(sessie.sleutels())
    return getattr(sessie, wat)(sleutel) if sleutel else getattr(sessie, wat)()


@pytest.mark.parametrize("geval", SESSIES["gevallen"], ids=lambda g: g["naam"])
def test_sessies(geval: dict[str, Any]) -> None:
    sessie = open_sessie(geval["definitie"], geval["context"])
    for nummer, stap in enumerate(geval["stappen"], start=1):
        gewijzigd = _doe(sessie, stap["doe"])
        for vraag, verwacht in stap["verwacht"].items():
            werkelijk = sorted(gewijzigd) if vraag == "gewijzigd" else _bekijk(sessie, vraag)
            assert werkelijk == verwacht, (nummer, vraag)


@pytest.mark.parametrize("geval", SIGNAALWEGING, ids=lambda g: g["naam"])
def test_signaal_over_een_heel_bezoek(geval: dict[str, Any]) -> None:
    assert weeg(geval["aanwijzingen"]) == geval["verwacht"]
