"""Security headers stand on every response, errors included (sync-and-trust.md, promise 30).

Every route with every role passes by ``tests/integration/rechten/test_matrix.py``; here what is no route, what goes
wrong, and what only holds outside the demo.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.conftest import Klant, Sjablonen, instellingen_voor
from tests.integration.web.koppen import mis_met_koppen
from tests.integration.web.test_foutpaginas import kapot
from tests.wereld import Wereld, csrf


@pytest.mark.parametrize("binnen", [True, False])
def test_elk_antwoord_draagt_de_koppen(wereld: Wereld, app: Flask, binnen: bool) -> None:
    app.testing = False
    kapot(app, "start.hulp")
    client = wereld.client(Rol.COORDINATOR) if binnen else app.test_client()
    app.config["MAX_CONTENT_LENGTH"] = 2000
    gezien = set()
    for methode, pad, endpoint in (
        ("GET", "/", "start.home"),
        ("GET", "/aanmelden", "gebruikers.aanmelden"),
        ("GET", "/bestaat-niet", None),
        ("GET", "/statisch/manifest.json", "static"),
        ("GET", "/statisch/../../pyproject.toml", None),
        ("GET", "/gezond", "start.gezond"),
        ("GET", "/.well-known/security.txt", "start.security_txt"),
        ("GET", "/api/csrf", "gebruikers.csrf"),
        ("GET", "/hulp", "start.hulp"),
        ("GET", "/thema.css", "start.thema"),
        ("GET", "/veld", "offline.veld"),
        ("DELETE", "/aanmelden", "gebruikers.aanmelden"),
        ("DELETE", "/api/csrf", "gebruikers.csrf"),
        ("POST", "/aanmelden", "gebruikers.aanmelden"),
        ("OPTIONS", "/aanmelden", "gebruikers.aanmelden"),
        ("OPTIONS", "/api/csrf", "gebruikers.csrf"),
        ("TRACE", "/", "start.home"),
        ("BREEK", "/", "start.home"),
    ):
        inhoud = {"x": "y" * 3000} if methode == "POST" else None
        # Closed, because some answers are a file.
        vreemd = {"Origin": "https://kwaad.example", "Access-Control-Request-Method": "POST", "X-Proef": "x7echo"}
        with client.open(pad, method=methode, data=inhoud, headers=vreemd) as antwoord:
            gezien.add(antwoord.status_code)
            assert b"x7echo" not in antwoord.get_data(), methode
            assert methode != "TRACE" or antwoord.status_code == 405
            assert mis_met_koppen(antwoord, endpoint) == [], f"{methode} {pad} {antwoord.status_code}"
    assert {200, 302, 404, 405, 413} <= gezien
    assert (500 in gezien) == binnen


@pytest.fixture
def https(sjablonen: Sjablonen, tmp_path: Path, klok: VasteKlok) -> Iterator[Flask]:
    """The application as it stands outside the demo."""
    url = sjablonen.nieuw("spatialite", tmp_path)
    namen = {"basisadres": "https://inspecties.example", "hosts": "kantoor.example"}
    app = create_app(instellingen_voor(tmp_path, url, demo=False, **namen), klok)
    app.test_client_class = Klant
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_gezond_zegt_welke_database(wereld: Wereld, database: str) -> None:
    antwoord = wereld.app.test_client().get("/gezond")
    assert antwoord.get_json()["status"] == "ok"
    assert antwoord.get_json()["database"] == database


def test_onbekend_adres_onder_api_is_een_probleemdocument(wereld: Wereld) -> None:
    antwoord = wereld.app.test_client().get("/api/bestaat-niet")
    assert antwoord.status_code == 404
    assert antwoord.content_type == "application/problem+json"
    assert antwoord.get_json()["status"] == 404


def test_security_txt_is_nog_geldig(wereld: Wereld) -> None:
    """RFC 9116: one Expires, less than a year ahead, and where a leak can be told."""
    antwoord = wereld.app.test_client().get("/.well-known/security.txt")
    assert antwoord.content_type == "text/plain; charset=utf-8"
    velden: dict[str, list[str]] = {}
    for regel in antwoord.get_data(as_text=True).splitlines():
        naam, _, waarde = regel.partition(": ")
        velden.setdefault(naam, []).append(waarde)
    assert all(adres.startswith("https://") for adres in velden["Contact"])
    # Asked over http: there is no address that it may name as its own.
    assert "Canonical" not in velden
    (verloopt,) = velden["Expires"]
    dagen = (datetime.fromisoformat(verloopt) - wereld.nu.astimezone(UTC)).days
    assert 30 < dagen < 366


def test_security_txt_noemt_zichzelf_alleen_met_https(https: Flask) -> None:
    tekst = https.test_client().get("/.well-known/security.txt", base_url="https://kantoor.example")
    assert "Canonical: https://inspecties.example/.well-known/security.txt" in tekst.get_data(as_text=True).splitlines()


def test_buiten_de_demo(https: Flask) -> None:
    """HSTS and cookies that only this host over https gets; only its own names are answered."""
    for host in ("inspecties.example", "kantoor.example", "localhost", "inspecties.example:443"):
        antwoord = https.test_client().get("/aanmelden", base_url=f"https://{host}")
        assert antwoord.status_code == 200
        assert mis_met_koppen(antwoord, "gebruikers.aanmelden", https=True) == []
        assert antwoord.headers.getlist("Set-Cookie")
    for host in ("kwaad.example", "inspecties.example.kwaad.example", "kwaad.example:443", "10.0.0.1", "x y", ""):
        antwoord = https.test_client().get("/aanmelden", base_url="https://x.example", headers={"Host": host})
        assert antwoord.status_code == 400, host
        assert "kwaad" not in antwoord.get_data(as_text=True)
        assert mis_met_koppen(antwoord, None, https=True) == []


def test_een_ingepakt_verzoek_wordt_geweigerd(wereld: Wereld) -> None:
    client = wereld.client(Rol.COORDINATOR)
    for soort in ("gzip", "br", "deflate, gzip"):
        antwoord = client.post("/api/sync", data=b"x", headers={"Content-Encoding": soort, "X-CSRFToken": csrf(client)})
        assert antwoord.status_code == 415
        assert "zonder inpakken" in antwoord.get_json()["detail"]
