"""What goes wrong on the road: a killed browser, an update in the middle of a draft, a portal, another clock."""

from playwright.sync_api import Page, Route, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.test_dienst import wacht_op_opgeslagen

STAND_EN_WAARDE = """() => [
    document.querySelector('[data-opslag]').dataset.opslag, document.querySelector('[name=exploitant]').value]"""


def naar_checklist(page: Page) -> None:
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").wait_for()


def test_een_harde_stop_tijdens_het_typen_verliest_niets(tablet: Tablet) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    zin = "Twaalf matrassen op de vliering, geen vluchtweg. "
    for ronde in range(3):
        naar_checklist(page)
        veld = page.locator("[name=exploitant]")
        bewaard = veld.input_value()
        veld.click()
        veld.press("End")
        page.keyboard.type(zin[:6])
        expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")
        for letter in zin[6 : 18 + 7 * ronde]:
            stand, waarde = page.evaluate(STAND_EN_WAARDE)
            if stand == "opgeslagen":
                bewaard = waarde
            page.keyboard.type(letter, delay=30)
        assert zin[:6] in bewaard
        tablet.dood()
        context = tablet()
        page = context.pages[0]
        page.goto("/veld")
        ontgrendel(page)
        page.locator("[data-checklist]").first.wait_for()
        naar_checklist(page)
        assert page.locator("[name=exploitant]").input_value().startswith(bewaard)
        page.get_by_role("button", name="Stops").click()


def test_een_nieuwe_versie_wacht_op_de_gebruiker_en_houdt_het_concept(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    naar_checklist(page)
    page.locator("[name=exploitant]").fill("Half ingevuld")
    stand.achter_werker = b"\n// version 2"
    page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => null)")
    expect(page.locator("#veld-band")).to_contain_text("nieuwe versie")
    page.locator("[name=aantal_bewoners]").fill("3")
    page.evaluate("window.merkteken = true")
    page.get_by_role("button", name="Opslaan en bijwerken").click()
    page.wait_for_function("() => window.merkteken === undefined")
    expect(page.locator("[name=exploitant]")).to_have_value("Half ingevuld")
    expect(page.locator("[name=aantal_bewoners]")).to_have_value("3")


def test_een_wifiportaal_leegt_de_wachtrij_niet(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    naar_checklist(page)

    def portaal(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<h1>Welkom op gratis wifi</h1>")

    page.context.route("**/api/**", portaal)
    page.locator("[name=exploitant]").fill("Achter het portaal")
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator("#veld-band")).to_contain_text("wifi-aanmeldpagina")
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "lokaal")
    page.context.unroute("**/api/**")
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    assert [b["op"]["waarde"] for b in stand.ops.values()] == ["Achter het portaal"]


def test_een_herstelde_reservekopie_krijgt_alles_terug(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    richt_in(page)
    naar_checklist(page)
    page.locator("[name=exploitant]").fill("Voor de brand")
    page.locator("[name=aantal_bewoners]").fill("5")
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    stand.ops.clear()
    stand.epoch = "herstelde-epoch"
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    while len(stand.ops) < 2:
        page.wait_for_timeout(50)
    assert sorted(b["op"]["vraag_id"] for b in stand.ops.values()) == ["aantal_bewoners", "exploitant"]


def test_verkeerde_wachtzinnen_laten_wachten(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    page.get_by_role("button", name="Vergrendelen").click()
    for _ in range(3):
        page.get_by_label("Wachtzin", exact=True).fill("dit is hem echt niet hoor")
        page.get_by_role("button", name="Ontgrendelen").click()
        expect(page.get_by_role("alert")).to_contain_text("klopt niet")
        expect(page.get_by_role("button", name="Ontgrendelen")).to_be_enabled()
    ontgrendel(page)
    expect(page.get_by_role("alert")).to_contain_text("Wacht nog")
    page.wait_for_timeout(5_500)
    ontgrendel(page)
    expect(page.get_by_role("heading", name="Kanaalstraat 12")).to_be_visible()


# What a finger does between two frames: the screen did not show the first before the second came.
KIES_EN_HAAL_WEG = """() => {
    const kaart = document.querySelector('[data-herhaling=kamer]');
    kaart.querySelector('[name=kamer_slot][value=ja], [value=ja][name^=kamer_slot]').click();
    kaart.querySelector('.kaartweg').click();
}"""
KIES_EN_VERBERG = """() => {
    document.querySelector('[data-sleutel=toestemming] [value=nee]').click();
    window.dispatchEvent(new Event('pagehide'));
}"""


def test_twee_dingen_binnen_een_beeld(tablet: Tablet) -> None:
    page = tablet().pages[0]
    fouten: list[str] = []
    page.on("pageerror", lambda fout: fouten.append(str(fout)))
    richt_in(page)
    naar_checklist(page)
    page.locator("[data-herhaling-toevoegen=kamer]").click()
    page.locator("[name=kamer_m2]").fill("9")
    wacht_op_opgeslagen(page)
    page.evaluate(KIES_EN_HAAL_WEG)
    expect(page.locator("[data-herhaling=kamer]")).to_have_count(0)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("[data-herhaling=kamer]")).to_have_count(1)
    expect(page.locator("[name=kamer_sleutel]")).to_be_visible()
    expect(page.locator("[name=kamer_m2]")).to_have_value("9")
    page.evaluate(KIES_EN_VERBERG)
    wacht_op_opgeslagen(page)
    page.reload()
    expect(page.locator("[data-sleutel=toestemming] [value=nee]")).to_be_checked()
    assert fouten == []


def test_een_handtekening_gaat_niet_verloren_als_het_toestel_meteen_dicht_gaat(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    naar_checklist(page)
    doek = page.locator("canvas.handtekening")
    doek.scroll_into_view_if_needed()
    vak = doek.bounding_box()
    assert vak is not None
    page.mouse.move(vak["x"] + 20, vak["y"] + 20)
    page.mouse.down()
    page.mouse.move(vak["x"] + 120, vak["y"] + 60, steps=4)
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "bezig")
    page.mouse.up()
    page.get_by_role("button", name="Vergrendelen").click()
    ontgrendel(page)
    page.locator("[name=exploitant]").or_(page.locator("[data-checklist]")).first.wait_for()
    page.goto(f"/veld#bezoek/{voorbeeld.BEZOEK}/{voorbeeld.HASH}")
    expect(page.locator("[data-sleutel=handtekening] [data-foto] img[src]")).to_have_count(1)
