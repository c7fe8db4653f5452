"""The mayor reads and decides on a tablet in portrait, with the keyboard alone; and what is on paper of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import WACHTWOORD, Demodienst, meld_aan

# No page of the desk asks more steps than this between two things that a person wants to reach.
HOOGSTENS = 90
HIER = """(() => {
  const e = document.activeElement;
  return (e.labels?.[0]?.textContent || e.getAttribute("aria-label") || e.textContent || "").trim();
})()"""


@pytest.fixture
def context(bladeraar: Browser, demodienst: Demodienst) -> Iterator[BrowserContext]:
    """A tablet held upright."""
    context = bladeraar.new_context(
        base_url=demodienst.adres,
        viewport={"width": 800, "height": 1180},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        service_workers="block",
    )
    context.set_default_timeout(GEDULD_MS)
    yield context
    context.close()


def tab_naar(pagina: Page, naam: str) -> None:
    """Press Tab until what has this text or label has the focus; it may never go round without passing it."""
    for _ in range(HOOGSTENS):
        pagina.keyboard.press("Tab")
        if naam in str(pagina.evaluate(HIER)):
            return
    raise AssertionError(f"'{naam}' is niet met Tab te bereiken")


@pytest.mark.timeout(180)
def test_lezen_vragen_en_besluiten_met_alleen_het_toetsenbord(context: BrowserContext, demodienst: Demodienst) -> None:
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "kabinet")
    pagina.goto("/kabinet")
    # What a mayor decided by telephone last night lies on top, and says why.
    boven = pagina.get_by_role("article").first
    expect(boven).to_contain_text("Spoed: Buiten stond een groep met messen")
    titel = str(boven.get_by_role("heading").inner_text())
    tab_naar(pagina, "Lezen en besluiten")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Lezen en besluiten")
    for kop in ("Al telefonisch besloten", "Waarom nu", "Wie wonen er", "Wat is geprobeerd", "Juridische toets"):
        expect(pagina.get_by_role("heading", name=kop, exact=True)).to_be_visible()
    for tekst in (
        "gebiedsofficier",
        "Voor, met een voorwaarde",
        "€ 1.850",
        "Over personen en adressen zeggen wij niets",
    ):
        expect(pagina.get_by_text(tekst).first).to_be_visible()
    expect(pagina.get_by_role("img", name="Kaart rond")).to_be_visible()
    breed, scherm = pagina.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert breed <= scherm

    # A question hangs on its paragraph, and stands in the way of an approval by a slip of the finger.
    tab_naar(pagina, "Vraag bij samenvatting, alinea 1")
    pagina.keyboard.press("Enter")
    tab_naar(pagina, "Uw vraag bij deze alinea")
    pagina.keyboard.type("Wie woont er nu?")
    expect(pagina.get_by_text("U stelde ook bij 1 alinea een vraag.")).to_be_visible()
    tab_naar(pagina, "Uw wachtwoord")
    pagina.keyboard.type(WACHTWOORD)
    # Enter in the password field decides nothing.
    pagina.keyboard.press("Enter")
    tab_naar(pagina, "Akkoord")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("alert")).to_contain_text("U stelde ook een vraag")
    vraag = pagina.get_by_role("textbox", name="Uw vraag bij deze alinea").first
    expect(vraag).to_have_value("Wie woont er nu?")
    vraag.focus()
    pagina.keyboard.press("Control+A")
    pagina.keyboard.press("Delete")
    # The right password was typed just now: it is not asked again.
    expect(pagina.get_by_text("Uw wachtwoord is nu niet nodig")).to_be_visible()
    tab_naar(pagina, "Motivering")
    pagina.keyboard.type("Zoals vannacht gezegd.")
    tab_naar(pagina, "Akkoord")
    pagina.keyboard.press("Enter")

    expect(pagina.get_by_role("heading", name="Wat er nu gebeurt")).to_be_visible()
    expect(pagina.get_by_text("Jurist Handhaving maakt het besluit op")).to_be_visible()
    expect(pagina.get_by_text("Besloten als burgemeester").first).to_be_visible()
    expect(pagina.get_by_text("Bevestigt het telefonische besluit")).to_be_visible()
    # On paper stands the whole case, and nothing to press.
    pagina.emulate_media(media="print")
    expect(pagina.get_by_role("heading", name="Het hele dossier")).to_be_visible()
    expect(pagina.get_by_role("navigation", name="Hoofdmenu").first).to_be_hidden()
    pagina.emulate_media(media="screen")
    tab_naar(pagina, "Naar de stapel: nog")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", name="Wacht op een besluit")).to_be_visible()
    expect(pagina.get_by_role("article").filter(has_text=titel)).to_have_count(0)


@pytest.mark.timeout(120)
def test_een_ander_besluit_niet_en_hoort_waarom(context: BrowserContext, demodienst: Demodienst) -> None:
    """The deputy reads and asks, but stands in from the day after tomorrow on."""
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "loco")
    pagina.goto("/kabinet?alles=1")
    wacht = pagina.get_by_role("article").filter(has_text="Last onder dwangsom")
    expect(wacht.get_by_text("U kunt lezen en vragen stellen; een ander besluit")).to_be_visible()
    wacht.get_by_role("link", name="Lezen en besluiten").click()
    expect(pagina.get_by_text("Dat kan nu: Kabinet Burgemeester.")).to_be_visible()
    expect(pagina.get_by_role("button", name="Terug met vragen")).to_be_visible()
    expect(pagina.get_by_role("button", name="Akkoord")).to_have_count(0)
    pagina.goto("/kabinet/vervanging")
    expect(pagina.get_by_text("Komt nog")).to_be_visible()
    expect(pagina.get_by_role("button", name="Intrekken")).to_have_count(0)
