"""What is sent, what waits, what was set apart, and what a person can do about it."""

import io
import json
from typing import Any

from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los.conftest import WACHTZIN, fouten_van, ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein


def jpeg() -> bytes:
    uit = io.BytesIO()
    Image.effect_noise((320, 240), 90).convert("RGB").save(uit, "JPEG")
    return uit.getvalue()


def naar_checklist(page: Page) -> None:
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").wait_for()


def opgeslagen(page: Page) -> None:
    expect(page.locator("[data-opslag]")).to_have_attribute("data-opslag", "opgeslagen")


def naar_verzending(page: Page) -> None:
    page.goto("/veld#verzending")
    page.get_by_role("heading", name="Verzending", exact=True).wait_for()


def weiger(route: Route) -> None:
    inhoud = {"title": "nee", "status": 415, "detail": "Dit soort bestand kan geen bewijs zijn."}
    route.fulfill(
        status=415,
        headers={"Tus-Resumable": "1.0.0", "Content-Type": "application/problem+json"},
        body=json.dumps(inhoud),
    )


def test_wat_apart_staat_houdt_de_rest_niet_tegen_en_is_te_herstellen(tablet: Tablet, stand: Stand) -> None:
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    stand.oordeel = lambda op: ("vorm", "waarde: te hoog.") if op["waarde"] == 999 else None
    page.context.route("**/api/uploads/", weiger)
    naar_checklist(page)
    page.locator("[name=exploitant]").fill("Uitzendbureau De Kade")
    page.locator("[name=aantal_bewoners]").fill("999")
    bestand: Any = {"name": "vlucht.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("[name=foto_vluchtweg]").set_input_files(bestand)
    opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "apart")
    assert {b["op"]["vraag_id"] for b in stand.ops.values()} == {"exploitant", "foto_vluchtweg"}
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("link", name="Wat is er apart gezet?").click()

    page.get_by_role("heading", name="Apart gezet (2)").wait_for()
    antwoord = page.locator(".apartkaart", has_text="Hoeveel mensen wonen hier?")
    expect(antwoord).to_contain_text("Uw antwoord: 999")
    expect(antwoord).to_contain_text("waarde: te hoog.")
    foto = page.locator(".apartkaart", has_text="Foto bij: Foto van de vluchtweg")
    expect(foto).to_contain_text("Dit soort bestand kan geen bewijs zijn.")
    page.get_by_text("Foto's van deze stop").first.click()
    expect(page.locator(".fotoregels li")).to_contain_text("Apart gezet")
    for thema in ("licht", "zon", "donker"):
        page.evaluate("thema => document.documentElement.dataset.thema = thema", thema)
        assert axe(page) == []
    assert te_breed(page, "body") == 0
    assert te_klein(page, "body") == []

    # The photo goes again by hand; the answer is corrected at its question.
    page.context.unroute("**/api/uploads/")
    foto.get_by_role("button", name="Opnieuw verzenden").click()
    expect(foto).to_have_count(0)
    antwoord.get_by_role("button", name="Naar de vraag").click()
    veld = page.locator("[name=aantal_bewoners]")
    expect(veld).to_have_value("999")
    veld.fill("9")
    opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    naar_verzending(page)
    expect(page.get_by_role("heading", name="Apart gezet")).to_have_count(0)
    expect(page.get_by_role("heading", name="Alles is verzonden")).to_be_visible()
    assert fouten == []


def test_zonder_netwerk_met_fotos_die_wachten_en_wat_het_kostte(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    naar_verzending(page)
    page.get_by_label("Nu niet", exact=True).check()
    page.get_by_role("button", name="Stops").click()
    context.set_offline(True)
    naar_checklist(page)
    page.locator("[name=exploitant]").fill("Uitzendbureau De Kade")
    bestand: Any = {"name": "vlucht.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("[name=foto_vluchtweg]").set_input_files(bestand)
    opgeslagen(page)
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("link", name="Verzending", exact=True).click()
    page.locator("[data-actie=verzend]").click()
    nu = page.locator("section", has=page.locator("#vz-nu"))
    expect(nu).to_contain_text("Zodra er netwerk is, gaat het vanzelf verder")
    expect(nu).to_contain_text("nog op dit toestel")
    expect(nu).to_contain_text("Foto's die nog weg moeten: 1")
    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(nu).to_contain_text("1 foto wacht, omdat u dat zo hebt gekozen.")
    assert {b["op"]["vraag_id"] for b in stand.ops.values()} == {"exploitant", "foto_vluchtweg"}
    assert stand.bijlagen == {}
    page.get_by_label("Altijd", exact=True).check()
    expect(nu).to_contain_text("Alles is verzonden")
    assert len(stand.bijlagen) == 1
    rij = page.get_by_role("row", name="Foto's")
    expect(rij.get_by_role("cell").first).to_contain_text("kB /")


def test_een_gewiste_opslag_wordt_op_het_toestel_zelf_gemeld(tablet: Tablet) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    context.set_offline(True)
    naar_checklist(page)
    page.locator("[name=exploitant]").fill("Dit gaat verloren")
    opgeslagen(page)
    page.get_by_role("button", name="Stops").click()
    page.get_by_role("link", name="Verzending", exact=True).wait_for()
    context.route("**/api/sync", lambda route: route.abort())
    context.set_offline(False)
    # What a browser does that is short of space: the databases go, the small storage stays.
    page.goto("/buiten-de-app")
    page.evaluate(
        """async () => {
            for (const { name } of await indexedDB.databases()) {
                await new Promise((klaar) => { indexedDB.deleteDatabase(name).onsuccess = klaar; });
            }
        }"""
    )
    page.goto("/veld")
    page.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    page.get_by_label("Wachtzin nog een keer").fill(WACHTZIN)
    page.get_by_role("button", name="Wachtzin instellen").click()
    melding = page.get_by_role("alert")
    expect(melding).to_contain_text("nog niet verzonden")
    melding.get_by_role("button", name="Ik heb dit gelezen").click()
    expect(melding).to_have_count(0)
    page.get_by_role("button", name="Vergrendelen").click()
    ontgrendel(page)
    page.get_by_role("heading", name="Per stop").wait_for()
    expect(melding).to_have_count(0)
