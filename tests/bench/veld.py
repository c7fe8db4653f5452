"""Benchmark of the field app: what an inspector waits for, on a phone four times slower than this machine.

The real build in Chromium (412x915), against the server in memory of the browser tests, through the hooks of the
contract. Loads count from the navigation to ``performance.mark("veld-klaar")``: the first input of the checklist works.
The key is lent by the service worker over a reload, as it is for who works, so no passphrase is typed in between.
"""

import contextlib
import gzip
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, Playwright, sync_playwright

from tests.bench.veldformulier import definitie, telling
from tests.browser.chromium import ARGUMENTEN, chromium
from tests.browser.tablet import Tablet
from tests.browser.veld_los import nepserver, voorbeeld
from tests.browser.veld_los.conftest import DIST, WORTEL, richt_in

VERTRAGING = 4
LADINGEN, RONDEN = 7, 31
MB = 1024 * 1024

# The same loop as in the issue: 30 million rounds.
_IJK = """() => { const begin = performance.now(); let x = 1;
  for (let i = 0; i < 30000000; i += 1) x = (x + i * 7) % 1000003;
  return [performance.now() - begin, x]; }"""
_KLAAR = "() => performance.getEntriesByName('veld-klaar').at(-1)?.startTime"
# What came over the line before the first input worked.
_OPGEHAALD = """() => { const tot = performance.getEntriesByName('veld-klaar').at(-1).startTime;
  const eerder = performance.getEntriesByType('resource').filter((r) => r.startTime <= tot);
  return eerder.map((r) => new URL(r.name).pathname); }"""
# From the tap until the new person stands on the page with styles and layout worked out; and until it was painted.
_VOEG_TOE = """async () => {
  const knop = document.querySelector('[data-herhaling-toevoegen="persoon"]');
  const telling = () => document.querySelectorAll('[data-herhaling="persoon"]').length;
  await new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar, 20 + Math.random() * 17)));
  const eerst = telling();
  const begin = performance.now();
  knop.click();
  const inPagina = performance.now() - begin;
  void document.body.offsetHeight;
  let staat = performance.now() - begin;
  while (telling() === eerst) { await null; staat = performance.now() - begin; }
  return await new Promise((klaar) => {
    const kanaal = new MessageChannel();
    kanaal.port1.onmessage = () => klaar([staat, performance.now() - begin, inPagina]);
    requestAnimationFrame(() => kanaal.port2.postMessage(null));
  });
}"""
# From the input event until the frame that shows the answer has been painted; what it led to elsewhere comes one frame
# later. With ``gevolg`` (the text of an element changes, or it appears): until the frame that shows that.
_ANTWOORD = """async ([naam, nr, waarde, gevolg]) => {
  const stand = () => { const el = gevolg && document.querySelector(gevolg);
    return el && `${el.checkVisibility()}|${el.value ?? ''}|${el.textContent}`; };
  const veld = document.getElementsByName(naam)[nr];
  // Who answers sees the question.
  veld.scrollIntoView({ block: 'center', behavior: 'instant' });
  for (let n = 0; n < 3; n += 1) await new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar, 5)));
  await new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar, 20 + Math.random() * 17)));
  const eerst = stand();
  return await new Promise((klaar) => {
    const kanaal = new MessageChannel();
    const begin = performance.now();
    kanaal.port1.onmessage = () => klaar(performance.now() - begin);
    if (veld.type === 'radio') veld.click();
    else { veld.value = waarde; veld.dispatchEvent(new InputEvent('input', { bubbles: true })); }
    const meld = () => (gevolg && stand() === eerst ? requestAnimationFrame(meld) : kanaal.port2.postMessage(null));
    requestAnimationFrame(meld);
  });
}"""

# A sum over people of whom one did not answer is no number.
_ALLE_HUREN = """() => { for (const veld of document.getElementsByName('p_huur')) if (!veld.value) {
  veld.value = '100'; veld.dispatchEvent(new InputEvent('input', { bubbles: true })); } }"""


