"""Squares of signals: nobody is pointed at, nothing follows from subtracting."""

from collections import Counter

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
    verdeel,
    warmtevakken,
)

_COORDINAAT = st.integers(0, 3 * GROOTSTE_M - 1).map(float)
# Places lie where they lie: the same number is the same point.
_PLAATSEN = st.lists(st.tuples(_COORDINAAT, _COORDINAAT), min_size=1, max_size=30)


def _in(vak: Vak, plekken: list[Signaalplek]) -> list[Signaalplek]:
    return [p for p in plekken if vak.x <= p[0] < vak.x + vak.zijde and vak.y <= p[1] < vak.y + vak.zijde]


@given(plaatsen=_PLAATSEN, keren=st.lists(st.integers(0, 29), max_size=150))
def test_elk_vak_heeft_genoeg_en_elk_signaal_telt_hooguit_een_keer(
    plaatsen: list[tuple[float, float]], keren: list[int]
) -> None:
    plekken = [(*plaatsen[k % len(plaatsen)], k % len(plaatsen)) for k in keren]
    verdeling = verdeel(plekken)
    for vak, deel in verdeling:
        assert _in(vak, deel) == deel
        assert len(deel) >= MIN_SIGNALEN
        assert len({p for _, _, p in deel}) >= MIN_PLAATSEN
        hoogste = KLASSEN[vak.klasse + 1][0] if vak.klasse + 1 < len(KLASSEN) else len(deel) + 1
        assert KLASSEN[vak.klasse][0] <= len(deel) < hoogste
        assert KLEINSTE_M <= vak.zijde <= GROOTSTE_M
    # No signal counts twice, and two squares of one width never overlap.
    geteld = Counter(plek for _, deel in verdeling for plek in deel)
    assert geteld <= Counter(plekken)
    assert len({(v.x, v.y, v.zijde) for v, _ in verdeling}) == len(verdeling)


def test_een_adres_met_veel_signalen_blijft_verborgen() -> None:
    assert warmtevakken([(100.0, 100.0, 1)] * 40) == []
    assert warmtevakken([(100.0, 100.0, 1)] * 40 + [(200.0, 200.0, 2)] * 40) == []


def test_wat_te_stil_is_gaat_samen_in_een_groter_vak_of_blijft_weg() -> None:
    druk = [(100.0 + i, 100.0, i) for i in range(12)]
    [vak] = warmtevakken([*druk, (7_900.0, 7_900.0, 99)])
    assert (vak.x, vak.y, vak.zijde, vak.tekst) == (0.0, 0.0, KLEINSTE_M, "10 tot 24")
    verspreid = [(600.0 + 450 * i, 600.0, 200 + i) for i in range(6)]
    groot, klein = warmtevakken([*druk, *verspreid])
    assert (groot.zijde, groot.tekst) == (4 * KLEINSTE_M * 2, "5 tot 9")
    assert klein == vak
