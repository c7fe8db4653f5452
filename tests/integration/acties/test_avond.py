"""The evening: the board, messages, changes of the plan under way, and the stream."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from inspecties.acties.avond_stroom import Stromen, stromen
from inspecties.acties.models import Actie, Stop
from inspecties.acties.operations import PloegGegevens, zet_partners, zet_ploegen
from inspecties.acties.operations_stops import StopGegevens, zet_stops
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties.conftest import Buurt, vers
from tests.integration.acties.lezen import post, tekst
from tests.wereld import csrf


def onderweg(buurt: Buurt) -> Actie:
    """An action that runs: team A (inspector) with Kade 1 and 2, team B (partner) with Kade 3."""
    sessie, nu = db.session(), buurt.wereld.nu
    actie = buurt.actie(3)
    een, twee = zet_ploegen(
        sessie,
        buurt.planner,
        nu,
        actie,
        [
            PloegGegevens("Ploeg A", (buurt.id_van(Rol.INSPECTEUR),)),
            PloegGegevens("Ploeg B", (buurt.id_van(Rol.PARTNER),)),
        ],
    )
    stops = zip(buurt.locaties, (een, een, twee), strict=False)
    zet_stops(sessie, buurt.planner, nu, actie, [StopGegevens(loc, ploeg) for loc, ploeg in stops])
    zet_partners(sessie, buurt.planner, nu, actie, {buurt.kring.organisatie.id: "toegezegd"})  # type: ignore[union-attr]
    naar(sessie, buurt.planner, nu, actie, "gereed")
    naar(sessie, buurt.planner, nu, actie, "in_uitvoering")
    sessie.commit()
    return actie


def adressen(buurt: Buurt, actie: Actie) -> list[tuple[str, str | None]]:
    rijen = stops_van(db.session(), buurt.planner, vers(actie))
    return [(s.locatie.adresregel, s.ploeg.naam if s.ploeg else None) for s in rijen]


def stop_van(buurt: Buurt, actie: Actie, adres: str) -> Stop:
    return next(s for s in stops_van(db.session(), buurt.planner, vers(actie)) if s.locatie.adresregel == adres)


def meld(client: FlaskClient, stop: Stop, toestand: str, moment: str = "2026-11-21T17:00:00Z") -> int:
    melding = {"toestand": toestand, "op": moment, "op_id": str(uuid4())}
    kop = {"X-CSRFToken": csrf(client)}
    return client.post(f"/api/stops/{stop.uid}/toestand", json=melding, headers=kop).status_code


def doe(buurt: Buurt, actie: Actie, stop: Stop, wat: str, **meer: object) -> dict[str, object]:
    """What the form on the page of a stop sends."""
    assert stop.ploeg is not None
    return {
        "versie": str(vers(actie).versie),
        "gezien_toestand": stop.toestand,
        "gezien_ploeg": str(stop.ploeg.uid),
        "doe": wat,
        **meer,
    }


def test_bord_toont_wat_ploegen_melden_en_wat_het_met_de_rest_doet(buurt: Buurt) -> None:
    actie = onderweg(buurt)
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    basis = f"/acties/{actie.uid}/avond"
    stop = stop_van(buurt, actie, "Kade 2")
    stop.venster_eind_op = buurt.wereld.nu + timedelta(minutes=45)
    db.session.commit()
    assert meld(boa, stop_van(buurt, actie, "Kade 1"), "binnen") == 200
    buurt.wereld.app.extensions["klok"].moment += timedelta(minutes=50)
    bord = tekst(client.get(basis))
    assert "Ploeg A 20 minuten achter op schema" in bord
    assert "Binnen 18:00" in bord
    assert "Ploeg A, stop 2, Kade 2: verwacht 18:50, maar het bezoek moet voor 18:45 beginnen." in bord
    assert "contact 50 minuten geleden" not in bord, "this tablet has not registered"
    assert "nog geen contact gehad" in bord
    assert "0 binnengekomen sinds het begin van de dienst" in bord
    # A team sees its own round and no signals.
    eigen = tekst(boa.get(basis))
    assert "Kade 2" in eigen
    assert "Kade 3" not in eigen
    assert "Ploeg B" not in eigen
    assert "Signalen" not in eigen
    assert "Bericht sturen" not in eigen


def test_bericht_komt_op_de_tablets_van_de_ploeg_en_wordt_afgevinkt(buurt: Buurt) -> None:
    actie = onderweg(buurt)
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    basis, ploeg = f"/acties/{actie.uid}/avond", vers(actie).ploegen[0]
    antwoord = post(client, f"{basis}/bericht", {"aan": str(ploeg.uid), "tekst": "BSN 111222333 staat op de lijst"})
    assert antwoord.status_code == 422
    assert "burgerservicenummer" in tekst(antwoord)
    assert "111222333 staat op de lijst" in antwoord.text, "what was typed"
    antwoord = post(client, f"{basis}/bericht", {"aan": str(ploeg.uid), "tekst": "Om 20:15 verzamelen"})
    assert "aan Ploeg A: Om 20:15 verzamelen Nog niet opgehaald: inspecteur Markerwaard." in tekst(antwoord)
    pak = boa.get("/api/dienst?datum=2026-11-21").get_json()
    assert [(b["tekst"], b["van"]) for b in pak["acties"][0]["berichten"]] == [
        ("Om 20:15 verzamelen", "coordinator Markerwaard")
    ]
    ander = buurt.wereld.client(Rol.PARTNER).get("/api/dienst?datum=2026-11-21").get_json()
    assert ander["acties"][0]["berichten"] == []
    assert "Op de tablet van inspecteur Markerwaard (18:00)" in tekst(client.get(basis))
    assert boa.get("/api/dienst?datum=2026-11-21").get_json()["versie"] == pak["versie"], "fetching changes nothing"


def test_stop_erbij_en_wissel_komen_op_de_tablets_met_een_nieuwe_planversie(buurt: Buurt) -> None:
    actie = onderweg(buurt)
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    basis = f"/acties/{actie.uid}/avond"
    eerst = boa.get("/api/dienst?datum=2026-11-21").get_json()
    zoek = client.get(f"{basis}/stop-erbij?zoek=Kade")
    assert "Kade 4" in tekst(zoek)
    assert "Kade 1," not in tekst(zoek), "a stop already"
    erbij: dict[str, object] = {
        "locatie": str(buurt.locaties[3].uid),
        "ploeg": str(vers(actie).ploegen[0].uid),
        "plaats": "eerst",
        "duur_min": "20",
    }
    antwoord = post(client, f"{basis}/stop-erbij?zoek=Kade", erbij, vers(actie).versie)
    assert antwoord.status_code == 422
    assert "Schrijf kort waarom deze stop erbij komt." in tekst(antwoord)
    antwoord = post(client, f"{basis}/stop-erbij?zoek=Kade", erbij | {"reden": "Melding"}, vers(actie).versie)
    assert "Kade 4 is nu stop 1 van Ploeg A." in tekst(antwoord)
    assert adressen(buurt, actie) == [
        ("Kade 4", "Ploeg A"),
        ("Kade 1", "Ploeg A"),
        ("Kade 2", "Ploeg A"),
        ("Kade 3", "Ploeg B"),
    ]
    stop = stop_van(buurt, actie, "Kade 2")
    wissel = doe(buurt, actie, stop, "wissel", ploeg=str(vers(actie).ploegen[1].uid), reden="Loopt achter")
    antwoord = post(client, f"{basis}/stops/{stop.uid}", wissel)
    assert "Kade 2 ging van Ploeg A naar Ploeg B." in tekst(antwoord)
    assert "Naar een andere ploeg: Kade 2 van Ploeg A naar Ploeg B" in tekst(antwoord)
    pak = boa.get("/api/dienst?datum=2026-11-21").get_json()
    assert [s["adres"] for s in pak["acties"][0]["stops"]] == ["Kade 4", "Kade 1"]
    assert pak["acties"][0]["stops"][0]["checklists"]
    assert pak["versie"] != eerst["versie"]


def test_twee_coordinatoren_zien_beide_versies_en_niets_getypts_gaat_verloren(buurt: Buurt) -> None:
    actie = onderweg(buurt)
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    basis, stop = f"/acties/{actie.uid}/avond", stop_van(buurt, actie, "Kade 2")
    naar_b = doe(buurt, actie, stop, "wissel", ploeg=str(vers(actie).ploegen[1].uid), reden="Van de eerste")
    daarna = doe(buurt, actie, stop, "vervallen", reden="Van de tweede")
    assert post(client, f"{basis}/stops/{stop.uid}", naar_b).status_code == 200
    antwoord = post(client, f"{basis}/stops/{stop.uid}", daarna)
    assert antwoord.status_code == 409
    assert "U zag Ploeg A, gepland Nu is het Ploeg B, gepland U wilde Laten vervallen" in tekst(antwoord)
    assert 'value="Van de tweede"' in antwoord.text
    assert stop_van(buurt, actie, "Kade 2").toestand == "gepland"
    # A team inside: the stop stays, the coordinator reads why, the visit goes on.
    binnen = stop_van(buurt, actie, "Kade 1")
    gezien = doe(buurt, actie, binnen, "vervallen", reden="Geen tijd")
    assert meld(boa, binnen, "binnen") == 200
    antwoord = post(client, f"{basis}/stops/{binnen.uid}", gezien)
    assert antwoord.status_code == 409
    assert "De ploeg meldde intussen 'binnen'." in tekst(antwoord)
    antwoord = post(client, f"{basis}/stops/{binnen.uid}", gezien | {"gezien_toestand": "binnen"})
    assert antwoord.status_code == 409
    assert "Ploeg A is nu binnen bij Kade 1." in tekst(antwoord)
    assert "er is niets gewijzigd en niets verloren" in tekst(antwoord)
    assert meld(boa, binnen, "afgerond") == 200


def test_een_tablet_die_te_laat_hoort_dat_een_stop_verviel_krijgt_uitleg(buurt: Buurt) -> None:
    actie = onderweg(buurt)
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    boa.get("/api/dienst?datum=2026-11-21")
    stop = stop_van(buurt, actie, "Kade 2")
    gezien = doe(buurt, actie, stop, "vervallen", reden="Geen tijd meer")
    assert "Kade 2 is vervallen." in tekst(post(client, f"/acties/{actie.uid}/avond/stops/{stop.uid}", gezien))
    melding = {"toestand": "binnen", "op": "2026-11-21T17:00:00Z", "op_id": str(uuid4())}
    kop = {"X-CSRFToken": csrf(boa)}
    antwoord = boa.post(f"/api/stops/{stop.uid}/toestand", json=melding, headers=kop)
    assert antwoord.status_code == 409
    assert "liet deze stop vervallen: Geen tijd meer" in antwoord.get_json()["detail"]
    assert "Uw antwoorden blijven bewaard" in antwoord.get_json()["detail"]


@pytest.fixture
def stroomopzet(buurt: Buurt) -> Stromen:
    """Streams that do not wait: each look is the next chunk."""
    opzet = Stromen(poos_s=1, duur_s=4, per_gebruiker=2, wacht=lambda _: None)
    buurt.wereld.app.extensions["avondstroom"] = opzet
    return opzet


def gebeurtenissen(regels: Iterator[Any], aantal: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The next chunks that are an event, as (event, id, data); comments are passed over."""
    uit = []
    for stuk in regels:
        velden = dict(regel.split(": ", 1) for regel in stuk.decode().splitlines() if ": " in regel)
        if "event" in velden:
            uit.append((velden["event"], velden["id"], json.loads(velden["data"])))
        if len(uit) == aantal:
            break
    return uit


