"""One row of an import file: every mistake names its column and what would be right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.locaties.rules.importrij import lees_rij
from inspecties.locaties.rules.importrij_kolommen import LOCATIES

TYPEN = {"horeca": "horeca", "autowasstraat": "autowas", "autowas": "autowas"}
GOED = {"naam": "Café De Sluis", "type": "horeca", "x": "145700", "y": "504200"}


def _fouten(**anders: str) -> dict[str, str]:
    gelezen, fouten = lees_rij(GOED | anders, TYPEN)
    assert (gelezen is None) == bool(fouten)
    return dict(fouten)


def test_een_goede_rij() -> None:
    gelezen, fouten = lees_rij(
        GOED | {"huisnummer": "12a", "toevoeging": "2", "postcode": "8291 ab", "naam": "  Café   De Sluis "}, TYPEN
    )
    assert fouten == []
    assert gelezen is not None
    assert (gelezen.naam, gelezen.sleutel) == ("Café De Sluis", "8291AB|12|A|2")
    assert (gelezen.lon, gelezen.lat) == pytest.approx((5.2425, 52.5247), abs=1e-2)


@pytest.mark.parametrize(
    ("anders", "kolom", "melding"),
    [
        ({"naam": " "}, "naam", "is leeg"),
        ({"naam": "x" * 161}, "naam", "passen er 160"),
        ({"type": ""}, "type", "kies uit: autowas, horeca"),
        ({"type": "bordeel"}, "type", "'bordeel' is onbekend; kies uit: autowas, horeca"),
        ({"x": "504200", "y": "145700"}, "x", "verwisseld"),
        ({"x": "5,24", "y": "52,5"}, "x", "lon en lat"),
        ({"x": "", "y": "504200"}, "x", "ontbreekt"),
        ({"x": "145.700"}, "x", "laat die weg: 145700"),
        ({"x": "nan"}, "x", "geen getal"),
        ({"x": "", "y": "", "lon": "52,5", "lat": "5,24"}, "lon", "verwisseld"),
        ({"lon": "5.30", "lat": "52.5"}, "lon", "meter van x en y"),
        ({"x": "", "y": ""}, "x", "geen plaats"),
        ({"huisnummer": "3-mei"}, "huisnummer", "door Excel in een datum veranderd"),
        ({"huisnummer": "03-05-2026"}, "huisnummer", "door Excel in een datum veranderd"),
        ({"huisnummer": "46145"}, "huisnummer", "misschien 3-5"),
        ({"huisnummer": "12", "toevoeging": "1-feb"}, "toevoeging", "datum"),
        ({"huisnummer": "links"}, "huisnummer", "gebruik bijvoorbeeld 12, 12a of 12-3"),
        ({"huisletter": "A"}, "huisnummer", "is leeg"),
        ({"postcode": "8291"}, "postcode", "vier cijfers en twee letters"),
        ({"capaciteit": "1.000"}, "capaciteit", "laat die weg: 1000"),
        ({"capaciteit": "2,5"}, "capaciteit", "heel getal"),
        ({"personen_brp": "-1"}, "personen_brp", "van 0 tot"),
        ({"bron": "=HYPERLINK(1)"}, "bron", "formule"),
        ({"notitie": " =1+1"}, "notitie", "formule"),
        ({"straat": "#REF!"}, "straat", "Excel-fout"),
        ({"straat": "Kade\x00"}, "straat", "stuurteken"),
    ],
)
def test_fouten(anders: dict[str, str], kolom: str, melding: str) -> None:
    fouten = _fouten(**anders)
    assert set(fouten) == {kolom}
    assert melding in fouten[kolom]


def test_alle_fouten_van_een_rij_tegelijk() -> None:
    assert set(_fouten(naam="", type="", huisnummer="x", postcode="y", x="z")) == {
        *("naam", "type", "huisnummer", "postcode", "x")
    }


def test_een_bedorven_cel_verbergt_de_andere_fouten_niet() -> None:
    assert set(_fouten(bron="=1+1", type="", huisnummer="3-mei")) == {"bron", "type", "huisnummer"}
    # Without x there is no judging y, or whether there is a place at all.
    assert set(_fouten(x="=A1", type="")) == {"x", "type"}
    assert set(_fouten(naam="#REF!")) == {"naam"}


def test_apostrof_van_onze_eigen_export_gaat_er_weer_af() -> None:
    for tekst in ("=1+1", "+31", "-5", "@naam"):
        gelezen, _ = lees_rij(GOED | {"naam": f"'{tekst}"}, TYPEN)
        assert gelezen is not None
        assert gelezen.naam == tekst
    gelezen, _ = lees_rij(GOED | {"naam": "'t Veerhuis"}, TYPEN)
    assert gelezen is not None
    assert gelezen.naam == "'t Veerhuis"


def test_koppen_zoals_mensen_ze_schrijven() -> None:
    assert LOCATIES.veld_van("  RD_X ") == "x"
    assert LOCATIES.veld_van("Huisnummer toevoeging") == "toevoeging"
    assert LOCATIES.veld_van("Telefoon") is None


@given(st.dictionaries(st.sampled_from(sorted(set(LOCATIES.kolommen.values()))), st.text(max_size=40)))
def test_welke_tekst_ook_het_wordt_een_rij_of_een_melding(waarden: dict[str, str]) -> None:
    gelezen, fouten = lees_rij(waarden, TYPEN)
    assert (gelezen is None) == bool(fouten)
    for kolom, melding in fouten:
        assert kolom in set(LOCATIES.kolommen.values())
        assert len(melding) > 10
    if gelezen is not None:
        assert "\x00" not in "".join((gelezen.naam, gelezen.straat, gelezen.notitie, gelezen.bron))
        assert len(gelezen.naam) <= 160
