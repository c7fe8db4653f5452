"""A bad road to the real server: lost answers, copies, cut uploads, a killed server; and a store that was wiped."""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import Demosjablonen
from tests.browser.demodienst import meld_aan
from tests.browser.keten import veldwerk as veld
from tests.browser.tablet import Tablet
from tests.browser.veld_los.test_dienst import foto
from tests.soak.dienstproces import Dienstproces
from tests.soak.tussenpersoon import Ongeluk, Tussenpersoon


@pytest.fixture
def dienst(demosjablonen: Demosjablonen, tmp_path: Path) -> Iterator[Dienstproces]:
    data = tmp_path / "data"
    dienst = Dienstproces(data, demosjablonen.kopie("spatialite", data))
    dienst.start()
    yield dienst
    dienst.stop()


@pytest.fixture
def weg(dienst: Dienstproces) -> Iterator[Tussenpersoon]:
    """The road from the tablet to the server."""
    weg = Tussenpersoon(dienst.poort)
    weg.start()
    yield weg
    weg.stop()


def stand(page: Page) -> str:
    return str(page.locator(".standen [data-verzending]").get_attribute("data-verzending"))


def verzend_tot_compleet(page: Page, dienst: Dienstproces, weg: Tussenpersoon) -> None:
    """Press the button as often as something goes wrong; halfway the power of the server fails."""
    vermoord = False
    for _ in range(30):
        page.get_by_role("button", name="Nu verzenden").click()
        expect(page.locator("#veld-kop")).not_to_contain_text("Verzenden…", timeout=20_000)
        if stand(page) == "compleet":
            return
        if weg.gedaan["geknipt"] >= 2 and not vermoord:
            vermoord = True
            dienst.dood()
            page.get_by_role("button", name="Nu verzenden").click()
            expect(page.locator("#veld-kop")).to_contain_text("nog op dit toestel")
            dienst.start()
        page.wait_for_timeout(100)
    raise AssertionError(page.locator("#veld-kop").inner_text())


def test_wat_onderweg_misgaat_verliest_niets(
    speler: Playwright, bladeraar: Browser, dienst: Dienstproces, weg: Tussenpersoon, tmp_path: Path
) -> None:
    tablet = Tablet(speler, tmp_path / "profiel", weg.adres)
    context = tablet()
    page = context.pages[0]
    meld_aan(page, weg, "inspecteur1")
    veld.richt_in(page, weg.adres)
    page.locator("[data-checklist]").first.click()
    page.locator("[name=binnentreden_grond]").first.wait_for()
    context.set_offline(True)
    veld.kies(page, "binnentreden_grond", "toestemming")
    fotos = [foto(zaad) for zaad in (1, 2)]
    for nummer, inhoud in enumerate(fotos):
        veld.noteer(page, "binnentreden_grond", f"Notitie {nummer}")
        veld.fotografeer(page, "binnentreden_grond", f"IMG_{nummer}.jpg", inhoud)
    veld.wacht_op_opgeslagen(page)

    # Two answers of the server are lost after the commit, two copies run along, and each photo is cut off twice.
    toeval = random.Random(6)
    sync: list[Ongeluk] = [Ongeluk(zwijg=True), Ongeluk(kopieen=2, zwijg=True), Ongeluk(kopieen=2)]
    stukken: Counter[str] = Counter()

    def lot(methode: str, pad: str, lijf: bytes) -> Ongeluk | None:
        if methode == "POST" and pad == "/api/sync" and b'"op_id"' in lijf and sync:
            return sync.pop(0)
        if methode == "PATCH":
            stukken[pad] += 1
            return Ongeluk(knip=toeval.randrange(len(lijf))) if stukken[pad] in {1, 3} else None
        return None

    weg.lot = lot
    context.set_offline(False)
    verzend_tot_compleet(page, dienst, weg)
    assert (weg.gedaan["verzwegen"], weg.gedaan["gekopieerd"], weg.gedaan["geknipt"]) == (2, 4, 4)
    assert all(antwoord.startswith(b"HTTP/1.1 200") for antwoord in weg.kopieantwoorden)
    hashes = {hashlib.sha256(inhoud).hexdigest(): len(inhoud) for inhoud in fotos}
    assert hashes.items() <= dienst.originelen().items()
    rijen = dienst.vraag("SELECT sha256, grootte FROM bewijsstuk WHERE sha256 IN (?, ?)", *hashes)
    assert sorted(rijen) == sorted(hashes.items())
    toestel = page.evaluate(
        "JSON.parse(Object.entries(localStorage).find(([k]) => k.startsWith('inspecties.toestel.'))[1])"
    )
    nummers = dienst.vraag(
        "SELECT toestel_seq, count(*) FROM operatie WHERE toestel_id = ? GROUP BY toestel_seq ORDER BY 1",
        toestel["toestel_id"].replace("-", ""),
    )
    assert nummers == [(nummer, 1) for nummer in range(1, toestel["seq"] + 1)]

    # The browser throws the store away with three answers in it that were never sent: the office gets to know.
    context.set_offline(True)
    for tekst in ("een", "twee", "drie"):
        veld.noteer(page, "binnentreden_grond", f"Nooit verzonden: {tekst}")
        veld.wacht_op_opgeslagen(page)
    page.goto("about:blank")
    context.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": weg.adres, "storageTypes": "indexeddb"})
    context.set_offline(False)
    page.goto(f"{weg.adres}/veld")
    veld.kies_wachtzin(page)
    # The person on the tablet is told first, with how much it was.
    expect(page.get_by_text("3 antwoorden waren nog niet verzonden en zijn weg")).to_be_visible()
    page.get_by_role("button", name="Ik heb dit gelezen").click()
    page.get_by_role("button", name="Nu verzenden").first.click()
    expect(page.locator("#veld-kop")).to_contain_text("Alles is verzonden")
    tablet.sluit()
    gaten = dienst.vraag("SELECT van_seq, tot_seq FROM toestelgat WHERE gevuld_op IS NULL")
    assert gaten == [(toestel["seq"] + 1, toestel["seq"] + 3)]
    coordinator = bladeraar.new_page()
    meld_aan(coordinator, dienst, "coordinator")
    coordinator.goto(f"{dienst.adres}/bezoeken/apart")
    expect(coordinator.get_by_role("region", name="Toestellen die gegevens missen")).to_contain_text(
        "3 antwoorden kwamen niet aan"
    )
    coordinator.close()
