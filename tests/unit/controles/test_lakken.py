"""Covering parts of a photo: areas, reasons, who takes a cover away, and the pixels themselves."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspecties.controles.lakbeeld import lakker
from inspecties.controles.rules import lakken
from inspecties.controles.rules.fotofeiten import fotofeiten
from inspecties.controles.rules.hechting import feitfouten, lees_plaats
from inspecties.controles.rules.lakken import Vlak, Vlakfout, lees_vlakken, samen, volgende
from inspecties.controles.rules.vouw import Kop

A, B, C = Vlak(0.1, 0.1, 0.2, 0.2), Vlak(0.5, 0.5, 0.3, 0.3, True), Vlak(0.15, 0.15, 0.05, 0.05)


@pytest.mark.parametrize(
    ("bron", "woord"),
    [
        (None, "lijst"),
        ([1], "object"),
        ([{"x": 0, "y": 0, "b": 0.5}], "h als getal"),
        ([{"x": True, "y": 0, "b": 0.5, "h": 0.5}], "x als getal"),
        ([{"x": -0.1, "y": 0, "b": 0.5, "h": 0.5}], "tussen 0 en 1"),
        ([{"x": float("nan"), "y": 0, "b": 0.5, "h": 0.5}], "getal"),
        ([{"x": 1, "y": 0, "b": 0.5, "h": 0.5}], "te klein"),
        ([{"x": 0, "y": 0, "b": 0.5, "h": 0.5, "vorm": "ster"}], "rechthoek of ovaal"),
        ([{"x": 0, "y": 0, "b": 0.5, "h": 0.5}] * 101, "hoogstens 100"),
    ],
)
def test_verkeerde_vlakken_zeggen_wat_er_mis_is(bron: Any, woord: str) -> None:
    with pytest.raises(Vlakfout, match=woord):
        lees_vlakken(bron)


def test_wat_uitsteekt_wordt_afgesneden_en_dubbel_telt_eenmaal() -> None:
    vlak = {"x": 0.9, "y": 0.8, "b": 0.5, "h": 1, "vorm": "ovaal"}
    assert lees_vlakken([vlak, vlak]) == (Vlak(0.9, 0.8, 0.1, 0.2, True),)
    assert lees_vlakken([A.als_json(), B.als_json()]) == (A, B)


@pytest.mark.parametrize(
    ("reden", "toelichting", "woord"),
    [("", "", "Kies waarom"), (None, None, "Kies waarom"), ("anders", " ", "Schrijf"), ("gezicht", 3, "500")],
)
def test_zonder_reden_geen_afdekking(reden: Any, toelichting: Any, woord: str) -> None:
    with pytest.raises(Vlakfout, match=woord):
        lakken.keur_reden(reden, toelichting)
    assert lakken.keur_reden("gezicht", None) == ("gezicht", "")
    assert lakken.keur_reden("anders", " tatoeage ") == ("anders", "tatoeage")


def test_een_vlak_gaat_alleen_weg_door_wie_het_zag_en_mag() -> None:
    assert volgende(None, (A,), gezien=False, mag_weghalen=False) == (A,)
    assert volgende((A,), (B,), gezien=True, mag_weghalen=True) == (B,)
    assert volgende((A,), (), gezien=True, mag_weghalen=True) == ()
    for gezien, mag in ((False, True), (True, False), (False, False)):
        assert volgende((A,), (B,), gezien=gezien, mag_weghalen=mag) == (A, B)
        assert volgende((A,), (), gezien=gezien, mag_weghalen=mag) is None
    assert volgende((A, B), (B, A), gezien=True, mag_weghalen=True) is None


def test_samen_laat_niets_open() -> None:
    assert samen((A,), (C,)) == (A,)
    assert samen((C,), (A,)) == (A,)
    # An oval is not sure to cover what lies in its corner.
    assert set(samen((Vlak(0, 0, 1, 1, True),), (C,))) == {Vlak(0, 0, 1, 1, True), C}


def test_wie_zag_wat_er_was_volgt_de_keten() -> None:
    basis = {"c": ["b"], "b": ["a"], "a": [], "x": ["a"], "r": ["r"]}
    assert lakken.is_voorouder("a", "c", basis)
    assert not lakken.is_voorouder("b", "x", basis)
    assert not lakken.is_voorouder("c", "c", basis)
    assert not lakken.is_voorouder("q", "r", basis)


@pytest.mark.parametrize("er_is", [True, False])
@pytest.mark.parametrize("zonder", [True, False])
@pytest.mark.parametrize("mag", [True, False])
def test_welke_kopie_iemand_krijgt(er_is: bool, zonder: bool, mag: bool) -> None:
    afgedekt = lakken.krijgt_afgedekt(er_is_afdekking=er_is, gevraagd_zonder=zonder, mag_zonder=mag)
    assert afgedekt == (er_is and not (zonder and mag))


@given(st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 1), st.floats(0.01, 1)), st.booleans())
def test_afgedekte_beeldpunten_zijn_weg(maten: tuple[float, float, float, float], ovaal: bool) -> None:
    x, y, b, h = maten
    (vlak,) = lees_vlakken([{"x": x, "y": y, "b": b, "h": h, "vorm": "ovaal" if ovaal else "rechthoek"}])
    beeld = Image.new("RGB", (97, 61), "white")
    lakker((vlak,))(beeld)
    for px in range(97):
        for py in range(61):
            # The middle of the pixel lies in the area.
            u, v = (px + 0.5) / 97, (py + 0.5) / 61
            if ovaal:
                mx, my = vlak.x + vlak.b / 2, vlak.y + vlak.h / 2
                binnen = ((u - mx) / (vlak.b / 2)) ** 2 + ((v - my) / (vlak.h / 2)) ** 2 <= 1
            else:
                binnen = vlak.x <= u <= vlak.x + vlak.b and vlak.y <= v <= vlak.y + vlak.h
            if binnen:
                assert beeld.getpixel((px, py)) == (0, 0, 0)


def _hechting(op_id: str, rev: int, basis: tuple[str, ...] = (), **waarde: Any) -> Kop:
    return Kop(
        op_id, "foto", None, "attach", {"sha256": "a" * 64, **waarde}, basis, rev, "", f"2026-11-21T18:0{rev}:00Z"
    )


def test_feiten_van_de_foto_komen_van_de_eerste_en_het_bijschrift_van_de_laatste() -> None:
    plaats = {"lat": 52.5, "lon": -0.25, "nauwkeurigheid_m": 12.4, "richting_graden": 359.7, "ouderdom_s": 8}
    ops = [
        _hechting("1", 1, plaats=plaats),
        _hechting("2", 2, ("1",), plaats={"lat": 1, "lon": 1}, bijschrift="De gang"),
        _hechting("3", 3, ("2",), bijschrift="De gang, vol"),
        _hechting("4", 4, ("3",), verwijderd=True),
    ]
    for volgorde in permutations(ops):
        feit = fotofeiten(volgorde)["a" * 64]
        assert feit.gemaakt is not None
        assert (feit.gemaakt.minute, feit.bijschrift) == (1, "De gang, vol")
        assert feit.plaats is not None
        assert feit.plaats.tekst == (
            "52,50000 noorderbreedte, 0,25000 westerlengte; op 12 m nauwkeurig; bepaald 8 s voor de foto; "
            "camera naar het noorden (0°)"
        )


@pytest.mark.parametrize(
    ("waarde", "veld"),
    [
        ({"plaats": 3}, "waarde.plaats"),
        ({"plaats": {"lat": 52}}, "waarde.plaats.lon"),
        ({"plaats": {"lat": 91, "lon": 5}}, "waarde.plaats.lat"),
        ({"plaats": {"lat": 52, "lon": 5, "richting_graden": -1}}, "waarde.plaats.richting_graden"),
        ({"plaats": {"lat": 52, "lon": 5, "nauwkeurigheid_m": "10"}}, "waarde.plaats.nauwkeurigheid_m"),
        ({"plaats": {"lat": 52, "lon": float("inf")}}, "waarde.plaats.lon"),
        ({"bijschrift": ["x"]}, "waarde.bijschrift"),
        ({"bijschrift": "x" * 1001}, "waarde.bijschrift"),
        ({"afdekken": [A.als_json()]}, "waarde.afdekken"),
        ({"afdekken": [], "reden": "anders", "toelichting": ""}, "waarde.afdekken"),
    ],
)
def test_verkeerde_feiten_noemen_het_veld(waarde: dict[str, Any], veld: str) -> None:
    assert [fout[0] for fout in feitfouten(waarde)] == [veld]
    assert lees_plaats({"plaats": {"lat": 91, "lon": 5}}) is None


def test_een_oude_tablet_zegt_niets_van_dit_alles() -> None:
    assert list(feitfouten({"sha256": "a" * 64, "soort": "image/jpeg"})) == []
    assert list(feitfouten({"afdekken": [A.als_json()], "reden": "gezicht", "plaats": None})) == []
