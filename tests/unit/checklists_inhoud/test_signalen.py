"""Signals of trafficking in the six forms (legal fact sheet, section 9): two different indicators or one hard one."""

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from inspecties.checklists.rules.antwoorden import laad_antwoorden
from inspecties.checklists.rules.sessie import Sessie, open_sessie
from inspecties.checklists.rules.voorstellen import Voorstel, weeg
from inspecties.checklists.rules.vorm import Vorm
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, NU, lezing, plekken

ZACHT, HARD = "signaal_mh", "signaal_mh_hard"
# What else must be answered for the question to be asked, or to mean something.
VOORAF: dict[str, dict[str, Any]] = {
    "jonge_gast_minderjarig": {"jonge_gast_met_oudere": "ja"},
    "boeker_houdt_ids": {"een_boeker_meer_kamers": "ja"},
    "persoon_minderjarig": {"persoon_bij_ouder": "nee"},
}
# Asked in general and of each person: whoever hears one fact twice has one indicator.
EEN_FEIT = {"begeleider_antwoordt", "persoon_spreekt_vrij"}
alle_formulieren = pytest.mark.parametrize("formulier", FORMULIEREN)


@cache
def vorm(formulier: str) -> Vorm:
    return Vorm(lezing(formulier).definitie)


def _sessie(formulier: str, antwoorden: dict[str, Any]) -> Sessie:
    sessie = open_sessie(vorm(formulier), {"nu": NU})
    laad_antwoorden(sessie, antwoorden)
    return sessie


def _signaal(sessie: Sessie) -> Voorstel | None:
    return next((v for v in sessie.voorstellen() if v["gevolg"] == ZACHT), None)


def _mogelijk(formulier: str, node: dict[str, Any]) -> Iterator[Any]:
    if node["type"].startswith("select"):
        namen = [k["naam"] for k in lezing(formulier).definitie["keuzelijsten"][node["keuzelijst"]]]
        yield from ([n] for n in namen) if node["type"] == "select_multiple" else namen
    elif node["type"] in {"integer", "decimal"}:
        yield from (1, 2, 5, 14, 80)
    else:
        yield "iets"


def _antwoorden(naam: str, herhaling: str | None, waarde: Any, keer: int = 1) -> dict[str, Any]:
    """Only this answer, with what it hangs on; in a repeat in ``keer`` instances."""
    deel = VOORAF.get(naam, {}) | {naam: waarde}
    return {herhaling: [dict(deel) for _ in range(keer)]} if herhaling else deel


@cache
def vurend(formulier: str, code: str) -> list[tuple[str, str | None, Any]]:
    """Questions with this consequence, the repeat they stand in, and an answer on which they fire."""
    herhalingen = {p.node["naam"] for p in plekken(formulier) if p.node["soort"] == "herhaling"}
    uit = []
    for plek in plekken(formulier):
        codes, naam = plek.node.get("gevolg", []), plek.node["naam"]
        if code not in codes or (code == ZACHT and HARD in codes):
            continue
        herhaling = next((o for o in plek.ouders if o in herhalingen), None)
        waarde = next(
            (
                w
                for w in _mogelijk(formulier, plek.node)
                if any(
                    a["vraag"].partition("@")[0] == naam
                    for a in _sessie(formulier, _antwoorden(naam, herhaling, w)).aanwijzingen()
                )
            ),
            None,
        )
        assert waarde is not None, f"{formulier}: geen antwoord waarop {naam} vuurt"
        uit.append((naam, herhaling, waarde))
    return uit


@alle_formulieren
def test_een_zachte_aanwijzing_is_nooit_genoeg_ook_niet_bij_vijf_mensen(formulier: str) -> None:
    assert len(vurend(formulier, ZACHT)) >= 2
    for naam, herhaling, waarde in vurend(formulier, ZACHT):
        sessie = _sessie(formulier, _antwoorden(naam, herhaling, waarde, 5))
        assert len(sessie.aanwijzingen()) == (5 if herhaling else 1), naam
        assert _signaal(sessie) is None, naam


@alle_formulieren
def test_elke_twee_verschillende_zachte_aanwijzingen_zijn_genoeg(formulier: str) -> None:
    for (een, bij_een, a), (twee, bij_twee, b) in itertools.pairwise(vurend(formulier, ZACHT)):
        if {een, twee} == EEN_FEIT:
            continue
        eerste, tweede = _antwoorden(een, bij_een, a), _antwoorden(twee, bij_twee, b)
        # In one repeat: about two different people.
        samen = (
            {**eerste, **tweede} if bij_een != bij_twee or not bij_een else {bij_een: eerste[bij_een] + tweede[bij_een]}
        )
        signaal = _signaal(_sessie(formulier, samen))
        assert signaal is not None, (een, twee)
        assert (signaal["hard"], signaal["indicatoren"]) == (False, 2)
        assert {s.partition("@")[0] for s in signaal["vragen"]} == {een, twee}


@alle_formulieren
def test_een_feit_dat_twee_vragen_raakt_is_een_aanwijzing(formulier: str) -> None:
    persoon = {"personen": [{"persoon_spreekt_vrij": "nee"}]}
    assert len(_sessie(formulier, persoon).aanwijzingen()) == 1
    if "begeleider_antwoordt" not in {p.node["naam"] for p in plekken(formulier)}:
        return
    samen = _sessie(formulier, {"begeleider_antwoordt": "ja"} | persoon)
    assert [a["vraag"] for a in samen.aanwijzingen()] == ["begeleider_antwoordt"]
    assert _signaal(samen) is None


@alle_formulieren
def test_elke_harde_aanwijzing_is_alleen_genoeg(formulier: str) -> None:
    assert vurend(formulier, HARD)
    for naam, herhaling, waarde in vurend(formulier, HARD):
        signaal = _signaal(_sessie(formulier, _antwoorden(naam, herhaling, waarde)))
        assert signaal is not None, naam
        assert signaal["hard"], naam


@pytest.mark.parametrize(("een", "twee"), list(itertools.pairwise(FORMULIEREN)))
def test_twee_checklists_van_een_bezoek_tellen_samen(een: str, twee: str) -> None:
    """One indicator in each is a signal of the visit; the same one in both is not."""
    eigen = {naam for naam, _, _ in vurend(een, ZACHT)}
    a = next(v for v in vurend(een, ZACHT) if not v[1])
    b = next(v for v in vurend(twee, ZACHT) if v[0] not in {a[0]} and not v[1])
    links, rechts = _sessie(een, _antwoorden(*a)), _sessie(twee, _antwoorden(*b))
    assert _signaal(links) is None
    assert _signaal(rechts) is None
    signaal = weeg([*links.aanwijzingen(), *rechts.aanwijzingen()])
    assert signaal is not None
    assert (signaal["hard"], signaal["indicatoren"]) == (False, 2)
    gedeeld = next(v for v in vurend(twee, ZACHT) if v[0] in eigen)
    dubbel = [_sessie(form, _antwoorden(gedeeld[0], gedeeld[1], gedeeld[2])).aanwijzingen() for form in (een, twee)]
    assert dubbel[0]
    assert dubbel[1]
    assert {d["vraag"] for d in dubbel[0]} == {d["vraag"] for d in dubbel[1]}
    assert weeg([*dubbel[0], *dubbel[1]]) is None
