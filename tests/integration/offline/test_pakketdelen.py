"""What follows a pack: the briefing in it, tiles of one's own stops, photos of earlier visits."""

import base64
import dataclasses
import io
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from inspecties.acties.briefing import maak_briefing
from inspecties.acties.models import Actie, Stop
from inspecties.audit.models import Auditregel
from inspecties.core.ids import nieuw_id
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests import veldwereld
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Actieset, Tablet, maak_actie, vraag
from tests.wereld import Wereld

PNG = b"\x89PNG\r\n\x1a\n" + b"tegel"
DAG = "datum=2026-11-24"


def _eerdere(client: Any, stop: object) -> list[dict[str, Any]]:
    antwoord = client.get(f"/api/stops/{stop}/eerdere-fotos?{DAG}")
    db.session.rollback()
    assert antwoord.status_code == 200
    assert antwoord.get_json()["stop"] == str(stop)
    fotos: list[dict[str, Any]] = antwoord.get_json()["fotos"]
    return fotos


def _beeld(foto: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(foto["beeld"]))).convert("RGB")


@pytest.fixture
def actie(app: Flask, wereld: Wereld, monkeypatch: pytest.MonkeyPatch) -> Actieset:
    """Today's action, with a checklist that asks for photos of several kinds."""
    gewoon = veldwereld.definitie()
    kinderen = [
        vraag("contract_foto", "image", avg="persoonsgegeven:handhaving"),
        vraag("handtekening", "image", weergave="signature"),
        vraag("foto_kamer", "image"),
    ]
    algemeen, *rest = gewoon["kinderen"]
    meer = gewoon | {"kinderen": [algemeen | {"kinderen": [*algemeen["kinderen"], *kinderen]}, *rest]}
    monkeypatch.setattr(veldwereld, "definitie", lambda _versie="1": meer)
    app.config["FOUTEN_DOORGEVEN"] = True
    return maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR, Rol.PARTNER, Rol.COORDINATOR))


@pytest.fixture
def hercontrole(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str) -> Actieset:
    """A visit with photos of every kind was finished; three days later a team goes to the same door."""
    tus = Tus(boa.client)

    def foto(vraag_id: str, inhoud: bytes, **meer: Any) -> dict[str, Any]:
        waarde = {"sha256": sha(inhoud), "omvang": len(inhoud), "soort": "image/jpeg", "bestandsnaam": "f.jpg"}
        assert tus.stuur(inhoud, bezoek, vraag_id=vraag_id).status_code == 204
        return boa.op(bezoek, vraag_id, waarde | meer, "attach")

    foto("foto_gevel", jpeg("navy", exif=True))
    foto("contract_foto", jpeg("red"))
    foto("handtekening", jpeg("green"))
    # These two indicators together are a signal of trafficking: also their photos stay away.
    boa.op(bezoek, "slot_buiten", "ja")
    foto("slot_buiten", jpeg("orange"))
    boa.op(bezoek, "koffer", "ja")
    foto("koffer", jpeg("yellow"))
    foto("werkuren", jpeg("pink"))
    weg = foto("foto_kamer", jpeg("gray"))
    boa.op(bezoek, "foto_kamer", weg["waarde"] | {"verwijderd": True}, "attach", base_op_ids=[weg["op_id"]])
    vlak = {"x": 0.0, "y": 0.0, "b": 0.5, "h": 1.0}
    foto("foto_kamer", jpeg("white"), afdekken=[vlak], reden="gezicht")
    boa.sync()
    for toestand in ("binnen", "afgerond"):
        bericht = {"toestand": toestand, "op": "2026-11-21T18:00:00Z", "op_id": str(nieuw_id())}
        boa.client.post(f"/api/stops/{actie.stops[0]}/toestand", json=bericht, headers=boa.token)
    db.session.rollback()
    stop = db.session.scalars(select(Stop).where(Stop.uid == actie.stops[0])).one()
    nieuw = maak_actie(wereld.een, wereld.nu + timedelta(days=3), (Rol.INSPECTEUR, Rol.PARTNER), 2, "Hercontrole")
    db.session.scalars(select(Stop).where(Stop.uid == nieuw.stops[0])).one().locatie_id = stop.locatie_id
    db.session.commit()
    return nieuw


def test_eerdere_fotos_klein_afgedekt_en_zonder_wat_niet_mag(
    wereld: Wereld, hercontrole: Actieset, boa: Tablet
) -> None:
    stops = boa.client.get(f"/api/dienst?{DAG}").get_json()["acties"][0]["stops"]
    assert [stop["eerdere_fotos"] for stop in stops] == [True, False]
    fotos = _eerdere(boa.client, hercontrole.stops[0])
    assert [(f["bijschrift"], f["gelakt"], f["datum"]) for f in fotos] == [
        ("Foto gevel", False, "2026-11-21"),
        ("Foto kamer", True, "2026-11-21"),
    ]
    gevel, kamer = map(_beeld, fotos)
    assert max(gevel.size) == max(kamer.size) == 480
    assert not gevel.getexif()
    assert b"GEHEI" not in base64.b64decode(fotos[0]["beeld"])
    assert kamer.getpixel((20, 100)) < (10, 10, 10)
    assert kamer.getpixel((kamer.width - 20, 100)) > (240, 240, 240)
    regel = db.session.scalars(select(Auditregel).where(Auditregel.handeling == "eerdere_fotos_meegegeven")).one()
    assert (regel.object_uid, regel.gegevens["sha256"]) == (
        str(hercontrole.stops[0]),
        [foto["sha256"] for foto in fotos],
    )
    assert _eerdere(boa.client, hercontrole.stops[1]) == []


