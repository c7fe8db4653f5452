"""Filling in with one thumb, a keyboard or a voice: rooms, searching, what cannot be drawn or scanned."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import fouten_van, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein
from tests.browser.veld_los.test_dienst import (
    antwoorden,
    open_checklist,
    vreemde_op,
    wacht_op_opgeslagen,
    word_online,
)

NUMMERS = [
    {"naam": "Direct gevaar: politie, brandweer, ambulance", "nummer": "112", "uitleg": "Dag en nacht"},
    {"naam": "Veilig Thuis", "nummer": "0800-2000", "uitleg": "Dag en nacht"},
]


@pytest.fixture
def stand() -> Stand:
    """The example with a code to scan, a hard indicator, and numbers to call."""
    pak = voorbeeld.pak()
    toegang: list[dict[str, Any]] = pak["definities"][voorbeeld.HASH]["kinderen"][0]["kinderen"]
    toegang.append(voorbeeld.vraag("pasnummer", "barcode", "Code op de pas"))
    toegang.append(
        voorbeeld.vraag(
            "pas_afgepakt",
            "select_one",
            "Heeft een ander het paspoort?",
            keuzelijst="jno",
            gevolg=["signaal_mh_hard"],
            gevolg_als={"op": "=", "a": [voorbeeld.ref("pas_afgepakt"), {"op": "tekst", "w": "ja"}]},
        )
    )
    kaart = {"taal": "Nederlands", "titel": "Rechten", "rechten_titel": "", "rechten": [], "hulp_titel": "", "hulp": []}
    pak["zorgkaart"] = {
        "talen": ["nl"],
        "standaardtaal": "nl",
        "kaarten": {"nl": {**kaart, "nummers_titel": "Bellen", "nummers": NUMMERS}},
        "wat_doe_ik": None,
    }
    return Stand(pak=pak, gebruiker=voorbeeld.GEBRUIKER)


def namen(page: Page) -> list[str]:
    uit: list[str] = page.locator("[name=kamer_naam]").evaluate_all("velden => velden.map(veld => veld.value)")
    return uit


def maak_kamers(page: Page, *van: str) -> None:
    for nummer, naam in enumerate(van):
        page.locator("[data-herhaling-toevoegen=kamer]").click()
        page.locator("[name=kamer_naam]").nth(nummer).fill(naam)


def test_kamers_verplaatsen_en_kopieren_met_het_toetsenbord(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    open_checklist(page)
    context.set_offline(True)
    maak_kamers(page, "A", "B", "C")
    kaarten = page.locator("[data-herhaling=kamer]")
    page.locator("[name=kamer_m2]").nth(1).fill("9,5")
    expect(kaarten.nth(2).locator(".kaartkop")).to_have_text("Kamer 3van 3nog te doen 1")
    expect(kaarten.nth(1).locator(".kaartkop")).to_have_text("Kamer 2van 3")
    page.get_by_role("button", name="Kamer 3: verplaatsen of kopiëren").press("Enter")
    for van in ("Omhoog: Kamer 3", "Omhoog: Kamer 2"):
        page.get_by_role("button", name=van).press("Enter")
    expect(page.get_by_role("button", name="Omhoog: Kamer 1")).to_be_focused()
    assert namen(page) == ["C", "A", "B"]
    expect(page.locator(".instantieplek")).to_have_text("Kamer 1/3")
    page.get_by_role("button", name="Kamer 3: verplaatsen of kopiëren").click()
    page.get_by_role("button", name="Kopie: Kamer 3").click()
    expect(kaarten).to_have_count(4)
    expect(page.locator("[name=kamer_m2]").nth(3)).to_have_value("9,5")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(kaarten).to_have_count(3)
    wacht_op_opgeslagen(page)
    b = next(op["herhaling_id"] for op in _ops(page, stand, context) if op["waarde"] == "B")
    # A colleague puts B in front, on a tablet that had not seen these moves.
    vreemde_op(stand, "kamer", {"ouder": None, "plaats": -40}, herhaling_id=b)
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator("[name=kamer_naam]").first).to_have_value("B")
    assert namen(page) == ["B", "C", "A"]
    expect(page.locator("[data-conflict]")).to_have_count(0)
    page.reload()
    expect(page.locator("[name=kamer_naam]").nth(2)).to_have_value("A")
    assert namen(page) == ["B", "C", "A"]
    assert fouten == []


def _ops(page: Page, stand: Stand, context: Any) -> list[dict[str, Any]]:
    """What the server has once everything was sent."""
    word_online(context, page)
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    return [bekend["op"] for bekend in stand.ops.values()]


def test_zoeken_en_overzicht_met_grote_letters(tablet: Tablet, stand: Stand) -> None:
    tablet.breedte, tablet.hoogte = 360, 740
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    page.get_by_role("button", name="Dit toestel").click()
    page.locator(".chip", has_text="Zeer groot").click()
    assert te_breed(page, "html") == 0
    page.get_by_role("button", name="Stops").click()
    open_checklist(page)
    maak_kamers(page, "Zolder", "Kelder")
    expect(page.locator(".instantieplek")).to_have_text("Kamer 2/2")
    assert (te_breed(page, "html"), te_klein(page, "body")) == (0, [])
    page.get_by_role("button", name="Overzicht en zoeken").click()
    vel = page.get_by_role("dialog", name="Overzicht en zoeken")
    expect(vel.get_by_role("button", name="Kamer")).to_contain_text("2 van 6 beantwoord, 2 nog te doen")
    assert (axe(page), te_breed(page, "dialog"), te_klein(page, "dialog")) == ([], 0, [])
    vel.get_by_label("Zoek een vraag of antwoord").fill("KELDER slot")
    expect(vel.get_by_role("status")).to_contain_text("Niets gevonden")
    vel.get_by_label("Zoek een vraag of antwoord").fill("kelder")
    expect(vel.get_by_role("status")).to_contain_text("1 vraag gevonden")
    assert axe(page) == []
    vel.get_by_role("button", name="Naam of nummer").press("Enter")
    expect(vel).to_have_count(0)
    expect(page.locator("[name=kamer_naam]").nth(1)).to_be_focused()
    page.get_by_role("button", name="Overzicht en zoeken").click()
    vel.get_by_role("button", name="Naar de eerste open vraag").click()
    expect(page.locator("[name=toestemming]").first).to_be_focused()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-letter", "zeergroot")
    assert fouten == []


# A browser that reads codes, with a camera that shows a wall until `window.codeInBeeld` is set.
MET_LEZER = """
    const codes = () => window.codeInBeeld ? [{ rawValue: window.codeInBeeld }] : [];
    window.BarcodeDetector = class { async detect() { return codes(); } };
    navigator.mediaDevices.getUserMedia = async () => {
        const stroom = document.createElement('canvas').captureStream();
        window.spoor = stroom.getTracks()[0];
        return stroom;
    };
    HTMLMediaElement.prototype.play = async () => {};
