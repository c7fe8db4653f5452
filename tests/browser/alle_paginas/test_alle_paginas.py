"""Every page that a role can reach, narrow and wide: axe, no sideways scrolling, no script refused, no error.

The pages are found by following links as each role does, one page per endpoint and state; a page that nobody reaches
fails the run.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightFout
from werkzeug.exceptions import HTTPException

from inspecties import create_app
from inspecties.demo.accounts import ACCOUNTS
from inspecties.web.poort import toegang_van
from tests.browser.chromium import GEDULD_MS
from tests.browser.demodienst import Demodienst, meld_aan
from tests.conftest import instellingen_voor

BEIDE_DATABASES = True
AXE = Path(__file__).parents[3] / "static/node_modules/axe-core/axe.min.js"
BREEDTES = {"telefoon": (360, 740), "bureau": (1280, 900)}
REGELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Per endpoint: pages of different objects show different states.
PER_ENDPOINT = 2
# Kinds of element in a page: name, classes, and what axe looks at besides.
SOORTEN = """() => [...document.querySelectorAll("body *")].map(e => [
    e.tagName, ...["class", "role", "type", "scope", "tabindex"].map(n => e.getAttribute(n) ?? ""),
    ...e.getAttributeNames().filter(n => n.startsWith("aria-") && n !== "aria-label")].join(" "))"""
# What a location owns differs from one to the next: more of them are asked for, until every page is linked to.
VEELVORMIG = "locaties.toon"
MEESTE_EXTRA = 60
# What a jurist can do with a case depends on its kind and state: these are looked at in more cases.
MEER_ZAKEN = dict.fromkeys(
    ("dossiers.dossier", "bewijs.lijst", "bewijs.stuk", "last.toon", "boete.toon", "doorzetten.lijst"), 12
) | {"dossiers.voorstel": 40}

MET_KAART = {"koppelingen.toon", "locaties.kaart", "locaties.toon"}

# GET endpoints that are no page, and why. What answers JSON stands under /api/.
GEEN_PAGINA = {
    "audit.uitvoer": "a file",
    "oidc.begin": "goes on to the login service; looked at in the test of OpenID Connect",
    "oidc.terug": "where the login service sends one back to; looked at in the test of OpenID Connect",
    "oidc.bevestigen": "goes on to the login service; looked at in the test of OpenID Connect",
    "oidc.afgemeld": "only where the login service is in use; looked at in the test of OpenID Connect",
    "factoren.app": "only while an app is being set up; looked at in the test of login",
    "factoren.app_beeld": "an image",
    "factoren.tweede_stap": "only between password and second step; looked at in the test of login",
    "factoren.wachtwoord_nieuw": "only with the link from a mail; the same screen as of an invitation",
    "verslagen.document": "a PDF",
    "verslagen.wijzigen": "only of a draft, and the same screen as a new one; looked at in the test of entry",
    "acties.avond_erbij": "only while an action runs; opened in the test of the evening",
    "acties.avondbord": "part of the board, fetched by it",
    "acties.avondstroom": "server-sent events",
    "adressen.fouten": "a file",
    "adressen.verslag": "only after an upload; looked at in the test of the address import",
    "acties.trekking_bestand": "a file",
    "bewaren.bewijs": "a text file",
    "register.markdown": "a text file",
    "register.document": "JSON",
    "briefing.kaart": "an image",
    "bewijs.bestand": "a file",
    "redactie.blad": "an image",
    "redactie.kopie": "a PDF",
    "doorzetten.pdf": "a PDF",
    "doorzetten.gegevens": "JSON",
    "doorzetten.bijlage": "a file",
    "brieven.bewijs": "a file",
    "brieven.pdf": "a PDF",
    "brieven.word": "a file",
    "sjablonen.proef": "a PDF",
    "sjablonen.word": "a file",
    "bureau.kaart": "an image",
    "volledig.haal_op": "a file",
    "volledig.stand": "JSON that the page of the complete file asks for",
    "briefing.pdf": "a PDF",
    "static": "files of the screens",
    "agendafeed.agenda": "a calendar file",
    "termijnen.agenda": "a calendar file",
    "uitnodiging.toon": "only by the link in a mail; looked at in the test of invitations",
    "start.gezond": "JSON for monitoring",
    "start.security_txt": "plain text",
    "start.thema": "style sheet",
    "locaties.kaartscript": "script of the map",
    "locaties.klein_kaartscript": "script of the map",
    "koppelingen.kaartscript": "script of the map",
    "kaart.druk": "a PDF",
    "locatiefeiten.document_beeld": "an image",
    "locatiefeiten.document_bestand": "a file",
    "locatiebestanden.export": "a file",
    "locatiebestanden.voorbeeld": "a file",
    "locatiebestanden.fouten": "a file",
    "locatiebestanden.kolommen": "only after a chosen file; looked at in the test of the exchange",
    "locatieimports.toon": "only after an import; looked at in the test of the exchange",
    "locatiebestanden.verslag": "only after an upload; looked at in the test of the chain and of the import",
    "samenvoegen.losmaken": "only after a merge; looked at in the test of doubles",
    "samenvoegen.vergelijk": "only where two locations look alike; looked at in the test of doubles",
    "rapportages.bestand": "a file",
    "doorzetten.nieuw": "only by a form that asks to whom; opened in the test of evidence",
    "doorzetten.voorstel": "only of a proposal that was taken over, and the same screen as from a dossier",
    "dossiers.document": "a PDF",
    "dossiers.bewijsbeeld": "an image",
    "controles.bewijsstuk": "an image",
    "mensenhandel.bewijs": "an image",
    "offline.service_worker": "the service worker",
    "checklists.papier": "a PDF",
    "daarna.verslag": "a PDF",
    "machtigingen.document": "a PDF",
    "machtigingen.wijzigen": "only of a draft; opened in the matrix of rights",
    "meldroute.agenda_pdf": "a PDF",
    "checklists.bestand": "a file",
    "checklists.tabel": "a file",
    "papier.stop_pdf": "a PDF",
    "papier.pagina": "only after a paper was begun; looked at in the test of paper forms",
    "papier.afronden": "only after a paper was begun; looked at in the test of paper forms",
    "signaalmelden.gemeld": "only after a report; looked at in the test of the intake",
    "signalen.melden": "the old address of the intake; leads to the new one",
    "offline.manifest": "web app manifest",
    "offline.veld": "the field app has its own browser tests",
    "offline.veld_diep": "the field app has its own browser tests",
    "gebruikers.kies_wachtwoord": "only through a link that is given by hand; see tests of accounts",
    "gebruikers.wijzig_wachtwoord": "answers POST only",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Only to know the routes."""
    return create_app(instellingen_voor(tmp_path_factory.mktemp("routes")))


