"""Areas that people draw, type or import, and what is said when they cannot be."""

import json
from typing import Any

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.kaartcellen import Cel
from inspecties.locaties.kaartvragen import voeg_samen
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.gebied import als_tekst, lees_cirkel, lees_geojson, lees_vlak
from inspecties.locaties.rules.raster import NIVEAUS, celgrootte_m, opgeslagen_niveau


def _hoeken(*punten: tuple[float, float]) -> str:
    return als_tekst([naar_wgs84(*p) for p in punten])


VIERKANT = _hoeken((145_000, 507_000), (146_000, 507_000), (146_000, 508_000), (145_000, 508_000))


def test_hoeken_worden_een_vlak_in_meters() -> None:
    assert lees_vlak(VIERKANT).area == pytest.approx(1_000_000, rel=1e-3)
    assert lees_vlak(VIERKANT.replace(";", "\n")).equals(lees_vlak(VIERKANT))


def test_een_cirkel_is_zo_groot_als_gevraagd() -> None:
    assert lees_cirkel("5.25,52.55", "100").area == pytest.approx(3.14159 * 100**2, rel=0.01)


@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        ("5.2,52.5;5.3,52.5", "3 tot 100 hoeken"),
        ("5.2,52.5;5.3,52.5;x", "lengtegraad"),
        ("52.5,5.2;52.5,5.3;52.6,5.3", "verwisseld"),
        ("5.2,52.5;5.3,52.6;5.3,52.5;5.2,52.6", "kruisen"),
        ("5.2,52.5;5.2,52.5;5.2,52.5", "gebied"),
        ("nan,nan;1,2;3,4", "lengtegraad"),
        (";".join(["5.2,52.5"] * 101), "101"),
    ],
)
def test_wat_geen_gebied_is_zegt_waarom(tekst: str, woord: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=woord):
        lees_vlak(tekst)


@pytest.mark.parametrize("straal", ["", "9", "20001", "-5", "1e3", "honderd", "²"])
def test_een_straal_is_een_heel_aantal_meters(straal: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="straal"):
        lees_cirkel("5.25,52.55", straal)


def _bestand(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _wijk(naam: str | None, ring: list[list[float]] | None = None, soort: str = "Polygon") -> dict[str, Any]:
    ring = ring or [[5.2, 52.5], [5.3, 52.5], [5.3, 52.6], [5.2, 52.5]]
    return {
        "type": "Feature",
        "properties": {"naam": naam},
        "geometry": {"type": soort, "coordinates": [ring] if soort == "Polygon" else ring},
    }


def test_geojson_met_namen() -> None:
    vormen = lees_geojson(_bestand(_wijk("Haven"), _wijk("  Oude   Stad ")))
    assert [v.naam for v in vormen] == ["Haven", "Oude Stad"]
    assert vormen[0].vlak.area > 1_000_000


@pytest.mark.parametrize(
    ("inhoud", "woord"),
    [
        (b"\xff\xfe", "geen GeoJSON"),
        (b"[1, 2]", "geen GeoJSON"),
        (_bestand(), "geen gebieden"),
        (_bestand(_wijk(None)), "geen naam"),
        (_bestand(_wijk("A"), _wijk("A")), "twee keer"),
        (_bestand(_wijk("A", soort="LineString")), "LineString"),
        (_bestand(_wijk("A", [[145000, 507000], [146000, 507000], [146000, 508000], [145000, 507000]])), "graden"),
        (_bestand(_wijk("A", [["x", 1], [2, 3], [4, 5]])), "niet te lezen"),
        (_bestand({"type": "Feature", "properties": {"naam": "A"}, "geometry": None}), "geen vorm"),
        (_bestand(_wijk("A", [[5.2, 52.5], [5.3, 52.6], [5.3, 52.5], [5.2, 52.6], [5.2, 52.5]])), "kruisen"),
    ],
)
def test_een_verkeerd_bestand_zegt_wat_er_mis_is(inhoud: bytes, woord: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=woord):
        lees_geojson(inhoud)


def test_elke_zoom_heeft_een_niveau_dat_er_precies_in_past() -> None:
    for zoom in range(17):
        niveau = opgeslagen_niveau(zoom)
        assert niveau in NIVEAUS
        assert celgrootte_m(zoom) == celgrootte_m(niveau) * 2 ** (niveau - zoom)


def test_samenvoegen_hangt_niet_af_van_de_volgorde() -> None:
    cellen = [(5, 95.0, 10.0, 1), (9, 105.0, 10.0, 2), (9, 400.0, 10.0, 3), (1, 100.0, 95.0, 4)]
    een = voeg_samen([Cel(*c) for c in cellen], 100.0)
    ander = voeg_samen([Cel(*c) for c in reversed(cellen)], 100.0)
    assert een == ander
    assert sorted(c.aantal for c in een) == [1, 9, 14]


def test_de_cellen_hoeven_geen_rol_te_kennen() -> None:
    """Counts per cell are made without a role: everybody with the right sees all locations of the gemeente."""
    assert "bereik" not in vars(Risicolocatie)
