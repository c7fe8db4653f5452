"""Every route x role x two gemeenten, against the one table of rights. A route that this file does not know fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from inspecties.core.rechten import MENSEN, RECHTEN, Rol, rol_mag
from inspecties.web.poort import toegang_van
from tests.integration.rechten.routes import RECHT_VAN, noemt_object, waarden_voor
from tests.integration.rechten.tegel_toneel import zet_tegels_klaar
from tests.integration.rechten.toneel import Toneel, bouw
from tests.wereld import Wereld, csrf

UPLOADS = {"uploads.hoever", "uploads.stuk", "uploads.weg"}
METHODEN = ("GET", "POST", "PUT", "PATCH", "DELETE")


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Every rule with every method that does something."""
    for regel in sorted(app.url_map.iter_rules(), key=lambda r: r.rule):
        kent = regel.methods or set()
        # HEAD and OPTIONS come with every view; they count where somebody wrote them as the only method.
        for methode in [m for m in METHODEN if m in kent] or sorted(kent):
            yield regel, methode


STOPTOESTAND = {
    "op_id": "018f0000-0000-7000-8000-000000000001",
    "toestand": "onderweg",
    "op": "2026-11-21T17:00:00.000Z",
}


def vraag(client: FlaskClient, pad: str, methode: str, token: str) -> TestResponse:
    """A request with the least content that is looked at: what counts is whether the door opens."""
    if methode in {"GET", "HEAD", "OPTIONS"}:
        return client.open(pad, method=methode, headers={"Tus-Resumable": "1.0.0"})
    if methode == "PATCH":
        koppen = {"X-CSRFToken": token, "Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
        return client.patch(pad, data=b"x", headers=koppen, content_type="application/offset+octet-stream")
    if pad.endswith("/toestand") and pad.startswith("/api/stops/"):
        return client.post(pad, json=STOPTOESTAND, headers={"X-CSRFToken": token})
    if pad.startswith("/api/"):
        return client.open(pad, method=methode, json={}, headers={"X-CSRFToken": token, "Tus-Resumable": "1.0.0"})
    return client.open(pad, method=methode, data={"csrf_token": token})


def pad_van(app: Flask, regel: Rule, waarden: dict[str, Any]) -> str:
    return str(app.url_map.bind("localhost").build(regel.endpoint, waarden, force_external=False))


def test_elke_route_staat_in_de_tabel(app: Flask) -> None:
    """Each route asks exactly the right that is written here; a new one has to be thought about twice."""
    gevonden = {}
    for regel, _ in routes(app):
        toegang = toegang_van(app, regel.endpoint)
        assert toegang is not None, f"{regel.endpoint} heeft geen toegangsregel"
        gevonden[regel.endpoint] = toegang.recht
    assert gevonden == RECHT_VAN


def test_elk_recht_wordt_gebruikt(app: Flask) -> None:
    gevraagd = {toegang_van(app, regel.endpoint).recht for regel, _ in routes(app)}  # type: ignore[union-attr]
    assert set(RECHTEN) - gevraagd - RECHTEN_IN_OPERATIES == set()


# Asked for inside a view or operation, besides the right of the route.
RECHTEN_IN_OPERATIES = {"bewijs.origineel", "bezoeken.invullen"}


def test_zonder_aanmelden_blijft_alles_dicht(app: Flask, wereld: Wereld) -> None:
    toneel = bouw(wereld, wereld.een)
    client = app.test_client()
    open_gebleven = []
    for regel, methode in routes(app):
        if RECHT_VAN[regel.endpoint] is None:
            continue
        antwoord = vraag(client, pad_van(app, regel, waarden_voor(regel, toneel, Rol.COORDINATOR)), methode, "")
        naar_aanmelden = antwoord.status_code == 302 and "/aanmelden" in antwoord.headers["Location"]
        # Without a session there is no valid CSRF token either: 400 comes before the login.
        if not naar_aanmelden and antwoord.status_code not in ({401} if methode in {"GET", "HEAD"} else {400, 401}):
            open_gebleven.append(f"{methode} {regel.rule}: {antwoord.status_code}")
    assert open_gebleven == []


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_rol_tegen_elke_route(app: Flask, wereld: Wereld, rol: Rol, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right 403; with it the own gemeente's object opens and the other gemeente's does not exist."""
    zet_tegels_klaar(app, monkeypatch)
    eigen, ander = bouw(wereld, wereld.een), bouw(wereld, wereld.twee)
    client = wereld.client(rol)
    token = csrf(client)
    mis = []
    for regel, methode in sorted(routes(app), key=lambda r: r[1] != "GET"):
        recht = RECHT_VAN[regel.endpoint]
        if recht is None or regel.endpoint in {"gebruikers.afmelden"}:
            continue
        mag = rol_mag(rol, recht)
        # The other gemeente first: what is done to one's own must not be the reason.
        for toneel, vreemd in ((ander, True), (eigen, False)):
            waarden = waarden_voor(regel, toneel, rol)
            if vreemd and not noemt_object(regel):
                continue
            # Closed, because some answers are a file.
            with vraag(client, pad_van(app, regel, waarden), methode, token) as antwoord:
                status = antwoord.status_code
            # Nobody else's upload exists for you, whoever you are.
            van_ander = vreemd or (regel.endpoint in UPLOADS and rol not in toneel.upload)
            if not _goed(status, mag=mag, vreemd=van_ander):
                mis.append(f"{methode} {regel.rule} {'ander' if vreemd else 'eigen'}: {status}")
    assert mis == []


def _goed(status: int, *, mag: bool, vreemd: bool) -> bool:
    if not mag:
        return status == 403
    if vreemd:
        return status == 404
    return status < 500 and status not in {401, 403, 404, 405}


def test_wie_niet_in_de_ploeg_zit_ziet_de_actie_niet(app: Flask, wereld: Wereld) -> None:
    """A partner sees only what it takes part in, also within its own gemeente."""
    toneel: Toneel = bouw(wereld, wereld.een)
    partner = wereld.client(Rol.PARTNER)
    assert partner.get(f"/acties/{toneel.actie}").status_code == 200
    from inspecties.acties.models import Ploeglid  # noqa: PLC0415 - only here
    from inspecties.database.basis import db  # noqa: PLC0415

    db.session.query(Ploeglid).filter_by(gebruiker_id=wereld.een.actoren[Rol.PARTNER].gebruiker_id).delete()
    db.session.commit()
    for pad in (f"/acties/{toneel.actie}", f"/api/acties/{toneel.actie}/voortgang"):
        assert partner.get(pad).status_code == 404
    assert partner.get("/api/dienst?datum=2026-11-21").get_json()["acties"] == []
