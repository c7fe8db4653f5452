"""What a search in the address file finds: the same table of cases on both databases."""

import pytest
from sqlalchemy import insert

from inspecties.core.ids import nieuw_id
from inspecties.database.basis import db
from inspecties.locaties.adreszoeken import ververs_straten, zoek_adressen
from inspecties.locaties.models import Adres
from inspecties.locaties.rules.coordinaten import naar_wgs84
from tests.wereld import Kring, Wereld

# street, number, letter, addition, postcode, place
_ADRESSEN = [
    *[("Dorpsstraat", n, "", "", "8291AB", "Markerdam") for n in (1, 2, 3, 12, 14, 120, 121)],
    ("Dorpsstraat", 12, "A", "", "8291AB", "Markerdam"),
    ("Dorpsstraat", 12, "A", "bis", "8291AB", "Markerdam"),
    ("Dorpsstraat", 12, "", "3", "8291AB", "Markerdam"),
    *[("Dorpsstraat", n, "", "", "8305KL", "Zuiderhaven") for n in (2, 12)],
    ("Oude Dorpsstraat", 12, "", "", "8291AC", "Markerdam"),
    ("Dorpsplein", 4, "", "", "8291AD", "Markerdam"),
    *[("Plein 1940", n, "", "", "8292CD", "Markerdam") for n in (1, 12)],
    *[("2e Kadedwarsstraat", n, "", "", "8292CE", "Markerdam") for n in (1, 2)],
    ("Jacob van Campenlaan", 7, "", "", "8293EF", "Markerdam"),
    ("Sint Jansweg", 9, "", "", "8293EG", "Zuiderhaven"),
    ("'s-Gravenkade", 5, "", "", "8293EH", "Zuiderhaven"),
    ("Coöperatieweg", 31, "", "", "8293EJ", "Zuiderhaven"),
    ("Nieuwe Weg", 8, "", "", "8294AA", "Zuiderhaven"),
    ("Kerklaan", 6, "", "", "8294AB", "Zuiderhaven"),
    ("Kerkstraat", 6, "", "", "8294AC", "Zuiderhaven"),
    ("Markt", 10, "", "", "8294AD", "Markerdam"),
]

# what is typed -> what must come first
GEVALLEN = {
    "dorpsstraat 12": "Dorpsstraat 12, 8291 AB Markerdam",
    "DORPSSTRAAT 12 ZUIDERHAVEN": "Dorpsstraat 12, 8305 KL Zuiderhaven",
    "12 dorpsstraat zuiderhaven": "Dorpsstraat 12, 8305 KL Zuiderhaven",
    "zuiderhaven, dorpsstraat 2": "Dorpsstraat 2, 8305 KL Zuiderhaven",
    "dorpsstraat 12a": "Dorpsstraat 12A, 8291 AB Markerdam",
    "dorpsstraat 12 a": "Dorpsstraat 12A, 8291 AB Markerdam",
    "dorpsstraat 12a-bis": "Dorpsstraat 12A-bis, 8291 AB Markerdam",
    "dorpsstraat 12-3": "Dorpsstraat 12-3, 8291 AB Markerdam",
    "dorpsstraat 12 3": "Dorpsstraat 12-3, 8291 AB Markerdam",
    "dorpsstr 14": "Dorpsstraat 14, 8291 AB Markerdam",
    "dor 4": "Dorpsplein 4, 8291 AD Markerdam",
    "oude dorps": "Oude Dorpsstraat 12, 8291 AC Markerdam",
    "8291ab 12": "Dorpsstraat 12, 8291 AB Markerdam",
    "8291 AB 12a": "Dorpsstraat 12A, 8291 AB Markerdam",
    "14 8291 ab": "Dorpsstraat 14, 8291 AB Markerdam",
    "8305": "Dorpsstraat 2, 8305 KL Zuiderhaven",
    "8291a 4": "Dorpsplein 4, 8291 AD Markerdam",
    "8291ab dorpsstraat 3": "Dorpsstraat 3, 8291 AB Markerdam",
    "plein 1940": "Plein 1940 1, 8292 CD Markerdam",
    "plein 1940 12": "Plein 1940 12, 8292 CD Markerdam",
    "2e kade 2": "2e Kadedwarsstraat 2, 8292 CE Markerdam",
    "campenlaan 7": "Jacob van Campenlaan 7, 8293 EF Markerdam",
    "j van campenlaan": "Jacob van Campenlaan 7, 8293 EF Markerdam",
    "st. jansweg": "Sint Jansweg 9, 8293 EG Zuiderhaven",
    "s gravenkade 5": "'s-Gravenkade 5, 8293 EH Zuiderhaven",
    "'s-gravenkade": "'s-Gravenkade 5, 8293 EH Zuiderhaven",
    "cooperatieweg 31": "Coöperatieweg 31, 8293 EJ Zuiderhaven",
    # spelled wrong
    "dorpstraat 14": "Dorpsstraat 14, 8291 AB Markerdam",
    "dropsstraat 14": "Dorpsstraat 14, 8291 AB Markerdam",
    "dorppsstraat 12a": "Dorpsstraat 12A, 8291 AB Markerdam",
    "drpstraat 3": "Dorpsstraat 3, 8291 AB Markerdam",
    "dorpssraat 12 zuidrhaven": "Dorpsstraat 12, 8305 KL Zuiderhaven",
    "jacob van kampenlaan 7": "Jacob van Campenlaan 7, 8293 EF Markerdam",
    "coperatieweg": "Coöperatieweg 31, 8293 EJ Zuiderhaven",
    "nieuweweg 8": "Nieuwe Weg 8, 8294 AA Zuiderhaven",
    "dorps straat 14": "Dorpsstraat 14, 8291 AB Markerdam",
    "kerklan 6": "Kerklaan 6, 8294 AB Zuiderhaven",
    "makrt 10": "Markt 10, 8294 AD Markerdam",
    "mrkt": "Markt 10, 8294 AD Markerdam",
    "gravenkaad 5": "'s-Gravenkade 5, 8293 EH Zuiderhaven",
}
NIETS = ("", "12", "a", "   ", "%", '"', "xyzzy", "dorpsstraat 77", "9999zz", "kerk* 6' OR 1=1", "\0", "é")


