"""From the list of suggestions to an action with stops, one of them drawn by lot, with the keyboard only."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from inspecties.core.klok import TIJDZONE
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan


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


def druk(pagina: Page, toets: str, rol: str, naam: str | re.Pattern[str]) -> None:
    """Come to a control and press a key, as somebody without a mouse does."""
    ding = pagina.get_by_role(rol, name=naam).first  # type: ignore[arg-type]
    ding.focus()
    expect(ding).to_be_focused()
    pagina.keyboard.press(toets)


def test_van_suggesties_naar_stops_door_het_lot(kantoor: Page) -> None:
    kantoor.goto("/locaties/suggesties")
    vinkjes = kantoor.locator("input[name=locatie]")
    # What is planned already is not ticked; of the others four stay.
    for plaats in range(4, vinkjes.count()):
        if vinkjes.nth(plaats).is_checked():
            vinkjes.nth(plaats).focus()
            kantoor.keyboard.press("Space")
    gekozen = kantoor.locator("input[name=locatie]:checked").count()
    assert gekozen
    druk(kantoor, "Enter", "button", "Maak actie van de gekozen locaties")
    kantoor.get_by_label("Naam").fill("Van de suggesties")
    over = (datetime.now(TIJDZONE) + timedelta(days=9)).date()
    kantoor.get_by_label("Datum").fill(over.isoformat())
    druk(kantoor, "Enter", "button", "Actie maken")
    druk(kantoor, "Space", "checkbox", re.compile("Inspecteur Een"))
    druk(kantoor, "Enter", "button", "Opslaan en verder")
    expect(kantoor.get_by_role("region", name="Gekozen stops").locator("tbody tr")).to_have_count(gekozen)
    druk(kantoor, "Enter", "link", "Te lang niet bezocht")
    eerste = kantoor.get_by_role("region", name="Locaties om uit te kiezen").locator("tbody tr").first
    expect(eerste).to_contain_text(re.compile("Moest weer voor|Nog nooit bezocht"))
    eerste.get_by_role("checkbox").focus()
    kantoor.keyboard.press("Space")
    druk(kantoor, "Enter", "button", "Aangevinkte toevoegen")
    expect(kantoor.get_by_text("1 stop toegevoegd.")).to_be_visible()
    druk(kantoor, "Enter", "link", "Door het lot")
    kantoor.get_by_label("Of: aantal te trekken stops").fill("1")
    druk(kantoor, "Enter", "button", "Pool en zaad vastleggen")
    expect(kantoor.get_by_text("Pool en zaad liggen nu vast.")).to_be_visible()
    druk(kantoor, "Enter", "button", "Nu trekken")
    expect(kantoor.get_by_text("Door het lot is 1 stop gekozen.")).to_be_visible()
    druk(kantoor, "Enter", "link", "Controleren")
    paneel = kantoor.get_by_role("region", name="Waarom deze stops")
    for regel in (f"Hoog in de lijst met suggesties: {gekozen}", "Te lang niet bezocht: 1", "Door het lot: 1"):
        expect(paneel).to_contain_text(regel)
