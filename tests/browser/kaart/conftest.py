"""A small world behind a real server in a thread, and a browser that is logged in."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import WSGIRequestHandler, make_server

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.operations import wijzig_status, zet_achtergrond
from inspecties.locaties.rules.adres import Huisnummer
from inspecties.locaties.rules.coordinaten import naar_wgs84
from tests.browser.chromium import GEDULD_MS
from tests.conftest import NU, Sjablonen, instellingen_voor
from tests.locatiewereld import MIDDEN, maak_locatie, maak_locatiewereld
from tests.wereld import Wereld, aangemeld, maak_wereld

# What somebody could type as a name to attack whoever opens the map.
KWAAD = "<script>window.geraakt=1</script><img src=x onerror='window.geraakt=2'>"


class StilleAfhandelaar(WSGIRequestHandler):
    """No line per request."""

    def log(self, *_alles: object) -> None:
        return


def _vierkant(straal_m: float, laag: str, **eigenschappen: str) -> dict[str, object]:
    x, y = MIDDEN["Markerwaard"]
    hoeken = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
    ring = [list(naar_wgs84(x + dx * straal_m, y + dy * straal_m)) for dx, dy in hoeken]
    return {
        "type": "Feature",
        "properties": {"laag": laag, **eigenschappen},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def _vul(app: Flask) -> Wereld:
    wereld = maak_wereld(app, NU)
    maak_locatiewereld(wereld)
    for i in range(12):
        maak_locatie(wereld.een, NU, f"Pension {i:02}", dx=i * 4, dy=i * 3)
    was = maak_locatie(wereld.een, NU, "Wasstraat Zuid", "autowas", dx=1500, dy=-1500)
    wijzig_status(db.session(), wereld.een.systeem, NU, was, "actief", "Meldingen van buren")
    adres = {"straat": "Kade", "huisnummer": Huisnummer(5), "postcode": "8291AB"}
    maak_locatie(wereld.een, NU, KWAAD, "massagesalon", dx=-1500, dy=1500, **adres)
    maak_locatie(wereld.twee, NU, "Van de buren")
    x, y = MIDDEN["Markerwaard"]
    label = {
        "type": "Feature",
        "properties": {"laag": "label", "naam": "<b>Centrum</b>", "soort": "wijk"},
        "geometry": {"type": "Point", "coordinates": list(naar_wgs84(x, y + 900))},
    }
    kaart = {"type": "FeatureCollection", "features": [_vierkant(2500, "gemeente"), _vierkant(400, "groen"), label]}
    zet_achtergrond(db.session(), wereld.een.systeem, NU, kaart)
    db.session.commit()
    return wereld


@pytest.fixture(scope="module")
def dienst(sjablonen: Sjablonen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wereld, str]]:
    """The world and the address of its server."""
    data: Path = tmp_path_factory.mktemp("kaart")
    app = create_app(instellingen_voor(data, sjablonen.nieuw("spatialite", data)), VasteKlok(NU))
    with app.app_context():
        wereld = _vul(app)
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
def klachten() -> list[str]:
    """What the console complains about: errors, refused content (CSP), exceptions; and requests to elsewhere."""
    return []


@pytest.fixture
def pagina(dienst: tuple[Wereld, str], bladeraar: Browser, klachten: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a page as a role, at a size of the screen."""
    wereld, adres = dienst
    contexten: list[BrowserContext] = []

    def openen(pad: str, rol: Rol = Rol.COORDINATOR, breed: int = 1280) -> Page:
        with wereld.app.app_context():
            koekje = aangemeld(wereld.app, wereld.een.actoren[rol], NU).get_cookie("inspecties")
        assert koekje is not None
        context = bladeraar.new_context(
            base_url=adres, locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": breed, "height": 900}
        )
        context.set_default_timeout(GEDULD_MS)
        context.add_cookies([{"name": "inspecties", "value": koekje.value, "url": adres}])
        contexten.append(context)
        blad = context.new_page()
        blad.on("pageerror", lambda fout: klachten.append(str(fout)))
        blad.on("console", lambda m: klachten.append(m.text) if m.type in {"error", "warning"} else None)
        blad.on(
            "request",
            lambda v: (
                klachten.append(f"naar buiten: {v.url}")
                if urlsplit(v.url).scheme in {"http", "https"} and not v.url.startswith(adres)
                else None
            ),
        )
        blad.goto(pad)
        return blad

    yield openen
    for context in contexten:
        context.close()
