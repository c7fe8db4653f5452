"""A machtiging is asked and signed and the plan turns clear; after the visit the verslag is made and handed over."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, bevestig, meld_aan

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)

Aanmelder = Callable[[str], Page]


@pytest.fixture
def als(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Aanmelder]:
    """A page of its own for each person."""
    contexten = []

    def begin(naam: str) -> Page:
        context = bladeraar.new_context(
            base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
        )
        context.set_default_timeout(GEDULD_MS)
        contexten.append(context)
        pagina = context.new_page()
        meld_aan(pagina, demodienst, naam)
        return pagina

    yield begin
    for context in contexten:
        context.close()


def test_machtiging_vragen_en_ondertekenen(als: Aanmelder) -> None:
    planner = als("coordinator")
    planner.goto("/acties")
    planner.get_by_role("link", name="Pandenactie vanavond").first.click()
    actie = planner.url
    planner.get_by_role("button", name="Terug naar concept").click()
    paneel = planner.get_by_role("region", name="Machtigingen tot binnentreden")
    nodig = planner.locator(".nodig")
    expect(paneel.get_by_text("Ondertekend").first).to_be_visible()
    expect(nodig.get_by_text("machtiging")).to_have_count(0)
    # It is withdrawn: the plan turns red at once.
    paneel.get_by_role("link").first.click()
    planner.get_by_text("Intrekken", exact=True).first.click()
    planner.get_by_label("Reden").last.fill("Er staat een verkeerde naam in.")
    planner.get_by_role("button", name="Intrekken").click()
    expect(planner.get_by_text("Ingetrokken: Er staat een verkeerde naam in.")).to_be_visible()
    planner.goto(actie)
    expect(nodig.get_by_text("de machtiging is ingetrokken")).to_be_visible()
    paneel.get_by_role("link", name="Machtiging aanvragen").first.click()
    planner.get_by_label("Naam van wie haar geeft").or_(planner.locator("#gever_naam")).first.fill("M. de Wit")
    planner.locator("#aan").select_option(index=1)
    planner.locator("#aan_naam").fill("Pas 1234")
    planner.locator("#aan_hoedanigheid").fill("toezichthouder")
    planner.locator("#grondslag").select_option("binnentreden")
    planner.locator("#nacht").check()
    planner.locator("#dringend").fill("De bewoners zijn alleen laat thuis.")
    planner.locator("#meegaanden_rol").fill("politie")
    planner.get_by_role("button", name="Opslaan als concept").click()
    expect(planner.get_by_role("button", name="Ter ondertekening sturen")).to_be_visible()
    nummer = planner.get_by_role("heading", level=1).inner_text().split()[-1]
    planner.get_by_role("button", name="Ter ondertekening sturen").click()
    expect(planner.get_by_text("Ter ondertekening", exact=True)).to_be_visible()
    kabinet = als("kabinet")
    kabinet.get_by_role("link", name="Naar de machtigingen").click()
    kabinet.get_by_role("link", name=nummer).click()
    kabinet.get_by_role("button", name="Ondertekenen").click()
    expect(kabinet.get_by_text("De machtiging is ondertekend en ligt vast.")).to_be_visible()
    planner.goto(actie)
    expect(paneel.get_by_role("link", name=nummer)).to_be_visible()
    expect(nodig.get_by_text("machtiging")).to_have_count(0)


def test_verslag_maken_vaststellen_en_geven(als: Aanmelder) -> None:
    inspecteur = als("inspecteur1")
    inspecteur.set_viewport_size({"width": 360, "height": 780})
    inspecteur.get_by_role("link", name="Naar de verslagen").click()
    expect(inspecteur.get_by_text("Te laat")).to_be_visible()
    inspecteur.get_by_role("link", name="Verslag maken").first.click()
    # What the visit and the machtiging say is filled in already.
    expect(inspecteur.get_by_label("Adres van de woning")).not_to_have_value("")
    expect(inspecteur.get_by_label("Binnen om")).not_to_have_value("")
    inspecteur.get_by_label("Hoe kwam u binnen").fill("De bewoner deed open.")
    inspecteur.get_by_role("button", name="Opslaan als concept").click()
    expect(inspecteur.get_by_text("Schrijf wat er binnen is gedaan en gebeurd.")).to_be_visible()
    expect(inspecteur.get_by_role("button", name="Vaststellen")).to_have_count(0)
    inspecteur.get_by_role("link", name="Concept wijzigen").click()
    inspecteur.get_by_label("Wat is er binnen gedaan en gebeurd").fill("Alle kamers bekeken.")
    inspecteur.get_by_role("button", name="Opslaan als concept").click()
    inspecteur.get_by_label("Ik maak dit verslag op").select_option("Ambtsbelofte")
    inspecteur.get_by_role("button", name="Vaststellen als Inspecteur Een").click()
    expect(inspecteur.get_by_text("op ambtsbelofte")).to_be_visible()
    # Until it was given to somebody the form is open; after that it is folded.
    for aan, hoe in (("Wie de machtiging gaf", "Toegestuurd"), ("De bewoner", "Uitgereikt")):
        if aan == "De bewoner":
            inspecteur.get_by_text("Vastleggen aan wie het is gegeven").click()
        inspecteur.get_by_label("Aan wie", exact=True).select_option(aan)
        inspecteur.get_by_label("Hoe", exact=True).select_option(hoe)
        with inspecteur.expect_event("load"):
            inspecteur.get_by_role("button", name="Vastleggen").click()
    expect(inspecteur.get_by_text("Het verslag is verstuurd, maar na")).to_be_visible()
    bevestig(inspecteur)
    with inspecteur.expect_download() as ophalen:
        inspecteur.get_by_role("link", name="Verslag (PDF)").click()
    assert ophalen.value.path().read_bytes().startswith(b"%PDF-")
