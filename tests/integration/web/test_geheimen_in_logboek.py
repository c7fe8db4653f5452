"""No secret in the log, the audit log or an error page: every way one comes by, with the log at its loudest."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from inspecties.audit.models import Auditregel
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Sessie
from inspecties.web.logboek import stel_logboek_in
from tests.integration.gebruikers.test_aanmelden import token_van
from tests.wereld import WACHTWOORD, Wereld, csrf

# Unlike anything that comes by otherwise, with a line break that would make a line of its own in a log.
KANARIE = "kanarie7Xq2vZ"
REGEL = f'{KANARIE}\r\n{{"event": "vervalst {KANARIE}"}}'


@pytest.fixture
def luid() -> Iterator[None]:
    stel_logboek_in("DEBUG")
    yield
    stel_logboek_in("CRITICAL")


def _langs_elke_weg(app: Flask, wereld: Wereld) -> list[tuple[str, int, str]]:
    """Every door at which a secret is offered; path, status and page of each answer."""
    uit: list[tuple[str, int, str]] = []
    buiten = app.test_client()
    token = token_van(buiten)
    email = wereld.een.emails[Rol.COORDINATOR]

    def stuur(pad: str, **velden: str) -> None:
        antwoord = buiten.post(pad, data={"csrf_token": token, **velden})
        uit.append((pad, antwoord.status_code, antwoord.get_data(as_text=True)))

    def haal(pad: str, klant: object = None, **koppen: str) -> None:
        antwoord = (klant or buiten).get(pad, headers=koppen)  # type: ignore[attr-defined]  # a test client
        uit.append((pad.partition(KANARIE)[0], antwoord.status_code, antwoord.get_data(as_text=True)))

    stuur("/aanmelden", email=email, wachtwoord=KANARIE)
    stuur("/aanmelden", email=email, wachtwoord=REGEL)
    stuur("/aanmelden", email=f"{KANARIE}@nergens.example", wachtwoord=KANARIE)
    stuur("/wachtwoord-vergeten", email=f"{KANARIE}@nergens.example")
    for pad in ("/wachtwoord/", "/wachtwoord-nieuw/", "/uitnodiging/"):
        haal(f"{pad}{KANARIE}")
        stuur(f"{pad}{KANARIE}", wachtwoord=KANARIE, herhaling=KANARIE, code=KANARIE)
    haal(f"/agenda/{KANARIE}.ics")
    haal(f"/agenda/{KANARIE}/termijnen.ics")
    haal(f"/aanmelden?verder=/{KANARIE}&code={KANARIE}&state={KANARIE}")
    haal("/aanmelden", Authorization=f"Bearer {KANARIE}", Cookie=f"inspecties={KANARIE}", Referer=f"https://{KANARIE}/")
    for pad in ("/api/aanmelden/passkey", "/api/account/bevestiging"):
        antwoord = buiten.post(pad, json={"id": KANARIE, "antwoord": KANARIE}, headers={"X-CSRFToken": token})
        uit.append((pad, antwoord.status_code, antwoord.get_data(as_text=True)))
    binnen = wereld.client(Rol.COORDINATOR)
    haal(f"/locaties?zoek={KANARIE}", binnen)
    antwoord = binnen.post(
        "/account/wachtwoord",
        data={"csrf_token": csrf(binnen), "huidig": KANARIE, "nieuw": KANARIE, "herhaling": KANARIE},
    )
    uit.append(("/account/wachtwoord", antwoord.status_code, antwoord.get_data(as_text=True)))
    return uit


def _breekt(app: Flask, wereld: Wereld) -> list[tuple[str, int, str]]:
    """Errors in the middle of a request whose own message holds a secret: one of ours, and one of the database."""

    def kapot(**_: object) -> str:
        raise RuntimeError(f"met {REGEL} gaat het mis")

    def kapotte_vraag(**_: object) -> str:
        db.session.execute(text("SELECT * FROM bestaat_niet WHERE x = :x"), {"x": KANARIE})
        raise SQLAlchemyError

    uit = []
    for endpoint, pad, doe in (("gebruikers.beheer", "/beheer", kapot), ("post.lijst", "/beheer/post", kapotte_vraag)):
        doe.toegang = app.view_functions[endpoint].toegang  # type: ignore[attr-defined]  # the mark of the gate
        app.view_functions[endpoint] = doe
        antwoord = wereld.client(Rol.BEHEERDER).get(f"{pad}?code={KANARIE}")
        uit.append((f"{pad} kapot", antwoord.status_code, antwoord.get_data(as_text=True)))
    return uit


def test_geen_geheim_in_logboek_auditlog_of_foutpagina(
    app: Flask, wereld: Wereld, luid: None, caplog: pytest.LogCaptureFixture
) -> None:
    fout = io.StringIO()
    with caplog.at_level(logging.DEBUG), redirect_stderr(fout):
        gezien = _langs_elke_weg(app, wereld)
        stuk = _breekt(app, wereld)
        # And one that succeeds, of which the new session is a secret too.
        klant = app.test_client()
        token = token_van(klant)
        email = wereld.een.emails[Rol.JURIST]
        assert klant.post(
            "/aanmelden", data={"csrf_token": token, "email": email, "wachtwoord": WACHTWOORD}
        ).status_code in {302, 303}
    logboek = fout.getvalue()
    # The log was on, and says that something broke, and where; each line is one JSON object.
    regels = [json.loads(regel) for regel in logboek.splitlines()]
    assert len(regels) >= len(gezien) + len(stuk)
    assert [r["soort"] for r in regels if r["event"] == "onverwachte fout"][:1] == ["RuntimeError"]
    assert {status for _, status, _ in stuk} == {500}
    assert {status for _, status, _ in gezien} <= {200, 302, 303, 400, 401, 403, 404, 409, 410, 415, 422, 429}
    geheimen = [KANARIE, WACHTWOORD, *(str(uid) for uid in db.session.scalars(select(Sessie.uid)))]
    for geheim in geheimen:
        assert geheim not in logboek, geheim
        assert geheim not in caplog.text, geheim
    assert email not in logboek
    audit = json.dumps(
        [[r.gegevens, r.object_uid, r.grondslag, r.handeling] for r in db.session.scalars(select(Auditregel))]
    )
    assert KANARIE not in audit
    assert WACHTWOORD not in audit
    for pad, _, pagina in stuk:
        assert KANARIE not in pagina, pad
        assert "Traceback" not in pagina, pad
        assert "SELECT" not in pagina, pad
