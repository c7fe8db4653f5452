"""Planning an action without a mouse, and watching the evening while a team reports."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from inspecties.core.klok import TIJDZONE
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan

BEIDE_DATABASES = True


@pytest.fixture
def kantoor(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    """The coordinator's browser."""
    context = bladeraar.new_context(
        base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "coordinator")
    yield pagina
    context.close()


@pytest.fixture
def tablet(bladeraar: Browser, demodienst: Demodienst) -> Iterator[BrowserContext]:
    """An inspector who is logged in on another device."""
    context = bladeraar.new_context(base_url=demodienst.adres, service_workers="block")
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "inspecteur1")
    pagina.close()
    yield context
    context.close()


def druk(pagina: Page, toets: str, rol: str, naam: str | re.Pattern[str]) -> None:
    """Come to a control and press a key, as somebody without a mouse does."""
    ding = pagina.get_by_role(rol, name=naam).first  # type: ignore[arg-type]
    ding.focus()
    expect(ding).to_be_focused()
    pagina.keyboard.press(toets)


def adressen(pagina: Page) -> list[str]:
    rijen = pagina.get_by_role("region", name="Gekozen stops").locator("tbody tr")
    return rijen.evaluate_all("rijen => rijen.map(rij => rij.querySelector('td:nth-child(2) a').textContent)")  # type: ignore[no-any-return]


def test_plannen_met_alleen_het_toetsenbord(kantoor: Page) -> None:
    # From the map: a mark by way of the list, its card, and on to a new action with that place in it.
    kantoor.goto("/kaart?type=hotel")
    kantoor.get_by_role("button", name=re.compile("^Toon .* op de kaart$")).first.focus()
    kantoor.keyboard.press("Enter")
    expect(kantoor.locator(".leaflet-popup")).to_contain_text("Score")
    expect(kantoor.get_by_role("link", name="Open de locatie")).to_be_focused()
    kantoor.keyboard.press("Tab")
    expect(kantoor.get_by_role("link", name="Plan in")).to_be_focused()
    kantoor.keyboard.press("Enter")
    kantoor.get_by_label("Naam").focus()
    kantoor.keyboard.type("Toetsenbordactie")
    morgen = (datetime.now(TIJDZONE) + timedelta(days=1)).date()
    kantoor.get_by_label("Datum").fill(morgen.isoformat())
    kantoor.get_by_label("Dienst van").fill("17:00")
    kantoor.get_by_label("Dienst tot").fill("22:00")
    # The kind of action proposes its partners.
    expect(kantoor.get_by_role("checkbox", name="Politie")).to_be_checked()
    druk(kantoor, "Enter", "button", "Actie maken")
    druk(kantoor, "Space", "checkbox", re.compile("Inspecteur Een"))
    druk(kantoor, "Space", "checkbox", re.compile("Agent Politie"))
    druk(kantoor, "Enter", "button", "Opslaan en verder")
    pool = kantoor.get_by_role("region", name="Locaties om uit te kiezen").get_by_role("checkbox")
    for plaats in range(2):
        pool.nth(plaats).focus()
        kantoor.keyboard.press("Space")
    druk(kantoor, "Enter", "button", "Aangevinkte toevoegen")
    expect(kantoor.get_by_text("2 stops toegevoegd.")).to_be_visible()
    een, twee, drie = adressen(kantoor)
    druk(kantoor, "Enter", "button", f"{drie} eerder")
    expect(kantoor.get_by_role("region", name="Gekozen stops").locator("tbody tr").nth(1)).to_contain_text(drie)
    assert adressen(kantoor) == [een, drie, twee]
    druk(kantoor, "Enter", "button", "Kortste volgorde bepalen")
    expect(kantoor.get_by_text("De volgorde is bepaald")).to_be_visible()
    assert sorted(adressen(kantoor)) == sorted([een, twee, drie])
    druk(kantoor, "Enter", "link", "Verder naar controleren")
    druk(kantoor, "Enter", "button", "Gereed melden")
    expect(kantoor.get_by_text("De actie is nu 'gereed'.")).to_be_visible()
    # Tomorrow's shift is not started today, and the page says why.
    expect(kantoor.get_by_role("button", name="Starten")).to_have_count(0)
    expect(kantoor.get_by_text("Start op de dag zelf")).to_be_visible()


def test_de_avond_volgt_wat_een_ploeg_meldt(kantoor: Page, tablet: BrowserContext) -> None:
    kantoor.goto("/acties?toestand=gereed")
    kantoor.get_by_role("link", name="Pandenactie vanavond").first.click()
    vak = kantoor.locator("[data-voortgang]")
    expect(vak).to_contain_text("0 van 8 stops klaar")

    vandaag = datetime.now(TIJDZONE).date().isoformat()
    pak = tablet.request.get(f"/api/dienst?datum={vandaag}").json()
    stop = next(a for a in pak["acties"] if a["naam"] == "Pandenactie vanavond")["stops"][0]
    kop = {"X-CSRFToken": tablet.request.get("/api/csrf").json()["token"]}
    for toestand, klaar in (("binnen", 0), ("afgerond", 1)):
        bericht = {"toestand": toestand, "op": datetime.now(TIJDZONE).isoformat(), "op_id": str(uuid4())}
        antwoord = tablet.request.post(f"/api/stops/{stop['id']}/toestand", data=bericht, headers=kop)
        assert antwoord.status == 200, antwoord.text()
        # Coming back to the tab asks at once; left alone it asks every 20 seconds.
        kantoor.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        naam = toestand.capitalize()
        expect(kantoor.locator(f"[data-stop='{stop['id']}'] [data-stoptoestand]")).to_have_text(naam)
        expect(vak).to_contain_text(f"{klaar} van 8 stops klaar")
        expect(vak.get_by_role("listitem").filter(has_text=naam)).to_have_text(f"{naam}: 1")
        expect(vak.get_by_role("status")).to_contain_text(f"stop {stop['volgorde']}: {naam}")
