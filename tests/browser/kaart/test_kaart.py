"""The map in a real browser: markers, clusters, filter, list, keyboard, and names that try to be code."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from inspecties.core.rechten import Rol
from tests.browser.kaart.conftest import KWAAD
from tests.browser.keuring import overtredingen, te_breed

Openen = Callable[..., Page]

TEL_GROEN = """() => {
  const doek = document.querySelector(".leaflet-ondergrond-pane canvas");
  const d = doek.getContext("2d").getImageData(0, 0, doek.width, doek.height).data;
  let n = 0;
  for (let i = 0; i < d.length; i += 4) n += d[i] === 0xcf && d[i + 1] === 0xe3 && d[i + 2] === 0xc0;
  return n;
}"""


def _klaar(blad: Page) -> Page:
    expect(blad.locator("[data-kaartstand]")).to_contain_text("in beeld")
    return blad


def _axe(blad: Page) -> list[str]:
    return overtredingen(blad)


def test_merken_trossen_en_lijst(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    expect(blad.get_by_role("button", name="12 locaties, zoom in")).to_be_visible()
    expect(blad.get_by_role("button", name="Wasstraat Zuid, Autowasstraat, actief")).to_be_visible()
    expect(blad.locator("[data-kaartstand]")).to_have_text("14 locaties in beeld.")
    expect(blad.locator("[data-kaartlijst] li")).to_have_count(14)
    assert "Van de buren" not in blad.content()
    # The background is drawn: its colours are on the canvas.
    groen = blad.evaluate(TEL_GROEN)
    assert groen > 100
    expect(blad.get_by_text("<b>Centrum</b>")).to_be_visible()
    assert klachten == []


def test_tros_gaat_open_en_de_lijst_volgt(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    for zoom in (15, 17):
        blad.get_by_role("button", name="12 locaties, zoom in").click()
        expect(blad.locator(".folium-map")).to_have_attribute("data-zoom", str(zoom))
    expect(blad.get_by_role("button", name=re.compile("^Pension .*in beeld$"))).to_have_count(12)
    expect(blad.locator("[data-kaartstand]")).to_have_text("12 locaties in beeld.")
    assert klachten == []


def test_filter_zonder_herladen_en_in_het_adres(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    blad.evaluate("window.zelfdePagina = true")
    blad.get_by_label("Type", exact=True).select_option(label="Autowasstraat")
    expect(blad.locator("[data-kaartstand]")).to_have_text("1 locatie in beeld.")
    expect(blad.locator(".leaflet-marker-icon.merk, .leaflet-marker-icon.tros")).to_have_count(1)
    assert blad.url.endswith("/kaart?type=autowas")
    assert blad.evaluate("window.zelfdePagina") is True
    blad.get_by_label("Status", exact=True).select_option(label="Gesloten")
    expect(blad.locator("[data-kaartstand]")).to_contain_text("Geen locaties in beeld")
    expect(blad.locator(".leaflet-marker-icon.merk, .leaflet-marker-icon.tros")).to_have_count(0)
    blad.get_by_role("link", name="Dezelfde locaties als tabel").click()
    expect(blad.get_by_text("Geen locatie past bij dit filter.")).to_be_visible()
    blad.goto("/kaart?status=actief")
    expect(blad.locator("[data-kaartstand]")).to_have_text("1 locatie in beeld.")
    expect(blad.get_by_label("Status", exact=True)).to_have_value("actief")
    assert klachten == []


def test_zoeken_brengt_de_kaart_erheen(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    blad.get_by_label("Zoek op naam of adres").fill("pension 07")
    blad.get_by_role("button", name="Zoeken").click()
    expect(blad.locator("[data-kaartlijst] li")).to_have_count(1)
    merk = blad.get_by_role("button", name=re.compile("^Pension 07, "))
    expect(merk).to_be_visible()
    vak, kaart = merk.bounding_box(), blad.locator(".kaartvak").bounding_box()
    assert vak is not None
    assert kaart is not None
    assert abs(vak["x"] + vak["width"] / 2 - kaart["x"] - kaart["width"] / 2) < 60
    assert klachten == []


def test_met_alleen_het_toetsenbord(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    merk = blad.get_by_role("button", name="Wasstraat Zuid, Autowasstraat, actief")
    blad.get_by_role("link", name="Sla de kaart over, naar de lijst").focus()
    for _ in range(12):
        blad.keyboard.press("Tab")
        if merk.evaluate("el => el === document.activeElement"):
            break
    expect(merk).to_be_focused()
    blad.keyboard.press("Enter")
    koppeling = blad.get_by_role("link", name="Open de locatie")
    expect(koppeling).to_be_focused()
    expect(blad.locator(".kaartlijst__regel--open")).to_contain_text("Wasstraat Zuid")
    blad.keyboard.press("Escape")
    expect(koppeling).to_have_count(0)
    expect(merk).to_be_focused()
    # From the list: show on the map, back to the same button.
    knop = blad.get_by_role("button", name="Toon Pension 03 op de kaart")
    knop.focus()
    blad.keyboard.press("Enter")
    expect(koppeling).to_be_focused()
    blad.wait_for_load_state("networkidle")
    blad.keyboard.press("Escape")
    expect(knop).to_be_focused()
    # The map itself: arrows move, the list follows.
    blad.locator(".folium-map").focus()
    voor = blad.locator("[data-kaartstand]").text_content()
    for _ in range(60):
        # A press while the map is still sliding does nothing.
        blad.keyboard.press("ArrowUp")
        blad.wait_for_timeout(100)
        if blad.locator("[data-kaartstand]").text_content() != voor:
            break
    expect(blad.locator("[data-kaartstand]")).not_to_have_text(str(voor))
    assert klachten == []


def test_naam_die_code_wil_zijn_is_tekst(pagina: Openen, klachten: list[str]) -> None:
    blad = _klaar(pagina("/kaart"))
    blad.get_by_role("button", name=re.compile(r"^<script>.*Massagesalon, in beeld$")).click()
    popup = blad.locator(".leaflet-popup-content")
    expect(popup.get_by_role("heading")).to_have_text(KWAAD)
    expect(popup).to_contain_text("Kade 5")
    expect(popup.get_by_role("img", name=re.compile(r"^Score [0-9,]+: "))).to_be_visible()
    expect(popup).to_contain_text("Laatst gebeurd")
    expect(popup.get_by_role("listitem")).to_have_text([re.compile(r"^21 november 2026: Locatie toegevoegd$")])
    assert popup.locator("script, img").count() == 0
    assert blad.locator("[data-kaartlijst] img, [data-kaartlijst] script").count() == 0
    popup.get_by_role("link", name="Open de locatie").click()
    expect(blad.get_by_role("heading", level=1)).to_have_text(KWAAD)
    expect(blad.locator(".kaartvak--klein .merk")).to_be_visible()
    assert blad.evaluate("window.geraakt") is None
    assert klachten == []


@pytest.mark.parametrize("breed", [360, 1280])
@pytest.mark.parametrize("pad", ["/kaart", "/locaties", "/locaties/importeren", "/locaties/nieuw"])
def test_toegankelijk_en_passend(pagina: Openen, klachten: list[str], pad: str, breed: int) -> None:
    blad = pagina(pad, breed=breed)
    blad.wait_for_load_state("networkidle")
    assert te_breed(blad) == 0
    assert _axe(blad) == []
    if pad == "/locaties":
        blad.get_by_role("link", name="Wasstraat Zuid").click()
        expect(blad.get_by_role("heading", level=1)).to_have_text("Wasstraat Zuid")
        blad.wait_for_load_state("networkidle")
        assert te_breed(blad) == 0
        assert _axe(blad) == []
    assert klachten == []


def test_zonder_javascript_werkt_de_lijst(dienst: tuple[object, str], pagina: Openen) -> None:
    blad = pagina("/kaart?type=autowas", Rol.INSPECTEUR)
    kaal = blad.context.browser.new_context(java_script_enabled=False, base_url=dienst[1])  # type: ignore[union-attr]  # launched by us
    kaal.add_cookies(blad.context.cookies())  # type: ignore[arg-type]  # the same cookies
    zonder = kaal.new_page()
    zonder.goto("/kaart?type=autowas")
    expect(zonder.get_by_role("link", name="Wasstraat Zuid")).to_be_visible()
    expect(zonder.get_by_text("1 locatie: autowasstraat")).to_be_visible()
    kaal.close()
