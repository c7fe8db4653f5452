"""A theme that nobody can read never reaches a screen."""

import pytest

from inspecties.gebruikers.rules.thema import STANDAARD, contrast, controleer, css, kies


@pytest.mark.parametrize(
    ("een", "ander", "verwacht"),
    [
        ("#ffffff", "#000000", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_volgens_wcag(een: str, ander: str, verwacht: float) -> None:
    assert contrast(een, ander) == pytest.approx(verwacht, abs=0.01)
    assert contrast(ander, een) == contrast(een, ander)


def test_standaard_voldoet_zelf() -> None:
    assert controleer(vars(STANDAARD)) == {}
    assert kies({}) == STANDAARD


def test_alleen_een_merkkleur_is_genoeg() -> None:
    thema = kies({"merk": "#7A1F5C"})
    assert thema.merk == "#7a1f5c"
    assert thema.op_merk == "#ffffff"
    assert contrast(thema.merk_donker, "#ffffff") > contrast(thema.merk, "#ffffff")
    assert "--inspecties-kleur-merk: #7a1f5c;" in css(thema)


@pytest.mark.parametrize(
    "kwaad", ["rood", "#12345", "#1234567", "154273", "#15427g", "#154273;} body{display:none", "#154273\n", 5]
)
def test_geen_kleur_geen_thema(kwaad: str) -> None:
    fouten = controleer({"merk": kwaad})
    assert "#154273" in fouten["merk"]
    assert kies({"merk": kwaad}) == STANDAARD


def test_te_licht_merk_wordt_geweigerd_met_reden() -> None:
    fouten = controleer({"merk": "#ffcc00"})
    assert "donkerdere kleur" in fouten["merk"]
    assert "4,5" in fouten["merk"]
    assert kies({"merk": "#ffcc00"}) == STANDAARD


def test_onleesbare_tekst_op_merk_wordt_geweigerd() -> None:
    fouten = controleer({"merk": "#154273", "op_merk": "#2a5a90"})
    assert list(fouten) == ["op_merk"]
    assert kies({"merk": "#154273", "op_merk": "#2a5a90"}) == STANDAARD


def test_afronding_verhult_geen_tekort() -> None:
    assert contrast("#777777", "#ffffff") < 4.5
    assert "is het contrast 4,5" not in controleer({"merk": "#777777"})["merk"]