@dataclass
class Proef:
    """One tablet with the form open."""

    page: Page
    cdp: CDPSession
    speler: Playwright
    adres: str

    def traag(self, factor: int) -> None:
        self.cdp.send("Emulation.setCPUThrottlingRate", {"rate": factor})

    def klaar(self) -> float:
        """Milliseconds from the navigation to the first input that works."""
        self.page.wait_for_function(_KLAAR)
        return float(self.page.evaluate(_KLAAR))

    def herlaad(self) -> float:
        self.page.reload(wait_until="commit")
        return self.klaar()

    def opgeslagen(self) -> None:
        self.page.locator('[data-opslag="opgeslagen"]').first.wait_for(timeout=60_000)

    def heap(self) -> float:
        """Bytes in use after a collection."""
        for _ in range(3):
            self.cdp.send("HeapProfiler.collectGarbage")
        return float(self.cdp.send("Runtime.getHeapUsage")["usedSize"])


# Each begins at a random moment between two frames, as a finger does.
_LEEG = """async () => {
  await new Promise((klaar) => requestAnimationFrame(() => setTimeout(klaar, 20 + Math.random() * 17)));
  return await new Promise((klaar) => {
    const kanaal = new MessageChannel();
    const begin = performance.now();
    kanaal.port1.onmessage = () => klaar(performance.now() - begin);
    requestAnimationFrame(() => kanaal.port2.postMessage(null));
  });
}"""


def _mediaan(doe: Callable[[], float], keer: int) -> float:
    return statistics.median(doe() for _ in range(keer))


def _pak() -> tuple[dict[str, Any], str]:
    pak, vorm = voorbeeld.pak(), definitie()
    pak["definities"] = {vorm["hash"]: vorm}
    for stop in pak["acties"][0]["stops"]:
        stop["checklists"] = [vorm["hash"]]
    return pak, vorm["hash"]


@contextlib.contextmanager
def proef() -> Iterator[Proef]:
    """A tablet that has today's pack and the form open, everything built."""
    pak, hash_ = _pak()
    stand = nepserver.Stand(pak=pak, gebruiker=voorbeeld.GEBRUIKER)
    server = nepserver.start(stand, DIST, WORTEL / "templates" / "veld" / "index.html")
    # A page that goes away in the middle of an answer is no news here.
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    adres = f"http://127.0.0.1:{server.server_address[1]}"
    with tempfile.TemporaryDirectory() as map_, sync_playwright() as speler:
        tablet = Tablet(speler, Path(map_), adres)
        page = tablet().pages[0]
        richt_in(page)
        page.goto(f"/veld#bezoek/{voorbeeld.BEZOEK}/{hash_}")
        uit = Proef(page, page.context.new_cdp_session(page), speler, adres)
        uit.klaar()
        try:
            yield uit
        finally:
            tablet.sluit()
            server.shutdown()
            server.server_close()


_EERSTE = """() => { new MutationObserver((_, kijker) => { if (!document.querySelector('input')) return;
  kijker.disconnect(); performance.mark('eerste-veld'); }).observe(document, { childList: true, subtree: true }); }"""


def _eerste_bezoek(p: Proef) -> list[float]:
    """A tablet that has never been here: from the navigation to the field for the passphrase of first use."""
    tijden = []
    vraag = "() => performance.getEntriesByName('eerste-veld')[0]?.startTime"
    browser = p.speler.chromium.launch(executable_path=chromium(), args=ARGUMENTEN)
    for _ in range(LADINGEN):
        context = browser.new_context(base_url=p.adres, viewport={"width": 412, "height": 915})
        page = context.new_page()
        page.add_init_script(f"({_EERSTE})()")
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": VERTRAGING})
        page.goto("/veld", wait_until="commit")
        page.wait_for_function(vraag)
        tijden.append(float(page.evaluate(vraag)))
        context.close()
    browser.close()
    return tijden


def _koud(p: Proef) -> float:
    """Nothing in the HTTP cache and nothing in the worker's: every file comes over the line and is compiled anew."""
    p.page.evaluate("async () => { for (const naam of await caches.keys()) await caches.delete(naam); }")
    p.cdp.send("Network.clearBrowserCache")
    return p.herlaad()


def gzip_van(paden: list[str]) -> int:
    """Bytes of these files as a server sends them (gzip level 6); scripts and styles only."""
    return sum(
        len(gzip.compress((DIST / Path(pad).name).read_bytes(), 6, mtime=0))
        for pad in sorted(set(paden))
        if pad.endswith((".js", ".css"))
    )


