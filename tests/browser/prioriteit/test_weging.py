"""A coordinator changes a weight, sees what it does, saves it, and the list follows."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demodienst import Demodienst, meld_aan

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)


def _eerste(pagina: Page, adres: str, hoeveel: int = 10) -> list[str]:
    pagina.goto(f"{adres}/locaties?sorteer=prioriteit&richting=op")
    return pagina.locator("tbody tr td:first-child a").all_inner_texts()[:hoeveel]


def test_een_gewicht_wijzigen_verandert_de_lijst(bladeraar: Browser, demodienst: Demodienst) -> None:
    context = bladeraar.new_context(viewport={"width": 1280, "height": 900})
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "coordinator")
    voor = _eerste(pagina, demodienst.adres)
    pagina.goto(f"{demodienst.adres}/locaties/suggesties")
    pagina.get_by_role("link", name="Hoe wordt gewogen?").click()

    # What cannot be is told at the field.
    pagina.get_by_label("Nog nooit bezocht").fill("5000")
    pagina.get_by_role("button", name="Vergelijk met nu").click()
    expect(pagina.get_by_role("alert")).to_contain_text("van 0 tot en met 100")

    pagina.get_by_label("Nog nooit bezocht").fill("90")
    pagina.get_by_role("button", name="Vergelijk met nu").click()
    straks = pagina.get_by_role("region", name="De lijst met deze weging")
    nu = pagina.get_by_role("region", name="De lijst van nu")
    expect(straks).to_contain_text("omhoog")
    expect(straks).to_contain_text("Tijd sinds het laatste bezoek: 18 wordt 90")
    assert nu.locator("tbody tr td:nth-child(2)").all_inner_texts()[: len(voor)] == voor
    verwacht = straks.locator("tbody tr td:nth-child(2)").all_inner_texts()[: len(voor)]
    assert verwacht != voor

    pagina.get_by_label("Waarom verandert de weging?").fill("Eerst naar waar nog nooit iemand was.")
    pagina.get_by_role("button", name="Deze weging opslaan").click()
    expect(pagina.get_by_role("status")).to_contain_text("opgeslagen")
    expect(pagina.locator(".tijdlijn")).to_contain_text("Eerst naar waar nog nooit iemand was.")
    assert _eerste(pagina, demodienst.adres) == verwacht

    # A part opens to its facts with source and date, also by keyboard.
    pagina.get_by_role("link", name=verwacht[1]).click()
    deel = pagina.locator("summary", has_text="Tijd sinds het laatste bezoek")
    deel.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Bron: Register van locaties")).to_be_visible()
    context.close()
