"""A wrong clock, and a changed checklist in the middle of a visit."""

import copy
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand

# The night in which the clock goes back: 02:30 exists twice in Amsterdam.
ZOMERTIJD, WINTERTIJD = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def naar_checklist(page: Page) -> None:
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").wait_for()


def compleet(page: Page) -> None:
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")


def test_een_verkeerde_klok_is_onschadelijk(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    naar_checklist(page)
    nu = datetime.now(UTC)
    klokken = [nu, nu + timedelta(days=730), nu - timedelta(days=730), ZOMERTIJD, WINTERTIJD, nu]
    adres = page.url
    for nummer, klok in enumerate(klokken):
        # On an empty page: on ours `__proto__` is gone, and the clock of the test asks for it.
        page.goto("about:blank")
        page.clock.set_fixed_time(klok)
        page.goto(adres)
        # The pack of today is still there, whatever day the tablet thinks it is; locked it may be.
        ontgrendelen = page.get_by_role("button", name="Ontgrendelen")
        page.locator("[name=exploitant]").or_(ontgrendelen).first.wait_for()
        if ontgrendelen.count():
            ontgrendel(page)
            page.locator("[name=exploitant], [data-checklist]").first.wait_for()
        if not page.locator("[name=exploitant]").count():
            naar_checklist(page)
        page.locator("[name=exploitant]").fill(f"Antwoord {nummer}")
        expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")
        compleet(page)
    ops = [b["op"] for b in stand.ops.values()]
    assert [op["waarde"] for op in ops] == [f"Antwoord {nummer}" for nummer in range(len(klokken))]
    assert [op["toestel_seq"] for op in ops] == list(range(1, len(klokken) + 1))
    # Each replaces the one before it: the last that was typed counts, not the one with the latest time.
    assert [op["base_op_ids"] for op in ops] == [[], *[[op["op_id"]] for op in ops[:-1]]]
    tijden = [datetime.fromisoformat(op["toestel_tijd"]) for op in ops]
    assert [round((tijd - klok).total_seconds()) for tijd, klok in zip(tijden, klokken, strict=True)] == [0] * len(ops)
    page.reload()
    expect(page.locator("[name=exploitant]")).to_have_value(f"Antwoord {len(klokken) - 1}")


def test_een_gewijzigde_checklist_laat_het_open_bezoek_met_rust(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    naar_checklist(page)
    page.locator("[name=exploitant]").fill("Volgens versie 1")
    page.locator("[name=aantal_bewoners]").fill("12")
    page.locator("[name=meer_dan_tien]").fill("Seizoenswerk")
    page.locator("[data-herhaling-toevoegen=kamer]").click()
    page.locator("[name=kamer_m2]").fill("9,5")
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")
    eerst = page.evaluate("window.inspecties.serialiseer()")

    # Version 2 has another name for one question, lost another and asks a new one.
    nieuw = copy.deepcopy(voorbeeld.definitie())
    nieuw |= {"hash": "cd" * 32, "versie": "2026.2"}
    toegang = nieuw["kinderen"][0]["kinderen"]
    toegang[1] = voorbeeld.vraag("verhuurder", "text", "Wie is de verhuurder?")
    del toegang[3]
    nieuw["afhankelijk"] = {}
    stand.pak["definities"] = {nieuw["hash"]: nieuw}
    for stop in stand.pak["acties"][0]["stops"]:
        stop["checklists"] = [nieuw["hash"]]
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("button", name="Dienst vernieuwen").click()
    expect(page.get_by_text("De dienst staat op dit toestel")).to_be_attached()
    naar_checklist(page)
    assert page.evaluate("window.inspecties.serialiseer()") == eerst
    page.locator("[name=exploitant]").fill("Nog steeds versie 1")
    compleet(page)
    assert {b["op"]["form_versie"] for b in stand.ops.values()} == {voorbeeld.HASH}

    # The stop that nobody began gets the new one.
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("button", name="Dijkweg 3-bis").click()
    page.locator("[data-checklist]").first.click()
    page.locator("[name=verhuurder]").fill("Volgens versie 2")
    compleet(page)
    assert {b["op"]["form_versie"] for b in stand.ops.values()} == {voorbeeld.HASH, nieuw["hash"]}