def _meet_personen(p: Proef, tot: int) -> list[float]:
    """Add people until there are this many: medians to laid out, to after the frame with it, and to in the document."""
    nog = tot - p.page.locator('[data-herhaling="persoon"]').count()
    tijden = [p.page.evaluate(_VOEG_TOE) for _ in range(nog)]
    return [statistics.median(deel) for deel in zip(*tijden, strict=True)]


def _meet_antwoorden(p: Proef) -> dict[str, float]:
    """Milliseconds to after the next frame, by kind of answer, in the middle of the people that there are."""
    p.page.evaluate(_ALLE_HUREN)
    midden = len(p.page.query_selector_all('[name="p_huur"]')) // 2
    teller = iter(range(10_000))
    soorten: dict[str, Callable[[], list[Any]]] = {
        "getal waar een som over alle personen van afhangt": lambda: ["p_huur", midden, str(100 + next(teller)), ""],
        "en tot die som er staat": lambda: ["p_huur", midden, str(100 + next(teller)), "[data-sleutel=veel]"],
        "keuze die een vraag toont": lambda: ["v0", next(teller) % 2, "", ""],
        "en tot die vraag er staat of weg is": lambda: ["v0", next(teller) % 2, "", "[data-sleutel=v1]"],
        "tekst": lambda: ["v2", 0, f"tekst {next(teller)}", ""],
    }
    return {
        naam: _mediaan(lambda maak=maak: float(p.page.evaluate(_ANTWOORD, maak())), RONDEN)  # type: ignore[misc]  # bound now
        for naam, maak in soorten.items()
    }


def meet() -> list[dict[str, Any]]:
    """Medians; the aim stands beside each."""
    rijen: list[dict[str, Any]] = []

    def rij(naam: str, waarde: float, eenheid: str, doel: str = "") -> None:
        rijen.append({"naam": naam, "waarde": round(waarde, 1), "eenheid": eenheid, "doel": doel})

    with proef() as p:
        rij(
            "ijklus: 30 miljoen ronden in deze Chromium, onvertraagd",
            _mediaan(lambda: p.page.evaluate(_IJK)[0], 5),
            "ms",
        )
        p.traag(VERTRAGING)
        p.page.context.set_offline(True)
        rij("herladen zonder netwerk tot eerste invoer", _mediaan(p.herlaad, LADINGEN), "ms", "< 400")
        p.page.context.set_offline(False)
        rij("koud: checklist op zijn adres, niets in een cache", _mediaan(lambda: _koud(p), LADINGEN), "ms", "< 1000")
        kilo = gzip_van(p.page.evaluate(_OPGEHAALD)) / 1000
        rij("JS en CSS tot de eerste invoer (gzip)", kilo, "kB", "< 120")
        rij("eerste bezoek ooit: tot het veld voor de wachtzin", statistics.median(_eerste_bezoek(p)), "ms", "< 1000")
        p.page.locator('[data-herhaling-toevoegen="persoon"]').wait_for()
        rij("een leeg frame: ondergrens van antwoord tot frame", _mediaan(lambda: p.page.evaluate(_LEEG), RONDEN), "ms")
        for aantal, doel in ((50, "< 24"), (150, "< 60")):
            staat, verf, in_pagina = _meet_personen(p, aantal)
            rij(f"persoon toevoegen, tot {aantal}: tot die in het document staat", in_pagina, "ms")
            rij(
                f"persoon toevoegen, tot {aantal}: tot die er staat, met opmaak",
                staat,
                "ms",
                "< 15" if aantal == 50 else "",
            )
            rij(f"persoon toevoegen, tot {aantal}: tot na het volgende frame", verf, "ms")
            p.opgeslagen()
            for naam, tijd in _meet_antwoorden(p).items():
                rij(f"antwoord tot volgend frame, {aantal} personen: {naam}", tijd, "ms", doel)
            p.opgeslagen()
        rij("JS-geheugen na 150 personen, opgeruimd", p.heap() / MB, "MB", "< 25")
        hier = telling(definitie())
        rij("vragen buiten de herhaling", hier["vragen"], "")
        rij("vragen per persoon", hier["per_persoon"], "")
        rij("regels voor relevantie", hier["regels"], "")
    return rijen
