"""A coordinator follows a link: from the list of groups to picture, map and table; a beheerder stops sharing."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan


def _pagina(bladeraar: Browser, dienst: Demodienst, naam: str, klachten: list[str]) -> Page:
    context = bladeraar.new_context(base_url=dienst.adres, locale="nl-NL", service_workers="block")
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    pagina.on("console", lambda m: klachten.append(m.text) if m.type in {"error", "warning"} else None)
    meld_aan(pagina, dienst, naam)
    return pagina


def test_van_groep_naar_plaatje_kaart_en_ander(demodienst: Demodienst, bladeraar: Browser) -> None:
    klachten: list[str] = []
    pagina = _pagina(bladeraar, demodienst, "coordinator", klachten)
    pagina.goto("/locaties")
    pagina.get_by_role("link", name="Koppelingen", exact=True).click()
    pagina.get_by_role("link", name=re.compile("^Bekijk als plaatje")).first.click()
    # Picture, table and map number the places alike.
    plek = pagina.get_by_role("group", name=re.compile("^Koppelingen van")).get_by_role("link", name=re.compile("^1: "))
    expect(plek).to_be_visible()
    naam = str(plek.get_attribute("aria-label")).removeprefix("1: ").partition(",")[0]
    expect(pagina.get_by_role("table").first.get_by_role("row", name=re.compile(r"^1 "))).to_contain_text(naam)
    merk = pagina.get_by_role("button", name=re.compile(f"^1: {re.escape(naam)}"))
    merk.focus()
    pagina.keyboard.press("Enter")
    expect(pagina.locator(".leaflet-popup")).to_contain_text(naam)
    assert pagina.locator("path.leaflet-interactive").count() > 1
    # What is shared leads to its row, with the keyboard too.
    pagina.get_by_role("link", name=re.compile("^A: ")).focus()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("tr:target")).to_contain_text("Poldervlijt Uitzendbureau BV")
    # Across the border: that it is there and whom to call; the beheerder takes that away at once.
    pagina.goto("/locaties/koppelingen/elders")
    zin = pagina.get_by_text("Ook in Houtribdijk komt dit kenmerk voor. Bel Coördinator Houtribdijk")
    expect(zin).to_be_visible()
    beheer = _pagina(bladeraar, demodienst, "beheerder", klachten)
    beheer.goto("/beheer")
    beheer.get_by_role("link", name="Samenwerking").click()
    beheer.get_by_role("link", name="Samenwerking Markermeer").click()
    beheer.get_by_role("button", name="Delen uitzetten").click()
    expect(beheer.get_by_text("Koppelingen delen staat uit.")).to_be_visible()
    pagina.reload()
    expect(pagina.get_by_text("Uw gemeente deelt nu geen koppelingen")).to_be_visible()
    assert klachten == []
