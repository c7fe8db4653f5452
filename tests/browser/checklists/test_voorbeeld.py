"""A checklist version as on the tablet, tried out beside it: what a jurist does before publishing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from inspecties.checklists.rules.dekking import NU
from inspecties.checklists.rules.dekking_antwoorden import Invuller
from inspecties.checklists.rules.vorm import Vorm
from tests.browser.demodienst import Demodienst, meld_aan
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, lezing

AXE = Path(__file__).parents[3] / "static/node_modules/axe-core/axe.min.js"
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Kijker:
    """A jurist with a browser; what the console says is kept."""

    def __init__(self, bladeraar: Browser, dienst: Demodienst) -> None:
        self.context = bladeraar.new_context(
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": 1280, "height": 900},
            accept_downloads=True,
        )
        self.pagina = self.context.new_page()
        self.fouten: list[str] = []
        self.pagina.on("console", lambda m: self.fouten.append(m.text) if m.type in {"error", "warning"} else None)
        self.pagina.on("pageerror", lambda f: self.fouten.append(str(f)))
        self.dienst = dienst
        meld_aan(self.pagina, dienst, "jurist")
        self.versies = self._versies()

    def _versies(self) -> dict[str, str]:
        """Name of the form -> address of its version in use."""
        self.pagina.goto(f"{self.dienst.adres}/checklists")
        adressen: list[str] = self.pagina.locator("main a[href*='/checklists/versies/']").evaluate_all(
            "els => els.map(el => el.getAttribute('href'))"
        )
        uit: dict[str, str] = {}
        for adres in adressen:
            gegevens = self.context.request.get(f"{self.dienst.adres}/api{adres}").json()
            uit.setdefault(gegevens["definitie"]["naam"], adres)
        return uit

    def open(self, formulier: str) -> Page:
        self.pagina.goto(f"{self.dienst.adres}{self.versies[formulier]}/voorbeeld")
        self.pagina.locator("[name=binnentreden_grond]").first.wait_for(state="attached")
        return self.pagina


@pytest.fixture(scope="module")
def kijker(bladeraar: Browser, demodienst: Demodienst) -> Iterator[Kijker]:
    kijker = Kijker(bladeraar, demodienst)
    yield kijker
    kijker.context.close()


@pytest.fixture(autouse=True)
def _niets_geweigerd(kijker: Kijker) -> Iterator[None]:
    """No script, style or request was refused and nothing went wrong in the page."""
    kijker.fouten.clear()
    yield
    assert kijker.fouten == []


def _kies(pagina: Page, vraag: str, waarde: str) -> None:
    pagina.locator(f"#toestel [name={vraag}][value={waarde}]").first.check()


def _samenvatting(pagina: Page) -> str:
    return pagina.locator(".proef-samenvatting").inner_text()


def test_een_gevolg_volgt_met_artikel_reden_en_bewijs(kijker: Kijker) -> None:
    pagina = kijker.open("huisvesting_arbeidsmigranten")
    expect(pagina.get_by_role("note")).to_contain_text("Er wordt niets opgeslagen of verzonden")
    expect(pagina.locator(".proef-samenvatting")).to_contain_text("0 voorstellen")
    _kies(pagina, "binnentreden_grond", "toezicht")
    # The same screen as on the tablet: the repeat is added with its own button.
    pagina.locator("#toestel [data-herhaling-toevoegen=kamers]").click()
    pagina.locator("#toestel [name=kamer_naam]").fill("Zolder")
    _kies(pagina, "kamer_rookmelder", "nee")
    voorstel = pagina.locator(".proef-voorstel[data-gevolg=bbl]")
    expect(voorstel.locator("h4")).to_contain_text("Bbl")
    expect(voorstel).to_contain_text("Kamer 1: Hangt er een werkende rookmelder")
    expect(voorstel).to_contain_text("Volgt als dit antwoord 'Nee' is.")
    expect(voorstel).to_contain_text("Nog nodig als bewijs: een foto")
    expect(pagina.locator("#toestel .voorstelhint:visible")).to_contain_text("nog nodig: een foto")
    pagina.locator("[data-sleutel^=kamer_rookmelder] input[type=file]").set_input_files(
        {"name": "plafond.png", "mimeType": "image/png", "buffer": _png(pagina)}
    )
    expect(voorstel).not_to_contain_text("Nog nodig")
    expect(pagina.locator("#toestel .miniatuur:visible")).to_have_count(1)
    # From the proposal back to the question that carries it.
    voorstel.get_by_role("button").first.click()
    assert pagina.evaluate("document.activeElement.closest('[data-sleutel]').dataset.sleutel").startswith(
        "kamer_rookmelder@"
    )
    # The server comes to the same, evidence included.
    _controleer(pagina)


def _png(pagina: Page) -> bytes:
    punt = pagina.evaluate(
        "new Promise(k => { const d = document.createElement('canvas'); d.width = d.height = 8;"
        " d.toBlob(async b => k([...new Uint8Array(await b.arrayBuffer())])) })"
    )
    return bytes(punt)


def _controleer(pagina: Page) -> None:
    pagina.get_by_role("button", name="Controleer op de server").click()
    expect(pagina.locator("[data-gelijk]")).to_contain_text("Gelijk: de server komt op precies hetzelfde uit")


@pytest.mark.parametrize("formulier", FORMULIEREN)
def test_python_en_javascript_komen_op_hetzelfde_uit(kijker: Kijker, formulier: str) -> None:
    pagina = kijker.open(formulier)
    invuller = Invuller(Vorm(lezing(formulier).definitie), NU)
    binnen: dict[Any, Any] = {"binnentreden_grond": ("t", "toezicht")}
    voorstellen = 0
    for zaad in range(3):
        antwoorden = invuller.willekeurig(zaad, binnen)[0].serialiseer()
        inhoud = json.dumps(antwoorden).encode()
        _laad(pagina, f"antwoorden-{zaad}.json", inhoud)
        expect(pagina.locator("#proef-paneel")).to_contain_text(
            f"De antwoorden uit antwoorden-{zaad}.json zijn geladen."
        )
        _controleer(pagina)
        voorstellen += int(_samenvatting(pagina).split()[0])
    assert voorstellen > 10


def _laad(pagina: Page, naam: str, inhoud: bytes) -> None:
    pagina.locator("#proef-paneel input[type=file]").set_input_files(
        {"name": naam, "mimeType": "application/json", "buffer": inhoud}
    )


def test_antwoorden_gaan_als_bestand_eruit_en_weer_erin(kijker: Kijker) -> None:
    pagina = kijker.open("pand")
    _kies(pagina, "binnentreden_grond", "toezicht")
    pagina.locator("#toestel [data-herhaling-toevoegen=kamers]").click()
    pagina.locator("#toestel [name=kamer_naam]").fill("Voor")
    expect(pagina.locator("[data-lijst=geldt]")).to_contain_text("Gelden nu")
    with pagina.expect_download() as bestand:
        pagina.get_by_role("button", name="Bewaar als JSON").click()
    assert bestand.value.suggested_filename == "antwoorden-pand.json"
    inhoud = Path(bestand.value.path()).read_bytes()
    antwoorden = json.loads(inhoud)
    assert antwoorden["binnentreden_grond"] == "toezicht"
    assert [k["kamer_naam"] for k in antwoorden["kamers"]] == ["Voor"]
    pagina.get_by_role("button", name="Wis alles").click()
    expect(pagina.locator("#proef-paneel")).to_contain_text("Alle antwoorden zijn gewist.")
    assert "kamers" not in pagina.evaluate("window.inspecties.serialiseer()")
    _laad(pagina, "terug.json", inhoud)
    expect(pagina.locator("#proef-paneel")).to_contain_text("terug.json zijn geladen")
    assert pagina.evaluate("window.inspecties.serialiseer()") == antwoorden
    # What is no file of answers says so, and changes nothing.
    _laad(pagina, "fout.json", b'{"kamers": [{"bestaat_niet": 1}]}')
    expect(pagina.locator("#proef-paneel")).to_contain_text(
        "kamers[1]/bestaat_niet: deze vraag staat hier niet in het formulier."
    )
    _laad(pagina, "fout.json", b"{")
    expect(pagina.locator("#proef-paneel")).to_contain_text("fout.json is geen geldige JSON")
    assert pagina.evaluate("window.inspecties.serialiseer()") == antwoorden


def test_norm_en_datum_tellen_mee(kijker: Kijker) -> None:
    pagina = kijker.open("huisvesting_arbeidsmigranten")
    norm = pagina.get_by_label("Norm van de gemeente")
    norm.fill("10")
    norm.press("Tab")
    antwoorden = {
        "binnentreden_grond": "toezicht",
        "meetwijze": "gemeten",
        "gebruiksoppervlakte_m2": 95,
        "aantal_personen": 9,
    }
    _laad(pagina, "a.json", json.dumps(antwoorden).encode())
    expect(pagina.locator("#proef-paneel")).to_contain_text("a.json zijn geladen")
    overbewoning = pagina.locator(".proef-voorstel[data-gevolg=overbewoning]")
    expect(overbewoning).to_have_count(0)
    norm.fill("12,5")
    norm.press("Tab")
    expect(overbewoning).to_contain_text("Personen te veel: 2")
    expect(overbewoning).to_contain_text("${te_veel_personen} > 0")
    assert pagina.evaluate("window.inspecties.serialiseer()")["norm_m2_pp"] == 12.5
    norm.fill("nul")
    norm.press("Tab")
    expect(pagina.locator("#proef-paneel")).to_contain_text("Vul een getal in van meer dan 0")
    expect(overbewoning).to_have_count(1)
    # The Wtta begins on 1 January 2027: the question is asked from that day on.
    wtta = pagina.locator("#toestel [data-sleutel=wtta_toelating]")
    expect(wtta).to_be_hidden()
    pagina.get_by_label("Datum van het bezoek").fill("2027-01-01")
    expect(wtta).not_to_have_attribute("hidden", "")
    expect(overbewoning).to_have_count(1)
    _controleer(pagina)


def test_breedte_en_toetsenbord(kijker: Kijker) -> None:
    pagina = kijker.open("pand")
    toestel = pagina.locator("#toestel")
    assert toestel.bounding_box() is not None
    breedtes = {}
    for naam in ("Telefoon (360)", "Tablet (800)", "Volle breedte"):
        pagina.get_by_role("radio", name=naam).focus()
        pagina.keyboard.press("Space")
        vak = toestel.bounding_box()
        assert vak is not None
        breedtes[naam] = vak["width"]
        balk = pagina.locator("#toestel .balk").bounding_box()
        assert balk is not None
        # The bar at the bottom stays in the frame and in sight.
        assert vak["x"] <= balk["x"] <= balk["x"] + balk["width"] <= vak["x"] + vak["width"]
        assert abs(balk["y"] + balk["height"] - vak["y"] - vak["height"]) <= 4
    assert breedtes["Telefoon (360)"] == 360
    assert breedtes["Tablet (800)"] == 800
    assert breedtes["Volle breedte"] > 800
    # With keys alone: choose the ground of entry, and it counts.
    voor = _samenvatting(pagina)
    pagina.locator("#toestel-rol").focus()
    for _ in range(12):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("document.activeElement.name") == "binnentreden_grond":
            break
    pagina.keyboard.press("Space")
    expect(pagina.locator(".proef-samenvatting")).not_to_have_text(voor)


def test_niets_komt_op_de_server_of_op_het_toestel(kijker: Kijker) -> None:
    pagina = kijker.open("pand")
    verzoeken: list[str] = []
    pagina.on("request", lambda v: verzoeken.append(v.method + " " + v.url) if not v.url.startswith("blob:") else None)
    _kies(pagina, "binnentreden_grond", "toezicht")
    pagina.locator("#toestel [data-herhaling-toevoegen=kamers]").click()
    pagina.locator("#toestel [name=kamer_naam]").fill("Achter")
    pagina.locator("#toestel").get_by_role("button", name="Controleren en afronden").click()
    expect(pagina.get_by_role("heading", name="Controle voor afronden")).to_be_visible()
    pagina.get_by_role("button", name="Toch afronden").click()
    expect(pagina.locator("#proef-paneel")).to_contain_text("In dit voorbeeld gebeurt er niets.")
    assert verzoeken == []
    assert pagina.evaluate("indexedDB.databases().then(d => d.length)") == 0
    pagina.reload()
    pagina.locator("[name=binnentreden_grond]").first.wait_for(state="attached")
    assert "kamers" not in pagina.evaluate("window.inspecties.serialiseer()")


def test_toegankelijk(bladeraar: Browser, kijker: Kijker) -> None:
    for breedte in (360, 1280):
        context = bladeraar.new_context(
            viewport={"width": breedte, "height": 900}, bypass_csp=True, storage_state=kijker.context.storage_state()
        )
        pagina = context.new_page()
        pagina.goto(f"{kijker.dienst.adres}{kijker.versies['huisvesting_arbeidsmigranten']}/voorbeeld")
        _kies(pagina, "binnentreden_grond", "toezicht")
        pagina.locator("#toestel [data-herhaling-toevoegen=kamers]").click()
        _kies(pagina, "kamer_rookmelder", "nee")
        expect(pagina.locator(".proef-voorstel")).to_have_count(1)
        for uitklap in pagina.locator("#proef-paneel summary").all():
            uitklap.click()
        pagina.add_script_tag(path=AXE)
        uitkomst = pagina.evaluate("regels => axe.run(document, { runOnly: regels })", REGELS)
        assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in uitkomst["violations"]] == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
        pagina.goto(f"{kijker.dienst.adres}{kijker.versies['pand']}/dekking")
        pagina.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
        pagina.add_script_tag(path=AXE)
        uitkomst = pagina.evaluate("regels => axe.run(document, { runOnly: regels })", REGELS)
        assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in uitkomst["violations"]] == []
        assert pagina.evaluate("document.documentElement.scrollWidth") <= breedte
        context.close()


def test_zonder_javascript_staat_er_waarom_het_leeg_is(bladeraar: Browser, kijker: Kijker) -> None:
    context = bladeraar.new_context(java_script_enabled=False, storage_state=kijker.context.storage_state())
    pagina = context.new_page()
    pagina.goto(f"{kijker.dienst.adres}{kijker.versies['pand']}/voorbeeld")
    uitleg = pagina.locator("noscript p")
    expect(uitleg).to_be_visible()
    assert "Het voorbeeld heeft JavaScript nodig." in uitleg.inner_text()
    context.close()


def test_dekking_toont_elke_vraag_met_antwoorden(kijker: Kijker) -> None:
    pagina = kijker.pagina
    pagina.goto(f"{kijker.dienst.adres}{kijker.versies['hotel']}/dekking")
    expect(pagina.locator("main")).to_contain_text("Alles is bereikt.")
    pagina.get_by_text("Wat bereikt is").first.click()
    rij = pagina.locator("tr", has_text="toestemming_gegeven").first
    rij.locator("summary").click()
    assert "binnentreden_grond" in json.loads(rij.locator("pre").inner_text())
