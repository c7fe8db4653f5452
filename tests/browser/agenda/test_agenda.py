"""The calendar with the keyboard alone, and looking back on what is over: two planners, one result."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from inspecties.core.klok import SysteemKlok
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import te_breed

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def pagina(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    context = bladeraar.new_context(
        base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    pagina.set_viewport_size({"width": 1280, "height": 900})
    meld_aan(pagina, demodienst, "coordinator")
    yield pagina
    context.close()


def _tab_naar(pagina: Page, naam: str) -> None:
    """Press Tab until the link with this name has the focus."""
    for _ in range(60):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("document.activeElement.textContent.trim()") == naam:
            return
    raise AssertionError(f"'{naam}' cannot be reached with Tab")


def test_bladeren_en_openen_met_het_toetsenbord(pagina: Page) -> None:
    pagina.goto("/acties/agenda")
    maand = pagina.locator("#agendablad").inner_text()
    _tab_naar(pagina, "Volgende maand")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#agendablad")).not_to_have_text(maand)
    _tab_naar(pagina, "Naar vandaag")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#agendablad")).to_have_text(maand)
    expect(pagina.locator("td[aria-current=date]")).to_contain_text("vandaag")
    _tab_naar(pagina, "Toon week")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Ploeg A:").first).to_be_visible()
    # On a telephone it is a list: days without anything are not in it.
    pagina.set_viewport_size({"width": 360, "height": 740})
    expect(pagina.locator("td.agenda__dag--leeg").first).to_be_hidden()
    assert te_breed(pagina) == 0
    _tab_naar(pagina, "Pandenactie vanavond")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Pandenactie vanavond", level=1)).to_be_visible()


def test_afspreken_en_het_verslag(pagina: Page) -> None:
    pagina.goto("/acties/afspraken")
    pagina.locator("td[data-label=Actie] a").first.click()
    pagina.get_by_text("Afspraak toevoegen").click()
    pagina.get_by_label("Wat gaat er gebeuren").fill("Bellen met de eigenaar")
    pagina.get_by_label("Wie doet dit").select_option("Politie")
    pagina.get_by_label("Uiterlijk").fill("2020-01-01")
    pagina.get_by_role("button", name="Afspraak opslaan").click()
    expect(pagina.get_by_text("Deze dag ligt voor de actie. Kies een latere dag.").first).to_be_visible()
    expect(pagina.get_by_label("Wat gaat er gebeuren")).to_have_value("Bellen met de eigenaar")
    pagina.get_by_label("Uiterlijk").fill((SysteemKlok().nu() + timedelta(days=30)).date().isoformat())
    pagina.get_by_role("button", name="Afspraak opslaan").click()
    expect(pagina.get_by_role("cell", name="Bellen met de eigenaar")).to_be_visible()
    pagina.get_by_role("button", name="Verslag maken").click()
    with pagina.expect_download() as download:
        pagina.get_by_role("link", name="Verslag 1 (pdf)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
