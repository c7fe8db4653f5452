"""A server in a thread with the test's clock, so that a track of months is walked in a minute."""

import re
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from inspecties.core.klok import TIJDZONE, VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.browser.chromium import GEDULD_MS
from tests.browser.kaart.conftest import StilleAfhandelaar
from tests.integration.dossiers.conftest import Zaak, actie, bezoek, boa, zaak
from tests.wereld import aangemeld

__all__ = ["actie", "bezoek", "boa", "zaak"]

Open = Callable[..., Page]


def besloot(pagina: Page, uid: object, zaak: Zaak, besluit: str, dag: date) -> None:
    """Write down on its page that the cabinet's member took this decision on that day."""
    pagina.goto(f"/dossiers/{uid}/wie-besloot")
    pagina.get_by_label(re.compile(f"^{besluit}")).check()
    pagina.get_by_label("Dag van het besluit").fill(dag.isoformat())
    pagina.get_by_label(zaak.kabinet.naam, exact=True).check()
    pagina.get_by_label("Waar staat het ondertekende besluit?").fill("Z-26-0117")
    pagina.get_by_role("button", name="Vastleggen wie er besloot").click()
    expect(pagina.locator("main")).to_contain_text("Vastgelegd wie er besloot.")
    lijst = pagina.get_by_role("region", name="Lijst van besluiten")
    expect(lijst).to_contain_text(f"{zaak.kabinet.naam}, namens")


@pytest.fixture
def database() -> str:
    """What a screen does in the browser does not depend on the database."""
    return "spatialite"


@pytest.fixture
def openen(app: Flask, zaak: Zaak, klok: VasteKlok, bladeraar: Browser) -> Iterator[Open]:
    """Opens a page as a role on a day at noon."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=StilleAfhandelaar)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    adres = f"http://127.0.0.1:{server.server_port}"
    contexten: list[BrowserContext] = []

    def pagina(pad: str, dag: date | None = None, rol: Rol = Rol.JURIST) -> Page:
        if dag is not None:
            klok.moment = datetime.combine(dag, time(12), TIJDZONE)
        koekje = aangemeld(app, zaak.wereld.een.actoren[rol], klok.nu()).get_cookie("inspecties")
        assert koekje is not None
        # SQLite has one writer: the test lets go before the browser asks.
        db.session.rollback()
        context = bladeraar.new_context(base_url=adres, locale="nl-NL", timezone_id="Europe/Amsterdam")
        context.set_default_timeout(GEDULD_MS)
        context.add_cookies([{"name": "inspecties", "value": koekje.value, "url": adres}])
        contexten.append(context)
        blad = context.new_page()
        blad.goto(pad)
        return blad

    yield pagina
    for context in contexten:
        context.close()
    server.shutdown()
    draad.join()
    server.server_close()
