"""The database is gone for a while: every answer says so, nothing is acknowledged, and then all goes on by itself.

PostgreSQL behind a line that is cut; a SpatiaLite file does not go away.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from inspecties import create_app
from inspecties.controles.models import Operatie
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database import db, zonder_actor
from inspecties.database.bereik import zonder_muur
from tests.conftest import Klant, Sjablonen, instellingen_voor
from tests.integration.duurzaam.leiding import Leiding
from tests.veldwereld import Tablet, haal_pak, maak_actie, tablet
from tests.wereld import Wereld, csrf, maak_wereld


@pytest.fixture
def leiding(sjablonen: Sjablonen) -> Iterator[Leiding]:
    uit = Leiding(sjablonen.cluster.poort)
    uit.leg()
    yield uit
    uit.knip()


@pytest.fixture
def dienst(sjablonen: Sjablonen, leiding: Leiding, klok: VasteKlok, tmp_path: Path) -> Iterator[Flask]:
    """The application with its database behind the line."""
    url = sjablonen.nieuw("postgis", tmp_path)
    erachter = url.replace(f":{leiding.naar}/", f":{leiding.poort}/")
    app = create_app(instellingen_voor(tmp_path, erachter), klok)
    app.test_client_class = Klant
    with app.app_context():
        zonder_actor(db.session(), "a test's own session")
        yield app
        db.session.remove()
        db.engine.dispose()
    sjablonen.cluster.verwijder(url.rsplit("/", 1)[1])


@pytest.fixture
def wereld(dienst: Flask, klok: VasteKlok) -> Wereld:
    uit = maak_wereld(dienst, klok.nu())
    maak_actie(uit.een, klok.nu(), (Rol.INSPECTEUR,))
    return uit


def _zegt_dat_het_weg_is(antwoord: TestResponse, pad: str) -> None:
    assert antwoord.status_code == 503, (pad, antwoord.status_code)
    assert antwoord.headers["Retry-After"] == "5", pad
    melding = "De database is even niet te bereiken. Er is niets opgeslagen."
    if pad.startswith("/api/"):
        assert antwoord.content_type == "application/problem+json", pad
        assert antwoord.get_json()["detail"] == melding
    else:
        tekst = antwoord.get_data(as_text=True)
        assert '<html lang="nl">' in tekst, pad
        assert melding in tekst
        assert "probeer het opnieuw" in tekst
        assert "druk" not in tekst


def _aantal() -> int:
    zonder_actor(db.session(), "a test counts")
    uit = db.session.scalar(select(func.count()).select_from(Operatie)) or 0
    db.session.remove()
    return uit


def test_de_database_valt_weg_en_komt_terug(wereld: Wereld, leiding: Leiding) -> None:
    boa: Tablet = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(boa)
    bezoek = next(iter(boa.revs))
    boa.op(bezoek, "opmerking", "voor de storing")
    boa.sync()
    kantoor: FlaskClient = wereld.client(Rol.COORDINATOR)
    token = csrf(kantoor)
    velden: dict[str, Any] = {"csrf_token": token, "naam": "Tijdens de storing"}
    db.session.remove()

    leiding.knip()
    for pad in ("/", "/locaties", "/hulp", "/gezond", "/api/csrf", "/api/dienst?datum=2026-11-21"):
        _zegt_dat_het_weg_is(kantoor.get(pad), pad)
    _zegt_dat_het_weg_is(wereld.app.test_client().get("/gezond"), "/gezond")
    _zegt_dat_het_weg_is(kantoor.post("/locaties/nieuw", data=velden), "/locaties/nieuw")
    boa.op(bezoek, "opmerking", "tijdens de storing")
    _zegt_dat_het_weg_is(boa.stuur(), "/api/sync")
    assert len(boa.wachtrij) == 1
    # What needs no database is there, whoever asks: the files of the screens, and that a page does not exist.
    with kantoor.get("/statisch/manifest.json") as bestand:
        assert bestand.status_code == 200
    assert kantoor.get("/bestaat-niet").status_code == 404

    leiding.leg()
    boa.sync()
    assert boa.wachtrij == []
    assert _aantal() == 2
    assert [kantoor.get(pad).status_code for pad in ("/", "/locaties", "/gezond")] == [200] * 3


def _gewoon() -> None:
    db.session.execute(text("SELECT 1"))


def _achter_de_muur() -> None:
    with zonder_muur(db.session()):
        db.session.execute(text("SELECT 1"))


@pytest.mark.parametrize("vraag", [_gewoon, _achter_de_muur])
def test_midden_in_een_verzoek(wereld: Wereld, leiding: Leiding, vraag: Callable[[], None]) -> None:
    kantoor, app = wereld.client(Rol.COORDINATOR), wereld.app
    toegang = app.view_functions["start.hulp"].toegang  # type: ignore[attr-defined]  # the mark that the gate reads

    def hulp() -> str:
        _gewoon()
        leiding.knip()
        vraag()
        return "goed"

    hulp.toegang = toegang  # type: ignore[attr-defined]
    app.view_functions["start.hulp"] = hulp
    _zegt_dat_het_weg_is(kantoor.get("/hulp"), "/hulp")
    leiding.leg()
    assert kantoor.get("/").status_code == 200
