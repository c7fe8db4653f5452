"""The queue of signals from visits, as the aandachtsfunctionaris works through it; and what a jurist sees of it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def als(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Callable[[str], Page]]:
    """A page in which somebody has logged in; everybody has a browser of their own."""
    contexten: list[BrowserContext] = []

    def aangemeld(naam: str) -> Page:
        context = bladeraar.new_context(
            base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
        )
        context.set_default_timeout(GEDULD_MS)
        contexten.append(context)
        pagina = context.new_page()
        meld_aan(pagina, demodienst, naam)
        return pagina

    yield aangemeld
    for context in contexten:
        context.close()


def _aantal(pagina: Page) -> int:
    """What the home page counts."""
    pagina.goto("/")
    kop = pagina.get_by_role("heading", level=3, name="Signalen uit bezoeken").inner_text()
    return int(re.findall(r"\d+", kop)[0])


def test_van_startpagina_naar_signaal_en_terug(als: Callable[[str], Page]) -> None:
    pagina = als("aandacht")
    wachtend = _aantal(pagina)
    assert wachtend >= 2
    pagina.get_by_role("link", name=re.compile("Beoordelen.*Signalen uit bezoeken")).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Signalen uit bezoeken")
    rijen = pagina.locator("tbody tr")
    expect(rijen).to_have_count(wachtend)
    # Hard ones first.
    expect(rijen.first).to_contain_text("Hard:")
    plek = rijen.first.get_by_role("link").inner_text()
    rijen.first.get_by_role("link").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(plek)
    expect(pagina.locator("main")).to_contain_text("Deze antwoorden wijzen erop")
    # The form says what the answers suggest, and a person goes on from there.
    assert pagina.get_by_label("Hoog").is_checked()
    pagina.get_by_label("Direct gevaar").check()
    pagina.get_by_label("Toelichting").fill("Gebeld met het team; de bewoner is veilig.")
    pagina.get_by_role("button", name="Neem aan als signaal").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Signaal S\d{4}-\d{4}$"))
    expect(pagina.locator("main")).to_contain_text("Gebeld met het team; de bewoner is veilig.")
    assert _aantal(pagina) == wachtend - 1

    pagina.go_back()
    pagina.get_by_role("link", name="Het bezoek en uw oordeel").click()
    pagina.get_by_label("Waarom beoordeelt u het opnieuw?").fill("Verkeerde woning gelezen.")
    pagina.get_by_role("button", name="Opnieuw beoordelen").click()
    expect(pagina.locator("main")).to_contain_text("Verkeerde woning gelezen.")
    pagina.get_by_role("button", name="Geen signaal").click()
    expect(pagina.locator("main").get_by_text("Schrijf op waarom").first).to_be_visible()
    pagina.get_by_label("Waarom is dit geen signaal?").fill("De papieren lagen op de kamer.")
    pagina.get_by_role("button", name="Geen signaal").click()
    expect(rijen).to_have_count(wachtend - 1)
    pagina.get_by_role("link", name="Geen signaal", exact=True).click()
    expect(pagina.locator("tbody")).to_contain_text("De papieren lagen op de kamer.")


def test_de_jurist_komt_er_niet(als: Callable[[str], Page]) -> None:
    aandacht, jurist = als("aandacht"), als("jurist")
    aandacht.goto("/signalen/uit-bezoeken?stand=aangenomen")
    adres = aandacht.locator("tbody tr a").first.get_attribute("href") or ""
    assert adres.startswith("/signalen/uit-bezoeken/")
    uid = adres.rsplit("/", 1)[1]
    for pad, status in ((adres, 403), (f"/voorstellen/{uid}", 404), ("/signalen/uit-bezoeken", 403)):
        antwoord = jurist.goto(pad)
        assert antwoord is not None
        assert antwoord.status == status
    jurist.goto("/voorstellen")
    expect(jurist.locator("tbody tr").first).to_be_visible()
    expect(jurist.locator("main")).not_to_contain_text(re.compile("mensenhandel", re.IGNORECASE))
