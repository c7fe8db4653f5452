"""The planning board: one change at a time, what it breaks, both versions on a conflict, searching, hours."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from inspecties.acties import planbord_views, planbord_zoeken
from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie, Ploeg
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.operations import PloegGegevens, zet_ploegen
from inspecties.acties.planbord_zoeken import begin_zoektocht, breek_af, stop_zoektocht, voer_uit
from inspecties.acties.queries import stops_van
from inspecties.acties.reistijden import ReisStoring
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokaal
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties.conftest import Buurt, vers
from tests.integration.acties.lezen import post, tekst
from tests.wereld import csrf


class Bord:
    """An action with two teams, and the coordinator's client on its board."""

    def __init__(self, buurt: Buurt, stops: int = 3) -> None:
        self.buurt, self.actie = buurt, buurt.actie(stops)
        sessie = db.session()
        leden = [
            PloegGegevens("Ploeg A", (buurt.id_van(Rol.INSPECTEUR),)),
            PloegGegevens("Ploeg B", (buurt.id_van(Rol.PARTNER),)),
        ]
        zet_ploegen(sessie, buurt.planner, buurt.wereld.nu, self.actie, leden)
        sessie.commit()
        self.client: FlaskClient = buurt.wereld.client(Rol.COORDINATOR)
        self.token = csrf(self.client)

    @property
    def url(self) -> str:
        return f"/api/acties/{self.actie.uid}/planbord"

    def stand(self) -> dict[str, Any]:
        uit: dict[str, Any] = self.client.get(self.url).get_json()
        db.session.rollback()
        return uit

    def zet(self, versie: int, soort: str, **rest: Any) -> Any:
        inhoud = {"versie": versie, "soort": soort} | rest
        antwoord = self.client.post(self.url, json=inhoud, headers={"X-CSRFToken": self.token})
        db.session.rollback()
        return antwoord

    def plan(self, uid: str) -> Stopplan:
        db.session.rollback()
        sessie = db.session()
        stop = next(s for s in stops_van(sessie, self.buurt.planner, vers(self.actie)) if str(s.uid) == uid)
        return sessie.query(Stopplan).filter_by(stop_id=stop.id).one()


@pytest.fixture
def bord(buurt: Buurt) -> Bord:
    return Bord(buurt)


def volgorde(stand: dict[str, Any]) -> list[list[str]]:
    return [[s["adres"] for s in ploeg["stops"]] for ploeg in stand["ploegen"]]


def test_verplaatsen_rekent_de_tijden_en_zegt_wat_breekt(bord: Bord) -> None:
    begin = bord.stand()
    assert volgorde(begin) == [["Kade 1", "Kade 2", "Kade 3"], []]
    a, b = (p["id"] for p in begin["ploegen"])
    drie = begin["ploegen"][0]["stops"][2]["id"]
    na = bord.zet(begin["versie"], "verplaats", stop=drie, ploeg=b, plek=1).get_json()
    assert volgorde(na) == [["Kade 1", "Kade 2"], ["Kade 3"]]
    assert na["gedaan"] == "Kade 3 naar Ploeg B, plek 1."
    assert bord.plan(drie).begin_op is not None
    # It needs a power that nobody has, and is dropped outside the shift.
    rij = bord.plan(drie)
    rij.vereist = ["politie_openbare_orde"]
    db.session.commit()
    laat = bord.zet(na["versie"], "verplaats", stop=drie, ploeg=a, minuut=begin_minuut(bord) + 290).get_json()
    assert volgorde(laat)[0] == ["Kade 1", "Kade 2", "Kade 3"]
    codes = {breuk["code"] for breuk in laat["breuken"]}
    assert codes == {"bevoegdheid", "dienst"}
    assert "is pas om" in laat["html"]
    stand = gereedheid(db.session(), bord.buurt.planner, vers(bord.actie), bord.buurt.wereld.nu)
    assert any(p.code == "plan_dienst" for p in stand.blokkades)


def begin_minuut(bord: Bord) -> int:
    begin = lokaal(bord.actie.begin_op)
    return begin.hour * 60 + begin.minute


def test_een_oude_versie_krijgt_beide_versies_terug(bord: Bord) -> None:
    begin = bord.stand()
    stop, b = begin["ploegen"][0]["stops"][0]["id"], begin["ploegen"][1]["id"]
    assert bord.zet(begin["versie"], "verplaats", stop=stop, ploeg=b).status_code == 200
    antwoord = bord.zet(begin["versie"], "uit", stop=stop)
    assert antwoord.status_code == 409
    inhoud = antwoord.get_json()
    assert volgorde(inhoud["bord"]) == [["Kade 2", "Kade 3"], ["Kade 1"]]
    assert inhoud["gevraagd"]["soort"] == "uit"
    assert "Iemand anders" in inhoud["detail"]


