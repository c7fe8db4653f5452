"""Portions: what holds on to each other stays together, and the size follows how long the last one took."""

from hypothesis import given
from hypothesis import strategies as st

from inspecties.audit.rules_porties import BEGIN, HOOGSTENS, KORT_S, LANG_S, Porties, groepen


def test_wat_elkaar_vasthoudt_gaat_samen() -> None:
    assert groepen([5, 1, 2, 3, 4], [(5, 2), (3, 2), (9, 1)]) == [[1], [2, 3, 5], [4]]
    assert groepen([], [(1, 2)]) == []


@given(
    st.sets(st.integers(1, 40)),
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=40),
    st.lists(st.sampled_from([0.0, 0.3, 2.0]), min_size=40, max_size=40),
)
def test_alles_gaat_een_keer_en_geen_band_wordt_geknipt(
    ids: set[int], banden: list[tuple[int, int]], duren: list[float]
) -> None:
    porties = Porties(groepen(ids, banden))
    waar: dict[int, int] = {}
    for nummer, portie in enumerate(porties):
        assert portie
        for i in portie:
            assert waar.setdefault(i, nummer) == nummer
        porties.duurde(duren[nummer])
    assert set(waar) == ids
    assert all(waar[a] == waar[b] for a, b in banden if a in ids and b in ids)


def _groottes(seconden: float, aantal: int) -> list[int]:
    porties = Porties([[i] for i in range(aantal)])
    uit = []
    for portie in porties:
        uit.append(len(portie))
        porties.duurde(seconden)
    return uit


def test_een_trage_portie_maakt_de_volgende_kleiner() -> None:
    traag = _groottes(LANG_S + 0.1, 60)
    assert traag[:3] == [BEGIN, BEGIN // 2, BEGIN // 4]
    assert set(traag[5:]) == {1}
    assert set(_groottes((LANG_S + KORT_S) / 2, 100)) == {BEGIN}
    assert max(_groottes(0.0, 5000)) == HOOGSTENS
