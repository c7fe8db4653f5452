"""Links, clusters and the picture, from threads."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.locaties.rules.koppeling import Draad, beperk, maak_koppelingen, maak_trossen
from inspecties.locaties.rules.koppeling_beeld import BREEDTE, STRAAL, leg_neer

D = date(2026, 3, 1)


def draad(soort: str, sleutel: str, plek: int, dag: int = 0) -> Draad:
    return Draad(soort, sleutel, plek, D + timedelta(days=dag))


def test_een_plek_is_geen_koppeling() -> None:
    assert maak_koppelingen([draad("telefoon", "a", 1), draad("telefoon", "a", 1, 5), draad("alias", "a", 2)]) == []


def test_sinds_is_de_dag_op_de_tweede_plek() -> None:
    [k] = maak_koppelingen([draad("kvk", "1", 3, 40), draad("kvk", "1", 1, 9), draad("kvk", "1", 2, 20)])
    assert k.locatie_ids == (1, 2, 3)
    assert k.sinds == D + timedelta(days=20)
    # A second role at the same place, later, changes nothing.
    assert maak_koppelingen([draad("kvk", "1", 1, i) for i in range(9)]) == []


def test_zwak_staat_achteraan_en_zegt_waarom() -> None:
    draden = [draad("rekening", "s", i) for i in range(5)] + [draad("telefoon", "t", i) for i in range(2)]
    telefoon, rekening = maak_koppelingen(draden)
    assert (telefoon.soort, telefoon.zwak) == ("telefoon", "")
    assert rekening.zwak == "zwakke aanwijzing: 4 cijfers kunnen toeval zijn"


def test_beperkt_tot_deze_plekken_blijft_het_totaal() -> None:
    [k] = maak_koppelingen([draad("alias", "a", i) for i in range(4)], {("alias", "a"): 90})
    [b] = beperk([k], {0, 3})
    assert (b.locatie_ids, b.totaal) == ((0, 3), 90)
    assert beperk([k], {0}) == []


def test_trossen_grootste_eerst_en_zwak_bindt_niet() -> None:
    draden = [
        *(draad("telefoon", "t", i) for i in (1, 2)),
        *(draad("kvk", "k", i) for i in (2, 3)),
        *(draad("kenteken", "p", i) for i in (7, 8)),
        *(draad("rekening", "r", i) for i in (3, 7)),
    ]
    koppelingen = maak_koppelingen(draden)
    groot, klein = maak_trossen(koppelingen)
    assert set(groot.locatie_ids) == {1, 2, 3}
    assert groot.locatie_ids[0] == 2  # linked with both others
    assert set(klein.locatie_ids) == {7, 8}
    zwak = [k for k in koppelingen if k.zwak]
    assert [set(t.locatie_ids) for t in maak_trossen(zwak, zwak_bindt=True)] == [{3, 7}]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9)), max_size=40))
def test_trossen_verdelen_de_gekoppelde_plekken(paren: list[tuple[str, int]]) -> None:
    """Every linked place is in exactly one cluster, and what is linked is together."""
    koppelingen = maak_koppelingen(draad("telefoon", s, p) for s, p in paren)
    trossen = maak_trossen(koppelingen)
    leden = [i for t in trossen for i in t.locatie_ids]
    assert len(leden) == len(set(leden))
    assert set(leden) == {i for k in koppelingen for i in k.locatie_ids}
    for k in koppelingen:
        assert sum(set(k.locatie_ids) <= set(t.locatie_ids) for t in trossen) == 1
    assert sum(len(t.koppelingen) for t in trossen) == len(koppelingen)


@pytest.mark.parametrize("aantal", [0, 1, 2, 5, 13, 40])
def test_het_plaatje_past_en_is_elke_keer_hetzelfde(aantal: int) -> None:
    lijnen = [(i, aantal - 1) for i in range(aantal - 1)]
    beeld = leg_neer(aantal, lijnen)
    assert beeld == leg_neer(aantal, lijnen)
    for x, y in beeld.punten:
        assert STRAAL <= x <= BREEDTE - STRAAL
        assert STRAAL <= y <= beeld.hoogte - STRAAL
    for i, een in enumerate(beeld.punten):
        for ander in beeld.punten[i + 1 :]:
            assert math.dist(een, ander) > 2 * STRAAL, "knopen overlappen"
