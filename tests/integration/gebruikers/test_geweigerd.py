"""Who is refused stands in the audit log, what is tried at the door in the service's log (ASVS 16.3.2, 16.3.3)."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.web.logboek import stel_logboek_in
from tests.integration.gebruikers.test_aanmelden import meld_aan
from tests.wereld import Wereld, csrf


def _geweigerd() -> list[Auditregel]:
    db.session.rollback()
    soort = select(Auditregel).where(Auditregel.handeling == "toegang_geweigerd").order_by(Auditregel.id)
    return list(db.session.scalars(soort))


def test_wie_een_recht_mist_staat_in_het_auditlogboek(wereld: Wereld, klok: VasteKlok) -> None:
    """A page, a file, a form and the API: who, when, what and about what; not again for the same within ten minutes."""
    client, dossier = wereld.client(Rol.INSPECTEUR), nieuw_id()
    assert client.get(f"/dossiers/{dossier}/document.pdf").status_code == 403
    assert client.post("/beheer/nieuw", data={"csrf_token": csrf(client), "naam": "Niemand"}).status_code == 403
    assert client.get("/auditlog").status_code == 403
    wie = wereld.een.actoren[Rol.INSPECTEUR].gebruiker_id
    regels = _geweigerd()
    assert [(r.gebruiker_id, r.rol, r.moment, r.object_uid) for r in regels] == [
        (wie, "inspecteur", klok.nu(), "dossiers.document"),
        (wie, "inspecteur", klok.nu(), "gebruikers.nieuw"),
        (wie, "inspecteur", klok.nu(), "audit.lijst"),
    ]
    assert regels[0].gegevens == {"methode": "GET", "over": str(dossier), "recht": "dossiers.lezen"}
    assert "Niemand" not in json.dumps([r.gegevens for r in regels])
    # Who asks on and on does not fill the log.
    for _ in range(3):
        assert client.get(f"/dossiers/{nieuw_id()}/document.pdf").status_code == 403
    assert len(_geweigerd()) == 3
    klok.moment += timedelta(minutes=10, seconds=1)
    client.get(f"/dossiers/{dossier}/document.pdf")
    assert len(_geweigerd()) == 4
    pagina = wereld.client(Rol.AUDITOR).get("/auditlog?snel=geweigerd").get_data(as_text=True)
    assert pagina.count("Toegang geweigerd") >= 4
    # What is open to the role leaves none, nor does being asked to prove oneself.
    assert wereld.client(Rol.AUDITOR).get("/auditlog").status_code == 200
    assert len(_geweigerd()) == 4


@pytest.fixture
def logboek(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    stel_logboek_in("WARNING")
    yield lambda: [json.loads(regel) for regel in capsys.readouterr().err.splitlines()]
    stel_logboek_in("CRITICAL")


def _zonder_token(client: FlaskClient) -> int:
    return client.post("/locaties/nieuw", data={"naam": "x"}).status_code


def _ingepakt(client: FlaskClient) -> int:
    koppen = {"Content-Encoding": "gzip", "X-CSRFToken": csrf(client)}
    return client.post("/api/sync", data=b"x", headers=koppen).status_code


def _te_groot(client: FlaskClient) -> int:
    client.application.config["MAX_CONTENT_LENGTH"] = 2000
    velden = {"bestand": (io.BytesIO(b"x" * 5000), "a.csv"), "csrf_token": csrf(client)}
    return client.post("/locaties/importeren", data=velden).status_code


POGINGEN: list[tuple[Callable[[FlaskClient], int], int, str]] = [
    (_zonder_token, 400, "csrf"),
    (_ingepakt, 415, "inhoud"),
    (_te_groot, 413, "inhoud"),
    (lambda c: c.get("/beheer").status_code, 403, "recht"),
]


@pytest.mark.parametrize(("poging", "status", "soort"), POGINGEN)
def test_een_poging_langs_een_wering_staat_in_het_logboek(
    wereld: Wereld, logboek: Callable[[], list[dict[str, Any]]], poging: Any, status: int, soort: str
) -> None:
    assert poging(wereld.client(Rol.COORDINATOR)) == status
    (regel,) = [r for r in logboek() if r["event"] == "geweigerd"]
    assert (regel["soort"], regel["status"], regel["rol"], regel["level"]) == (soort, status, "coordinator", "warning")
    assert regel["route"].startswith("/")


def test_te_vaak_aanmelden_staat_in_het_logboek(
    app: Flask, wereld: Wereld, logboek: Callable[[], list[dict[str, Any]]]
) -> None:
    app.extensions["instellingen"] = replace(app.extensions["instellingen"], aanmelden_limiet="1 per minute")
    uit = [meld_aan(app.test_client(), "wie@markerwaard.example", "een fout wachtwoord") for _ in range(2)]
    assert uit[-1].status_code == 429
    regels = logboek()
    (regel,) = [r for r in regels if r["event"] == "geweigerd"]
    assert (regel["soort"], regel["status"]) == ("te_vaak", 429)
    assert "wie@" not in json.dumps(regels)
