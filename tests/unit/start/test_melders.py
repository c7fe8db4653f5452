"""Who reported is not recognised in a report, also where they share a name, a house or a phone with who asks."""

import pytest

from inspecties.start.rules_inzage import Zoekvraag, is_zelf, lees_zoekvraag, zoek_melders

JAN = lees_zoekvraag("Jan Bakker", "036-1234567", "jan@bakker.example")


def sporen(tekst: str, *melders: Zoekvraag, vrager: Zoekvraag = JAN) -> list[str]:
    return [spoor.soort for spoor in zoek_melders([("Signaal: tekst", tekst)], melders, vrager)]


@pytest.mark.parametrize(
    ("melder", "tekst"),
    [
        (lees_zoekvraag("Fatima Bakker"), "Fatima Bakker zegt dat haar man Jan Bakker niet thuis mag komen."),
        (lees_zoekvraag("Fatima Bakker"), "Jan Bakker slaapt in de schuur, zegt Fatima."),
        (lees_zoekvraag("Ria Bakker"), "Volgens zijn moeder Ria werkt Jan Bakker zeven dagen."),
        # The phone of the house is that of both.
        (lees_zoekvraag("Fatima Yilmaz", "0031 36 1234567"), "Mevrouw Yilmaz maakt zich zorgen over Jan Bakker."),
        (lees_zoekvraag("Jan Willem Bakker"), "Jan Willem Bakker belde over zijn zoon Jan Bakker."),
        (lees_zoekvraag("Jan Willem Bakker"), "Vader Willem belde over Jan Bakker."),
        (lees_zoekvraag("Anna Jan"), "Jan Bakker kent Anna van het werk."),
    ],
)
def test_wie_iets_deelt_met_de_vrager_wordt_toch_gevonden(melder: Zoekvraag, tekst: str) -> None:
    assert sporen(tekst, melder) == ["een naam"]


def test_een_deel_van_de_eigen_naam_is_een_ander() -> None:
    zoon, vader = lees_zoekvraag("Willem Jan Bakker"), lees_zoekvraag("Jan Bakker")
    assert sporen("Willem Jan Bakker werkt hier.", vader, vrager=zoon) == []
    assert sporen("Jan Bakker zegt dat Willem Jan Bakker hier werkt.", vader, vrager=zoon) == ["een naam"]


def test_wat_van_de_vrager_zelf_is_houdt_niets_tegen() -> None:
    tekst = "Jan Bakker, 036 1234567, jan@bakker.example. De heer Bakker deed open; Bakker is huurder."
    for melder in (
        lees_zoekvraag("Fatima Bakker", "036-1234567"),
        lees_zoekvraag("Jan Bakker"),
        lees_zoekvraag("Bakker"),
        lees_zoekvraag("jan  BAKKER", "", "Jan@Bakker.example"),
    ):
        assert sporen(tekst, melder) == []


def test_zelf_is_dezelfde_naam_en_een_contact() -> None:
    assert is_zelf(lees_zoekvraag("JAN bakker", "0031 36 1234567"), JAN)
    assert is_zelf(lees_zoekvraag("Jan Bakker", "", "JAN@bakker.example"), JAN)
    assert not is_zelf(lees_zoekvraag("Jan Bakker", "06-99999999"), JAN), "a namesake"
    assert not is_zelf(lees_zoekvraag("Fatima Bakker", "036-1234567"), JAN)
    # Of a namesake the number stays to be looked for.
    assert sporen("Gebeld met 06 9999 9999.", lees_zoekvraag("Jan Bakker", "06-99999999")) == ["een nummer"]


def test_een_buur_is_ook_aan_de_achternaam_te_kennen() -> None:
    buur = lees_zoekvraag("Buur Snoek", "06-12345678", "06-12345678")
    assert sporen("De familie Snoek van hiernaast.", buur) == ["een naam"]
    assert sporen("Terugbellen: +31 6 1234 5678.", buur) == ["een nummer"]
    assert sporen("Mail naar buur@snoek.example", lees_zoekvraag("Buur", "", "buur@snoek.example")) == [
        "een naam",
        "een mailadres",
    ]
    assert sporen("Jan Bakker woont alleen.", buur) == []
