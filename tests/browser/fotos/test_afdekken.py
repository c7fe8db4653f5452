"""Covering a photo in the office with the keyboard, and what then leaves."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import keur

# A face detector as some browsers have one; headless Chromium has none.
ZOEKER = """window.FaceDetector = class {
    async detect(beeld) {
        const [b, h] = [beeld.naturalWidth, beeld.naturalHeight];
        return [{ boundingBox: { x: b * 0.1, y: h * 0.6, width: b * 0.1, height: h * 0.1 } }];
    }
};"""


def _naar_een_foto(pagina: Page, dienst: Demodienst) -> None:
    pagina.goto(f"{dienst.adres}/dossiers")
    links = pagina.locator("main a[href^='/dossiers/']")
    for adres in [links.nth(i).get_attribute("href") for i in range(links.count())]:
        pagina.goto(f"{dienst.adres}{adres}")
        if pagina.get_by_role("link", name="Bekijken en afdekken").count():
            break
    pagina.get_by_role("link", name="Bekijken en afdekken").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(re.compile("^Foto bij "))


def _punt(pagina: Page, adres: str, x: float, y: float) -> tuple[int, ...]:
    """The colour of the picture at this address at these fractions of its size."""
    antwoord = pagina.request.get(adres)
    assert antwoord.ok
    beeld = Image.open(io.BytesIO(antwoord.body())).convert("RGB")
    kleur = beeld.getpixel((int(x * beeld.width), int(y * beeld.height)))
    assert isinstance(kleur, tuple)
    return kleur


@pytest.mark.timeout(300)
def test_jurist_dekt_af_met_het_toetsenbord(demodienst: Demodienst, bladeraar: Browser) -> None:
    context = bladeraar.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block")
    context.add_init_script(ZOEKER)
    pagina = context.new_page()
    pagina.set_default_timeout(GEDULD_MS)
    meld_aan(pagina, demodienst, "jurist")
    _naar_een_foto(pagina, demodienst)
    bord = pagina.locator(".lakbord")
    bord.get_by_role("button", name="Rechthoek toevoegen").press("Enter")
    vlak = bord.locator('[data-vlak="0"]')
    expect(vlak).to_be_focused()
    for toets in ("ArrowUp", "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowDown"):
        vlak.press(toets)
    expect(vlak).to_have_attribute(
        "aria-label", "Vlak 1, rechthoek, 39 procent van links en 39 van boven, 21 breed en 21 hoog"
    )
    bord.get_by_role("button", name="Gezichten zoeken").click()
    expect(bord.get_by_text("1 gezicht gevonden. Kijk zelf na of alles is afgedekt.")).to_be_visible()
    assert keur(pagina) == []
    pagina.get_by_role("radio", name=re.compile("^Gezicht")).check()
    pagina.get_by_role("button", name="Afdekking bewaren").click()
    expect(pagina.get_by_text("De afdekking is bewaard.")).to_be_visible()
    beeld = pagina.get_by_role("img", name="met 2 delen afgedekt")
    kopie = f"{demodienst.adres}{beeld.get_attribute('src')}"
    for x, y in ((0.5, 0.5), (0.4, 0.4), (0.15, 0.65)):
        assert max(_punt(pagina, kopie, x, y)) < 8
    assert max(_punt(pagina, kopie, 0.9, 0.5)) > 40
    # What is under it shows on the board, and only when somebody asks.
    onder = bord.get_by_role("img").get_attribute("src") or ""
    assert "zonder=1" in onder
    assert max(_punt(pagina, f"{demodienst.adres}{onder}", 0.5, 0.5)) > 40
    expect(pagina.get_by_text(re.compile(r"^Versie 1, .*Jurist Handhaving: 2 vlakken\. Gezicht"))).to_be_visible()
    assert keur(pagina) == []
    context.close()