"""
DICTEER = """veld => {
    // What a phone's keyboard sends for one dictated name.
    veld.focus();
    veld.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    for (const tekst of ['Woon', 'Woonbe', 'Woonbedrijf De']) {
        veld.value = tekst;
        veld.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    }
    const halverwege = document.querySelector('[data-opslag]').dataset.opslag;
    veld.value = 'Woonbedrijf De Meerkoet';
    veld.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    veld.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: veld.value }));
    return halverwege;
}"""


def test_scannen_dicteren_terugnemen_en_ondertekenen(tablet: Tablet, stand: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    page.add_init_script("delete window.BarcodeDetector")
    fouten = fouten_van(page)
    richt_in(page)
    page.get_by_role("button", name="Binnen").click()
    open_checklist(page)
    expect(page.locator(".tijden")).to_contain_text("Binnen sinds")
    expect(page.locator("[data-sleutel=pasnummer]")).to_contain_text("Deze browser kan geen codes lezen")
    page.locator("[name=pasnummer]").fill("NL-1")
    assert page.locator("[name=exploitant]").evaluate(DICTEER) == "bezig"
    page.locator("[name=toestemming][value=ja]").check()
    wacht_op_opgeslagen(page)

    page.add_init_script(MET_LEZER)
    page.reload()
    page.get_by_role("button", name="Code scannen").click()
    vel = page.get_by_role("dialog", name="Code scannen")
    expect(vel.get_by_role("status")).to_have_text("Houd de code voor de camera.")
    page.evaluate("window.codeInBeeld = '8712345678906'")
    expect(vel).to_have_count(0)
    expect(page.locator("[name=pasnummer]")).to_have_value("8712345678906")
    assert page.evaluate("window.spoor.readyState") == "ended"

    # A tap on what was chosen takes it away; one tap brings it back.
    page.locator("[name=toestemming][value=ja]").click()
    expect(page.locator("[name=toestemming]:checked")).to_have_count(0)
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator("[name=toestemming][value=ja]")).to_be_checked()
    page.locator("[name=toestemming][value=ja]").press("Delete")
    expect(page.locator("[name=toestemming]:checked")).to_have_count(0)

    page.locator("[name=pas_afgepakt][value=ja]").check()
    band = page.get_by_role("alert").filter(has_text="Direct doen: signaal mensenhandel (sterk)")
    expect(band.get_by_role("link", name="Direct gevaar 112")).to_have_attribute("href", "tel:112")
    expect(band.get_by_role("link", name="Veilig Thuis 0800-2000")).to_have_attribute("href", "tel:08002000")
    assert axe(page) == []
    band.get_by_text("Direct doen").click()  # read: one line stays
    expect(band.get_by_role("link", name="Direct gevaar 112")).to_be_hidden()
    expect(band).to_be_visible()

    page.get_by_text("Kan of wil niet tekenen").click()
    page.get_by_role("button", name="Naam vastleggen als handtekening").click()
    expect(page.get_by_text("Vul eerst de naam in.")).to_be_visible()
    page.get_by_label("Naam van wie tekent").fill("J. Jansen")
    page.get_by_role("button", name="Naam vastleggen als handtekening").click()
    page.locator("[data-sleutel=handtekening] [data-foto] img[src]").wait_for()
    wacht_op_opgeslagen(page)
    page.get_by_role("button", name="Nu verzenden").click()
    expect(page.locator(".standen [data-verzending]")).to_have_attribute("data-verzending", "compleet")
    gezet = antwoorden(stand)
    assert [waarde for vraag, _, waarde in gezet if vraag == "exploitant"] == ["Woonbedrijf De Meerkoet"]
    assert [waarde for vraag, _, waarde in gezet if vraag == "pasnummer"] == ["NL-1", "8712345678906"]
    soorten = [(soort, waarde) for vraag, soort, waarde in gezet if vraag == "toestemming"]
    assert soorten == [("set", "ja"), ("clear", None), ("set", "ja"), ("clear", None)]
    assert [inhoud[:8] for inhoud in stand.bijlagen.values()] == [b"\x89PNG\r\n\x1a\n"]
    assert fouten == []
