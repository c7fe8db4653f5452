"""The intake as an employee does it, a login that ends meanwhile, and the tablet without network."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import WACHTWOORD, Demodienst, meld_aan
from tests.browser.tablet import Tablet

pytestmark = pytest.mark.timeout(600)
WACHTZIN = "vier gewone woorden achter elkaar"


def _vul(pagina: Page, tekst: str) -> None:
    pagina.get_by_label("Wat is er gezien of gehoord?").fill(tekst)
    pagina.get_by_label("Waar?", exact=True).fill("Het huis achter de molen")


def test_direct_gevaar_melden_en_de_melder_lezen(bladeraar: Browser, demodienst: Demodienst) -> None:
    context = bladeraar.new_context(base_url=demodienst.adres, locale="nl-NL", service_workers="block")
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "jurist")
    pagina.get_by_role("link", name=re.compile("Melden")).first.click()
    nood = pagina.get_by_role("region", name="Is er nu gevaar? Bel eerst 112")
    expect(nood.get_by_role("link", name="112")).to_be_visible()
    expect(nood).to_contain_text("AVIM")
    knop = pagina.get_by_label("Direct gevaar")
    knop.check()
    expect(nood.get_by_role("alert")).to_have_text(re.compile("bel eerst 112"))
    expect(nood).to_be_in_viewport()
    _vul(pagina, "De buurman belde 06-12345678: hij hoort gegil.")
    pagina.get_by_text("Wat viel op?").click()
    pagina.get_by_label("Er is steeds een begeleider bij").check()
    pagina.get_by_role("button", name="Signaal melden").click()
    expect(pagina.get_by_text("lijkt een telefoonnummer te staan")).to_be_visible()
    # The login ends; what was typed comes back after logging in again in another window.
    koekjes = context.cookies()
    context.clear_cookies()
    pagina.get_by_role("button", name="Het klopt zo, verstuur").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("nog niet verzonden")
    assert "gegil" not in pagina.content()
    context.add_cookies(koekjes)  # type: ignore[arg-type]  # as they were read
    pagina.get_by_role("button", name="Verder met mijn signaal").click()
    expect(pagina.get_by_label("Wat is er gezien of gehoord?")).to_have_value(re.compile("gegil"))
    expect(knop).to_be_checked()
    expect(pagina.get_by_label("Er is steeds een begeleider bij")).to_be_checked()
    _vul(pagina, "De buurman hoort gegil.")
    pagina.get_by_role("button", name="Signaal melden").click()
    kop = pagina.get_by_role("heading", level=1)
    expect(kop).to_contain_text("Bedankt. Uw signaal is S")
    nummer = kop.inner_text().split()[-1]
    context.clear_cookies()
    meld_aan(pagina, demodienst, "aandacht")
    pagina.goto(f"/signalen?zoek={nummer}&status=")
    pagina.locator("tbody").get_by_role("link", name=nummer).click()
    pagina.get_by_role("link", name="De melder").click()
    expect(pagina.get_by_role("button", name="Toon de melder")).to_be_visible()
    assert "jurist@" not in pagina.content()
    pagina.get_by_label("Terugkoppelen aan de melder").check()
    pagina.get_by_role("button", name="Toon de melder").click()
    pagina.get_by_label("Uw wachtwoord").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Bevestigen en verder").click()
    expect(pagina.locator("main")).to_contain_text("jurist@markerwaard.example")
    context.close()


def _naar_melden(pagina: Page, demodienst: Demodienst) -> None:
    meld_aan(pagina, demodienst, "inspecteur1")
    pagina.goto("/veld")
    pagina.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    pagina.get_by_label("Wachtzin nog een keer").fill(WACHTZIN)
    pagina.get_by_role("button", name="Wachtzin instellen").click()
    pagina.get_by_role("button", name="Signaal melden").click()
    pagina.wait_for_function("() => navigator.serviceWorker.controller !== null")


def _op_schijf(profiel: Path) -> bytes:
    """All that the browser keeps of the app: IndexedDB, local storage, caches."""
    return b"".join(p.read_bytes() for p in profiel.rglob("*") if p.is_file() and "IndexedDB" in str(p))


def test_tablet_zonder_netwerk(speler: Playwright, demodienst: Demodienst, tmp_path: Path) -> None:
    tablet = Tablet(speler, tmp_path / "profiel", demodienst.adres)
    context = tablet()
    pagina = context.pages[0]
    _naar_melden(pagina, demodienst)
    context.set_offline(True)
    _vul(pagina, "KANARIE half geschreven")
    pagina.get_by_role("button", name="Stops").click()
    pagina.get_by_role("button", name="Signaal melden").click()
    vak = pagina.get_by_label("Wat is er gezien of gehoord?")
    expect(vak).to_have_value("KANARIE half geschreven")
    pagina.get_by_role("radio", name="Direct gevaar").check()
    expect(pagina.get_by_role("alert").filter(has_text="bel eerst 112")).to_be_visible()
    vak.fill("nummer 111222333")
    pagina.get_by_role("button", name="Signaal melden", exact=True).click()
    expect(pagina.get_by_text("Hier staat een burgerservicenummer in")).to_be_visible()
    vak.fill("KANARIE: vier matrassen op een zolder")
    pagina.get_by_role("button", name="Signaal melden", exact=True).click()
    stand = pagina.locator("[data-signaalstatus]")
    expect(stand).to_contain_text("Op dit toestel, nog niet verzonden")
    tablet.sluit()
    assert b"KANARIE" not in _op_schijf(tmp_path / "profiel")

    context = tablet()
    pagina = context.pages[0]
    # The login ended with the browser; what waits is sent once the same person has logged in again.
    meld_aan(pagina, demodienst, "inspecteur1")
    pagina.goto("/veld")
    pagina.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    pagina.get_by_role("button", name="Ontgrendelen").click()
    pagina.get_by_role("button", name="Signaal melden").click()
    expect(stand_van(pagina)).to_contain_text(re.compile(r"Verzonden: S\d{4}-\d{4}"))
    expect(pagina.get_by_label("Wat is er gezien of gehoord?")).to_have_value("")
    tablet.sluit()


def stand_van(pagina: Page) -> Locator:
    return pagina.locator("[data-signaalstatus]")
