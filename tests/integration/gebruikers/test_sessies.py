"""Logins: whose they are to see and to end, when they end by themselves, and when their secret is renewed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.acties.avond_stroom import SLEUTEL as AVONDSTROOM
from inspecties.acties.avond_stroom import Stromen
from inspecties.acties.models import SOORTEN, Actie
from inspecties.audit.models import Auditregel
from inspecties.controles.toestellen import meld_toestel
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.gebruikers.models import Lidmaatschap, Sessie
from inspecties.gebruikers.sessies import kenmerk_van
from tests.conftest import NU
from tests.integration.gebruikers.test_aanmelden import meld_aan
from tests.integration.gebruikers.test_beheer import lid_van, post, tekst
from tests.wereld import WACHTWOORD, Kring, Wereld

TABLET = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0"}


def kopie(client: FlaskClient) -> FlaskClient:
    """Somebody else with the cookie of now."""
    koekje = client.get_cookie("inspecties")
    assert koekje is not None
    ander = client.application.test_client()
    ander.set_cookie("inspecties", koekje.value)
    return ander


def laatste_sessie() -> Sessie:
    db.session.rollback()
    return db.session.scalars(select(Sessie).order_by(Sessie.id.desc())).first()  # type: ignore[return-value]


def kenmerk(app: Flask) -> str:
    return kenmerk_van(app.extensions["sleutelbos"], laatste_sessie())


def binnen(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_een_bewijs_wisselt_het_geheim_van_de_sessie(wereld: Wereld) -> None:
    """Proving oneself again renews the cookie: the one from before is worth nothing, open forms still send."""
    client = wereld.client(Rol.BEHEERDER)
    rij = laatste_sessie()
    oud, dief = rij.uid, kopie(client)
    assert post(client, "/account/bevestigen", bevestig_wachtwoord="fout wachtwoord").status_code == 422
    assert binnen(dief)
    token = tekst(client.get("/beheer/nieuw")).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert post(client, "/account/bevestigen", bevestig_wachtwoord=WACHTWOORD).status_code == 302
    assert not binnen(dief)
    assert binnen(client)
    assert (laatste_sessie().id, laatste_sessie().begonnen_op) == (rij.id, rij.begonnen_op)
    assert laatste_sessie().uid != oud
    velden = {"naam": "A", "email": "a@b.nl", "rol": "jurist", "csrf_token": token}
    assert client.post("/beheer/nieuw", data=velden).status_code == 200
    # A cookie that was renewed meanwhile is not taken away by the answer to a request that was under way.
    assert "Set-Cookie" not in dief.get("/api/csrf").headers


@pytest.mark.parametrize(("na", "geldt"), [(timedelta(minutes=60), True), (timedelta(minutes=60, seconds=1), False)])
def test_stil_tot_op_de_grens(wereld: Wereld, klok: VasteKlok, na: timedelta, geldt: bool) -> None:
    client = wereld.client(Rol.COORDINATOR)
    klok.moment += na
    assert binnen(client) is geldt


@pytest.mark.parametrize(("na", "geldt"), [(timedelta(hours=12), True), (timedelta(hours=12, seconds=1), False)])
def test_in_gebruik_tot_op_de_grens(wereld: Wereld, klok: VasteKlok, na: timedelta, geldt: bool) -> None:
    client, begin = wereld.client(Rol.COORDINATOR), klok.moment
    for _ in range(14):
        klok.moment += timedelta(minutes=50)
        assert binnen(client)
    klok.moment = begin + na
    assert binnen(client) is geldt


def _actie(kring: Kring) -> str:
    rij = Actie(
        gemeente_id=kring.gemeente.id,
        naam="Avond",
        soort=next(iter(SOORTEN)),
        begin_op=NU,
        eind_op=NU + timedelta(hours=4),
        aangemaakt_op=NU,
    )
    db.session.add(rij)
    db.session.commit()
    return str(rij.uid)


def stukken_van(client: FlaskClient, url: str) -> Any:
    antwoord = client.get(url, buffered=False)
    assert antwoord.content_type == "text/event-stream; charset=utf-8"
    return antwoord, antwoord.iter_encoded()


def soort_van(stuk: bytes) -> tuple[str, Any]:
    velden = dict(regel.split(": ", 1) for regel in stuk.decode().splitlines() if ": " in regel)
    return velden.get("event", ""), json.loads(velden.get("data", "{}"))


@pytest.mark.parametrize("hoe", ["stil", "oud", "beheerder", "afgemeld", "rol"])
def test_een_stroom_eindigt_met_de_sessie(wereld: Wereld, klok: VasteKlok, hoe: str) -> None:
    """At the next look, a second later, and with the word that one is logged out; a moment before it still ran."""
    app, begin = wereld.app, klok.moment
    app.extensions[AVONDSTROOM] = Stromen(poos_s=1, duur_s=9, wacht=lambda _: None)
    uid = _actie(wereld.een)
    client, beheerder = wereld.client(Rol.COORDINATOR), wereld.client(Rol.BEHEERDER)
    lid = lid_van(wereld.een, Rol.COORDINATOR)
    sessie_id = db.session.scalars(select(Sessie.id).where(Sessie.lidmaatschap_id == lid.id)).one()
    lid_uid = lid.uid
    db.session.rollback()
    antwoord, stukken = stukken_van(client, f"/acties/{uid}/stroom")
    with antwoord:
        assert next(stukken) == b"retry: 1000\n\n"
        assert soort_van(next(stukken))[0] == "stand"
        if hoe == "oud":
            # In use until the last minute: what ends it is its age alone.
            rij = db.session.get_one(Sessie, sessie_id)
            rij.begonnen_op = begin - timedelta(hours=12)
            db.session.commit()
        elif hoe == "stil":
            klok.moment = begin + timedelta(minutes=60)
        assert next(stukken) == b":\n\n"
        if hoe in {"stil", "oud"}:
            klok.moment += timedelta(seconds=1)
        elif hoe == "beheerder":
            velden = {"sessie": "alle", "reden": "onderzoek"}
            assert post(beheerder, f"/beheer/{lid_uid}/aanmeldingen", **velden).status_code == 302
        elif hoe == "afgemeld":
            assert post(client, "/afmelden").status_code == 302
        else:
            velden = {"naam": "Anders", "rol": "jurist"}
            assert post(beheerder, f"/beheer/{lid_uid}", **velden).status_code == 302
        assert soort_van(next(stukken)) == ("weg", {"afgemeld": True})
        assert list(stukken) == []


def test_een_stroom_houdt_geen_sessie_in_leven(wereld: Wereld, klok: VasteKlok) -> None:
    """A board that stands open asks by itself, for hours; nobody is there, so the login ends as if it did not."""
    uid, begin = _actie(wereld.een), klok.moment
    vanzelf = [f"/acties/{uid}/stroom", f"/acties/{uid}/avond/bord", f"/api/acties/{uid}/voortgang"]
    client, elders = wereld.client(Rol.COORDINATOR), wereld.client(Rol.COORDINATOR)
    for _ in range(3):
        klok.moment += timedelta(minutes=20)
        for pad in vanzelf:
            with client.get(pad) as antwoord:
                assert antwoord.status_code == 200
    klok.moment = begin + timedelta(minutes=60, seconds=1)
    for pad in vanzelf:
        assert client.get(pad).status_code in {302, 401}, pad
    assert not binnen(elders)


def test_de_beheerder_ziet_en_beeindigt_aanmeldingen_van_een_collega(wereld: Wereld, klok: VasteKlok) -> None:
    """One of two, at once, with a reason in the log; nothing of what somebody does, and no secret, on the page."""
    app, email = wereld.app, wereld.een.emails[Rol.INSPECTEUR]
    kantoor, veld = app.test_client(), app.test_client()
    meld_aan(kantoor, email)
    klok.moment += timedelta(minutes=5)
    veld.environ_base["HTTP_USER_AGENT"] = TABLET["User-Agent"]
    meld_aan(veld, email)
    van_veld = kenmerk(app)
    geheimen = [str(u) for u in db.session.scalars(select(Sessie.uid))]
    actor = wereld.een.actoren[Rol.INSPECTEUR]
    meld_toestel(db.session(), actor, klok.nu(), nieuw_id(), "Tablet 4", True)
    db.session.commit()
    beheerder = wereld.client(Rol.BEHEERDER)
    pad = f"/beheer/{lid_van(wereld.een, Rol.INSPECTEUR).uid}"
    pagina = tekst(beheerder.get(pad))
    assert "Chrome op Android, sinds 21 november 2026, 18:05" in pagina
    assert "Tablet 4" in pagina
    assert not [g for g in geheimen if g in pagina or g.replace("-", "") in pagina]

    fout = post(beheerder, f"{pad}/aanmeldingen", sessie=van_veld)
    assert fout.status_code == 422
    assert "Kies waarom u deze gebruiker afmeldt." in tekst(fout)
    assert "Kies een aanmelding." in tekst(post(beheerder, f"{pad}/aanmeldingen", reden="onderzoek"))
    assert binnen(veld)
    assert post(beheerder, f"{pad}/aanmeldingen", sessie=van_veld, reden="toestel_weg").status_code == 302
    assert "is daar afgemeld" in tekst(beheerder.get(pad))
    assert not binnen(veld)
    assert veld.get("/api/csrf").status_code == 401, "also for the tablet"
    assert binnen(kantoor)
    assert post(beheerder, f"{pad}/aanmeldingen", sessie=van_veld, reden="toestel_weg").status_code == 302
    assert "was al beëindigd" in tekst(beheerder.get(pad))
    assert post(beheerder, f"{pad}/aanmeldingen", sessie="alle", reden="werk_klaar").status_code == 302
    assert not binnen(kantoor)
    assert "Nu nergens." in tekst(beheerder.get(pad))
    db.session.rollback()
    beeindigd = select(Auditregel).where(Auditregel.handeling == "sessie_beeindigd").order_by(Auditregel.id)
    regels = db.session.scalars(beeindigd).all()
    assert [(r.object_uid, r.gegevens) for r in regels] == [
        (actor.gebruiker_uid, {"reden": "toestel_weg", "aantal": 1}),
        (actor.gebruiker_uid, {"reden": "werk_klaar", "aantal": 1}),
    ]


def test_alleen_aanmeldingen_van_de_eigen_gemeente(wereld: Wereld) -> None:
    """Who works for two gemeenten is ended in one; a colleague elsewhere does not exist; one's own goes elsewhere."""
    thuis, gebruiker_id = lid_van(wereld.een, Rol.JURIST), wereld.een.actoren[Rol.JURIST].gebruiker_id
    ander = Lidmaatschap(gemeente_id=wereld.twee.gemeente.id, gebruiker_id=gebruiker_id, rol="jurist")
    db.session.add(ander)
    db.session.flush()
    elders, hier = (Sessie(lidmaatschap_id=m.id, begonnen_op=wereld.nu, gezien_op=wereld.nu) for m in (ander, thuis))
    db.session.add_all([elders, hier])
    db.session.commit()
    nrs, lid_uid = (elders.id, hier.id), hier.lidmaatschap.uid
    beheerder = wereld.client(Rol.BEHEERDER)
    assert post(beheerder, f"/beheer/{lid_uid}/aanmeldingen", sessie="alle", reden="onderzoek").status_code == 302
    db.session.rollback()
    assert [db.session.get_one(Sessie, nr).beeindigd_op is None for nr in nrs] == [True, False]
    vreemd = f"/beheer/{lid_van(wereld.twee, Rol.INSPECTEUR).uid}/aanmeldingen"
    assert post(beheerder, vreemd, sessie="alle", reden="onderzoek").status_code == 404
    zelf = f"/beheer/{lid_van(wereld.een, Rol.BEHEERDER).uid}/aanmeldingen"
    assert post(beheerder, zelf, sessie="alle", reden="onderzoek").status_code == 409
    assert binnen(beheerder)


def test_een_eigen_aanmelding_elders_beeindigen(wereld: Wereld) -> None:
    hier, vreemd = wereld.client(Rol.JURIST), wereld.client(Rol.INSPECTEUR)
    van_vreemd = kenmerk(wereld.app)
    elders = wereld.client(Rol.JURIST)
    daar, uid = kenmerk(wereld.app), str(laatste_sessie().uid)
    pagina = tekst(hier.get("/account"))
    assert daar in pagina
    assert uid not in pagina
    for fout in (van_vreemd, uid, "onzin"):
        assert post(hier, "/account/sessie", sessie=fout).status_code == 302
    assert binnen(vreemd)
    assert binnen(elders)
    assert post(hier, "/account/sessie", sessie=daar).status_code == 302
    assert not binnen(elders)
    assert binnen(hier)
