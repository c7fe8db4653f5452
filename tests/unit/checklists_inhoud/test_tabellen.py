"""Every item of the legal tables is asked, carries its consequences and fires on the right answer."""

from typing import Any

import pytest

from inspecties.checklists.rules.antwoorden import laad_antwoorden
from inspecties.checklists.rules.sessie import open_sessie
from tests.unit.checklists_inhoud.formulieren import lezing, plekken
from tests.unit.checklists_inhoud.tabellen import TABELLEN, Item

NA_WTTA = "2027-03-01T18:00:00+01:00"
GEVALLEN = [pytest.param(f, item, id=f"{f}-{item.vragen[0]}") for f, items in TABELLEN.items() for item in items]


def _sessie(formulier: str, antwoorden: dict[str, Any]) -> Any:
    sessie = open_sessie(lezing(formulier).definitie, {"nu": NA_WTTA})
    laad_antwoorden(sessie, antwoorden)
    return sessie


@pytest.mark.parametrize(("formulier", "item"), GEVALLEN)
def test_elk_onderdeel_wordt_gevraagd(formulier: str, item: Item) -> None:
    per_naam = {p.node["naam"]: p for p in plekken(formulier)}
    assert set(item.vragen) <= set(per_naam)
    assert {per_naam[naam].rol for naam in item.vragen} == {item.rol}


@pytest.mark.parametrize(("formulier", "item"), GEVALLEN)
def test_gevolgen_volgen_uit_het_antwoord(formulier: str, item: Item) -> None:
    sessie = _sessie(formulier, item.vuurt)
    dragers = {naam for naam in item.vragen if sessie.gevolgen(naam)}
    assert {code for naam in dragers for code in sessie.gevolgen(naam)} == item.gevolgen
    if item.stil is not None:
        rustig = _sessie(formulier, {**item.vuurt, item.vragen[0]: item.stil})
        assert rustig.relevant(item.vragen[0])
        assert rustig.gevolgen(item.vragen[0]) == []


@pytest.mark.parametrize(("formulier", "item"), [g for g in GEVALLEN if g.values[1].stil == "ja"])
def test_beschermende_vraag_werkt_andersom_en_onbekend_is_geen_gevolg(formulier: str, item: Item) -> None:
    vraag = item.vragen[0]
    for antwoord, verwacht in (("ja", False), ("onbekend", False), ("nee", True)):
        assert bool(_sessie(formulier, {**item.vuurt, vraag: antwoord}).gevolgen(vraag)) is verwacht
