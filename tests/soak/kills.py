"""Row 1: the browser is killed at a random moment while somebody types, adds rooms and takes photos."""

import contextlib
import json
import os
import signal
import threading
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page, expect

from tests.browser.tablet import Tablet, processen_van
from tests.browser.veld_los import nepserver, voorbeeld
from tests.browser.veld_los.conftest import DIST, WORTEL, ontgrendel, richt_in
from tests.browser.veld_los.test_dienst import foto
from tests.soak.omgeving import Omgeving

# What the visit holds, and a line on the console whenever the screen says that it is saved.
WACHTER = """() => {
    window.beeld = () => {
        const nu = window.inspecties.serialiseer();
        return {
            tekst: nu.exploitant ?? '', bewoners: String(nu.aantal_bewoners ?? ''),
            keuzes: (nu.gebreken ?? []).length,
            fotos: (nu.foto_vluchtweg ?? []).length,
            kamers: (nu.kamer ?? []).map(kamer => String(kamer.kamer_m2 ?? '')),
        };
    };
    const kijk = () => {
        if (document.querySelector('[data-opslag]').dataset.opslag === 'opgeslagen')
            console.log('SOAK' + JSON.stringify(window.beeld()));
    };
    new MutationObserver(kijk).observe(document.querySelector('[data-opslag]'), { attributes: true });
    kijk();
}"""


def open_checklist(page: Page) -> None:
    page.goto("/veld")
    ontgrendel(page)
    page.locator("[data-checklist]").first.click()
    page.locator("[name=exploitant]").wait_for()


def bevat(nu: dict[str, Any], beloofd: dict[str, Any]) -> bool:
    """Whether what is there now has everything that was called saved; answers only grow in this proof."""
    kamers = [*nu["kamers"], *[""] * len(beloofd["kamers"])]
    return (
        nu["tekst"].startswith(beloofd["tekst"])
        and nu["bewoners"].startswith(beloofd["bewoners"])
        and len(nu["kamers"]) >= len(beloofd["kamers"])
        and all(er.startswith(toen) for er, toen in zip(kamers, beloofd["kamers"], strict=False))
        and nu["keuzes"] >= beloofd["keuzes"]
        and nu["fotos"] >= beloofd["fotos"]
    )


def werk(page: Page, omgeving: Omgeving, ronde: int) -> None:
    """Goes on until the browser is gone."""
    stap = 0
    while True:
        stap += 1
        keuze = omgeving.toeval.random()
        if keuze < 0.6:
            page.locator("[name=exploitant]").press("End")
            page.keyboard.type(f"r{ronde}s{stap}: geen vluchtweg. ", delay=omgeving.toeval.choice([5, 15, 40]))
        elif keuze < 0.7 and len(page.locator("[name=aantal_bewoners]").input_value()) < 5:
            page.locator("[name=aantal_bewoners]").press("End")
            page.keyboard.type("1")
        elif keuze < 0.75 and page.locator("[data-sleutel=gebreken] input:not(:checked)").count():
            # A tile: written after the frame that shows it.
            page.locator("[data-sleutel=gebreken] input:not(:checked)").first.check(force=True)
        elif keuze < 0.9:
            page.locator("[data-herhaling-toevoegen=kamer]").click()
            page.locator("[name=kamer_m2]").last.fill(str(omgeving.toeval.randrange(5, 40)))
        else:
            bestand = {"name": f"{ronde}-{stap}.jpg", "mimeType": "image/jpeg", "buffer": foto(ronde * 50 + stap, 200)}
            page.locator("[name=foto_vluchtweg]").set_input_files(bestand)


def vermoord(profiel: Path) -> None:
    """Every process of the browser, at once."""
    for nummer in processen_van(profiel):
        with contextlib.suppress(ProcessLookupError):
            os.kill(nummer, signal.SIGKILL)


def ronde_tot_de_dood(tablet: Tablet, page: Page, omgeving: Omgeving, ronde: int) -> list[dict[str, Any]]:
    """Work until the kill; everything that the screen called saved before it."""
    beloofd: list[dict[str, Any]] = []

    def hoor(bericht: ConsoleMessage) -> None:
        if bericht.text.startswith("SOAK"):
            beloofd.append(json.loads(bericht.text[4:]))

    page.on("console", hoor)
    page.evaluate(WACHTER)
    wekker = threading.Timer(omgeving.toeval.uniform(0.1, 1.6), vermoord, [tablet.profiel])
    wekker.start()
    with contextlib.suppress(Error):
        werk(page, omgeving, ronde)
    wekker.join()
    tablet.sluit()
    for rest in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
        (tablet.profiel / rest).unlink(missing_ok=True)
    return beloofd


def draai(omgeving: Omgeving) -> dict[str, Any]:
    stand = nepserver.Stand(pak=voorbeeld.pak(), gebruiker=voorbeeld.GEBRUIKER)
    server = nepserver.start(stand, DIST, WORTEL / "templates" / "veld" / "index.html")
    adres = f"http://127.0.0.1:{server.server_address[1]}"
    tablet = Tablet(omgeving.speler, omgeving.nieuwe_map("kills") / "profiel", adres)
    kills = omgeving.getal["KILLS"]
    beloften = 0
    try:
        richt_in(tablet().pages[0])
        beloofd: dict[str, Any] = {"tekst": "", "bewoners": "", "keuzes": 0, "kamers": [], "fotos": 0}
        for ronde in range(kills):
            page = tablet().pages[0]
            open_checklist(page)
            page.evaluate(WACHTER)
            nu = page.evaluate("window.beeld()")
            assert bevat(nu, beloofd), f"na kill {ronde}: {beloofd} werd {nu}"
            gehoord = ronde_tot_de_dood(tablet, page, omgeving, ronde)
            beloften += len(gehoord)
            beloofd = gehoord[-1] if gehoord else nu
        page = tablet().pages[0]
        open_checklist(page)
        page.evaluate(WACHTER)
        nu = page.evaluate("window.beeld()")
        assert bevat(nu, beloofd), f"na de laatste kill: {beloofd} werd {nu}"
        # And everything arrives, once.
        page.get_by_role("button", name="Nu verzenden").click()
        expect(page.locator(".standen [data-verzending]")).to_have_attribute(
            "data-verzending", "compleet", timeout=120_000
        )
        laatste = page.evaluate(
            "JSON.parse(Object.entries(localStorage).find(([k]) => k.startsWith('inspecties.toestel.'))[1]).seq"
        )
        nummers = sorted(bekend["op"]["toestel_seq"] for bekend in stand.ops.values())
        assert nummers == list(range(1, len(nummers) + 1))
        assert laatste <= len(nummers)
        assert len(stand.bijlagen) == nu["fotos"]
    finally:
        tablet.sluit()
        server.shutdown()
        server.server_close()
    return {
        "kills": kills,
        "keer dat het scherm 'opgeslagen' zei": beloften,
        "verloren": 0,
        "antwoorden bij de server": len(nummers),
        "dubbel": 0,
        "kamers": len(nu["kamers"]),
        "foto's": nu["fotos"],
    }
