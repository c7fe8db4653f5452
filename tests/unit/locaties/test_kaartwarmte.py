"""Squares of signals: nobody is pointed at, nothing follows from subtracting."""

from hypothesis import given
from hypothesis import strategies as st

from inspecties.locaties.rules.kaartwarmte import (
    GROOTSTE_M,
    KLASSEN,
    KLEINSTE_M,
    MIN_PLAATSEN,
    MIN_SIGNALEN,
    Signaalplek,
    Vak,
    warmtevakken,
)

_COORDINAAT = st.integers(0, 3 * GROOTSTE_M - 1).map(float)
# Places lie where they lie: the same number is the same point.
_PLAATSEN = st.lists(st.tuples(_COORDINAAT, _COORDINAAT), min_size=1, max_size=30)


def _in(vak: Vak, plekken: list[Signaalplek]) -> list[Signaalplek]:
    return [p for p in plekken if vak.x <= p[0] < vak.x + vak.zijde and vak.y <= p[1] < vak.y + vak.zijde]


@given(plaatsen=_PLAATSEN, keren=st.lists(st.integers(0, 29), max_size=150))
def test_elk_vak_heeft_genoeg_en_geen_vak_ligt_in_een_ander(
    plaatsen: list[tuple[float, float]], keren: list[int]
) -> None:
    plekken = [(*plaatsen[k % len(plaatsen)], k % len(plaatsen)) for k in keren]
    vakken = warmtevakken(plekken)
    for vak in vakken:
        erin = _in(vak, plekken)
        assert len(erin) >= MIN_SIGNALEN
        assert len({p for _, _, p in erin}) >= MIN_PLAATSEN
        assert KLASSEN[vak.klasse][0] <= len(erin)
        assert KLEINSTE_M <= vak.zijde <= GROOTSTE_M
    # Every signal counts in at most one square; a square of the coarsest grid is shown whole or not at all.
    for plek in plekken:
        assert sum(bool(_in(vak, [plek])) for vak in vakken) <= 1
    for kolom in range(3):
        for rij in range(3):
            groot = Vak(kolom * GROOTSTE_M, rij * GROOTSTE_M, GROOTSTE_M, 0)
            alle = _in(groot, plekken)
            getoond = [p for vak in vakken for p in _in(vak, alle)]
            assert len(getoond) in {0, len(alle)}


def test_een_adres_met_veel_signalen_blijft_verborgen() -> None:
    assert warmtevakken([(100.0, 100.0, 1)] * 40) == []
    assert warmtevakken([(100.0, 100.0, 1)] * 40 + [(200.0, 200.0, 2)] * 40) == []


def test_een_stil_deel_houdt_het_grote_vak_heel() -> None:
    druk = [(100.0 + i, 100.0, i) for i in range(12)]
    [vak] = warmtevakken([*druk, (7_900.0, 7_900.0, 99)])
    assert (vak.zijde, vak.tekst) == (GROOTSTE_M, "10 tot 24")
    [vak] = warmtevakken(druk)
    assert (vak.x, vak.y, vak.zijde) == (0.0, 0.0, KLEINSTE_M)
