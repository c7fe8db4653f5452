"""The pack and the door: fetching with progress, the map and photos without a network, the way to the door."""

import base64
import io
import threading
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from inspecties.offline.tegelgebied import tegels_rond
from tests.browser.tablet import Tablet
from tests.browser.veld_los import voorbeeld
from tests.browser.veld_los.conftest import WACHTZIN, WERKER_KLAAR, fouten_van, ontgrendel, richt_in
from tests.browser.veld_los.nepserver import Stand
from tests.browser.veld_los.schermeisen import axe, te_breed, te_klein

ROZE = (250, 20, 120)
TWEE = "01890000-0000-7000-8000-00000000a002"


def _beeld(soort: str, kleur: tuple[int, int, int], maat: int) -> bytes:
    uit = io.BytesIO()
    Image.new("RGB", (maat, maat), kleur).save(uit, soort)
    return uit.getvalue()


def _lijn(klasse: str, *punten: tuple[float, float]) -> dict[str, Any]:
    eigenschappen = {"laag": "weg", "klasse": klasse, "naam": "Kanaalstraat"}
    return {
        "type": "Feature",
        "properties": eigenschappen,
        "geometry": {"type": "LineString", "coordinates": [list(p) for p in punten]},
    }


BRIEFING = {
    "versie": 2,
    "gemaakt_op": "2026-11-21T12:00:00Z",
    "wijzigingen": ["De tijd van stop 2 is veranderd."],
    "inhoud": {
        "voor": "A, gemeente",
        "actie": {
            "naam": "Pandenactie Havenkwartier",
            "soort": "Pandenactie",
            "datum": "21-11-2026",
            "tijd": "18:00 tot 23:00",
        },
        "doel": "Toezicht op huisvesting",
        "veiligheid": ["Ga nooit alleen naar binnen."],
        "veiligheid_actie": "Er is een dreiging gemeld.",
        "verzamelen": "17:30 uur, stadhuis",
        "bijzonderheden": "",
        "ploeg": {"naam": "A", "tijd": "18:00", "pauze": "", "leden": [["Inspecteur Een", "gemeente"]]},
        "rollen": [["Politie", "Bevoegd tot: binnentreden."]],
        "telefoon": [["Leiding van de actie", "C. Oordinator", "06 1234 5678"]],
        "doen": [["Iemand is in gevaar", "Bel 112.", "draaiboek"]],
        "zorgnummers": [["Slachtofferhulp", "0900 0101", "Dag en nacht."]],
        "zorg": ["Niemand hoeft met ons te praten."],
    },
}


@pytest.fixture
def vol(stand: Stand) -> Stand:
    """A server whose pack has a map with tiles, photos of earlier, and a briefing."""
    pak, actie = stand.pak, stand.pak["acties"][0]
    pak["gebruiker"] |= {"rol_naam": "Inspecteur", "organisatie": ""}
    actie["briefing"] = BRIEFING
    een, twee = actie["stops"]
    twee["lat"], twee["lon"] = 52.553, 5.256
    een["eerdere_fotos"] = True
    foto = base64.b64encode(_beeld("JPEG", (20, 90, 40), 480)).decode()
    stand.eerdere_fotos[een["id"]] = [
        {
            "sha256": "aa" * 32,
            "datum": "2025-11-03",
            "bijschrift": "Foto van de kamer",
            "gelakt": True,
            "soort": "image/jpeg",
            "beeld": foto,
        }
    ]
    pak["achtergrond"] = {"type": "FeatureCollection", "features": [_lijn("straat", (5.24, 52.55), (5.27, 52.555))]}
    # Coarse tiles only: nearby they are drawn larger.
    lijst = [
        "/".join(map(str, t)) for t in tegels_rond((stop["lon"], stop["lat"]) for stop in (een, twee)) if t[0] < 15
    ]
    pak["tegels"] = {"lijst": lijst, "hoogste_bytes": 15 * 1024 * 1024, "bron": "tegels.example"}
    stand.tegel = _beeld("PNG", ROZE, 256)
    return stand


