"""What is understood of what somebody types, and how well a street answers to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.locaties.rules.adres import Huisnummer
from inspecties.locaties.rules.adreszoek import (
    bewerkingen,
    lees_zoektekst,
    nummerkosten,
    platte_tekst,
    straatkosten,
    zoektekst,
)


@pytest.mark.parametrize(
    ("tekst", "woorden", "postcode", "nummer"),
    [
        ("dorpsstraat 12a", ("dorpsstraat",), "", Huisnummer(12, "A")),
        ("12-3, Dorpsstraat", ("dorpsstraat",), "", Huisnummer(12, "", "3")),
        ("8291 ab 12", (), "8291AB", Huisnummer(12)),
        ("8291ab", (), "8291AB", None),
        ("dorpsstraat", ("dorpsstraat",), "", None),
        ("st. jansweg 4", ("sint", "jansweg"), "", Huisnummer(4)),
    ],
)
def test_eerste_lezing(tekst: str, woorden: tuple[str, ...], postcode: str, nummer: Huisnummer | None) -> None:
    eerste = lees_zoektekst(tekst)[0]
    assert (eerste.woorden, eerste.postcode, eerste.nummer) == (woorden, postcode, nummer)


def test_een_getal_kan_ook_een_woord_zijn() -> None:
    lezingen = {(lezing.woorden, lezing.nummer) for lezing in lees_zoektekst("plein 1940 12")}
    assert (("plein", "1940"), Huisnummer(12)) in lezingen
    assert (("plein", "12"), Huisnummer(1940)) in lezingen


@pytest.mark.parametrize("tekst", ["", " ", "12", "a", "'", "-", "\0", "12 3"])
def test_te_weinig(tekst: str) -> None:
    assert lees_zoektekst(tekst) == []


@given(st.text(max_size=120))
def test_verdraagt_alles(tekst: str) -> None:
    for lezing in lees_zoektekst(tekst):
        assert all(woord.isascii() and woord.isalnum() for woord in lezing.woorden)
        assert lezing.postcode == "" or lezing.postcode.isalnum()
    assert platte_tekst(platte_tekst(tekst)) == platte_tekst(tekst)
    assert zoektekst(tekst, "x").startswith(" ")


@pytest.mark.parametrize(
    ("woord", "doel", "heel", "begin"),
    [
        ("kerk", "kerk", 0, 0),
        ("kerk", "kerkstraat", 3, 0),
        ("krek", "kerk", 1, 1),
        ("kekr", "kerk", 1, 1),
        ("dorpstraat", "dorpsstraat", 1, 1),
        ("drpstraat", "dorpsstraat", 2, 2),
        ("molen", "kade", 3, 3),
    ],
)
def test_bewerkingen(woord: str, doel: str, heel: int, begin: int) -> None:
    assert bewerkingen(woord, doel, 2) == (heel, begin)


def _kosten(woorden: str, straat: str, plaats: str = "markerdam") -> float | None:
    return straatkosten(tuple(woorden.split()), straat, plaats, vergeef=True)


def test_volgorde_van_straten() -> None:
    kosten = [
        _kosten("dorpsstraat", straat)
        for straat in ("dorpsstraat", "oude dorpsstraat", "dorpsstraatje", "achterdorpsstraat", "dorpstraat")
    ]
    assert None not in kosten
    assert kosten == sorted(kosten, key=lambda k: k or 0)
    assert _kosten("dorpsstraat", "kerkplein") is None
    # Short words are not bent into other words.
    assert _kosten("dam", "dom", "x") is None
    assert _kosten("dorpsstraat zuiderhaven", "dorpsstraat") is None


def test_nummers() -> None:
    assert nummerkosten(Huisnummer(12, "A"), 12, "A", "") == 0
    naast = [nummerkosten(Huisnummer(12, "A"), 12, *rest) for rest in (("A", ""), ("A", "2"), ("", ""))]
    assert naast == sorted(naast, key=lambda k: k or 0)
    assert nummerkosten(Huisnummer(12), 120, "", "") == 0.5
    assert nummerkosten(Huisnummer(12), 13, "", "") is None
    assert nummerkosten(Huisnummer(12, "A"), 120, "", "") is None
