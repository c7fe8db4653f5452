"""A party and a permit are written down with the keyboard alone, and both are on the timeline."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)

PLEK = "Visverwerking De Koraal"


@pytest.fixture
def pagina(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    context = bladeraar.new_context(
        base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, demodienst, "coordinator")
    yield pagina
    context.close()


def _naar(pagina: Page, naam: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(120):
        pagina.keyboard.press("Tab")
        actief = pagina.evaluate(
            "() => { const e = document.activeElement; return e.labels?.[0]?.innerText || e.innerText || ''; }"
        )
        if " ".join(str(actief).split()).startswith(naam):
            return
    raise AssertionError(f"met Tab kom je niet bij '{naam}'")


def _kies(pagina: Page, veld: str, tekst: str) -> None:
    """Choose in a list as a keyboard does: type how the choice begins."""
    _naar(pagina, veld)
    pagina.keyboard.type(tekst)


def test_partij_en_vergunning_met_het_toetsenbord(pagina: Page) -> None:
    pagina.goto(f"/locaties?zoek={PLEK.replace(' ', '+')}")
    pagina.get_by_role("link", name=PLEK).first.click()
    _naar(pagina, "Partij toevoegen")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Partij toevoegen")
    # The demo's owner of other places is found by the beginning of its number, and chosen.
    _naar(pagina, "Naam of KvK-nummer")
    pagina.keyboard.type("9999 0001")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("status").filter(has_text="gevonden")).to_have_text("1 partij gevonden.")
    expect(pagina.get_by_role("radio", name="Waterlelie Vastgoed BV")).to_be_checked()
    _kies(pagina, "Rol", "Eig")
    _naar(pagina, "Bron van de rol")
    pagina.keyboard.type("Kadaster")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text(PLEK)
    expect(pagina.locator("section[aria-labelledby=partijen]")).to_contain_text("Waterlelie Vastgoed BV")

    _naar(pagina, "Vergunning vastleggen")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Vergunning vastleggen")
    _naar(pagina, "Soort vergunning")
    pagina.keyboard.type("milieuvergunning")
    _naar(pagina, "Nummer")
    pagina.keyboard.type("MV-1")
    _naar(pagina, "Geldig vanaf")
    # The same day, whichever order the browser's language asks for.
    pagina.keyboard.type("03-03-2024")
    _naar(pagina, "Bron")
    pagina.keyboard.type("Zaaksysteem")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text(PLEK)
    expect(pagina.locator("section[aria-labelledby=vergunningen]")).to_contain_text("geldig, zonder einddatum")

    tijdlijn = pagina.locator("section[aria-labelledby=tijdlijn]")
    expect(tijdlijn).to_contain_text("Eigenaar vastgelegd: Waterlelie Vastgoed BV")
    _naar(pagina, "Vergunningen 1")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**soort=vergunning**")
    expect(tijdlijn.locator(".tijdlijn__punt")).to_have_count(1)
    expect(tijdlijn).to_contain_text("3 maart 2024")
    expect(tijdlijn).to_contain_text("Milieuvergunning MV-1: gaat in")
    # The same owner, at all its places.
    pagina.get_by_role("link", name="Waterlelie Vastgoed BV").first.click()
    expect(pagina.get_by_role("heading", level=2).first).to_have_text("Locaties nu (4)")


def test_omtrek_staat_op_de_kaart(pagina: Page) -> None:
    pagina.goto("/locaties?zoek=Wokpaleis")
    pagina.get_by_role("link", name="Wokpaleis Rode Kraanvogel").first.click()
    expect(pagina.locator("path.kaartvlak--pand")).to_have_count(1)
    expect(pagina.locator("path.kaartvlak--perceel")).to_have_count(1)
    # It is large enough to see what it is.
    vak = pagina.locator("path.kaartvlak--pand").bounding_box()
    assert vak is not None
    assert vak["width"] > 20
    assert vak["height"] > 20
