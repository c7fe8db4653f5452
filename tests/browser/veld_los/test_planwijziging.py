"""The plan changes while the tablet is out: at its next contact it has the new plan, says so, and loses nothing."""

import copy
import uuid

from playwright.sync_api import expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import fouten_van, richt_in
from tests.browser.veld_los.nepserver import Stand

BERICHT = {"id": "m1", "tekst": "Om 20:15 verzamelen", "van": "Coördinator", "op": "2026-11-21T19:00:00Z"}


def test_tablet_zegt_dat_het_plan_en_een_bericht_nieuw_zijn(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    nieuw = copy.deepcopy(stand.pak) | {"versie": "2"}
    actie = nieuw["acties"][0]
    al = len(actie["stops"])
    actie["stops"].append(voorbeeld.stop(al + 1, str(uuid.uuid4()), str(uuid.uuid4()), "Nieuwe Kade 4"))
    actie["berichten"] = [BERICHT]
    stand.pak = nieuw
    page.locator(".syncknop").click()
    melding = page.locator("[data-planmelding]")
    expect(melding).to_contain_text("Plan gewijzigd: 1 stop erbij. 1 nieuw bericht van de coördinator.")
    expect(page.locator("[data-berichten]")).to_contain_text("Coördinator: Om 20:15 verzamelen")
    expect(page.get_by_text("Nieuwe Kade 4")).to_be_visible()
    melding.get_by_role("button", name="Gezien").click()
    expect(melding).to_have_count(0)
    # Inside while the stop goes: the checklist stays open, with what was typed, and leaves for the server.
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").fill("Woonbedrijf De Meerkoet")
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")
    stand.pak = copy.deepcopy(nieuw) | {"versie": "3"}
    stand.pak["acties"][0]["stops"] = actie["stops"][1:]
    page.locator(".syncknop").click()
    expect(page.locator("#veld-meldingen")).to_contain_text("1 stop eraf")
    expect(page.locator("[name=exploitant]")).to_have_value("Woonbedrijf De Meerkoet")
    assert [b["op"]["waarde"] for b in stand.ops.values()] == ["Woonbedrijf De Meerkoet"]
    assert fouten == []