def test_vast_blijft_en_ongedaan_gaat_stap_voor_stap_terug(bord: Bord) -> None:
    begin = bord.stand()
    een, b = begin["ploegen"][0]["stops"][0]["id"], begin["ploegen"][1]["id"]
    vast = bord.zet(begin["versie"], "vast", stop=een).get_json()
    assert vast["ploegen"][0]["stops"][0]["vast"]
    weigert = bord.zet(vast["versie"], "verplaats", stop=een, ploeg=b)
    assert weigert.status_code == 409
    assert "Maak de stop eerst los" in weigert.get_json()["detail"]
    los = bord.zet(vast["versie"], "los", stop=een).get_json()
    daar = bord.zet(los["versie"], "verplaats", stop=een, ploeg=b).get_json()
    terug = bord.zet(daar["versie"], "ongedaan").get_json()
    assert volgorde(terug) == volgorde(los)
    weer = bord.zet(terug["versie"], "ongedaan").get_json()
    assert weer["ploegen"][0]["stops"][0]["vast"]
    bord.zet(weer["versie"], "ongedaan")
    assert bord.zet(bord.stand()["versie"], "ongedaan").status_code == 409


def zoek(bord: Bord, app: Flask, tussendoor: Callable[[], object] = lambda: None) -> Any:
    sessie, planner = db.session(), bord.buurt.planner
    rij = begin_zoektocht(sessie, planner, bord.buurt.wereld.nu, vers(bord.actie))
    uid, actie_uid = rij.uid, bord.actie.uid
    sessie.commit()
    tussendoor()
    # Nothing may be read here any more: the search has a session of its own.
    db.session.rollback()
    voer_uit(app, planner, actie_uid, uid)
    return bord.client.get(f"{bord.url}/zoektocht").get_json()


def test_zoeken_verdeelt_en_zegt_waarom_iets_niet_past(bord: Bord, app: Flask) -> None:
    begin = bord.stand()
    een, twee, drie = (s["id"] for s in begin["ploegen"][0]["stops"])
    b = begin["ploegen"][1]["id"]
    daar = bord.zet(begin["versie"], "verplaats", stop=een, ploeg=b, minuut=begin_minuut(bord) + 120).get_json()
    bord.zet(daar["versie"], "vast", stop=een)
    rij = bord.plan(drie)
    rij.vereist = ["vervolging"]
    db.session.commit()
    vast_om = bord.plan(een).begin_op
    uit = zoek(bord, app)
    assert uit["stand"] == "klaar", uit
    assert "2 van 3 stops gepland" in uit["melding"]
    na = bord.stand()
    assert [s["adres"] for s in na["niet_gepland"]] == ["Kade 3"]
    assert "Geen enkele ploeg heeft de bevoegdheid" in na["niet_gepland"][0]["reden"]
    assert bord.plan(een).begin_op == vast_om
    assert na["ploegen"][1]["stops"][-1]["vast"]
    # One press takes all of it back.
    assert volgorde(bord.zet(na["versie"], "ongedaan").get_json())[0] == ["Kade 2", "Kade 3"]
    assert twee


def test_een_gewijzigd_of_gestopt_plan_wordt_niet_overschreven(bord: Bord, app: Flask) -> None:
    stand = bord.stand()
    stop, b = stand["ploegen"][0]["stops"][0]["id"], stand["ploegen"][1]["id"]
    uit = zoek(bord, app, lambda: bord.zet(bord.stand()["versie"], "verplaats", stop=stop, ploeg=b))
    assert (uit["stand"], volgorde(bord.stand())[1]) == ("mislukt", ["Kade 1"])
    assert "Iemand anders" in uit["melding"]

    def stopt() -> None:
        sessie, planner = db.session(), bord.buurt.planner
        from inspecties.acties.planbord_zoeken import laatste_zoektocht  # noqa: PLC0415 - only here

        rij = laatste_zoektocht(sessie, planner, vers(bord.actie))
        assert rij is not None
        with pytest.raises(Conflict, match="al een plan gezocht"):
            begin_zoektocht(sessie, planner, bord.buurt.wereld.nu, vers(bord.actie))
        stop_zoektocht(sessie, planner, bord.buurt.wereld.nu, rij)
        sessie.commit()
        breek_af(rij.uid)

    assert zoek(bord, app, stopt)["stand"] == "gestopt"
    assert volgorde(bord.stand())[1] == ["Kade 1"]


def test_zonder_script_en_met_verkeerde_invoer(bord: Bord, monkeypatch: pytest.MonkeyPatch) -> None:
    begonnen: list[object] = []
    monkeypatch.setattr(planbord_views, "start", lambda *wat: begonnen.append(wat))
    pagina = f"/acties/{bord.actie.uid}/planbord"
    stand = bord.stand()
    stop, b = stand["ploegen"][0]["stops"][0]["id"], stand["ploegen"][1]["id"]
    mis = post(
        bord.client, f"{pagina}/zetten", {"soort": "verplaats", "stop": stop, "ploeg": b, "plek": "x"}, stand["versie"]
    )
    assert (mis.status_code, "getal vanaf 1" in tekst(mis)) == (422, True)
    goed = post(
        bord.client, f"{pagina}/zetten", {"soort": "verplaats", "stop": stop, "ploeg": b, "plek": "1"}, stand["versie"]
    )
    assert "Kade 1 naar Ploeg B, plek 1." in tekst(goed)
    db.session.rollback()
    oud = post(bord.client, f"{pagina}/zoeken", {}, stand["versie"])
    assert oud.status_code == 409
    assert not begonnen
    db.session.rollback()
    bezig = post(bord.client, f"{pagina}/zoeken", {}, vers(bord.actie).versie)
    assert "Het plan wordt gezocht" in tekst(bezig)
    assert len(begonnen) == 1
    db.session.rollback()
    gestopt = post(bord.client, f"{pagina}/stoppen", {})
    assert "Het zoeken is gestopt" in tekst(gestopt)
    assert bord.client.post(bord.url, json={"versie": True}, headers={"X-CSRFToken": bord.token}).status_code == 422