def zet_adressen(kring: Kring, adressen: list[tuple[str, int, str, str, str, str]]) -> None:
    """Rows of the address file and their streets; committed."""
    x, y = (145_000.0, 507_000.0) if kring.gemeente.naam == "Markerwaard" else (152_000.0, 512_000.0)
    lon, lat = naar_wgs84(x, y)
    sessie = db.session()
    rijen = [
        {
            "uid": nieuw_id(),
            "gemeente_id": kring.gemeente.id,
            "nummeraanduiding_id": f"{kring.gemeente.code}20{i:010d}",
            "openbare_ruimte": straat,
            "huisnummer": nummer,
            "huisletter": letter,
            "huisnummertoevoeging": toevoeging,
            "postcode": postcode,
            "woonplaats": plaats,
            "x": x + i,
            "y": y,
            "lon": lon,
            "lat": lat,
        }
        for i, (straat, nummer, letter, toevoeging, postcode, plaats) in enumerate(adressen)
    ]
    sessie.execute(insert(Adres), rijen)
    ververs_straten(sessie, kring.systeem)
    sessie.commit()


def test_gevallen(wereld: Wereld) -> None:
    zet_adressen(wereld.een, _ADRESSEN)
    sessie, actor = db.session(), wereld.een.systeem
    eerste = {t: [v.weergave for v in zoek_adressen(sessie, actor, t)][:1] for t in GEVALLEN}
    assert eerste == {t: [verwacht] for t, verwacht in GEVALLEN.items()}
    assert {t: zoek_adressen(sessie, actor, t) for t in NIETS} == {t: [] for t in NIETS}


def test_volgorde_en_aantal(wereld: Wereld) -> None:
    zet_adressen(wereld.een, _ADRESSEN)
    sessie, actor = db.session(), wereld.een.systeem

    def gevonden(tekst: str, limiet: int = 10) -> list[str]:
        return [f"{v.straat} {v.nummer} {v.woonplaats}" for v in zoek_adressen(sessie, actor, tekst, limiet)]

    # The number itself, with letter or addition, in a longer street name, what may still be typed, another place.
    assert gevonden("dorpsstraat 12 mark") == [
        *("Dorpsstraat 12 Markerdam", "Dorpsstraat 12-3 Markerdam", "Dorpsstraat 12A Markerdam"),
        *("Dorpsstraat 12A-bis Markerdam", "Oude Dorpsstraat 12 Markerdam"),
        *("Dorpsstraat 120 Markerdam", "Dorpsstraat 121 Markerdam", "Dorpsstraat 12 Zuiderhaven"),
    ]
    # Without a number every street that fits is there.
    assert {v.rsplit(" ", 2)[0] for v in gevonden("dorps")} >= {"Dorpsstraat", "Dorpsplein", "Oude Dorpsstraat"}
    assert len(gevonden("dorps", 3)) == 3


@pytest.mark.parametrize("tekst", ["dorpsstraat 12", "drpsstraat 12", "8291ab"])
def test_alleen_de_eigen_gemeente(wereld: Wereld, tekst: str) -> None:
    zet_adressen(wereld.een, _ADRESSEN)
    zet_adressen(wereld.twee, [("Ringweg", 1, "", "", "8400AA", "Dijkstad")])
    sessie = db.session()
    assert zoek_adressen(sessie, wereld.een.systeem, tekst)
    assert zoek_adressen(sessie, wereld.twee.systeem, tekst) == []
    assert zoek_adressen(sessie, wereld.een.systeem, "ringweg") == []


def test_straten_volgen_het_bestand(wereld: Wereld) -> None:
    zet_adressen(wereld.een, [("Kade", 1, "", "", "8400AA", "Markerdam"), ("Dam", 1, "", "", "8400AB", "Markerdam")])
    sessie, actor = db.session(), wereld.een.systeem
    kade = sessie.query(Adres).filter_by(openbare_ruimte="Kade").one()
    kade.openbare_ruimte = "Havenkade"
    assert ververs_straten(sessie, actor) == 2
    assert ververs_straten(sessie, actor) == 0
    sessie.commit()
    assert [v.straat for v in zoek_adressen(sessie, actor, "havenkade 1")] == ["Havenkade"]
    assert [v.straat for v in zoek_adressen(sessie, actor, "dam 1")] == ["Dam"]
    assert [v.straat for v in zoek_adressen(sessie, actor, "kade 1")] == ["Havenkade"]
