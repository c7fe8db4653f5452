"""A tablet without room: Chromium's own quota, so that its own transactions fail as they do on a full disk."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los.conftest import ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.test_dienst import foto


@contextmanager
def vol(page: Page, adres: str) -> Iterator[None]:
    """Less room than is in use already: not one more byte may be written."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": adres, "quotaSize": 1})
    yield
    # A browser that was killed meanwhile has nothing to give back.
    with suppress(Error):
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": adres})
        cdp.detach()


def opslag(page: Page) -> Locator:
    return page.locator("[data-opslag]")


def open_checklist(page: Page) -> None:
    page.goto("/veld")
    ontgrendel(page)
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").wait_for()


def test_zonder_ruimte_wordt_niets_opgeslagen_genoemd(tablet: Tablet, stand: Stand, adres: str) -> None:
    page = tablet().pages[0]
    richt_in(page)
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").fill("Dit paste nog")
    expect(opslag(page)).to_have_attribute("data-opslag", "opgeslagen")
    inhoud = foto()
    bestand = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": inhoud}

    # Chromium asks for the quota once and remembers it for a while: the room is gone before the browser first writes.
    page = tablet().pages[0]
    with vol(page, adres):
        open_checklist(page)
        page.locator("[name=foto_vluchtweg]").set_input_files(bestand)
        expect(page.get_by_text("dit toestel is vol").first).to_be_visible()
        expect(opslag(page)).to_have_attribute("data-opslag", "niet-opgeslagen")
        page.locator("[name=aantal_bewoners]").fill("14")
        expect(page.locator("[data-foto] img[src]")).to_have_count(0)
        expect(opslag(page)).to_have_attribute("data-opslag", "niet-opgeslagen")
        # The battery is pulled out before there is room again: the app tries by itself as soon as there is.
        tablet.dood()

    # What was called saved is there, what was not is not.
    page = tablet().pages[0]
    with vol(page, adres):
        open_checklist(page)
        expect(page.locator("[name=exploitant]")).to_have_value("Dit paste nog")
        expect(page.locator("[name=aantal_bewoners]")).to_have_value("")
        expect(page.locator("[data-foto]")).to_have_count(0)
        page.locator("[name=aantal_bewoners]").fill("15")
        expect(opslag(page)).to_have_attribute("data-opslag", "niet-opgeslagen")

    # With room again, saved again, and it arrives once.
    page.get_by_role("button", name="Opnieuw opslaan").click()
    expect(opslag(page)).to_have_attribute("data-opslag", "opgeslagen")
    page.locator("[name=foto_vluchtweg]").set_input_files(bestand)
    page.locator("[data-foto] img[src]").wait_for()
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    gezet = [(b["op"]["vraag_id"], b["op"]["waarde"]) for b in stand.ops.values() if b["op"]["soort"] == "set"]
    assert gezet == [("exploitant", "Dit paste nog"), ("aantal_bewoners", 15)]
    assert stand.bijlagen == {hashlib.sha256(inhoud).hexdigest(): inhoud}
    assert sorted(b["op"]["toestel_seq"] for b in stand.ops.values()) == [1, 2, 3]
