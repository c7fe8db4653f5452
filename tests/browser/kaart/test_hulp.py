"""The tools of the map with the keyboard: drawing an area ends in an action, layers change markers and legend."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Openen = Callable[..., Page]


def _klaar(blad: Page) -> Page:
    expect(blad.locator("[data-kaartstand]")).to_contain_text("in beeld")
    return blad


def test_met_het_toetsenbord_van_gebied_naar_actie(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    kaart = blad.locator(".folium-map")
    blad.get_by_role("button", name="Teken gebied").focus()
    blad.keyboard.press("Enter")
    expect(kaart).to_be_focused()
    stand = blad.locator("[data-tekenstand]")
    expect(stand).to_contain_text("Zet de hoeken")
    # Around the twelve in the middle, leaving out the two far away.
    for punten, toetsen in enumerate(
        (["ArrowLeft", "ArrowUp"], ["ArrowDown"] * 2, ["ArrowRight"] * 2, ["ArrowUp"] * 2), 1
    ):
        for toets in toetsen:
            voor = blad.locator(".leaflet-map-pane").get_attribute("style")
            blad.keyboard.press(toets)
            expect(blad.locator(".leaflet-map-pane")).not_to_have_attribute("style", str(voor))
            expect(blad.locator(".leaflet-pan-anim")).to_have_count(0)
        blad.keyboard.press("Enter")
        expect(stand).to_contain_text(re.compile(rf"^{punten} punt"))
    expect(stand).to_contain_text("oppervlakte")
    blad.get_by_role("button", name="Klaar").focus()
    blad.keyboard.press("Enter")
    expect(blad.locator("[data-kaartstand]")).to_have_text("12 locaties in het getekende gebied.")
    expect(blad.get_by_role("heading", name="In beeld")).to_be_focused()
    expect(blad.locator("[data-kaartlijst] li")).to_have_count(12)
    blad.get_by_role("link", name="Maak actie van deze 12").press("Enter")
    expect(blad.get_by_text("12 gekozen locaties worden meteen een stop.")).to_be_visible()
    assert klachten == []


def test_lagen_veranderen_merken_en_legenda(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    legenda = blad.get_by_role("list", name="Legenda")
    expect(legenda).to_contain_text("In onderzoek")
    blad.get_by_text("Lagen en kleuren").click()
    blad.get_by_role("radio", name="Per type").check()
    expect(blad.locator(".merk--actief")).to_have_count(0)
    expect(legenda).to_contain_text("Autowasstraat")
    expect(legenda).not_to_contain_text("In onderzoek")
    blad.get_by_role("radio", name="Per laatste bezoek").check()
    expect(legenda).to_contain_text("Nog nooit bezocht")
    blad.get_by_role("checkbox", name=re.compile("^Waar signalen")).check()
    expect(blad.locator("[data-lagenstand]")).to_contain_text("nergens genoeg signalen")
    # The filter reads as a sentence; a part of it can be taken away.
    blad.get_by_label("Status", exact=True).select_option(label="Actief")
    deel = blad.get_by_role("button", name="Weghalen: status actief")
    expect(blad.locator("[data-kaartlijst] li")).to_have_count(1)
    deel.click()
    expect(blad.locator("[data-kaartlijst] li")).to_have_count(14)
    assert klachten == []


def test_dichtstbij_en_meten_tussen_twee_locaties(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    blad.get_by_role("button", name="Tien dichtstbij").click()
    expect(blad.locator("[data-kaartstand]")).to_contain_text("De 10 locaties die het dichtst bij")
    regels = blad.locator("[data-kaartlijst] li")
    expect(regels).to_have_count(10)
    expect(regels.first).to_contain_text(re.compile(r"\d+ m"))
    blad.get_by_role("button", name="Meten").click()
    blad.get_by_label("Van locatie").select_option(label="Pension 00")
    blad.get_by_label("Naar locatie").select_option(label="Pension 05")
    blad.get_by_role("button", name="Meet de afstand").click()
    expect(blad.locator("[data-tekenstand]")).to_have_text("Van Pension 00 naar Pension 05: 25 m hemelsbreed.")
    assert klachten == []
