"""A jurist covers a part of a report, passes something on, and sees both in the chain: with keyboard and mouse."""

import io
import re
from collections.abc import Iterator

import pypdf
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, bevestig, meld_aan
from tests.browser.keuring import keur

# The first start fills a year of demo data.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def pagina(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Page]:
    context = bladeraar.new_context(
        base_url=demodienst.adres, locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block"
    )
    context.set_default_timeout(GEDULD_MS)
    blad = context.new_page()
    meld_aan(blad, demodienst, "jurist")
    yield blad
    context.close()


def _zwart(pdf: bytes) -> int:
    """How many pixels of the first picture are black."""
    beeld = pypdf.PdfReader(io.BytesIO(pdf)).pages[-1].images[0]
    return Image.open(io.BytesIO(beeld.data)).convert("L").histogram()[0]


def _haal(pagina: Page, naam: str) -> bytes:
    adres = pagina.get_by_role("link", name=naam).get_attribute("href")
    assert adres is not None
    return pagina.request.get(adres).body()


def test_weglakken_doorzetten_en_de_keten(pagina: Page) -> None:
    pagina.goto("/verstrekkingen")
    pagina.get_by_role("link", name="Politie, AVIM").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Doorgezet aan Politie, AVIM")
    dossier = pagina.get_by_role("link", name="Bewijs").first.get_attribute("href")
    assert dossier is not None
    pagina.goto(dossier)
    pagina.get_by_role("link", name="W1: Incidenten voor de deur").click()
    expect(pagina.get_by_role("heading", name="Keten van het bewijs")).to_be_visible()
    stuk = pagina.url
    assert _haal(pagina, "Kopie voor partijen").startswith(b"<!doctype html>"), "asked to prove it first"
    bevestig(pagina)
    voor = _zwart(_haal(pagina, "Kopie voor partijen"))

    # Another part on another ground: by buttons alone, as somebody without a mouse does.
    pagina.get_by_role("link", name="Wat krijgen partijen?").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Wat krijgen partijen van W1?")
    pagina.get_by_label("Waarom lakt u dit weg?").select_option("werkwijze")
    pagina.get_by_role("button", name="Tonen").click()
    expect(pagina.get_by_text("U tekent nu op de grond: Werkwijze")).to_be_visible()
    pagina.get_by_role("button", name="Rechthoek toevoegen").press("Enter")
    pagina.get_by_role("button", name="Weglakken op blad 1").press("Enter")
    expect(pagina.get_by_text("Blad 1 is bewaard. Het origineel is niet veranderd.")).to_be_visible()
    expect(pagina.get_by_text(re.compile("Versie 2, .*2 vlakken"))).to_be_visible()
    kopie = _haal(pagina, "Kopie voor partijen bekijken")
    assert _zwart(kopie) > voor
    assert "mevrouw" not in "".join(b.extract_text() for b in pypdf.PdfReader(io.BytesIO(kopie)).pages)

    # Passing it on: on a ground without persons no piece at all, on the other one only its copy.
    pagina.goto(dossier.replace("/bewijs", "/doorzetten/nieuw?ontvanger=nla&grond=arbeidswetten"))
    expect(pagina.get_by_text("Gegevens van personen mogen op deze grond niet mee.")).to_be_visible()
    expect(pagina.get_by_text("over personen")).to_have_count(0)
    # A report with parts that are black may still name somebody.
    expect(pagina.get_by_label("Bestuurlijke rapportage W1")).to_have_count(0)
    assert keur(pagina) == []
    pagina.goto(dossier.replace("/bewijs", "/doorzetten/nieuw?ontvanger=nla&grond=uitbuiting"))
    assert keur(pagina) == []
    pagina.get_by_label("Bestuurlijke rapportage W1: kopie, met zwarte delen").check()
    pagina.get_by_label("Waarvoor heeft de ontvanger dit nodig?").fill("Beoordelen of een controle nodig is.")
    pagina.get_by_role("button", name="Voorbeeld bekijken").click()
    expect(pagina.get_by_role("heading", name="Dit gaat naar Nederlandse Arbeidsinspectie")).to_be_visible()
    pagina.get_by_role("button", name="Doorzetten en vastleggen").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Doorgezet aan Nederlandse Arbeidsinspectie")
    assert _haal(pagina, "Bestuurlijke rapportage W1") == kopie

    pagina.goto(stuk)
    pagina.get_by_role("button", name="Nu controleren").click()
    expect(pagina.get_by_text("Het bestand is ongeschonden: de hash is nog dezelfde.")).to_be_visible()
    keten = pagina.locator(".bewijsketen")
    for zin in ("Ontvangen als bestand", "versie 2", "Doorgezet aan Nederlandse Arbeidsinspectie", "ongeschonden"):
        expect(keten).to_contain_text(zin)
