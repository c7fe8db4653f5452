"""One signal through all six steps, as the aandachtsfunctionaris works through it from the home page on."""

import re
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
    """A telephone in which the aandachtsfunctionaris has logged in."""
    context = bladeraar.new_context(
        base_url=demodienst.adres,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        service_workers="block",
        viewport={"width": 360, "height": 800},
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "aandacht")
    yield pagina
    context.close()


def _zet(pagina: Page, knop: str, stap: str) -> None:
    """Take the step that this button names."""
    pagina.get_by_role("link", name=knop, exact=True).click()
    pagina.get_by_role("button", name=knop, exact=True).click()
    expect(pagina.locator("[aria-current=step]")).to_have_text(stap)


def _zet_door(pagina: Page, aan: str) -> None:
    pagina.get_by_role("link", name="Aan iemand doorgeven").click()
    pagina.get_by_label("Aan wie?").select_option(label=aan)
    pagina.get_by_role("button", name="Bekijk wat u doorgeeft").click()
    expect(pagina.locator(".meldroute-bevroren")).to_contain_text("Nummer van het signaal: S")
    expect(pagina.locator(".meldroute-bevroren")).not_to_contain_text("Bron")
    pagina.get_by_label("In deze tekst is niet te herkennen wie meldde.").check()
    pagina.get_by_role("button", name="Zet door en leg vast").click()
    expect(pagina.locator("main")).to_contain_text("Nu te doen")


def test_een_signaal_door_alle_stappen(pagina: Page) -> None:
    pagina.goto("/signalen?status=ontvangen&vorm=arbeidsuitbuiting")
    pagina.locator("tbody tr a").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(re.compile(r"^Signaal S\d{4}-\d{4}$"))
    nu = pagina.locator("section.meldroute-nu")
    expect(nu).to_contain_text("Beantwoord de triage")

    nu.get_by_role("link", name=re.compile("Naar de triage")).click()
    expect(pagina.get_by_role("group", name="Is er een mogelijk slachtoffer?")).to_be_visible()
    for vraag in pagina.locator("fieldset").all():
        vraag.get_by_label("Nee").check()
    pagina.get_by_role("group", name="Is er een mogelijk slachtoffer?").get_by_label("Ja").check()
    pagina.get_by_role("button", name="Antwoorden bewaren").click()
    expect(pagina.locator("#advies").locator("..")).to_contain_text("Nederlandse Arbeidsinspectie")
    pagina.locator(".kruimels, nav").get_by_role("link", name=re.compile(r"^S\d{4}-")).click()

    _zet(pagina, "Oppakken en verrijken", "Verrijken")
    expect(nu).to_contain_text(re.compile(r"Uiterlijk .+ \d{4}"))
    expect(nu).to_contain_text("Aandachtsfunctionaris doet dit.")
    nu.get_by_role("link", name=re.compile("Kijk wat hier bekend is")).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Wat hier al bekend is")
    pagina.go_back()

    _zet(pagina, "Laten bespreken", "Bespreken")
    nu.get_by_role("link", name="Zet op de agenda").click()
    pagina.get_by_label("Wat is de vraag aan het overleg?").fill("Wie kent deze plek?")
    pagina.get_by_role("button", name="Op de agenda zetten").click()
    expect(pagina.locator("main")).to_contain_text("nog niet besproken")

    _zet_door(pagina, "Nederlandse Arbeidsinspectie")
    pagina.get_by_role("link", name="Doorzetten", exact=True).click()
    pagina.get_by_role("button", name="Doorzetten").click()
    expect(pagina.locator("main")).to_contain_text("Meld altijd ook bij de zorgcoördinator")
    pagina.go_back()
    pagina.go_back()
    _zet_door(pagina, "Zorgcoördinator mensenhandel")
    _zet(pagina, "Doorzetten", "Doorgezet")

    for _ in range(2):
        nu.get_by_role("link", name=re.compile("Antwoord vastleggen")).first.click()
        pagina.get_by_label("Wat antwoordde de ontvanger?").fill("In onderzoek genomen.")
        pagina.get_by_role("button", name="Antwoord vastleggen").click()
    expect(nu).not_to_contain_text("zou antwoorden")
    pagina.get_by_role("link", name="Terugkoppelen", exact=True).click()
    pagina.get_by_label("Ja, de melder is teruggekoppeld").check()
    pagina.get_by_role("button", name="Terugkoppelen").click()

    pagina.get_by_role("link", name="Afsluiten", exact=True).click()
    expect(pagina.locator("main")).to_contain_text("Leg eerst vast welke hulp is aangeboden")
    pagina.get_by_role("link", name="Hulp vastleggen").click()
    pagina.get_by_label("Welke hulp is aangeboden?").fill("Opvang en een tolk")
    pagina.get_by_label("Welke organisatie bood het aan?").fill("Moviera")
    pagina.get_by_label("Afgewezen").check()
    pagina.get_by_role("button", name="Aanbod vastleggen").click()
    pagina.get_by_role("link", name="Afsluiten", exact=True).click()
    pagina.get_by_label("Mogelijk mensenhandel: ernstig vermoeden").check()
    pagina.get_by_role("button", name="Afsluiten").click()
    expect(pagina.locator("[aria-current=step]")).to_have_text("Afgesloten")
    expect(pagina.locator("section.meldroute-nu")).to_contain_text("Mogelijk mensenhandel: ernstig vermoeden")
    assert te_breed(pagina) == 0