def uren(bord: Bord, **velden: str) -> Any:
    db.session.rollback()
    ploeg = db.session.query(Ploeg).filter_by(naam="Ploeg A", actie_id=bord.actie.id).one().uid
    versie = vers(bord.actie).versie
    gegevens: dict[str, object] = {naam.replace("__", f"-{ploeg}"): waarde for naam, waarde in velden.items()}
    antwoord = post(bord.client, f"/acties/{bord.actie.uid}/planbord/uren", gegevens, versie)
    db.session.rollback()
    return antwoord


def test_uren_en_pauzes(bord: Bord) -> None:
    begin = lokaal(bord.actie.begin_op)

    def uur(na: int) -> str:
        return f"{begin + timedelta(minutes=na):%H:%M}"

    omgekeerd = uren(bord, begin__=uur(120), eind__=uur(60))
    assert (omgekeerd.status_code, "stopt voordat zij begint" in tekst(omgekeerd)) == (422, True)
    buiten = uren(bord, eind__=uur(330))
    assert "vallen buiten de dienst" in tekst(buiten)
    assert "past niet" in tekst(uren(bord, pauze__="30", pauze_van__=uur(290)))
    assert "heel getal" in tekst(uren(bord, pauze__="veel"))
    assert "adressenbestand" in tekst(uren(bord, vertrek="Nergenslaan 1, Nergens"))
    goed = uren(bord, begin__=uur(60), pauze__="30", pauze_van__=uur(90), pauze_tot__=uur(100))
    assert "opgeslagen" in tekst(goed)
    stand = bord.stand()
    stop = stand["ploegen"][0]["stops"][0]["id"]
    na = bord.zet(stand["versie"], "tijden").get_json()
    assert na["ploegen"][0]["pauze"] is not None
    assert bord.plan(stop).begin_op >= bord.actie.begin_op + timedelta(minutes=60)


def test_alleen_wie_plant_en_alleen_in_concept(bord: Bord) -> None:
    stand = bord.stand()
    stop = stand["ploegen"][0]["stops"][0]["id"]
    for rol in (Rol.INSPECTEUR, Rol.PARTNER, Rol.JURIST):
        assert bord.buurt.wereld.client(rol).get(bord.url).status_code == 403
        db.session.rollback()
    ander = bord.buurt.wereld.client(Rol.COORDINATOR, bord.buurt.wereld.twee)
    assert ander.get(bord.url).status_code == 404
    db.session.rollback()
    actie = db.session.get(Actie, bord.actie.id)
    assert actie is not None
    actie.toestand = "gereed"
    db.session.commit()
    dicht = bord.zet(bord.stand()["versie"], "uit", stop=stop)
    assert (dicht.status_code, "terug naar concept" in dicht.get_json()["detail"]) == (409, True)
    # What is in the way is told, without a link to what is closed now.
    actie = db.session.get(Actie, bord.actie.id)
    assert actie is not None
    actie.begin_op, actie.eind_op = actie.begin_op - timedelta(days=9), actie.eind_op - timedelta(days=9)
    db.session.commit()
    html = bord.stand()["html"]
    assert ("De dienst is al voorbij" in html, "/wijzigen" in html) == (True, False)


def test_gemeten_reistijden_of_geschat_met_bericht(bord: Bord, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service itself is tested on its own; here it is what a plan does with its answer."""

    class Dienst:
        stuk = True

        def __init__(self, url: str) -> None:
            assert url == "https://reis.example"

        def tabel(self, punten: list[Any]) -> list[list[float | None]]:
            if Dienst.stuk:
                raise ReisStoring("HTTP 500")
            return [[0.0 if i == j else 7.0 for j in range(len(punten))] for i in range(len(punten))]

    monkeypatch.setattr(planbord_zoeken, "Reisdienst", Dienst)
    inst = dataclasses.replace(app.extensions["instellingen"], reistijden_url="https://reis.example")
    monkeypatch.setitem(app.extensions, "instellingen", inst)
    assert "De reistijden zijn geschat" in zoek(bord, app)["melding"]
    Dienst.stuk = False
    assert "geschat" not in zoek(bord, app)["melding"]
    ploeg = next(p for p in bord.stand()["ploegen"] if p["stops"])
    assert ploeg["stops"][0]["aankomst"] == f"{bord.actie.begin_op + timedelta(minutes=7):%Y-%m-%dT%H:%M:%SZ}"
