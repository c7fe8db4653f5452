"""A coordinator splits a location, sees that the two look alike, merges them again and takes that back."""

import re

from playwright.sync_api import Browser, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import keur


def test_splitsen_samenvoegen_en_ongedaan_maken(demodienst: Demodienst, bladeraar: Browser) -> None:
    klachten: list[str] = []
    context = bladeraar.new_context(base_url=demodienst.adres, locale="nl-NL", service_workers="block", bypass_csp=True)
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    pagina.on("pageerror", lambda fout: klachten.append(str(fout)))
    meld_aan(pagina, demodienst, "coordinator")
    pagina.goto("/locaties")
    naam = pagina.get_by_role("table").get_by_role("row").nth(1).get_by_role("link").first.inner_text()
    pagina.get_by_role("link", name=naam, exact=True).first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(naam)
    pagina.get_by_role("link", name="Splitsen in twee locaties").click()
    pagina.get_by_label("Naam", exact=True).fill(f"{naam} achter")
    for veld in ("Straat", "Huisnummer", "Postcode"):
        pagina.get_by_label(veld, exact=True).fill("")
    pagina.get_by_label("Waarom zijn dit twee plekken?").fill("Er is een achterhuis.")
    pagina.get_by_role("button", name="Splitsen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(f"{naam} achter")

    pagina.get_by_role("link", name=f"Vergelijk met {naam}", exact=True).click()
    expect(pagina.get_by_label("Waarom is dit dezelfde plek?")).to_be_visible()
    klachten += keur(pagina)
    pagina.get_by_role("link", name=re.compile("^Omdraaien")).click()
    pagina.get_by_label("Waarom is dit dezelfde plek?").fill("Het is toch een huis.")
    pagina.get_by_role("button", name="Samenvoegen").click()
    expect(pagina.get_by_text(f"'{naam} achter' is opgegaan in deze locatie")).to_be_visible()
    pagina.get_by_role("link", name=f"{naam} achter", exact=True).click()
    expect(pagina.get_by_role("heading", name="Samengevoegd")).to_be_visible()
    pagina.go_back()

    pagina.get_by_role("link", name="Geschiedenis", exact=True).click()
    expect(pagina.get_by_text("Het is toch een huis.").first).to_be_visible()
    klachten += keur(pagina)
    pagina.get_by_role("link", name=f"Samenvoeging met {naam} achter ongedaan maken").click()
    expect(pagina.get_by_label("Waarom maakt u dit ongedaan?")).to_be_visible()
    klachten += keur(pagina)
    pagina.get_by_label("Waarom maakt u dit ongedaan?").fill("Het zijn er twee.")
    pagina.get_by_role("button", name="Ongedaan maken").click()
    expect(pagina.get_by_text("De samenvoeging is ongedaan gemaakt.")).to_be_visible()
    assert klachten == []
