"""Error pages: in the house style, in Dutch, and never with what went wrong inside."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import TimeoutError as GeenVerbindingVrij
from werkzeug.test import TestResponse

from inspecties import create_app
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.conftest import Klant
from tests.integration.gebruikers.test_aanmelden import token_van
from tests.integration.rechten.toneel import bouw
from tests.wereld import Wereld, csrf


def lees(antwoord: TestResponse, code: int) -> str:
    """A whole page of the house with its code and a way on, nothing of the inside."""
    tekst = antwoord.get_data(as_text=True)
    assert antwoord.status_code == code
    assert f"Foutcode {code}" in tekst
    assert '<html lang="nl">' in tekst
    assert "Naar de startpagina" in tekst
    assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"]
    for binnenkant in ("Traceback", "sqlalchemy", "werkzeug", "GEHEIM"):
        assert binnenkant not in tekst
    return tekst


GEHEIM = RuntimeError("GEHEIM: naam van een melder")


def kapot(app: Flask, endpoint: str, fout: Exception = GEHEIM) -> None:
    """Let a view fail; by default with a secret in the message."""
    toegang = app.view_functions[endpoint].toegang  # type: ignore[attr-defined]

    def val(**_: Any) -> str:
        raise fout

    val.toegang = toegang  # type: ignore[attr-defined]
    app.view_functions[endpoint] = val


def test_400_zonder_csrf(wereld: Wereld) -> None:
    tekst = lees(wereld.client(Rol.COORDINATOR).post("/locaties/nieuw", data={"naam": "x"}), 400)
    assert "Het formulier is verlopen" in tekst


def test_403_noemt_wat_niet_mag(wereld: Wereld) -> None:
    assert "Uw rol mag dit niet" in lees(wereld.client(Rol.AUDITOR).get("/locaties"), 403)


def test_404_voor_wat_er_niet_is(wereld: Wereld) -> None:
    assert "niet voor u bestemd" in lees(wereld.client(Rol.COORDINATOR).get("/bestaat-niet"), 404)


def test_409_bij_wat_intussen_veranderde(wereld: Wereld, app: Flask) -> None:
    kapot(app, "start.hulp", Conflict("Iemand anders heeft dit net gewijzigd."))
    assert "Iemand anders heeft dit net gewijzigd" in lees(wereld.client(Rol.JURIST).get("/hulp"), 409)


def test_413_bij_een_te_groot_bestand(wereld: Wereld, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 2000
    client = wereld.client(Rol.COORDINATOR)
    velden = {"bestand": (io.BytesIO(b"x" * 5000), "groot.csv"), "csrf_token": csrf(client)}
    assert "Er is niets opgeslagen" in lees(client.post("/locaties/importeren", data=velden), 413)


def test_429_na_te_veel_pogingen(app: Flask, klok: VasteKlok) -> None:
    instellingen = replace(app.extensions["instellingen"], aanmelden_limiet="2 per minute")
    streng = create_app(instellingen, klok)
    streng.test_client_class = Klant
    client: FlaskClient = streng.test_client()
    velden = {"email": "wie@markerwaard.example", "wachtwoord": "fout", "csrf_token": token_van(client)}
    for _ in range(2):
        client.post("/aanmelden", data=velden)
    antwoord = client.post("/aanmelden", data=velden)
    assert "te vaak" in lees(antwoord, 429)
    assert antwoord.headers["Retry-After"] == "60"
    with streng.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("binnen", [True, False])
def test_500_verraadt_niets(wereld: Wereld, app: Flask, binnen: bool) -> None:
    app.testing = False
    kapot(app, "start.hulp" if binnen else "gebruikers.aanmelden")
    client = wereld.client(Rol.JURIST) if binnen else app.test_client()
    assert "De fout ligt bij ons" in lees(client.get("/hulp" if binnen else "/aanmelden"), 500)


def test_api_antwoordt_met_een_probleemdocument(wereld: Wereld, app: Flask) -> None:
    app.testing = False
    kapot(app, "locaties_api.locaties")
    for client, pad, code in (
        (app.test_client(), "/api/locaties?bbox=5,52,6,53&zoom=12", 401),
        (wereld.client(Rol.AUDITOR), "/api/locaties?bbox=5,52,6,53&zoom=12", 403),
        (wereld.client(Rol.COORDINATOR), "/api/onbekend", 404),
        (wereld.client(Rol.COORDINATOR), "/api/locaties?bbox=5,52,6,53&zoom=12", 500),
    ):
        antwoord = client.get(pad)
        assert (antwoord.status_code, antwoord.content_type) == (code, "application/problem+json")
        assert antwoord.get_json()["status"] == code
        assert "GEHEIM" not in antwoord.get_data(as_text=True)


def test_503_als_er_geen_verbinding_vrij_komt(wereld: Wereld, app: Flask) -> None:
    """The pool of connections gives up after half a minute: nobody's fault, and worth trying again."""
    kapot(app, "start.hulp", GeenVerbindingVrij("QueuePool limit GEHEIM"))
    antwoord = wereld.client(Rol.JURIST).get("/hulp")
    assert "erg druk" in lees(antwoord, 503)
    assert antwoord.headers["Retry-After"] == "5"


@pytest.fixture
def ongeduld(app: Flask) -> Iterator[None]:
    """The database waits a tenth of a second for a lock, instead of fifteen."""
    sqlite = db.engine.dialect.name == "sqlite"

    def verbind(verbinding: Any, _rij: Any) -> None:
        verbinding.execute("PRAGMA busy_timeout=100")

    def begin(verbinding: Connection) -> None:
        verbinding.exec_driver_sql("SET LOCAL lock_timeout=100")

    wanneer, doe = ("connect", verbind) if sqlite else ("begin", begin)
    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, wanneer, doe)
    yield
    event.remove(db.engine, wanneer, doe)


@pytest.mark.usefixtures("ongeduld")
def test_503_als_een_ander_te_lang_bewaart(wereld: Wereld, app: Flask) -> None:
    """No error of ours, and nothing is lost by trying again."""
    locatie = bouw(wereld, wereld.een).locatie
    client, api, pagina = wereld.client(Rol.COORDINATOR), f"/api/kaart/locatie/{locatie}", f"/locaties/{locatie}"
    db.session.rollback()
    with db.engine.connect() as ander:
        ander.execute(text("DELETE FROM auditregel WHERE id < 0"))
        if db.engine.dialect.name == "postgresql":
            ander.execute(text("LOCK TABLE auditregel IN EXCLUSIVE MODE"))
        antwoord = client.get(pagina)
        assert "erg druk" in lees(antwoord, 503)
        assert antwoord.headers["Retry-After"] == "5"
        assert client.get(api).get_json()["title"] == "Het is nu erg druk"
        ander.rollback()
    assert client.get(pagina).status_code == 200
