"""The board of an evening on two screens: what one changes stands on the other, also after the server started again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import te_breed

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def schermen(bladeraar: Browser, demodienst: Demodienst) -> Iterator[tuple[Page, Page]]:
    """A laptop, and a telephone in the van."""
    paginas = []
    for breed in (1280, 360):
        context = bladeraar.new_context(
            base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
        )
        context.set_default_timeout(GEDULD_MS)
        pagina = context.new_page()
        pagina.set_viewport_size({"width": breed, "height": 780})
        meld_aan(pagina, demodienst, "coordinator")
        pagina.goto("/acties?toestand=gereed")
        pagina.get_by_role("link", name="Pandenactie vanavond").first.click()
        pagina.get_by_role("link", name="Naar het avondbord").click()
        expect(pagina.get_by_text("Dit bord is live.")).to_be_visible()
        paginas.append(pagina)
    yield paginas[0], paginas[1]
    for pagina in paginas:
        pagina.context.close()


def test_wat_de_een_wijzigt_staat_bij_de_ander_ook_na_een_herstart(
    schermen: tuple[Page, Page], demodienst: Demodienst
) -> None:
    een, twee = schermen
    bord = een.url
    stop = twee.locator("[data-avondstop]").first
    toestand = stop.locator("[data-avondtoestand]")
    link = stop.get_by_role("link")
    naam = link.inner_text()
    expect(toestand).to_have_text("Gepland")
    # Whoever reads the board with the keyboard keeps the place.
    link.focus()
    een.get_by_role("link", name=naam, exact=True).click()
    oud = een.context.new_page()
    oud.goto(een.url)
    een.get_by_label("Reden").last.fill("Geen tijd meer")
    een.get_by_role("button", name="Laten vervallen").click()
    expect(een.get_by_text(f"{naam} is vervallen.")).to_be_visible()
    expect(toestand).to_have_text("Vervallen")
    expect(twee.locator("[data-avondomroep]")).to_contain_text("vervallen")
    expect(link).to_be_focused()
    assert te_breed(twee) == 0
    # An older page overwrites nothing, and loses nothing that was typed.
    oud.get_by_label("Reden").last.fill("Van een oude bladzijde")
    oud.get_by_role("button", name="Laten vervallen").click()
    expect(oud.get_by_text("U wilde")).to_be_visible()
    expect(oud.get_by_text("Laten vervallen", exact=True)).to_be_visible()
    oud.close()

    demodienst.stop()
    expect(twee.get_by_text("Geen verbinding met de server.")).to_be_visible(timeout=20_000)
    expect(toestand).to_have_text("Vervallen")
    demodienst.start()
    een.goto(bord)
    een.get_by_role("link", name=naam, exact=True).click()
    een.get_by_role("button", name="Terugzetten in het plan").click()
    # Back by itself: nobody touched the second screen.
    expect(toestand).to_have_text("Gepland", timeout=60_000)
