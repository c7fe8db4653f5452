"""The rights and care card: one tap away, without network, in every language, with numbers that can be dialled."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.tablet import Tablet
from tests.browser.veld_los import meertalig, voorbeeld
from tests.browser.veld_los.conftest import fouten_van, ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein
from tests.browser.veld_los.test_talen import open_checklist, toon

KAARTEN = meertalig.ZORGKAART["kaarten"]
# What each language has besides a to z, also where no text uses it today.
ALFABETTEN = ("ąćęłńóśźż", "ăâîșț", "абвгдежзийклмнопрстуфхцчшщъьюя", "áéíóúüñ", "éëïöü")
# Whether a font of this tablet has the letter: a letter without one is drawn as the box of an unassigned code point.
ZONDER_LETTER = """tekens => {
  const doek = new OffscreenCanvas(60, 60);
  const pen = doek.getContext("2d", { willReadFrequently: true });
  pen.font = getComputedStyle(document.querySelector("dialog article")).font.replace(/[0-9.]+px/, "40px");
  pen.textBaseline = "top";
  const teken = (t) => {
    pen.clearRect(0, 0, 60, 60);
    pen.fillText(t, 8, 4);
    return pen.getImageData(0, 0, 60, 60).data.join();
  };
  const leeg = teken(" ");
  const dozen = ["\\u{10FFFD}", "\\u{EFFFF}", "\\u0378"].map(teken);
  return [...tekens].filter((t) => { const beeld = teken(t); return beeld === leeg || dozen.includes(beeld); });
}"""


STAAT_STIL = """() => new Promise((klaar) => {
  const was = scrollY;
  requestAnimationFrame(() => requestAnimationFrame(() => klaar(scrollY === was)));
})"""


@pytest.fixture
def stand() -> Stand:
    return Stand(pak=meertalig.pak(), gebruiker=voorbeeld.GEBRUIKER)


def kaart(page: Page) -> Locator:
    """Open the card from the head, which is on every screen."""
    page.get_by_role("banner").get_by_role("button", name="Rechten en hulp").click()
    return page.get_by_role("dialog", name="Rechten en hulp")


def test_vanaf_de_stops_zonder_netwerk_in_elke_taal(tablet: Tablet) -> None:
    context = tablet()
    page = context.pages[0]
    richt_in(page)
    context = tablet()
    page = context.pages[0]
    fouten = fouten_van(page)
    context.set_offline(True)
    page.goto("/veld")
    ontgrendel(page)
    page.get_by_role("main").get_by_role("button", name="Rechten en hulp").click()
    vel = page.get_by_role("dialog", name="Rechten en hulp")
    blad = vel.locator("article")
    expect(blad.get_by_role("heading", level=2)).to_have_text("Uw rechten en hulp")
    for taal, inhoud in KAARTEN.items():
        vel.locator(f"[data-taal={taal}]").click()
        expect(vel.locator(f"[data-taal={taal}]")).to_have_attribute("aria-pressed", "true")
        expect(blad.get_by_role("heading", level=2)).to_have_text(inhoud["titel"])
        expect(blad.locator("ul:not(.nummers) li")).to_have_text([*inhoud["rechten"], *inhoud["hulp"]])
        assert blad.get_attribute("lang") == (None if taal == "nl" else taal)
        for nummer, adres in (("112", "tel:112"), ("0800-2000", "tel:08002000")):
            expect(blad.get_by_role("link", name=re.compile(rf"^{nummer}"))).to_have_attribute("href", adres)
    vel.get_by_role("button", name="Terug").click()
    expect(vel).to_have_count(0)
    expect(page.get_by_role("main").get_by_role("button", name="Rechten en hulp")).to_be_focused()
    assert fouten == []


def test_vanuit_de_checklist_met_de_taal_van_de_stop(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    page.locator("[name=exploitant]").fill("De Meerkoet")
    vel = toon(page, "toestemming")
    vel.get_by_role("button", name="Български").click()
    page.keyboard.press("Escape")
    vel = kaart(page)
    expect(vel.get_by_role("heading", level=2)).to_have_text("Вашите права и помощ")
    vel.locator("[data-taal=ro]").click()
    page.keyboard.press("Escape")
    # Nothing is lost, and the stop speaks Romanian now.
    expect(page.locator("[name=exploitant]")).to_have_value("De Meerkoet")
    vel = toon(page, "toestemming")
    expect(vel.get_by_role("heading", name="Putem intra și sta de vorbă?")).to_be_visible()


def test_de_plek_in_de_checklist_blijft(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    open_checklist(page)
    vraag = page.locator("[data-sleutel=datum_melding]")
    vraag.evaluate("el => el.scrollIntoView({block: 'center'})")
    # Parts below are still being built and laid out: only then does the place stand.
    page.wait_for_function("() => document.querySelectorAll('[name=handtekening]').length === 1")
    vraag.evaluate("el => el.scrollIntoView({block: 'center'})")
    page.wait_for_function(STAAT_STIL)
    eerst = vraag.bounding_box()
    # A finger, not a locator's click: that scrolls by itself before it clicks.
    knop = page.get_by_role("banner").get_by_role("button", name="Rechten en hulp").bounding_box()
    assert knop is not None
    page.mouse.click(knop["x"] + knop["width"] / 2, knop["y"] + knop["height"] / 2)
    vel = page.get_by_role("dialog", name="Rechten en hulp")
    vel.get_by_role("button", name="Terug").click()
    expect(vel).to_have_count(0)
    assert eerst is not None
    assert 100 < eerst["y"] < 800
    assert vraag.bounding_box() == eerst


def test_wat_de_inspecteur_doet_staat_ernaast(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    vel = kaart(page)
    expect(vel.get_by_text("Veilig Thuis (dag en nacht)")).to_have_count(0)  # not what a resident should read
    vel.get_by_role("button", name="Wat doe ik bij …").click()
    expect(vel.get_by_role("heading", level=3)).to_have_text(
        [
            "Direct gevaar",
            "Vermoeden van mensenhandel",
            "Minderjarige",
            "Vermoeden van een strafbaar feit",
            "Rechten van wie u spreekt",
            "Bellen",
        ]
    )
    expect(vel.get_by_text("Bel altijd Veilig Thuis (dag en nacht).")).to_be_visible()
    expect(vel.get_by_role("link", name=re.compile("^112"))).to_have_attribute("href", "tel:112")


def test_met_het_toetsenbord(tablet: Tablet) -> None:
    page = tablet().pages[0]
    richt_in(page)
    page.get_by_role("banner").get_by_role("button", name="Rechten en hulp").focus()
    page.keyboard.press("Enter")
    vel = page.get_by_role("dialog")
    for naam in ("Terug", "Rechten en hulp", "Wat doe ik bij …", "Nederlands", "English Engels", "Polski Pools"):
        expect(vel.get_by_role("button", name=naam)).to_be_focused()
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(vel.get_by_role("heading", level=2)).to_have_text(KAARTEN["ro"]["titel"])
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(vel.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(vel).to_have_count(0)
    expect(page.get_by_role("banner").get_by_role("button", name="Rechten en hulp")).to_be_focused()


@pytest.mark.parametrize(("breed", "thema"), [(360, "auto"), (360, "zon"), (360, "donker"), (1280, "auto")])
def test_de_kaart_is_toegankelijk_en_leesbaar(tablet: Tablet, breed: int, thema: str) -> None:
    tablet.breedte, tablet.hoogte = breed, 740
    page = tablet().pages[0]
    richt_in(page)
    page.evaluate("thema => (document.documentElement.dataset.thema = thema)", thema)
    assert te_klein(page, "header") == []
    assert te_breed(page, "html") == 0
    vel = kaart(page)
    for taal in KAARTEN:
        vel.locator(f"[data-taal={taal}]").click()
        assert te_breed(page, "dialog") == 0, taal
        assert te_klein(page, "dialog") == [], taal
        assert axe(page) == [], taal
    grootte = vel.locator("article li").first.evaluate("el => parseFloat(getComputedStyle(el).fontSize)")
    assert grootte >= 20
    vel.locator("[data-kaartdeel=eigen]").click()
    assert te_breed(page, "dialog") == 0
    assert axe(page) == []


def test_elke_letter_heeft_een_lettertype(tablet: Tablet) -> None:
    """Polish and Romanian diacritics and Bulgarian Cyrillic come from the fonts of the system."""
    page = tablet().pages[0]
    richt_in(page)
    kaart(page)
    teksten = [str(KAARTEN)]
    for deel in meertalig.pak()["definities"].values():
        teksten.append(str([vraag.get("label") for groep in deel["kinderen"] for vraag in groep.get("kinderen", [])]))
    gebruikt = {t for t in "".join(teksten) if not t.isspace() and not "\u0600" <= t <= "\u06ff"}
    assert set("ąćęłńóśżăâîșțщъяñ¿") <= gebruikt
    tekens = sorted(gebruikt | {t for letters in ALFABETTEN for t in letters + letters.upper()})
    assert page.evaluate(ZONDER_LETTER, "".join(tekens)) == []
    # The check itself sees a letter that no font has.
    assert page.evaluate(ZONDER_LETTER, "a\U0008fff0") == ["\U0008fff0"]


@pytest.mark.parametrize("oud", [True, False])
def test_een_dienst_van_voor_deze_versie(tablet: Tablet, stand: Stand, oud: bool) -> None:
    eigen = meertalig.ZORGKAART["wat_doe_ik"]["punten"]
    stand.pak["zorgkaart"] = eigen if oud else []
    page = tablet().pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    vel = kaart(page)
    if oud:
        expect(vel.get_by_role("heading", level=3)).to_have_text([punt["titel"] for punt in eigen])
        expect(vel.locator("[data-taal]")).to_have_count(0)
    else:
        expect(vel.get_by_text("De kaart komt mee met de dienst.")).to_be_visible()
        expect(vel.get_by_role("link", name=re.compile("^112"))).to_have_attribute("href", "tel:112")
    assert axe(page) == []
    page.keyboard.press("Escape")
    open_checklist(page)
    assert fouten == []


def test_zonder_dienst_staat_112_er_ook(tablet: Tablet) -> None:
    page = tablet().pages[0]
    page.goto("/veld")
    page.get_by_label("Wachtzin", exact=True).fill("vier gewone woorden achter elkaar")
    page.get_by_label("Wachtzin nog een keer").fill("vier gewone woorden achter elkaar")
    page.get_by_role("button", name="Wachtzin instellen").click()
    page.get_by_role("button", name="Dienst ophalen").wait_for()
    vel = kaart(page)
    expect(vel.get_by_role("link", name=re.compile("^112"))).to_have_attribute("href", "tel:112")
