"""A canary in a real browser: a year of demo data in which every text tries to run, and each page opened once.

``tests/integration/invoer/test_opgeslagen.py`` reads what the server sends; here a browser does what it does with that,
scripts of ours included. Nothing runs, nothing is refused by the content policy (that would be the last wall), and no
element comes of a text.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from inspecties import create_app
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.demo.accounts import ACCOUNTS
from inspecties.gebruikers.models import Gemeente
from tests.browser.alle_paginas.test_alle_paginas import GEEN_PAGINA, _endpoint
from tests.browser.chromium import GEDULD_MS
from tests.browser.conftest import Demosjablonen
from tests.browser.demodienst import Demodienst, meld_aan
from tests.browser.keuring import keur
from tests.conftest import instellingen_voor
from tests.integration.invoer.gif import vergiftig_gemeente

KANARIE = "'\"><img src=u6x onerror=u6x=1><svg onload=u6x=1>{{7*7}}"
# What the canary leaves behind where it sang.
KIJK = """() => [
    window.u6x === undefined ? "" : "er liep iets",
    document.querySelector('img[src="u6x"], [onerror], [onload]') ? "een tekst werd een element" : "",
    document.body.innerText.includes("u6x") ? "gezien" : "",
]"""
# Roles that see the most come first; later ones only open what nobody did.
ROLLEN = ("coordinator", "jurist", "beheerder", "aandacht", "kabinet")


@pytest.fixture(scope="module")
def vergiftigd(
    demosjablonen: Demosjablonen, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Demodienst, Flask]]:
    """The demo with the canary in every free text, served."""
    data: Path = tmp_path_factory.mktemp("kanarie")
    dienst = Demodienst(data, demosjablonen.kopie("spatialite", data))
    app = create_app(instellingen_voor(data))
    with app.app_context():
        zonder_actor(db.session(), "a test poisons the demo before it is served")
        gemeente_id = db.session.scalars(select(Gemeente.id).where(Gemeente.naam == "Markerwaard")).one()
        assert len(vergiftig_gemeente(gemeente_id, KANARIE)) > 100
        db.session.remove()
        db.engine.dispose()
    dienst.start()
    yield dienst, app
    dienst.stop()


def _open(pagina: Page, adres: str, mis: list[str]) -> tuple[list[str], bool]:
    """The links on a page, and whether the canary stood on it as text."""
    antwoord = pagina.goto(adres, wait_until="load")
    pad = urlsplit(adres).path
    if antwoord is None or antwoord.status >= 500:
        mis.append(f"{pad}: {antwoord.status if antwoord else 'geen antwoord'}")
        return [], False
    # Scripts of ours that draw (map, charts, board) have had their first turn.
    pagina.wait_for_function("document.readyState === 'complete'")
    *fouten, gezien = pagina.evaluate(KIJK)
    mis += [f"{pad}: {fout}" for fout in fouten if fout]
    links: list[str] = pagina.eval_on_selector_all(
        "a[href]", "lijst => lijst.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    )
    return links, bool(gezien)


def _loop(pagina: Page, dienst: Demodienst, app: Flask, gehad: set[str], mis: list[str]) -> int:
    wachtrij, ingereikt, gezien = [f"{dienst.adres}/"], {f"{dienst.adres}/"}, 0
    while wachtrij:
        adres = wachtrij.pop(0)
        endpoint = _endpoint(app, urlsplit(adres).path)
        if endpoint is None or endpoint in GEEN_PAGINA or (endpoint in gehad and endpoint != "start.home"):
            continue
        gehad.add(endpoint)
        links, zag = _open(pagina, adres, mis)
        gezien += zag
        zonder_anker = dict.fromkeys(a.partition("#")[0] for a in links)
        nieuw = [a for a in zonder_anker if a.startswith(f"{dienst.adres}/") and a not in ingereikt]
        ingereikt.update(nieuw)
        wachtrij += nieuw
    return gezien


@pytest.mark.timeout(900)
def test_geen_tekst_loopt_in_de_browser(vergiftigd: tuple[Demodienst, Flask], bladeraar: Browser) -> None:
    dienst, app = vergiftigd
    gehad, mis, gezien = {"gebruikers.afmelden"}, list[str](), 0
    namen = [a.email.partition("@")[0] for a in ACCOUNTS if a.email.endswith("@markerwaard.example")]
    for naam in sorted(namen, key=lambda n: next((i for i, r in enumerate(ROLLEN) if n.startswith(r)), len(ROLLEN))):
        context = bladeraar.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block")
        context.set_default_timeout(20_000)
        pagina = context.new_page()

        def zeg(tekst: str, wie: str = naam, blad: Page = pagina) -> None:
            mis.append(f"{wie} {urlsplit(blad.url).path}: {tekst[:200]}")

        pagina.on("dialog", lambda d, zeg=zeg: (zeg(f"dialoog {d.message}"), d.dismiss()))
        pagina.on("console", lambda m, zeg=zeg: zeg(m.text) if "Content Security Policy" in m.text else None)
        pagina.on("pageerror", lambda f, zeg=zeg: zeg(str(f)))
        pagina.on("request", lambda r, zeg=zeg: zeg(f"haalt {r.url}") if r.url.endswith("/u6x") else None)
        meld_aan(pagina, dienst, naam)
        gezien += _loop(pagina, dienst, app, gehad, mis)
        context.close()
    assert not mis, "\n".join(mis)
    # Otherwise little was opened, or the text stood nowhere.
    assert len(gehad) > 60
    assert gezien > 30


def test_bekijk_als_toont_geen_inhoud(vergiftigd: tuple[Demodienst, Flask], bladeraar: Browser) -> None:
    """What the beheerder sees of a role or a user, at 360 and 1280 px: in order under axe, nothing that was typed."""
    dienst, _ = vergiftigd
    context = bladeraar.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block")
    context.set_default_timeout(GEDULD_MS)
    pagina = context.new_page()
    meld_aan(pagina, dienst, "beheerder")
    pagina.goto(f"{dienst.adres}/beheer/bekijk-als")
    mensen = pagina.locator("select[name=gebruiker] option").evaluate_all("lijst => lijst.map(o => o.value)")
    assert len(mensen) > 4
    for vraag in ("", "?rol=coordinator", "?rol=aandachtsfunctionaris", *(f"?gebruiker={m}" for m in mensen[1:4])):
        pagina.goto(f"{dienst.adres}/beheer/bekijk-als{vraag}")
        expect(pagina.get_by_role("heading", level=1, name="Bekijk als")).to_be_visible()
        assert (pagina.locator("#rechten-kop").count() == 1) == bool(vraag), vraag
        assert "u6x" not in pagina.locator("body").inner_text(), vraag
        assert not keur(pagina), vraag
    context.close()