def test_stroom_geeft_elke_verandering_en_gaat_na_terugkomst_verder(buurt: Buurt, stroomopzet: Stromen) -> None:
    actie = onderweg(buurt)
    stop = stop_van(buurt, actie, "Kade 1")
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    url = f"/acties/{actie.uid}/stroom"
    stand = client.get(f"/api/acties/{actie.uid}/voortgang").get_json()["stand"]
    db.session.rollback()
    with client.get(f"{url}?stand={stand}") as antwoord:
        assert antwoord.content_type == "text/event-stream; charset=utf-8"
        stukken = antwoord.iter_encoded()
        assert next(stukken) == b"retry: 1000\n\n"
        assert next(stukken) == b":\n\n", "nothing has changed"
        # Between two looks the stream holds no connection, so a tablet's report is not in anybody's way.
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # what a pool counts
        assert meld(boa, stop, "binnen") == 200
        ((soort, id_, inhoud),) = gebeurtenissen(stukken, 1)
        assert (soort, inhoud["stand"]) == ("stand", id_)
        assert [s["toestand"] for s in inhoud["stops"]] == ["binnen", "gepland", "gepland"]
        assert list(gebeurtenissen(stukken, 9)) == [], "it ends by itself"
    # Away while something happened, perhaps because the server started again: coming back tells it.
    assert meld(boa, stop, "afgerond") == 200
    with client.get(url, headers={"Last-Event-ID": id_}) as antwoord:
        ((_, daarna, inhoud),) = gebeurtenissen(antwoord.iter_encoded(), 1)
        assert inhoud["klaar"] == 1
    with client.get(url, headers={"Last-Event-ID": daarna}) as antwoord:
        assert gebeurtenissen(antwoord.iter_encoded(), 1) == []
    # Polling sees the same stand.
    assert client.get(f"/api/acties/{actie.uid}/voortgang").get_json()["stand"] == daarna


def test_stroom_heeft_een_grens_en_houdt_op_als_er_niets_meer_te_zien_is(buurt: Buurt, stroomopzet: Stromen) -> None:
    actie = onderweg(buurt)
    client, boa = buurt.wereld.client(Rol.COORDINATOR), buurt.wereld.client(Rol.INSPECTEUR)
    url = f"/acties/{actie.uid}/stroom"
    open_ = [client.get(url, buffered=False) for _ in range(2)]
    derde = client.get(url)
    assert (derde.status_code, derde.headers["Retry-After"]) == (503, "60")
    for open_stroom in open_:
        open_stroom.close()
    assert stromen(buurt.wereld.app).neem_plaats(1), "places come back, also of a stream that nobody read"
    # Whoever leaves the team sees nothing more, in the middle of a stream.
    with boa.get(url) as antwoord:
        stukken = antwoord.iter_encoded()
        next(stukken)
        next(stukken)
        terug = vers(actie)
        terug.ploegen[0].leden.clear()
        db.session.commit()
        assert [g[0] for g in gebeurtenissen(stukken, 1)] == ["weg"]
