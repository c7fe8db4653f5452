"""Every route x role x two gemeenten, against the one table of rights. A route that this file does not know fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from inspecties.acties.models import Ploeglid
from inspecties.core.rechten import MENSEN, RECHTEN, Rol, rol_mag
from inspecties.database.basis import db
from inspecties.web.poort import toegang_van
from tests.integration.rechten.lichamen import Formulier, formulieren, objecten, probeer
from tests.integration.rechten.podium import EERSTE_ID, Podium, interne_nummers
from tests.integration.rechten.routes import RECHT_VAN, VAST, noemt_object, waarden_voor
from tests.integration.rechten.tegel_toneel import zet_tegels_klaar
from tests.integration.rechten.wpg_toneel import sporen
from tests.integration.web.koppen import mis_met_koppen
from tests.wereld import csrf

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
RECHTEN_IN_OPERATIES = {"bezoeken.invullen"}


def test_zonder_aanmelden_blijft_alles_dicht(podium: Podium) -> None:
    """Also for HEAD and OPTIONS, which every view answers without somebody having written it."""
    app, client, open_gebleven = podium.app, podium.app.test_client(), []
    stil = [(regel, methode) for regel in app.url_map.iter_rules() for methode in ("HEAD", "OPTIONS")]
    for regel, methode in [*routes(app), *((r, m) for r, m in stil if m in (r.methods or set()))]:
        if RECHT_VAN[regel.endpoint] is None:
            continue
        waarden = waarden_voor(regel, podium.eigen, Rol.COORDINATOR)
        antwoord = vraag(client, pad_van(app, regel, waarden), methode, "")
        naar_aanmelden = antwoord.status_code == 302 and "/aanmelden" in antwoord.headers["Location"]
        # Without a session there is no valid CSRF token either: 400 comes before the login.
        goed = {401} if methode in {"GET", "HEAD", "OPTIONS"} else {400, 401}
        if not naar_aanmelden and antwoord.status_code not in goed:
            open_gebleven.append(f"{methode} {regel.rule}: {antwoord.status_code}")
        open_gebleven += [f"{methode} {regel.rule}: {kop}" for kop in mis_met_koppen(antwoord, regel.endpoint)]
    assert open_gebleven == []


# The first one builds the stage; the machine may be busy with other tests.
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_rol_tegen_elke_route(podium: Podium, rol: Rol, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right 403; with it the own gemeente's object opens and the other gemeente's does not exist.

    What is asked of the other gemeente changes nothing there. No answer shows an internal id, no page police data.
    """
    zet_tegels_klaar(podium.app, monkeypatch)
    client = podium.bewezen(rol)
    token = csrf(client)
    mis: list[str] = []
    paren = [
        (regel, methode)
        for regel, methode in sorted(routes(podium.app), key=lambda r: r[1] != "GET")
        if RECHT_VAN[regel.endpoint] is not None and regel.endpoint != "gebruikers.afmelden"
    ]
    namen, gevonden = objecten(podium), list[Formulier]()
    toen = podium.afdruk_van_ander()
    # The other gemeente first: what is done to one's own must not be the reason.
    for regel, methode in [(r, m) for r, m in paren if noemt_object(r)]:
        mis += _probeer(podium, client, regel, methode, token, rol, vreemd=True)
    lezen, schrijven = ([p for p in paren if (p[1] == "GET") is lees] for lees in (True, False))
    for regel, methode in lezen:
        mis += _probeer(podium, client, regel, methode, token, rol, vreemd=False, bewaar=gevonden)
    # SQLite has only the walls of the application: on PostgreSQL the database would refuse what they let through.
    if not podium.is_postgis:
        mis += probeer(podium, client, token, gevonden, namen, GEHAD)
    assert podium.afdruk_van_ander() == toen
    assert podium.verwijzingen_over_de_grens() == []
    for regel, methode in schrijven:
        mis += _probeer(podium, client, regel, methode, token, rol, vreemd=False)
    assert mis == [], "\n".join(mis)
    assert podium.verwijzingen_over_de_grens() == []


def test_een_intern_nummer_valt_op() -> None:
    """In text, in a name and in an address; a hash or a public id that happens to hold nine such digits is none."""
    for goed in (b"id 770010001.", b'"id-770010001"', b"/x/770010001/y", b'{"id": 770010001}', b"regel770010001"):
        assert interne_nummers(goed.replace(b".", b"")) == [b"770010001"]
    for toeval in (
        b"ab778145249cd0011aa22bb33",
        b"019e6c1c-7a14-7a14-9abc-778145249abc",
        b"1770010001",
        b"77001000",
        b"52.770010001",
    ):
        assert interne_nummers(toeval) == []


def test_een_verwijzing_over_de_grens_valt_op(podium: Podium) -> None:
    """The check that the matrix leans on sees one that is planted."""
    ander = "SELECT min(id) FROM risicolocatie WHERE gemeente_id <> stop.gemeente_id"
    db.session.execute(text(f"UPDATE stop SET locatie_id = ({ander}) WHERE id = (SELECT min(id) FROM stop)"))
    db.session.commit()
    assert podium.verwijzingen_over_de_grens() == ["stop.locatie_id"]


# What one role has tried of the forms (endpoint, method, field, kind of object), no other needs to try again.
GEHAD: set[tuple[str, ...]] = set()