@dataclass
class Bezocht:
    """What was found, over all roles."""

    endpoints: dict[str, set[str]] = field(default_factory=dict)
    # endpoint -> kinds of element that axe looked at there.
    soorten: dict[str, set[str]] = field(default_factory=dict)
    fouten: list[str] = field(default_factory=list)
    extra: int = 0


def pagina_endpoints(app: Flask) -> set[str]:
    """Endpoints that answer GET with a page."""
    uit = set()
    for regel in app.url_map.iter_rules():
        if "GET" in (regel.methods or set()) and not regel.rule.startswith("/api/"):
            uit.add(regel.endpoint)
    return uit - set(GEEN_PAGINA)


def _endpoint(app: Flask, pad: str) -> str | None:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(pad, method="GET")
    except HTTPException:
        return None
    return str(endpoint)


@pytest.fixture
def context(bladeraar: Browser) -> Iterator[BrowserContext]:
    context = bladeraar.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", service_workers="block")
    context.set_default_timeout(GEDULD_MS)
    yield context
    context.close()


def _bekijk(
    pagina: Page, wie: str, pad: str, uit: Bezocht, breedtes: Iterable[str] = BREEDTES, *, keur: bool = True
) -> None:
    if keur:
        pagina.evaluate(AXE.read_text(encoding="utf-8"))
    for naam in breedtes:
        breed, hoog = BREEDTES[naam]
        pagina.set_viewport_size({"width": breed, "height": hoog})
        schuift: int = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if schuift > 0:
            uit.fouten.append(f"{wie} {pad} ({naam}): {schuift} px te breed")
        if not keur:
            continue
        uitslag: dict[str, Any] = pagina.evaluate(
            "regels => axe.run(document, {runOnly: regels, resultTypes: ['violations']})", REGELS
        )
        for overtreding in uitslag["violations"]:
            plaatsen = [str(k["target"]) for k in overtreding["nodes"][:3]]
            uit.fouten.append(f"{wie} {pad} ({naam}): {overtreding['id']}: {'; '.join(plaatsen)}")


