"""The shortest order for chosen stops, checked against every order there is."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.volgorde import Plek, Voorstel, reistijd_min, stel_volgorde_voor


def duur(volgorde: list[Plek]) -> float:
    """Minutes until the last stop of this order is done, waiting included; infinite when a window is missed."""
    t = 0.0
    for vorige, plek in pairwise([None, *volgorde]):
        assert plek is not None
        t += reistijd_min(vorige, plek) if vorige else 0
        t = max(t, plek.van or 0)
        if plek.tot is not None and t > plek.tot:
            return float("inf")
        t += plek.duur_min
    return t


def volgorde_van(voorstel: Voorstel, plekken: list[Plek], ploeg: str) -> list[Plek]:
    per_id = {p.id: p for p in plekken}
    (ronde,) = [r for r in voorstel.rondes if r.ploeg == ploeg]
    return [per_id[i] for i in ronde.stops]


plek = st.builds(
    lambda x, y, d: (x, y, d),
    st.integers(0, 9000),
    st.integers(0, 9000),
    st.integers(5, 60),
)


@given(st.lists(plek, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_een_ploeg_krijgt_de_kortste_ronde(punten: list[tuple[int, int, int]]) -> None:
    plekken = [Plek(str(i), x, y, d, "A") for i, (x, y, d) in enumerate(punten)]
    voorstel = stel_volgorde_voor(["A"], plekken, 12 * 60, 3)
    gevonden = duur(volgorde_van(voorstel, plekken, "A"))
    beste = min(duur(list(p)) for p in permutations(plekken))
    assert voorstel.niet_gepland == ()
    assert gevonden == pytest.approx(voorstel.rondes[0].klaar_min, abs=0.001)
    assert gevonden <= beste + 0.06


def test_een_rij_huizen_wordt_op_volgorde_gelopen() -> None:
    plekken = [Plek(str(i), 40 * i, 0, 20, "A") for i in (3, 0, 4, 1, 2)]
    ronde = stel_volgorde_voor(["A"], plekken, 600, 3).rondes[0].stops
    assert ronde in (("0", "1", "2", "3", "4"), ("4", "3", "2", "1", "0"))


def test_wie_een_ploeg_heeft_houdt_die_en_de_rest_wordt_verdeeld() -> None:
    west = [Plek(f"w{i}", 100 * i, 0, 30, "A" if i == 0 else None) for i in range(3)]
    oost = [Plek(f"o{i}", 90_000 + 100 * i, 0, 30, "B" if i == 0 else None) for i in range(3)]
    voorstel = stel_volgorde_voor(["A", "B"], west + oost, 300, 3)
    assert {r.ploeg: set(r.stops) for r in voorstel.rondes} == {"A": {"w0", "w1", "w2"}, "B": {"o0", "o1", "o2"}}


def test_bezoektijden_gaan_voor() -> None:
    plekken = [Plek("a", 0, 0, 30, "A", van=120), Plek("b", 1000, 0, 30, "A"), Plek("c", 2000, 0, 30, "A", tot=10)]
    assert stel_volgorde_voor(["A"], plekken, 300, 3).rondes[0].stops == ("c", "b", "a")


@pytest.mark.parametrize("ploeg", ["A", None])
def test_wat_niet_past_krijgt_een_reden(ploeg: str | None) -> None:
    plekken = [Plek("a", 0, 0, 60, ploeg), Plek("b", 0, 0, 60, ploeg), Plek("c", 0, 0, 60, ploeg)]
    voorstel = stel_volgorde_voor(["A"], plekken, 130, 3)
    assert len(voorstel.rondes[0].stops) == 2
    ((weg, reden),) = voorstel.niet_gepland
    assert weg in {"a", "b", "c"}
    assert reden


def test_zonder_stops_is_er_niets_te_doen() -> None:
    voorstel = stel_volgorde_voor(["A", "B"], [], 300, 3)
    assert [(r.ploeg, r.stops) for r in voorstel.rondes] == [("A", ()), ("B", ())]
