"""The pack, the device, stop states and the shell."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from inspecties.acties.models import Actie, Stop, Stopstap
from inspecties.audit.models import Auditregel
from inspecties.controles.models import Bezoek
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Gemeente, Toestel
from inspecties.locaties.models import Kaartachtergrond
from inspecties.offline.pakket import knip_achtergrond
from tests.veldwereld import Actieset, Tablet, haal_pak, koppen, maak_actie, tablet
from tests.wereld import Wereld


def _pak(client: Any, datum: str = "2026-11-21") -> dict[str, Any]:
    antwoord = client.get(f"/api/dienst?datum={datum}")
    assert antwoord.status_code == 200
    inhoud: dict[str, Any] = antwoord.get_json()
    return inhoud


def test_pak_bevat_wat_nodig_is(wereld: Wereld, actie: Actieset, boa: Tablet) -> None:
    pak = _pak(boa.client)
    assert pak["protocol"] == 1
    assert (pak["gemaakt_op"], pak["vervalt_op"]) == ("2026-11-21T17:00:00Z", "2026-11-22T17:00:00Z")
    assert pak["gebruiker"]["id"] == boa.auteur
    (een,) = pak["acties"]
    assert (een["id"], een["ploeg"]) == (str(actie.actie), "A")
    assert [s["id"] for s in een["stops"]] == [str(s) for s in actie.stops]
    stop = een["stops"][0]
    assert (stop["adres"], stop["plaats"], stop["toestand"]) == ("Kade 1", "Markerdorp", "gepland")
    assert stop["toegang"]["grond"] == "Toezicht (art. 5:15 Awb), geen woning"
    assert stop["context"]["norm_m2_pp"] == 12
    assert stop["context"]["nu"] == "2026-11-21T18:00:00+01:00"
    assert list(pak["definities"]) == stop["checklists"] == [actie.hash]
    assert pak["definities"][actie.hash]["kinderen"][0]["naam"] == "algemeen"
    kaart = pak["zorgkaart"]
    assert set(kaart["kaarten"]) == set(kaart["talen"]) == {"nl", "en", "pl", "ro", "bg", "es"}
    assert kaart["kaarten"]["bg"]["rechten_titel"] == "Вашите права"
    assert [p["titel"] for p in kaart["wat_doe_ik"]["punten"]][:3] == [
        "Direct gevaar",
        "Vermoeden van mensenhandel",
        "Minderjarige",
    ]


def test_pak_ophalen_is_herhaalbaar_en_wordt_vastgelegd(wereld: Wereld, boa: Tablet) -> None:
    assert [s["bezoek_id"] for s in haal_pak(boa)] == [s["bezoek_id"] for s in haal_pak(boa)]
    db.session.rollback()
    assert len(db.session.scalars(select(Bezoek)).all()) == 2
    regels = db.session.scalars(select(Auditregel.handeling)).all()
    assert regels.count("dienst_opgehaald") == 3
    assert regels.count("bezoek_aangemaakt") == 2


def test_gelijktijdig_ophalen_maakt_een_bezoek_per_stop(app: Flask, wereld: Wereld, actie: Actieset) -> None:
    cookies = [wereld.client(rol).get_cookie("inspecties") for rol in (Rol.INSPECTEUR, Rol.PARTNER, Rol.COORDINATOR)]
    uit: list[int] = []
    hek = threading.Barrier(3)
    db.session.rollback()

    def haal(cookie: Any) -> None:
        client = app.test_client()
        client.set_cookie("inspecties", cookie.value)
        hek.wait()
        uit.append(client.get("/api/dienst?datum=2026-11-21").status_code)

    draden = [threading.Thread(target=haal, args=(c,)) for c in cookies]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert uit == [200] * 3
    assert len(db.session.scalars(select(Bezoek)).all()) == 2


def test_alleen_eigen_stops_van_de_dag(wereld: Wereld, actie: Actieset, boa: Tablet) -> None:
    maak_actie(wereld.een, wereld.nu, (Rol.COORDINATOR,), naam="Van een ander team")
    maak_actie(wereld.een, wereld.nu + timedelta(days=3), (Rol.INSPECTEUR,), naam="Later")
    maak_actie(wereld.twee, wereld.nu, (Rol.INSPECTEUR,), naam="Andere gemeente")
    assert [a["naam"] for a in _pak(boa.client)["acties"]] == ["Avondactie"]
    assert [a["naam"] for a in _pak(boa.client, "2026-11-24")["acties"]] == ["Later"]
    concept = db.session.scalars(select(Actie).where(Actie.uid == actie.actie)).one()
    concept.toestand = "concept"
    db.session.commit()
    assert _pak(boa.client)["acties"] == []


@pytest.mark.parametrize("rol", [r for r in Rol if r is not Rol.SYSTEEM])
def test_wie_een_dienst_mag_ophalen(wereld: Wereld, actie: Actieset, rol: Rol) -> None:
    client = wereld.client(rol)
    mag = rol in {Rol.INSPECTEUR, Rol.PARTNER, Rol.COORDINATOR}
    assert client.get("/api/dienst").status_code == (200 if mag else 403)
    toestel = {"toestel_id": str(nieuw_id()), "naam": "Tablet 4", "opgeslagen_blijft": None}
    assert client.post("/api/toestellen", json=toestel, headers=koppen(client)).status_code == (200 if mag else 403)


@pytest.mark.parametrize("datum", ["morgen", "2026-13-01", "20261121T", "0000-00-00"])
def test_verkeerde_datum(boa: Tablet, datum: str) -> None:
    antwoord = boa.client.get(f"/api/dienst?datum={datum}")
    assert (antwoord.status_code, antwoord.get_json()["veld"]) == (422, "datum")


def test_eerdere_bevindingen_niet_voor_partners(wereld: Wereld, actie: Actieset, boa: Tablet, bezoek: str) -> None:
    boa.op(bezoek, "elektra_gevaar", "ja")
    boa.op(bezoek, "slot_buiten", "ja")
    boa.sync()
    for toestand in ("binnen", "afgerond"):
        _zet(boa, actie.stops[0], toestand)
    db.session.rollback()
    stop = db.session.scalars(select(Stop).where(Stop.uid == actie.stops[0])).one()
    nieuw = maak_actie(wereld.een, wereld.nu + timedelta(days=3), (Rol.INSPECTEUR, Rol.PARTNER), 1, "Hercontrole")
    db.session.scalars(select(Stop).where(Stop.uid == nieuw.stops[0])).one().locatie_id = stop.locatie_id
    db.session.commit()
    eerder = _pak(boa.client, "2026-11-24")["acties"][0]["stops"][0]["eerder"]
    assert eerder == [{"datum": "2026-11-21", "samenvatting": "Gevonden: bbl"}]
    assert _pak(wereld.client(Rol.PARTNER), "2026-11-24")["acties"][0]["stops"][0]["eerder"] == []


def test_achtergrond_alleen_rond_de_stops(wereld: Wereld, actie: Actieset, boa: Tablet) -> None:
    def lijn(lon: float) -> dict[str, Any]:
        vorm = {"type": "LineString", "coordinates": [[lon, 52.55], [lon + 0.001, 52.551]]}
        return {"type": "Feature", "properties": {}, "geometry": vorm}

    kaart = {"type": "FeatureCollection", "features": [lijn(5.25), lijn(5.9)]}
    db.session.add(Kaartachtergrond(gemeente_id=wereld.een.gemeente.id, geojson=kaart, gewijzigd_op=wereld.nu))
    db.session.commit()
    assert _pak(boa.client)["achtergrond"]["features"] == [lijn(5.25)]
    assert knip_achtergrond(kaart, []) == {"type": "FeatureCollection", "features": []}


def test_toestel_krijgt_de_herstelsleutel(wereld: Wereld, boa: Tablet) -> None:
    db.session.get_one(Gemeente, wereld.een.gemeente.id).herstel_jwk = {"kty": "RSA", "n": "x", "e": "AQAB"}
    db.session.commit()
    bericht = {"toestel_id": boa.toestel_id, "naam": "Tablet 4", "opgeslagen_blijft": True}
    antwoord = boa.client.post("/api/toestellen", json=bericht, headers=koppen(boa.client))
    assert antwoord.get_json() == {
        "toestel_id": boa.toestel_id,
        "herstelsleutel": {"kty": "RSA", "n": "x", "e": "AQAB"},
    }
    db.session.rollback()
    rij = db.session.scalars(select(Toestel)).one()
    assert (rij.naam, rij.blijft_bewaard) == ("Tablet 4", True)
    rij.ingetrokken_op = wereld.nu
    db.session.commit()
    antwoord = boa.client.post("/api/toestellen", json=bericht, headers=koppen(boa.client))
    assert (antwoord.status_code, antwoord.get_json()["code"]) == (403, "toestel_ingetrokken")


def _zet(tab: Tablet, stop: UUID, toestand: Any, **rest: Any) -> Any:
    bericht = {"toestand": toestand, "op": "2026-11-21T18:30:00+01:00", "op_id": str(nieuw_id())} | rest
    return tab.client.post(f"/api/stops/{stop}/toestand", json=bericht, headers=koppen(tab.client))


def test_stop_gaat_van_gepland_naar_afgerond(wereld: Wereld, klok: VasteKlok, actie: Actieset, boa: Tablet) -> None:
    klok.moment = wereld.nu + timedelta(hours=1)
    stop = actie.stops[0]
    for toestand, tijd in (("onderweg", "18:05"), ("binnen", "18:20"), ("afgerond", "18:50")):
        antwoord = _zet(boa, stop, toestand, op=f"2026-11-21T{tijd}:00+01:00")
        assert (antwoord.status_code, antwoord.get_json()["toestand"]) == (200, toestand)
    bezoek = db.session.scalars(select(Bezoek).join(Stop).where(Stop.uid == stop)).one()
    assert bezoek.toestand == "afgerond"
    assert bezoek.begin_op is not None
    assert bezoek.eind_op is not None
    assert (bezoek.begin_op.isoformat(), bezoek.eind_op.isoformat()) == (
        "2026-11-21T17:20:00+00:00",
        "2026-11-21T17:50:00+00:00",
    )
    assert bezoek.locatie.laatste_bezoek_op == bezoek.eind_op


@pytest.mark.parametrize("jaar", ["2024", "2028"])
def test_verkeerde_klok_van_een_toestel_is_onschadelijk(
    wereld: Wereld, actie: Actieset, boa: Tablet, jaar: str
) -> None:
    for toestand in ("binnen", "afgerond"):
        assert _zet(boa, actie.stops[0], toestand, op=f"{jaar}-11-21T18:20:00Z").status_code == 200
    bezoek = db.session.scalars(select(Bezoek).join(Stop).where(Stop.uid == actie.stops[0])).one()
    assert (bezoek.begin_op, bezoek.eind_op) == (wereld.nu, wereld.nu)
    stap = db.session.scalars(select(Stopstap)).first()
    assert stap is not None
    assert stap.toestel_tijd is not None
    assert stap.toestel_tijd.year == int(jaar)


def test_herhaalde_stopmelding_verandert_niets(actie: Actieset, boa: Tablet) -> None:
    op_id = str(nieuw_id())
    eerste = _zet(boa, actie.stops[0], "onderweg", op_id=op_id)
    _zet(boa, actie.stops[0], "binnen")
    nog_eens = _zet(boa, actie.stops[0], "onderweg", op_id=op_id)
    assert eerste.get_json() == nog_eens.get_json() == {"op_id": op_id, "toestand": "onderweg"}
    assert db.session.scalars(select(Stop.toestand).where(Stop.uid == actie.stops[0])).one() == "binnen"
    db.session.rollback()
    assert _zet(boa, actie.stops[0], "afgerond", op_id=op_id).status_code == 409


def test_collega_meldt_hetzelfde(wereld: Wereld, actie: Actieset, boa: Tablet) -> None:
    collega = tablet(wereld, Rol.PARTNER)
    assert _zet(boa, actie.stops[0], "binnen").status_code == 200
    assert _zet(collega, actie.stops[0], "binnen").status_code == 200
    assert len(db.session.scalars(select(Stopstap)).all()) == 2


@pytest.mark.parametrize(
    ("deel", "status", "veld"),
    [
        ({"toestand": "afgerond"}, 409, "toestand"),
        ({"toestand": "weg"}, 422, "toestand"),
        ({"toestand": 7}, 422, "toestand"),
        ({"toestand": "vervallen"}, 403, None),
        ({"op": "gisteren"}, 422, "op"),
        ({"op": "2026-11-21T18:00:00"}, 422, "op"),
        ({"op_id": "1"}, 422, "op_id"),
    ],
)
def test_verkeerde_stopmelding(
    actie: Actieset, boa: Tablet, deel: dict[str, Any], status: int, veld: str | None
) -> None:
    antwoord = _zet(boa, actie.stops[0], **({"toestand": "onderweg"} | deel))
    assert (antwoord.status_code, antwoord.get_json().get("veld")) == (status, veld)
    assert antwoord.get_json()["detail"]
    assert db.session.scalars(select(Stop.toestand).where(Stop.uid == actie.stops[0])).one() == "gepland"


def test_stop_van_een_ander(wereld: Wereld, actie: Actieset) -> None:
    ander = tablet(wereld, Rol.INSPECTEUR, wereld.twee)
    assert _zet(ander, actie.stops[0], "onderweg").status_code == 404
    los = maak_actie(wereld.een, wereld.nu, (Rol.COORDINATOR,), naam="Zonder partner")
    assert _zet(tablet(wereld, Rol.PARTNER), los.stops[0], "onderweg").status_code == 404


@pytest.mark.parametrize("plek", ["/veld", "/veld/bezoek/123", "/veld/manifest.webmanifest"])
def test_schil_is_voor_iedereen_gelijk(
    app: Flask, wereld: Wereld, plek: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({n: n for n in ("veld.css", "veld.js", "veld-pictogram.svg")}))
    (tmp_path / "sw.js").write_text("// werker")
    monkeypatch.setattr(app, "static_folder", str(tmp_path))
    vreemd = app.test_client().get(plek)
    assert vreemd.status_code == 200
    eigen = wereld.client(Rol.INSPECTEUR).get(plek)
    assert eigen.get_data() == vreemd.get_data()
    assert eigen.headers["Cache-Control"] == "no-cache"
    assert "markerwaard" not in eigen.get_data(as_text=True).lower()
    werker = app.test_client().get("/sw.js", buffered=True)
    assert werker.headers["Service-Worker-Allowed"] == "/veld"
    assert werker.headers["Cache-Control"] == "no-cache"
    assert werker.content_type.startswith("text/javascript")
