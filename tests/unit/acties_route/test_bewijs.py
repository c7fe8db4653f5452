"""Bound and proof of the exact search, on questions where the first plan is seldom the best."""

import random
from typing import Any

import pytest

from inspecties.acties.route.instantie import Instantie
from inspecties.acties.route.kolommen import Kolommen
from inspecties.acties.route.opgave import maak_opgave
from tests.unit.acties_route.nakijken import beste_waarde, gebreken
from tests.unit.acties_route.test_plannen import behaald, los_op


def moeilijk(zaad: int) -> dict[str, Any]:
    """Nine stops, teams alike or not, room for about half; values lie close together."""
    r = random.Random(zaad)
    n, teams = 9, r.choice([1, 2, 2, 3])
    ploegen: list[dict[str, Any]] = []
    eind = r.randint(70, 110)
    anders = r.random() < 0.4
    for i in range(teams):
        ploeg: dict[str, Any] = {"id": f"P{i}", "begin": 0, "eind": eind + (r.randint(0, 20) if anders else 0)}
        if zaad % 3 == 0:
            vroegst = 10 if not anders else r.randint(10, 40)
            ploeg["pauze"] = {"venster": [vroegst, vroegst + 15], "duur_min": 12}
        if zaad % 5 == 0:
            ploeg["max_per_bevoegdheid"] = {"nla": 1}
        ploegen.append({**ploeg, "bevoegdheden": ["nla"]})
    stops = []
    for i in range(n):
        open_ = r.randint(0, 50)
        stop = {"id": f"L{i}", "duur_min": r.randint(5, 15), "venster": [open_, open_ + r.randint(10, 60)]}
        stop |= {"waarde": r.randint(8, 16), "vereist": ["nla"] if r.random() < 0.4 else [], "verplicht": False}
        stops.append(stop)
    reis = [[0 if i == j else r.randint(4, 22) for j in range(n + 1)] for i in range(n + 1)]
    return {"ploegen": ploegen, "stops": stops, "reistijden_min": reis, "tijdslimiet_s": 5, "zaad": 1}


@pytest.mark.parametrize("reeks", range(10))
def test_de_bovengrens_ligt_nooit_onder_het_beste_en_het_bewijs_klopt(reeks: int) -> None:
    """However little work was allowed; with enough work there is always a proof for questions of this size."""
    for zaad in range(reeks * 12, reeks * 12 + 12):
        vraag = moeilijk(zaad)
        opgave = maak_opgave(Instantie.uit_json(vraag))
        beste = round(beste_waarde(vraag)[1] * opgave.schaal)
        for werk in (300, 2_000, 10_000, 2_000_000):
            kolommen = Kolommen(opgave)
            kolommen.ga_door(werk)
            assert kolommen.beste.punten <= beste <= kolommen.bovengrens, (zaad, werk)
        assert kolommen.bewezen, zaad
        assert kolommen.beste.punten == beste, zaad


@pytest.mark.parametrize("zaad", range(200, 215))
def test_het_hele_plan_is_bewezen_het_beste(zaad: int) -> None:
    vraag = moeilijk(zaad)
    uit = los_op(vraag)
    assert gebreken(vraag, uit) == []
    assert behaald(vraag, uit) == beste_waarde(vraag)
    assert uit["bewezen_optimaal"] is True


def test_met_halve_minuten_winst_is_een_plan_op_hele_minuten_niet_bewezen() -> None:
    """Two stops half a minute away: on whole minutes one does not fit any more, in reality both do."""
    stop = {"duur_min": 10, "venster": ["18:00", "18:30"], "waarde": 1, "vereist": [], "verplicht": False}
    vraag = {
        "ploegen": [{"id": "A", "begin": "18:00", "eind": "18:22"}],
        "stops": [{**stop, "id": "een"}, {**stop, "id": "twee"}],
        "reistijden_min": [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]],
        "tijdslimiet_s": 2,
    }
    uit = los_op(vraag)
    assert gebreken(vraag, uit) == []
    assert uit["waarde"] == 1
    assert beste_waarde(vraag)[1] == 2
    assert uit["bewezen_optimaal"] is False