def voldoet(page: Page, wortel: str = "main") -> None:
    assert axe(page) == []
    assert te_breed(page, "html") == 0
    assert te_klein(page, wortel) == []


def _kleuren(page: Page) -> list[list[int]]:
    """What stands in the middle of each tile on the map."""
    uit: list[list[int]] = page.evaluate(
        """() => [...document.querySelectorAll('.veldkaart canvas.leaflet-tile')].map((doek) =>
          [...doek.getContext('2d').getImageData(128, 128, 1, 1).data])"""
    )
    return uit


def test_koud_begonnen_zonder_netwerk_staat_alles_er(tablet: Tablet, vol: Stand) -> None:
    poort, aantal = threading.Event(), len(vol.pak["tegels"]["lijst"])
    vol.bij_get = lambda pad: "/tegels/14/" not in pad or poort.wait(60)
    page = tablet().pages[0]
    fouten = fouten_van(page)
    page.goto("/veld")
    page.get_by_label("Wachtzin", exact=True).fill(WACHTZIN)
    page.get_by_label("Wachtzin nog een keer").fill(WACHTZIN)
    page.get_by_role("button", name="Wachtzin instellen").click()
    page.get_by_role("button", name="Dienst ophalen").click()
    # The plan can be worked with while the map still comes in.
    expect(page.get_by_role("heading", name="Kanaalstraat 12")).to_be_visible()
    bezig = page.locator("[data-ophalen]")
    expect(bezig).to_contain_text("Plan en checklists: 2 stops, ")
    expect(bezig).to_contain_text("Foto's van eerder: 1 van 1 stop")
    expect(bezig).to_contain_text(f"van {aantal} stukken")
    expect(bezig).to_contain_text("(hoogstens 15 MB)")
    voldoet(page)
    bezig.get_by_role("button", name="Stoppen").click()
    poort.set()
    expect(bezig).to_contain_text("Gestopt. De stops en checklists staan op dit toestel.")
    bezig.get_by_role("button", name="Opnieuw proberen").click()
    expect(bezig).to_have_count(0)
    page.get_by_text("Wat er van de dienst op dit toestel staat").click()
    expect(page.locator(".delenlijst")).to_contain_text(f"Kaart: {aantal} van {aantal} stukken van tegels.example")
    page.evaluate(WERKER_KLAAR)

    context = tablet()
    page = context.pages[0]
    fouten += fouten_van(page)
    context.set_offline(True)
    page.goto("/veld")
    ontgrendel(page)
    kaartje = page.locator("[data-stop]")
    expect(kaartje).to_contain_text("Laat uw legitimatie zien")
    expect(kaartje).to_contain_text("Inspecteur Een, inspecteur van gemeente Markerwaard")
    kaartje.get_by_text("Eerder hier (1), met foto's").click()
    expect(kaartje).to_contain_text("03-11-2025: Twaalf bewoners")
    foto = kaartje.get_by_role("button", name="Foto van de kamer, 03-11-2025, deels afgedekt. Groter")
    expect(foto.locator("img")).to_be_visible()
    foto.click()
    groot = page.get_by_role("dialog").get_by_role("img")
    assert groot.evaluate("(img) => img.decode().then(() => img.naturalWidth)") == 480
    voldoet(page, "dialog")
    page.keyboard.press("Escape")
    expect(foto).to_be_focused()

    kaartje.get_by_role("button", name="Kaart").click()
    merken = page.locator("[data-stopmerk]")
    expect(merken).to_have_count(2)
    expect(merken.nth(1)).to_have_attribute("aria-label", "Stop 2: Dijkweg 3-bis, Gepland")
    page.locator(".veldkaart canvas.leaflet-tile-loaded").nth(3).wait_for()
    assert [*ROZE, 255] in _kleuren(page)
    voldoet(page)
    # With the keyboard alone: to the second stop.
    merken.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dijkweg 3-bis")).to_be_visible()
    page.get_by_role("button", name="Briefing van uw ploeg").click()
    expect(page.get_by_role("heading", name="Veiligheid eerst")).to_be_visible()
    expect(page.get_by_role("link", name="06 1234 5678")).to_have_attribute("href", "tel:0612345678")
    voldoet(page)
    page.get_by_role("button", name="Stops").click()

    page.get_by_text("Wat er van de dienst op dit toestel staat").click()
    page.get_by_role("button", name="Kaart en foto's verwijderen").click()
    expect(page.locator(".delenlijst")).not_to_contain_text("tegels.example")
    page.locator("[data-stop]").get_by_role("button", name="Kaart").click()
    expect(merken).to_have_count(2)
    expect(page.locator(".veldkaart canvas.leaflet-tile")).to_have_count(0)
    assert fouten == []


