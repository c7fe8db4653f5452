"""A calendar is read in and stands in the month; the planner is told at the action."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import te_breed

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)

REEKS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//proef//nl
BEGIN:VEVENT
UID:oefening
SUMMARY:Oefening met een naam erin
DTSTART;VALUE=DATE:20200101
RRULE:FREQ=DAILY
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def pagina(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    context = bladeraar.new_context(
        base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    pagina.set_viewport_size({"width": 360, "height": 780})
    meld_aan(pagina, demodienst, "coordinator")
    yield pagina
    context.close()


def test_een_nieuwe_partner_die_nooit_kan(pagina: Page) -> None:
    pagina.goto("/beheer/partners/nieuw")
    pagina.get_by_label("Naam").fill("Woningbouw De Dijk")
    pagina.get_by_label("Soort organisatie").select_option("Woningcorporatie")
    pagina.get_by_role("button", name="Toevoegen").click()
    expect(pagina.get_by_text("Deze organisatie heeft geen bevoegdheden.")).to_be_visible()
    pagina.get_by_role("link", name="Beschikbaarheid").click()
    bestand = {"name": "agenda.ics", "mimeType": "text/calendar", "buffer": REEKS.encode()}
    pagina.get_by_label("Agendabestand (.ics)").set_input_files(bestand)
    pagina.get_by_role("button", name="Inlezen").click()
    expect(pagina.get_by_text("Afspraken: 1 nieuw.")).to_be_visible()
    expect(pagina.get_by_text("niet de hele dag").first).to_be_visible()
    expect(pagina.get_by_text("Oefening met een naam erin")).to_have_count(0)
    # A new action begins with what belongs to its kind, and tells that this partner cannot come.
    pagina.goto("/acties/nieuw")
    pagina.get_by_role("link", name="Jaarcontrole vergunde inrichting").click()
    expect(pagina.get_by_label("De controle is aangekondigd")).to_be_checked()
    expect(pagina.get_by_label("Dienst tot")).to_have_value("22:30")
    pagina.get_by_label("Naam").fill("Jaarcontrole op de dijk")
    pagina.get_by_label("Woningbouw De Dijk").check()
    pagina.get_by_role("button", name="Actie maken").click()
    pagina.get_by_role("link", name="Jaarcontrole op de dijk").first.click()
    zin = "Woningbouw De Dijk kan volgens de agenda niet: niet beschikbaar, de hele dag."
    expect(pagina.get_by_text(zin).first).to_be_visible()
    assert te_breed(pagina) == 0
