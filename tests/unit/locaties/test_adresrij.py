"""A row of an address file: names of columns as they occur, and what is said of a wrong one."""

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.adresbestand import lees_adresbestand
from inspecties.locaties.rules.adresrij import lees_adresrij, lees_bag_id, veld_van_kolom

GOED = {
    "nummeraanduiding_id": "9901200000000001",
    "openbare_ruimte": "Dorpsstraat",
    "huisnummer": "12",
    "woonplaats": "Markerdam",
    "x": "145000",
    "y": "507000,5",
}


@pytest.mark.parametrize(
    ("kolom", "veld"),
    [
        ("nummeraanduiding_hoofdadres_identificatie", "nummeraanduiding_id"),
        ("nummeraanduidingidentificatie", "nummeraanduiding_id"),
        ("Identificatie", "identificatie"),
        ("openbare_ruimte_naam", "openbare_ruimte"),
        ("openbareruimte", "openbare_ruimte"),
        ("woonplaats_naam", "woonplaats"),
        ("toevoeging", "huisnummertoevoeging"),
        ("verblijfsobjectgebruiksdoel", "gebruiksdoel"),
        ("oppervlakteverblijfsobject", "oppervlakte"),
        ("adresseerbaarobject_id", "verblijfsobject_id"),
        ("X-coördinaat", "x"),
        ("bouwjaar", None),
    ],
)
def test_kolomnamen(kolom: str, veld: str | None) -> None:
    assert veld_van_kolom(kolom) == veld


def test_goede_rij() -> None:
    rij, fouten = lees_adresrij(GOED | {"gebruiksdoel": "{woonfunctie,winkelfunctie}", "oppervlakte": "999999"})
    assert fouten == []
    assert rij is not None
    assert (rij.huisnummer, rij.punt, rij.rd) == (12, (145000.0, 507000.5), True)
    assert (rij.gebruiksdoel, rij.oppervlakte_m2, rij.postcode) == ("woonfunctie, winkelfunctie", None, "")


def test_identificatie_is_wat_haar_cijfers_zeggen() -> None:
    los = {k: v for k, v in GOED.items() if k != "nummeraanduiding_id"}
    rij, _ = lees_adresrij(los | {"identificatie": "9901200000000001"})
    assert rij is not None
    assert (rij.nummeraanduiding_id, rij.verblijfsobject_id) == ("9901200000000001", "")
    rij, _ = lees_adresrij(GOED | {"identificatie": "9901010000000009"})
    assert rij is not None
    assert rij.verblijfsobject_id == "9901010000000009"
    _, fouten = lees_adresrij(los | {"identificatie": "9901010000000009"})
    assert fouten == [("nummeraanduiding_id", "is leeg; elk adres heeft een nummeraanduiding van zestien cijfers")]


@pytest.mark.parametrize(
    ("ruw", "id_"),
    [
        ("0193200000001234", "0193200000001234"),
        ("193200000001234", "0193200000001234"),
        ("NL.IMBAG.Nummeraanduiding.0193200000001234", "0193200000001234"),
        ("1,9320E+14", None),
        ("12", None),
    ],
)
def test_bag_nummers(ruw: str, id_: str | None) -> None:
    assert lees_bag_id(ruw) == id_


@pytest.mark.parametrize(
    ("anders", "kolom", "deel"),
    [
        ({"nummeraanduiding_id": "1,9320E+14"}, "nummeraanduiding_id", "door Excel afgerond"),
        ({"nummeraanduiding_id": "9901010000000001"}, "nummeraanduiding_id", "is geen nummeraanduiding"),
        ({"huisnummer": "3-mei"}, "huisnummer", "door Excel in een datum veranderd"),
        ({"huisletter": "AB"}, "huisletter", "enkele letter"),
        ({"huisnummertoevoeging": "achter"}, "huisnummertoevoeging", "hooguit 4 tekens"),
        ({"postcode": "829 AB"}, "postcode", "vier cijfers en twee letters"),
        ({"oppervlakte": "groot"}, "oppervlakte", "is geen getal"),
        ({"openbare_ruimte": " "}, "openbare_ruimte", "is leeg"),
        ({"woonplaats": "=1+1"}, "woonplaats", "formule"),
        ({"woonplaats": "a\0b"}, "woonplaats", "stuurteken"),
        ({"y": ""}, "y", "horen samen"),
        ({"x": "", "y": ""}, "x", "een adres heeft een plaats"),
        ({"x": "", "y": "", "geometrie": "POLYGON((1 2))"}, "geometrie", "is geen punt"),
    ],
)
def test_foute_rij(anders: dict[str, str], kolom: str, deel: str) -> None:
    rij, fouten = lees_adresrij(GOED | anders)
    assert rij is None
    assert [veld for veld, _ in fouten] == [kolom]
    assert deel in fouten[0][1]


def test_punt_als_tekst() -> None:
    los = {k: v for k, v in GOED.items() if k not in "xy"}
    for wkt, punt, rd in (
        ("POINT(145000 507000)", (145000.0, 507000.0), True),
        ("SRID=28992;POINT Z (145000.5 507000 0)", (145000.5, 507000.0), True),
        ("POINT (5.24 52.55)", (5.24, 52.55), False),
    ):
        rij, fouten = lees_adresrij(los | {"geometrie": wkt})
        assert rij is not None, fouten
        assert (rij.punt, rij.rd) == (punt, rd)


@pytest.mark.parametrize(
    ("naam", "inhoud", "melding"),
    [
        ("a.csv", b"", "leeg"),
        ("a.xlsx", b"PK\x03\x04", ".csv of .gpkg"),
        ("a.gpkg", b"SQLite format 3\x00rommel", "GeoPackage"),
        ("a.csv", b"a\x00b", "geen tekstbestand"),
        ("a.csv", b"openbare_ruimte;huisnummer\n", "'woonplaats' ontbreekt"),
        ("a.csv", b"openbare_ruimte;huisnummer;woonplaats;x;y\n", "'nummeraanduiding_id' ontbreekt"),
        ("a.csv", b"openbare_ruimte;huisnummer;woonplaats;identificatie\n", "De plaats ontbreekt"),
    ],
)
def test_onleesbaar_bestand(naam: str, inhoud: bytes, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        lees_adresbestand(naam, inhoud)
    assert melding in fout.value.melding


def test_bestand_uit_excel_en_met_twee_kolommen_voor_hetzelfde() -> None:
    kop = "sep=;\r\nidentificatie;openbare_ruimte_naam;straat;huisnummer;woonplaats;x;y;extra\r\n"
    inhoud = (kop + '9901200000000001;"Dorps\r\nstraat";kort;1;Markerdam;1;2;z\r\n').encode("cp1252")
    bestand = lees_adresbestand("a.csv", inhoud)
    rijen = list(bestand.rijen)
    assert bestand.genegeerd == ("straat", "extra")
    assert (rijen[0].nummer, rijen[0].waarden["huisnummer"]) == (3, "1")
    with pytest.raises(OngeldigeInvoer, match="meer dan 1 regels"):
        list(lees_adresbestand("a.csv", b"id;" + inhoud.split(b"\r\n", 1)[1] + inhoud[-40:] * 3, max_rijen=1).rijen)