def test_de_weg_naar_de_deur_en_wat_daar_gebeurt(tablet: Tablet, vol: Stand) -> None:
    context = tablet()
    page = context.pages[0]
    fouten = fouten_van(page)
    richt_in(page)
    kaartje = page.locator("[data-stop]")
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 52.55, "longitude": 5.2382, "accuracy": 8})
    kaartje.get_by_role("button", name="Hoe ver?").click()
    expect(kaartje.locator("[data-afstand]")).to_have_text("800 m naar het oosten")
    expect(kaartje.locator("[data-afstand] path")).to_have_attribute("transform", "rotate(90 12 12)")
    context.set_geolocation({"latitude": 52.5473, "longitude": 5.2457, "accuracy": 8})
    expect(kaartje.locator("[data-afstand]")).to_have_text("400 m naar het noordoosten")
    context.set_geolocation({"latitude": 52.55001, "longitude": 5.25, "accuracy": 8})
    expect(kaartje.locator("[data-afstand]")).to_have_text("U bent er")

    # Refused at the door: one tap; why may follow, and what is typed outlives a list that is drawn anew.
    kaartje.get_by_role("button", name="Toegang geweigerd").click()
    page.locator(".stopregel").first.click()
    kaartje.get_by_text("Reden erbij (hoeft niet)").click()
    kaartje.get_by_label("Wat werd er gezegd?").fill("Alleen met een machtiging")
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    page.locator(".stopregel").nth(1).click()
    page.locator(".stopregel").first.click()
    expect(kaartje.get_by_label("Wat werd er gezegd?")).to_have_value("Alleen met een machtiging")
    kaartje.get_by_role("button", name="Reden bewaren").click()
    expect(kaartje).to_contain_text("Reden: Alleen met een machtiging")
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    gemeld = [(t["toestand"], t.get("reden")) for t in vol.toestanden if t["stop"] == voorbeeld.STOP]
    assert gemeld == [("geweigerd", None), ("geweigerd", "Alleen met een machtiging")]
    kaartje.get_by_role("button", name="Toch binnen").click()
    expect(kaartje).to_contain_text("Binnen ·")

    # A renewal that breaks off leaves the shift that stood there.
    vol.bij_get = lambda pad: pad != "/api/dienst"
    page.get_by_role("button", name="Dienst vernieuwen").click()
    expect(page.locator("[data-ophalen]")).to_contain_text(
        "De dienst is niet opgehaald: er is geen verbinding. De dienst die er stond, staat er nog."
    )
    expect(page.get_by_role("heading", name="Kanaalstraat 12")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Kanaalstraat 12")).to_be_visible()
    vol.pak["acties"][0]["stops"][1]["adres"] = "Dijkweg 5"
    vol.bij_get = lambda _pad: True
    page.get_by_role("button", name="Dienst vernieuwen").click()
    expect(page.locator(".stopregel").nth(1)).to_contain_text("Dijkweg 5")
    assert fouten == []