def _kijk(pagina: Page, adres: str, wie: str, uit: Bezocht, endpoint: str, *, nieuw: bool) -> list[str] | None:
    """Open a page in the browser and look at it; the addresses that it links to, None where it is no page."""
    pad = urlsplit(adres).path
    try:
        antwoord = pagina.goto(adres, wait_until="networkidle" if endpoint in MET_KAART else "load")
    except PlaywrightFout as fout:
        if "Download is starting" not in str(fout):
            raise
        return None
    if antwoord is None or antwoord.status >= 400:
        uit.fouten.append(f"{wie} {pad}: {antwoord.status if antwoord else 'geen antwoord'}")
        return None
    if "text/html" not in antwoord.headers.get("content-type", ""):
        return None
    # ASVS 15.3.6: also where the map's own scripts and Leaflet are.
    if not pagina.evaluate("Object.isSealed(Object.prototype) && !('__proto__' in Object.prototype)"):
        uit.fouten.append(f"{wie} {pad}: data kan bij wat alle objecten delen")
    # What is new is looked at narrow and wide; another object, or another role, where most goes wrong: narrow. axe has
    # nothing to add there where the page holds no kind of element that it did not hold before.
    soorten = set(pagina.evaluate(SOORTEN))
    keur = not soorten <= uit.soorten.get(endpoint, set())
    uit.soorten.setdefault(endpoint, set()).update(soorten)
    _bekijk(pagina, wie, pad, uit, BREEDTES if nieuw else ["telefoon"], keur=keur)
    links: list[str] = pagina.eval_on_selector_all(
        "a[href]", "lijst => lijst.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    )
    return links


def _vraag(pagina: Page, adres: str, wie: str, uit: Bezocht) -> list[str] | None:
    """Ask for a page without drawing it; the addresses that it links to, None where it is no page."""
    antwoord = pagina.request.get(adres)
    if antwoord.status >= 400:
        uit.fouten.append(f"{wie} {urlsplit(adres).path}: {antwoord.status}")
        return None
    if "text/html" not in antwoord.headers.get("content-type", ""):
        return None
    return [urljoin(antwoord.url, str(href)) for href in html.fromstring(antwoord.body()).xpath("//a/@href")]


def _elders(pagina: Page, app: Flask, dienst: Demodienst, over: list[str], uit: Bezocht) -> list[str]:
    """Links to pages that nobody saw yet, from objects that were passed over because there are many of their kind."""
    ongezien = pagina_endpoints(app) - set(uit.endpoints)
    while ongezien and over and uit.extra < MEESTE_EXTRA:
        uit.extra += 1
        adres = dienst.adres + over.pop(0)
        links = _vraag(pagina, adres, "extra", uit) or []
        delen = [urlsplit(href) for href in links if href.startswith(dienst.adres)]
        paden = {_endpoint(app, d.path): d.path + (f"?{d.query}" if d.query else "") for d in delen}
        gevonden = [pad for endpoint, pad in paden.items() if endpoint in ongezien]
        if gevonden:
            return gevonden
    return []


def _loop(pagina: Page, app: Flask, dienst: Demodienst, wie: str, uit: Bezocht, *, kijk: bool) -> None:
    """Follow the links of this role, breadth first."""
    wachtrij = ["/"]
    gezien: set[str] = set()
    per_endpoint: dict[str, int] = {}
    over: list[str] = []
    pagina.on("console", lambda m: uit.fouten.append(f"{wie} {pagina.url}: {m.text}") if m.type == "error" else None)
    pagina.on("pageerror", lambda f: uit.fouten.append(f"{wie} {pagina.url}: {f}"))
    while wachtrij or (wachtrij := _elders(pagina, app, dienst, over, uit)):
        pad = wachtrij.pop(0)
        endpoint = _endpoint(app, urlsplit(pad).path)
        if endpoint is None:
            uit.fouten.append(f"{wie}: link naar {pad}, dat niet bestaat")
            continue
        # What an earlier role saw in two states, the next looks at once: what differs per role is on every page.
        eerder = uit.endpoints.get(endpoint, set()) - {wie}
        hoogstens = 1 if eerder else PER_ENDPOINT
        if wie == "jurist":
            hoogstens = MEER_ZAKEN.get(endpoint, hoogstens)
        if endpoint in GEEN_PAGINA:
            continue
        if per_endpoint.get(endpoint, 0) >= hoogstens:
            if endpoint == VEELVORMIG:
                over.append(pad)
            continue
        per_endpoint[endpoint] = per_endpoint.get(endpoint, 0) + 1
        adres = dienst.adres + pad
        nieuw = not eerder and per_endpoint[endpoint] == 1
        links = _kijk(pagina, adres, wie, uit, endpoint, nieuw=nieuw) if kijk else _vraag(pagina, adres, wie, uit)
        if links is None:
            continue
        uit.endpoints.setdefault(endpoint, set()).add(wie)
        for href in links:
            delen = urlsplit(href)
            if f"{delen.scheme}://{delen.netloc}" != dienst.adres:
                continue
            doel = delen.path + (f"?{delen.query}" if delen.query else "")
            if re.sub(r"[?].*", "", doel) not in gezien or (delen.query and doel not in gezien):
                gezien |= {doel, delen.path}
                wachtrij.append(doel)


@pytest.mark.timeout(900)
def test_alle_paginas(app: Flask, demodienst: Demodienst, context: BrowserContext) -> None:
    # What a page looks like does not depend on the database; that it opens does.
    kijk = not demodienst.database_url
    uit = Bezocht()
    pagina = context.new_page()
    pagina.goto(f"{demodienst.adres}/aanmelden")
    _bekijk(pagina, "niemand", "/aanmelden", uit)
    uit.endpoints["gebruikers.aanmelden"] = {"niemand"}
    pagina.goto(f"{demodienst.adres}/wachtwoord-vergeten")
    _bekijk(pagina, "niemand", "/wachtwoord-vergeten", uit)
    uit.endpoints["factoren.wachtwoord_vergeten"] = {"niemand"}
    pagina.close()
    for account in ACCOUNTS:
        naam, _, domein = account.email.partition("@")
        # The deputy sees what the mayor sees.
        if domein != "markerwaard.example" or naam == "loco":
            continue
        context.clear_cookies()
        pagina = context.new_page()
        meld_aan(pagina, demodienst, naam)
        _loop(pagina, app, demodienst, naam, uit, kijk=kijk)
        pagina.close()
    assert not uit.fouten, "\n".join(uit.fouten)
    ongezien = sorted(pagina_endpoints(app) - set(uit.endpoints))
    assert not ongezien, f"pagina's waar geen rol langs een link komt: {', '.join(ongezien)}"


def test_elke_pagina_heeft_een_toegangsregel(app: Flask) -> None:
    assert [e for e in pagina_endpoints(app) if toegang_van(app, e) is None] == []
