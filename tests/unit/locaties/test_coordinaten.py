"""Coordinates: what is plausible, and what a mistake looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.locaties.rules.coordinaten import fout_in_rd, fout_in_wgs84, naar_rd, naar_wgs84
from inspecties.locaties.rules.getallen import GeenGetal, lees_getal

# On Dutch land and water: the RD box without its overlap of x and y.
IN_X = st.floats(10_000, 280_000)
IN_Y = st.floats(306_000, 620_000)


@given(IN_X, IN_Y)
def test_verwisselde_rd_wordt_herkend(x: float, y: float) -> None:
    assert fout_in_rd(x, y) is None
    fout = fout_in_rd(y, x)
    assert fout is not None
    assert "verwisseld" in fout


@given(st.floats(3.3, 7.2), st.floats(50.8, 53.6))
def test_verwisselde_graden_worden_herkend(lon: float, lat: float) -> None:
    assert fout_in_wgs84(lon, lat) is None
    fout = fout_in_wgs84(lat, lon)
    assert fout is not None
    assert "verwisseld" in fout


@given(st.floats(3.3, 7.2), st.floats(50.8, 53.6))
def test_graden_in_de_kolommen_van_rd(lon: float, lat: float) -> None:
    fout = fout_in_rd(lon, lat)
    assert fout is not None
    assert "lon en lat" in fout


@given(IN_X, IN_Y)
def test_rd_in_de_kolommen_van_graden(x: float, y: float) -> None:
    fout = fout_in_wgs84(x, y)
    assert fout is not None
    assert "x en y" in fout


def test_buiten_nederland() -> None:
    assert "niet in Nederland" in str(fout_in_rd(0, 0))
    assert "niet in Nederland" in str(fout_in_wgs84(-74, 40))


def test_bekende_punten() -> None:
    # The centre of RD New, Amersfoort: 155000, 463000 by definition.
    assert naar_rd(5.38720621, 52.15517440) == pytest.approx((155_000, 463_000), abs=0.5)
    # Westertoren, Amsterdam (RDNAPTRANS example point).
    assert naar_wgs84(120_700.723, 487_525.501) == pytest.approx((4.88352559, 52.37453253), abs=5e-6)


@given(IN_X, IN_Y)
def test_heen_en_terug(x: float, y: float) -> None:
    assert naar_rd(*naar_wgs84(x, y)) == pytest.approx((x, y), abs=0.05)


@pytest.mark.parametrize(
    ("tekst", "groot", "verwacht"),
    [
        ("145700", True, 145_700.0),
        ("145700,25", True, 145_700.25),
        (" 5.25 ", False, 5.25),
        ("5,250", False, 5.25),
        ("-12", True, -12.0),
        ("1.457e5", True, 145_700.0),
    ],
)
def test_getallen(tekst: str, groot: bool, verwacht: float) -> None:
    assert lees_getal(tekst, groot=groot) == verwacht


@pytest.mark.parametrize("tekst", ["145.700", "145.700,25", "1.234.567", "145,700"])
def test_punten_voor_duizendtallen(tekst: str) -> None:
    with pytest.raises(GeenGetal, match="duizendtallen"):
        lees_getal(tekst, groot=True)


@pytest.mark.parametrize("tekst", ["", "nan", "inf", "1_000", "٣", "5,2,5", "12 m", "0x10", "1e999"])
def test_geen_getallen(tekst: str) -> None:
    with pytest.raises(GeenGetal):
        lees_getal(tekst)
