"""Several tabs at once: the same question, and a new version of the app over half-typed forms."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los.conftest import richt_in
from tests.browser.veld_los.nepserver import Stand


def naar_checklist(page: Page) -> None:
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").wait_for()


def open_tabbladen(tablet: Tablet, aantal: int) -> list[Page]:
    """The same visit in so many tabs."""
    context = tablet()
    eerste = context.pages[0]
    richt_in(eerste)
    naar_checklist(eerste)
    tabbladen = [eerste]
    for _ in range(aantal - 1):
        nieuw = context.new_page()
        nieuw.goto(eerste.url)
        nieuw.locator("[name=exploitant]").wait_for()
        tabbladen.append(nieuw)
    return tabbladen


def opgeslagen(page: Page) -> None:
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")


def ops_van(stand: Stand, vraag: str) -> list[dict[str, Any]]:
    return [b["op"] for b in stand.ops.values() if b["op"]["vraag_id"] == vraag]


def test_drie_tabbladen_aan_dezelfde_vraag(tablet: Tablet, stand: Stand) -> None:
    tabbladen = open_tabbladen(tablet, 3)
    # In all three before any of them has heard of another: begun in the same moment.
    for nummer, page in enumerate(tabbladen, 1):
        page.evaluate(
            """waarde => {
                const veld = document.querySelector('[name=exploitant]');
                veld.value = waarde;
                veld.dispatchEvent(new Event('input', { bubbles: true }));
            }""",
            f"Uit tabblad {nummer}",
        )
    for page in tabbladen:
        opgeslagen(page)
    tabbladen[0].get_by_role("button", name="Nu verzenden").click()
    expect(tabbladen[0].locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    ops = ops_van(stand, "exploitant")
    assert sorted(op["waarde"] for op in ops) == ["Uit tabblad 1", "Uit tabblad 2", "Uit tabblad 3"]
    assert sorted(op["toestel_seq"] for op in ops) == [1, 2, 3]
    # What nobody replaced knowingly stands on every screen, side by side.
    vervangen = {basis for op in ops for basis in op["base_op_ids"]}
    koppen = {op["waarde"] for op in ops if op["op_id"] not in vervangen}
    for page in tabbladen:
        if len(koppen) > 1:
            for waarde in koppen:
                expect(page.locator("[data-conflict=exploitant]")).to_contain_text(waarde)
        else:
            expect(page.locator("[name=exploitant]")).to_have_value(koppen.copy().pop())


def test_een_nieuwe_versie_over_twee_half_ingevulde_tabbladen(tablet: Tablet, stand: Stand) -> None:
    een, twee = open_tabbladen(tablet, 2)
    een.locator("[name=exploitant]").fill("Half ingevuld in een")
    twee.locator("[name=aantal_bewoners]").fill("7")
    stand.achter_werker = b"\n// version 2"
    een.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => null)")
    for page in (een, twee):
        expect(page.locator("#veld-band")).to_contain_text("nieuwe versie")
    # The offer stays, whatever sending has to say.
    stand.aangemeld = False
    een.get_by_role("button", name="Nu verzenden").click()
    expect(een.locator("#veld-band")).to_contain_text("Meld u opnieuw aan")
    stand.aangemeld = True
    een.get_by_role("button", name="Nu verzenden").click()
    expect(een.locator("#veld-band")).not_to_contain_text("Meld u opnieuw aan")
    expect(een.locator("#veld-band")).to_contain_text("nieuwe versie")
    # Nothing is taken over by itself: the old version goes on until a person agrees.
    for page in (een, twee):
        page.evaluate("window.merkteken = 'de oude'")
    een.locator("[name=exploitant]").fill("Half ingevuld in een, en meer")
    twee.locator("[name=datum_melding]").fill("2026-11-20")
    een.get_by_role("button", name="Opslaan en bijwerken").click()
    een.wait_for_function("() => window.merkteken === undefined")
    expect(een.locator("[name=exploitant]")).to_have_value("Half ingevuld in een, en meer")
    # The other tab still stands as it was, with what was typed in it, and says what happened.
    assert twee.evaluate("window.merkteken") == "de oude"
    expect(twee.locator("#veld-band")).to_contain_text("bijgewerkt")
    twee.locator("[name=aantal_bewoners]").fill("8")
    twee.get_by_role("button", name="Opslaan en herladen").click()
    twee.wait_for_function("() => window.merkteken === undefined")
    for page in (een, twee):
        expect(page.locator("[name=aantal_bewoners]")).to_have_value("8")
        expect(page.locator("[name=exploitant]")).to_have_value("Half ingevuld in een, en meer")
        expect(page.locator("[name=datum_melding]")).to_have_value("2026-11-20")
    een.get_by_role("button", name="Nu verzenden").click()
    expect(een.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert ops_van(stand, "aantal_bewoners")[-1]["waarde"] == 8
    assert sorted(b["op"]["toestel_seq"] for b in stand.ops.values()) == list(range(1, len(stand.ops) + 1))
