"""An answer of a visit stands apart as police data, is read by who is named, and comes back: all on the screen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, bevestig, meld_aan
from tests.browser.keuring import keur

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def als(bladeraar: Browser, demodienst: Demodienst) -> Iterator[object]:
    """Somebody who is logged in, by the name of the account."""
    open_ = []

    def begin(naam: str) -> Page:
        context = bladeraar.new_context(
            base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
        )
        context.set_default_timeout(GEDULD_MS)
        open_.append(context)
        blad = context.new_page()
        meld_aan(blad, demodienst, naam)
        return blad

    yield begin
    for context in open_:
        context.close()


def test_een_antwoord_apart_lezen_en_terug(als: object) -> None:
    assert callable(als)
    jurist: Page = als("jurist")
    jurist.goto("/voorstellen")
    jurist.locator("main a[href*='/voorstellen/']").first.click()
    jurist.locator("main a[href*='/bezoeken/']").first.click()
    expect(jurist.get_by_role("heading", level=1)).to_contain_text("Bezoek aan")
    bezoek = jurist.url
    assert keur(jurist, (360,)) == []
    link = jurist.locator("dl.feiten a[href*='/antwoorden/']").last
    adres = link.get_attribute("href")
    assert adres is not None
    link.click()
    expect(jurist.get_by_role("heading", level=1)).to_have_text("Antwoord apart zetten als politiegegeven")
    jurist.get_by_role("button", name="Apart zetten").click()
    expect(jurist.get_by_role("alert").first).to_be_visible()
    assert keur(jurist, (360,)) == []
    jurist.get_by_label("Wie legde dit vast, of gaf het?").fill("Boa domein I")
    jurist.get_by_label("Op grond van welk artikel?").select_option("art. 8 Wpg")
    jurist.get_by_label("Voor het eerst verwerkt op").fill("2026-01-05")
    jurist.get_by_label("Waarom is dit een politiegegeven?").fill("Vastgelegd na de cautie, door een boa.")
    jurist.get_by_role("button", name="Apart zetten").click()
    expect(jurist.get_by_text("Het antwoord staat apart als politiegegeven.")).to_be_visible()
    assert jurist.url == bezoek
    expect(jurist.locator(f"a[href='{adres}']")).to_have_count(0)

    boa: Page = als("inspecteur1")
    boa.goto("/politiegegevens")
    # The demo keeps a piece, a photo and an answer apart already; this one is the second answer.
    expect(boa.get_by_role("link", name=re.compile("^Foto of scan"))).to_have_count(1)
    assert keur(boa, (360,)) == []
    boa.locator("tr", has_text="05-01-2026").or_(boa.locator("tr", has_text="5 januari 2026")).get_by_role(
        "link"
    ).first.click()
    bevestig(boa)
    boa.get_by_label("Waarvoor leest u dit?").select_option("taak")
    boa.get_by_label("Waarom nu?").fill("Ik maak het proces-verbaal af.")
    boa.get_by_role("button", name="Lezen").click()
    expect(boa.get_by_text("Dit staat alleen hier.")).to_be_visible()
    assert keur(boa, (360,)) == []
    boa.get_by_text("Terug naar toezicht").click()
    boa.get_by_label("Op welke grond?").select_option("vergissing")
    boa.get_by_label("Waarom?").fill("Het kwam toch uit het toezicht.")
    boa.get_by_role("button", name="Terugzetten").click()
    expect(boa.get_by_text("Antwoord terug naar toezicht.")).to_be_visible()
    jurist.reload()
    expect(jurist.locator(f"a[href='{adres}']")).to_have_count(1)
