"""An address found and chosen by keyboard alone, on a telephone's width; what a screen reader hears meanwhile."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Adres, Risicolocatie
from tests.browser.chromium import GEDULD_MS
from tests.browser.kaart.conftest import StilleAfhandelaar
from tests.browser.keuring import overtredingen, te_breed
from tests.conftest import NU, Sjablonen, instellingen_voor
from tests.integration.locaties.test_adreszoeken import zet_adressen
from tests.locatiewereld import maak_locatiewereld
from tests.wereld import Wereld, aangemeld, maak_wereld

ADRESSEN = [("Dorpsstraat", n, "", "", "8291AB", "Markerdam") for n in (11, 12, 13)] + [
    ("Dorpsstraat", 12, "A", "", "8291AB", "Markerdam")
]


@pytest.fixture(scope="module")
def dienst(sjablonen: Sjablonen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wereld, str]]:
    """A small world behind a real server."""
    data = tmp_path_factory.mktemp("adressen")
    app = create_app(instellingen_voor(data, sjablonen.nieuw("spatialite", data)), VasteKlok(NU))
    with app.app_context():
        wereld = maak_wereld(app, NU)
        maak_locatiewereld(wereld)
        zet_adressen(wereld.een, ADRESSEN)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=StilleAfhandelaar)
    draad = threading.Thread(target=server.serve_forever, daemon=True)
    draad.start()
    yield wereld, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    draad.join()
    server.server_close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def pagina(dienst: tuple[Wereld, str], bladeraar: Browser) -> Iterator[Page]:
    """The form of a new location, as the coordinator on a telephone."""
    wereld, adres = dienst
    with wereld.app.app_context():
        koekje = aangemeld(wereld.app, wereld.een.actoren[Rol.COORDINATOR], NU).get_cookie("inspecties")
    assert koekje is not None
    context = bladeraar.new_context(base_url=adres, locale="nl-NL", viewport={"width": 360, "height": 740})
    context.set_default_timeout(GEDULD_MS)
    context.add_cookies([{"name": "inspecties", "value": koekje.value, "url": adres}])
    blad = context.new_page()
    blad.goto("/locaties/nieuw")
    yield blad
    context.close()


def test_met_het_toetsenbord(pagina: Page, dienst: tuple[Wereld, str]) -> None:
    pagina.get_by_label("Naam").fill("Pension")
    pagina.get_by_label("Type").select_option("huisvesting")
    zoek = pagina.get_by_role("combobox", name="Zoek het adres")
    zoek.focus()
    pagina.keyboard.type("dropsstraat 12")
    lijst = pagina.get_by_role("listbox", name="Adressen")
    keuzes = lijst.get_by_role("option")
    expect(keuzes).to_have_text(["Dorpsstraat 12, 8291 AB Markerdam", "Dorpsstraat 12A, 8291 AB Markerdam"])
    expect(zoek).to_have_attribute("aria-expanded", "true")
    expect(pagina.get_by_role("status").filter(has_text="2 adressen gevonden")).to_be_visible()
    assert overtredingen(pagina) == []
    assert te_breed(pagina) == 0
    # Up from nothing is the last one, down from the last the first; escape only closes the list.
    pagina.keyboard.press("ArrowUp")
    expect(lijst.get_by_role("option", selected=True)).to_have_text("Dorpsstraat 12A, 8291 AB Markerdam")
    pagina.keyboard.press("Escape")
    expect(zoek).to_have_attribute("aria-expanded", "false")
    expect(zoek).to_have_value("dropsstraat 12")
    pagina.keyboard.press("ArrowDown")
    expect(lijst.get_by_role("option", selected=True)).to_have_text("Dorpsstraat 12, 8291 AB Markerdam")
    pagina.keyboard.press("ArrowDown")
    gekozen = lijst.get_by_role("option", selected=True)
    expect(gekozen).to_have_text("Dorpsstraat 12A, 8291 AB Markerdam")
    expect(zoek).to_have_attribute("aria-activedescendant", gekozen.get_attribute("id") or "")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Ingevuld: Dorpsstraat 12A, 8291 AB Markerdam.")).to_be_visible()
    for naam, waarde in (("Straat", "Dorpsstraat"), ("Huisnummer", "12A"), ("Postcode", "8291AB")):
        expect(pagina.get_by_label(naam, exact=True)).to_have_value(waarde)
    expect(pagina.get_by_label("RD x")).not_to_have_value("")
    pagina.get_by_role("button", name="Toevoegen").press("Enter")
    expect(pagina.get_by_role("heading", name="Adres volgens de BAG")).to_be_visible()
    with dienst[0].app.app_context():
        locatie = db.session.scalars(select(Risicolocatie)).one()
        adres = db.session.get(Adres, locatie.adres_id)
        assert adres is not None
        assert (adres.huisnummer, adres.huisletter) == (12, "A")
