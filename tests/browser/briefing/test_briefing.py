"""An inspector reads the briefing on a phone and says so; the planner hides the addresses of a later action."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
    pagina.set_viewport_size({"width": 360, "height": 780})
    yield pagina
    context.close()


def _past(pagina: Page) -> None:
    assert te_breed(pagina) == 0


def test_lezen_en_de_coordinator_ziet_het(pagina: Page, demodienst: Demodienst) -> None:
    meld_aan(pagina, demodienst, "inspecteur1")
    pagina.get_by_role("link", name="Briefing lezen").first.click()
    expect(pagina.get_by_text("U las versie 1. Dit is versie 2: lees wat er anders is.")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Veiligheid eerst")).to_be_visible()
    kaart = pagina.get_by_role("img", name="Kaart met")
    assert kaart.evaluate("beeld => beeld.complete ? beeld.naturalWidth > 0 : beeld.decode().then(() => true)")
    _past(pagina)
    pagina.set_viewport_size({"width": 1280, "height": 900})
    _past(pagina)
    pagina.get_by_role("button", name="Ik heb deze briefing gelezen").click()
    expect(pagina.get_by_text("Vastgelegd: u las versie 2 van de briefing.")).to_be_visible()
    actie = pagina.url.partition("/briefing/")[0]
    pagina.context.clear_cookies()
    meld_aan(pagina, demodienst, "coordinator")
    pagina.goto(f"{actie}/briefing")
    rij = pagina.get_by_role("row").filter(has_text="Inspecteur Een")
    expect(rij).to_contain_text("versie 2")
    expect(rij).to_contain_text("Bij")
    _past(pagina)
    pagina.get_by_role("link", name="Gereedheid", exact=True).click()
    expect(pagina.get_by_role("heading", name="Binnentreden en machtigingen")).to_be_visible()
    _past(pagina)