def _probeer(
    podium: Podium,
    client: FlaskClient,
    regel: Rule,
    methode: str,
    token: str,
    rol: Rol,
    *,
    vreemd: bool,
    bewaar: list[Formulier] | None = None,
) -> list[str]:
    toneel = podium.ander if vreemd else podium.eigen
    pad = pad_van(podium.app, regel, waarden_voor(regel, toneel, rol))
    # Closed, because some answers are a file.
    with vraag(client, pad, methode, token) as antwoord:
        status = antwoord.status_code
        leesbaar = antwoord.mimetype.startswith("text/") or antwoord.mimetype.endswith(("json", "javascript"))
        if bewaar is not None and antwoord.mimetype == "text/html":
            bewaar += formulieren(pad, antwoord.get_data(as_text=True))
        koppen = mis_met_koppen(antwoord, regel.endpoint)
        intern = interne_nummers(antwoord.get_data()) if leesbaar and not vreemd else []
        # Police data of a visit show on no page that is only asked for, not even to who is named to read them.
        apart = sporen(antwoord.get_data(), antwoord.mimetype) if methode == "GET" else []
    # Nobody else's upload exists for you, whoever you are.
    van_ander = vreemd or (regel.endpoint in UPLOADS and rol not in toneel.upload)
    goed = _goed(status, mag=rol_mag(rol, str(RECHT_VAN[regel.endpoint])), vreemd=van_ander)
    wie = f"{methode} {regel.rule} {'ander' if vreemd else 'eigen'}"
    mis = [] if goed else [f"{wie}: {status}"]
    mis += [f"{wie}: politiegegeven {spoor}" for spoor in apart]
    return mis + [f"{wie}: internal id {i.decode()}" for i in intern[:3]] + [f"{wie}: {kop}" for kop in koppen]


@pytest.mark.parametrize("rol", [Rol.PARTNER, Rol.BEHEERDER])
def test_kop_en_opties_gaan_door_dezelfde_deur(podium: Podium, rol: Rol, database: str) -> None:
    """HEAD answers as GET does, without a body; OPTIONS asks the same right."""
    client, mis = podium.wereld.client(rol), []
    for regel in podium.app.url_map.iter_rules():
        recht = RECHT_VAN[regel.endpoint]
        if recht is None or not {"HEAD", "OPTIONS"} & (regel.methods or set()):
            continue
        mag, noemt = rol_mag(rol, recht), noemt_object(regel)
        if mag and not noemt:
            continue
        pad = pad_van(podium.app, regel, waarden_voor(regel, podium.ander, rol))
        for methode in sorted({"HEAD", "OPTIONS"} & (regel.methods or set())):
            antwoord = vraag(client, pad, methode, "")
            # OPTIONS runs no view: it says which methods there are, to who has the right.
            verwacht = 403 if not mag else 404 if methode == "HEAD" or regel.endpoint in UPLOADS else 200
            if antwoord.status_code != verwacht or (methode == "HEAD" and antwoord.get_data()):
                mis.append(f"{methode} {regel.rule}: {antwoord.status_code}")
    assert mis == []


def _goed(status: int, *, mag: bool, vreemd: bool) -> bool:
    if not mag:
        return status == 403
    if vreemd:
        return status == 404
    return status < 500 and status not in {401, 403, 404, 405}


def test_geen_adres_neemt_een_intern_nummer(podium: Podium) -> None:
    """What names an object in a URL is its uid (74 random bits) or a secret; a row's number opens nothing."""
    mis, client = [], {rol: podium.wereld.client(rol) for rol in MENSEN}
    gemeente_id = podium.wereld.een.actoren[Rol.JURIST].gemeente_id
    for regel in podium.app.url_map.iter_rules():
        for naam in regel.arguments - set(VAST):
            soort = type(regel._converters[naam]).__name__
            if soort in {"UUIDConverter", "AnyConverter"} or naam in GEEN_OBJECT:
                continue
            recht = RECHT_VAN[regel.endpoint]
            if recht is None:
                # A secret instead of a login: its own tests guess at it.
                continue
            rol = next(r for r in sorted(MENSEN) if rol_mag(r, recht))
            for nummer in (1, gemeente_id, EERSTE_ID + 10_001):
                waarden = waarden_voor(regel, podium.eigen, rol) | {naam: nummer}
                for methode in sorted({"GET", "POST"} & (regel.methods or set())):
                    antwoord = vraag(client[rol], pad_van(podium.app, regel, waarden), methode, csrf(client[rol]))
                    if antwoord.status_code not in {400, 404}:
                        mis.append(f"{methode} {regel.rule} {naam}={nummer}: {antwoord.status_code}")
    assert mis == []


# Parts of a URL that are no object: which page, picture or tile of one, a code of a fixed list, a hash of content.
GEEN_OBJECT = {"nr", "x", "y", "z", "sha256"}


def test_wie_niet_in_de_ploeg_zit_ziet_de_actie_niet(podium: Podium) -> None:
    """A partner sees only what it takes part in, also within its own gemeente."""
    toneel, wereld = podium.eigen, podium.wereld
    partner = wereld.client(Rol.PARTNER)
    assert partner.get(f"/acties/{toneel.actie}").status_code == 200
    db.session.query(Ploeglid).filter_by(gebruiker_id=wereld.een.actoren[Rol.PARTNER].gebruiker_id).delete()
    db.session.commit()
    for pad in (f"/acties/{toneel.actie}", f"/api/acties/{toneel.actie}/voortgang"):
        assert partner.get(pad).status_code == 404
    assert partner.get("/api/dienst?datum=2026-11-21").get_json()["acties"] == []