def test_eerdere_fotos_alleen_voor_wie_er_vandaag_heen_gaat(wereld: Wereld, hercontrole: Actieset, boa: Tablet) -> None:
    pad = f"/api/stops/{hercontrole.stops[0]}/eerdere-fotos"
    assert boa.client.get(f"{pad}?datum=2026-11-23").status_code == 404
    partner = wereld.client(Rol.PARTNER)
    assert [s["eerdere_fotos"] for s in partner.get(f"/api/dienst?{DAG}").get_json()["acties"][0]["stops"]] == [
        False,
        False,
    ]
    assert _eerdere(partner, hercontrole.stops[0]) == []
    assert wereld.client(Rol.COORDINATOR).get(f"{pad}?{DAG}").status_code == 404
    assert wereld.client(Rol.INSPECTEUR, wereld.twee).get(f"{pad}?{DAG}").status_code == 404
    db.session.rollback()
    handelingen = db.session.scalars(select(Auditregel.handeling)).all()
    assert "eerdere_fotos_meegegeven" not in handelingen


@pytest.fixture
def tegeldienst(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A tile service on this machine; what it was asked."""
    gevraagd: list[str] = []

    class Vraag(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            gevraagd.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PNG)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Vraag)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    inst = dataclasses.replace(app.extensions["instellingen"], veldtegels_url=url, veldtegels_mb=3)
    monkeypatch.setitem(app.extensions, "instellingen", inst)
    yield gevraagd
    server.shutdown()
    server.server_close()


def test_tegels_alleen_rond_de_eigen_stops(app: Flask, wereld: Wereld, boa: Tablet, tegeldienst: list[str]) -> None:
    tegels = boa.client.get("/api/dienst").get_json()["tegels"]
    assert (tegels["hoogste_bytes"], tegels["bron"]) == (3 * 1024 * 1024, "127.0.0.1")
    assert len({tegel.split("/")[0] for tegel in tegels["lijst"]}) == 7
    eerste = tegels["lijst"][0]
    for _ in range(2):
        antwoord = boa.client.get(f"/api/veld/tegels/{eerste}")
        assert (antwoord.data, antwoord.mimetype) == (PNG, "image/png")
        assert antwoord.headers["Cache-Control"] == "no-store"
    assert tegeldienst == [f"/{eerste}.png"]
    for vreemd in ("14/0/0", "5/16/10", f"{eerste}?datum=2026-11-25"):
        assert boa.client.get(f"/api/veld/tegels/{vreemd}").status_code == 404
    assert wereld.client(Rol.INSPECTEUR, wereld.twee).get(f"/api/veld/tegels/{eerste}").status_code == 404
    assert len(tegeldienst) == 1
    assert [p.name for p in Path(app.extensions["instellingen"].data / "tegels").iterdir()]


def test_zonder_tegeldienst_zegt_het_pak_dat(boa: Tablet) -> None:
    assert boa.client.get("/api/dienst").get_json()["tegels"] is None
    assert boa.client.get("/api/veld/tegels/14/8430/5350").status_code == 404


def test_de_briefing_zit_in_het_pak_en_een_nieuwe_is_nieuws(wereld: Wereld, actie: Actieset, boa: Tablet) -> None:
    def pak(client: Any) -> tuple[dict[str, Any], str]:
        inhoud = client.get("/api/dienst").get_json()
        db.session.rollback()
        return inhoud["acties"][0]["briefing"], inhoud["versie"]

    assert pak(boa.client)[0] is None
    eerst = pak(boa.client)[1]
    assert boa.sync()["dienstversie"] == eerst
    planner = wereld.een.actoren[Rol.COORDINATOR]
    rij = db.session.scalars(select(Actie).where(Actie.uid == actie.actie)).one()
    maak_briefing(db.session(), dataclasses.replace(planner, moment=wereld.nu), wereld.nu, rij)
    db.session.commit()
    assert boa.sync()["dienstversie"] != eerst
    briefing, versie = pak(boa.client)
    assert versie != eerst
    assert (briefing["versie"], briefing["wijzigingen"]) == (1, [])
    assert briefing["inhoud"]["voor"] == "A, gemeente"
    assert "stops" not in briefing["inhoud"]
    # Nothing was written for the police, and the part of the gemeente is not theirs.
    assert pak(wereld.client(Rol.PARTNER))[0] is None
    wie = wereld.client(Rol.PARTNER).get("/api/dienst").get_json()["gebruiker"]
    assert (wie["rol_naam"], wie["organisatie"]) == ("Partner", "Politie")
