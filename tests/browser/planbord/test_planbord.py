"""The planning board as a coordinator uses it: with the keyboard alone, and by dragging."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from inspecties.core.klok import TIJDZONE
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan


@pytest.fixture(scope="module")
def bord(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    """The board of a new action with two teams and three stops."""
    context = bladeraar.new_context(
        base_url=demodienst.adres,
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        service_workers="block",
        viewport={"width": 1280, "height": 1400},
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "coordinator")
    pagina.goto("/acties/nieuw")
    pagina.get_by_label("Naam").fill("Bordactie")
    pagina.get_by_label("Datum").fill((datetime.now(TIJDZONE) + timedelta(days=2)).date().isoformat())
    pagina.get_by_label("Dienst van").fill("17:00")
    pagina.get_by_label("Dienst tot").fill("22:00")
    pagina.get_by_role("button", name="Actie maken").click()
    for nummer, (ploeg, mens) in enumerate((("Ploeg A", "Inspecteur Een"), ("Ploeg B", "Agent Politie")), start=1):
        pagina.locator(f"#ploeg-{nummer}").fill(ploeg)
        pagina.locator("fieldset.ploegvak").nth(nummer - 1).get_by_role("checkbox", name=re.compile(mens)).check()
    pagina.get_by_role("button", name="Opslaan en verder").click()
    pool = pagina.get_by_role("region", name="Locaties om uit te kiezen").get_by_role("checkbox")
    for plaats in range(3):
        pool.nth(plaats).check()
    pagina.get_by_role("button", name="Aangevinkte toevoegen").click()
    pagina.goto(re.sub(r"/stops.*", "/planbord", pagina.url))
    expect(pagina.get_by_role("heading", name="Niet gepland (3)")).to_be_visible()
    yield pagina
    context.close()


def blok_van(bord: Page, stop: str) -> Locator:
    return bord.locator(f"[data-stop='{stop}']")


def test_plannen_en_verplaatsen_met_alleen_het_toetsenbord(bord: Page) -> None:
    bord.get_by_role("button", name="Maak een plan").focus()
    bord.keyboard.press("Enter")
    expect(bord.get_by_text(re.compile(r"\d van 3 stops gepland"))).to_be_visible()
    blok = bord.locator("[data-stop]").first
    stop, ploeg = blok.get_attribute("data-stop") or "", blok.get_attribute("data-ploeg") or ""
    eerste = bord.locator("[data-as]").first.get_attribute("data-as")
    blok.focus()
    bord.keyboard.press("ArrowDown" if ploeg == eerste else "ArrowUp")
    expect(blok_van(bord, stop)).not_to_have_attribute("data-ploeg", ploeg)
    expect(blok_van(bord, stop)).to_be_focused()
    expect(bord.locator("[data-planbord-omroep]")).to_contain_text("naar Ploeg")
    bord.keyboard.press("v")
    expect(blok_van(bord, stop)).to_have_attribute("aria-label", re.compile(r"^\d!? vast "))
    # The same by the form, without arrows: it takes the locked stop nowhere, and says so.
    bord.keyboard.press("Enter")
    expect(bord.get_by_label("Naar")).to_be_focused()
    bord.keyboard.press("Tab")
    bord.keyboard.press("Tab")
    bord.get_by_role("button", name="Verplaats", exact=True).focus()
    bord.keyboard.press("Enter")
    expect(bord.get_by_role("alert")).to_contain_text("Maak de stop eerst los")
    for wat in ("vastgezet", "naar Ploeg"):
        bord.get_by_role("button", name=re.compile("Ongedaan maken")).focus()
        bord.keyboard.press("Enter")
        expect(bord.locator("[data-planbord-omroep]")).to_contain_text(re.compile(f"Teruggedraaid: .*{wat}"))
    expect(blok_van(bord, stop)).to_have_attribute("data-ploeg", ploeg)


def test_slepen_naar_een_andere_ploeg_een_tijd_en_terug(bord: Page) -> None:
    blok = bord.locator("[data-stop]").first
    if blok.count() == 0:
        bord.get_by_role("button", name="Maak een plan").click()
        blok.wait_for()
    stop, ploeg = blok.get_attribute("data-stop") or "", blok.get_attribute("data-ploeg") or ""
    ander = bord.locator(f"[data-as]:not([data-as='{ploeg}'])").first
    sleep(bord, blok.locator(".bordblok__vlak"), ander, 0.6)
    expect(blok_van(bord, stop)).not_to_have_attribute("data-ploeg", ploeg)
    # 17:00 and 60 % of five hours.
    expect(blok_van(bord, stop)).to_have_attribute("aria-label", re.compile(r"^\d!? (19:5\d|20:0\d) "))
    sleep(bord, blok_van(bord, stop).locator(".bordblok__vlak"), bord.locator("[data-pool]"), 0.5)
    expect(bord.get_by_role("heading", name="Niet gepland (1)")).to_be_visible()


def sleep(bord: Page, van: Locator, naar: Locator, deel: float) -> None:
    """Take it at its left edge and let it go at this part of the width."""
    begin, doel = van.bounding_box(), naar.bounding_box()
    assert begin
    assert doel
    bord.mouse.move(begin["x"] + 3, begin["y"] + 10)
    bord.mouse.down()
    bord.mouse.move(doel["x"] + deel * doel["width"] / 2, doel["y"] + doel["height"] / 2)
    bord.mouse.move(doel["x"] + deel * doel["width"] + 3, doel["y"] + doel["height"] / 2)
    bord.mouse.up()
