"""A list with headings of its own goes in, into QGIS' format and out again, by keyboard and clean under axe."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from inspecties.locaties.geopakket import lees_geopakket
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import keur

LIJST = "Pand;Categorie;Oost;Noord;Telefoon\nUitwisselhuis;hotel;146010;507333;06\n"
KEUZES = {"Pand": "Naam", "Categorie": "Type", "Oost": "RD x (meters)", "Noord": "RD y (meters)"}


def _kijk(blad: Page) -> None:
    """Clean under axe and not too wide, on a telephone and on a screen."""
    assert keur(blad) == []


def test_heen_terug_en_ongedaan(bladeraar: Browser, demodienst: Demodienst, tmp_path: Path) -> None:
    context = bladeraar.new_context(base_url=demodienst.adres, locale="nl-NL", accept_downloads=True)
    context.set_default_timeout(GEDULD_MS)
    blad = context.new_page()
    meld_aan(blad, demodienst, "coordinator")
    blad.goto("/locaties/importeren")
    bestand = {"name": "pand.csv", "mimeType": "text/csv", "buffer": LIJST.encode()}
    blad.get_by_label("Bestand").set_input_files(bestand)  # type: ignore[arg-type]  # a FilePayload
    blad.get_by_label("Naam van de bron").fill("Lijst van de KvK")
    blad.keyboard.press("Enter")
    expect(blad.get_by_role("heading", level=1)).to_have_text("Wat betekenen de kolommen?")
    for kolom, keuze in KEUZES.items():
        blad.get_by_label(kolom, exact=True).select_option(label=keuze)
    _kijk(blad)
    blad.get_by_role("button", name="Controleer het bestand").click()
    blad.get_by_role("button", name="Sla 1 locatie op").click()
    expect(blad.get_by_text("1 locatie is toegevoegd")).to_be_visible()
    _kijk(blad)

    blad.goto("/locaties?zoek=Uitwisselhuis")
    with blad.expect_download() as gehaald:
        blad.get_by_role("link", name="GeoPackage voor QGIS").click()
    gehaald.value.save_as(tmp_path / "uit.gpkg")
    assert [rij["naam"] for rij, _ in lees_geopakket(tmp_path / "uit.gpkg").rijen] == ["Uitwisselhuis"]

    blad.goto("/locaties/importeren")
    blad.get_by_label("Bestand").set_input_files(tmp_path / "uit.gpkg")
    blad.get_by_label("Werk de locatie bij").check()
    blad.get_by_role("button", name="Controleer het bestand").click()
    expect(blad.get_by_text("Er is niets om op te slaan")).to_be_visible()

    blad.goto("/locaties/imports")
    blad.get_by_role("link", name="pand.csv").click()
    _kijk(blad)
    blad.get_by_label("Waarom draait u deze import terug?").fill("De lijst was van vorig jaar.")
    blad.get_by_role("button", name="Maak deze import ongedaan").click()
    expect(blad.get_by_text("Deze import is helemaal teruggedraaid")).to_be_visible()
    blad.goto("/locaties?zoek=Uitwisselhuis")
    expect(blad.get_by_text("Geen locatie past bij dit filter")).to_be_visible()
    context.close()
