"""A paper form typed over with JavaScript switched off; and its pages under axe, narrow and wide."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import keur
from tests.tusklant import jpeg

INSTELLINGEN: dict[str, Any] = {
    "locale": "nl-NL",
    "timezone_id": "Europe/Amsterdam",
    "service_workers": "block",
    "viewport": {"width": 1280, "height": 900},
}


def _naar_een_papier(pagina: Page, dienst: Demodienst, nr: int) -> None:
    """From the list of actions to a stop of tonight that is not visited yet."""
    meld_aan(pagina, dienst, "coordinator")
    pagina.goto(f"{dienst.adres}/acties")
    pagina.get_by_role("link", name="Pandenactie vanavond").first.click()
    pagina.get_by_role("button", name="Van papier invoeren").nth(nr).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Van papier invoeren")


def _begin(pagina: Page) -> None:
    pagina.get_by_label("Wie vulde het papier in?").fill("Inspecteur Een")
    pagina.get_by_label("Op welke dag?").fill("2026-01-05")
    pagina.get_by_label("Hoe laat?").fill("10:30")
    pagina.get_by_role("button", name="Beginnen").click()


def _kies(pagina: Page, vraag: str, antwoord: str) -> None:
    pagina.get_by_role("group", name=re.compile(re.escape(vraag))).get_by_label(antwoord, exact=True).check()


@pytest.mark.timeout(300)
def test_kort_papier_zonder_javascript(demodienst: Demodienst, bladeraar: Browser, tmp_path: Path) -> None:
    context = bladeraar.new_context(java_script_enabled=False, **INSTELLINGEN)
    pagina = context.new_page()
    pagina.set_default_timeout(GEDULD_MS)
    _naar_een_papier(pagina, demodienst, 0)
    _begin(pagina)
    verder = pagina.get_by_role("button", name="Bewaren en verder")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Binnentreden")
    _kies(pagina, "Op welke grond gaat u naar binnen?", "Niet binnen geweest")
    verder.click()
    expect(pagina.get_by_text("Door uw antwoorden zijn er vragen bijgekomen.")).to_be_visible()
    _kies(pagina, "Waarom bent u niet binnen geweest?", "Niemand thuis")
    _kies(pagina, "Welke partners zijn mee?", "Geen partner")
    pagina.get_by_label("Wat zag u van buiten?").fill("Vier auto's met buitenlands kenteken.")
    verder.click()
    # Everything between was about the inside.
    expect(pagina.get_by_role("heading", level=1)).not_to_have_text("Telling en oppervlakte")
    for _ in range(12):
        if pagina.get_by_role("heading", level=1).inner_text() == "Papier afronden":
            break
        verder.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Papier afronden")
    expect(pagina.get_by_text("Handtekening van de inspecteur")).to_be_visible()
    pagina.get_by_role("button", name="Afronden").click()
    expect(pagina.get_by_text("Voeg eerst een scan of foto van het papier toe.").first).to_be_visible()
    scan = tmp_path / "papier.jpg"
    scan.write_bytes(jpeg("white"))
    pagina.get_by_label("Scan of foto van het papier").set_input_files(scan)
    pagina.get_by_role("button", name="Afronden").click()
    expect(pagina.get_by_text("Het papier is ingevoerd.")).to_be_visible()
    expect(pagina.get_by_text("Van papier ingevoerd door Coördinator Markerwaard")).to_be_visible()
    expect(pagina.get_by_text("Vier auto's met buitenlands kenteken.")).to_be_visible()
    expect(pagina.get_by_text("Niemand thuis", exact=True)).to_be_visible()
    context.close()


@pytest.mark.timeout(300)
def test_bladzijden_zijn_toegankelijk(demodienst: Demodienst, bladeraar: Browser) -> None:
    context = bladeraar.new_context(**INSTELLINGEN)
    pagina = context.new_page()
    pagina.set_default_timeout(GEDULD_MS)
    fouten: list[str] = []
    pagina.on("console", lambda m: fouten.append(m.text) if m.type == "error" else None)
    _naar_een_papier(pagina, demodienst, 1)
    fouten += keur(pagina)
    _begin(pagina)
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Binnentreden")
    fouten += keur(pagina)
    pagina.get_by_role("button", name="Bewaren en verder").click()
    expect(pagina.get_by_role("heading", name="Nog nakijken")).to_be_visible()
    fouten += keur(pagina)
    _kies(pagina, "Op welke grond gaat u naar binnen?", "Toezicht in een bedrijfsruimte, geen woning (Awb 5:15)")
    pagina.get_by_role("button", name="Bewaren en verder").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Telling en oppervlakte")
    fouten += keur(pagina)
    pagina.locator(".papier__delen").get_by_role("link", name="Kamer", exact=True).click()
    pagina.get_by_role("button", name="Kamer toevoegen").click()
    pagina.get_by_label("Naam of plek van de kamer").fill("Zolder")
    fouten += keur(pagina)
    pagina.get_by_role("button", name="Bewaren en verder").click()
    expect(pagina.get_by_role("link", name="Kamer 1: Zolder")).to_be_visible()
    fouten += keur(pagina)
    pagina.get_by_role("link", name="Scan toevoegen en afronden").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Papier afronden")
    fouten += keur(pagina)
    assert fouten == []
    context.close()
