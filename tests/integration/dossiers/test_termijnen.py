"""Terms in a dossier: computed, changed only with a ground, told in time, seen by who may see the dossier."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from inspecties.core.klok import VasteKlok, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import bewakers, looptermijnen, operations
from inspecties.dossiers.models import Dossier, Dossierlezer
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap
from inspecties.post.models import Bericht
from inspecties.start.herinner_cli import herinner as commando
from tests.integration.dossiers.conftest import Zaak, handelingen, verstuur
from tests.wereld import aangemeld


def _laat_lopen(zaak: Zaak, dossier: Dossier, code: str = "beslissing_op_bezwaar", dagen: int = 0) -> Looptermijn:
    begin = looptermijnen.Begin(
        code,
        lokale_datum(zaak.wereld.nu) - timedelta(days=dagen),
        "Bezwaar van de eigenaar",
        "" if code != "begunstiging" else "2w",
        zaak.jurist.gebruiker_uid,
    )
    rij = looptermijnen.start(db.session(), zaak.jurist, zaak.wereld.nu, dossier, begin)
    db.session.commit()
    return rij


def _bibob(zaak: Zaak) -> Dossier:
    sessie = db.session()
    locatie = zaak.rij().bezoek.locatie
    dossier = operations.maak_dossier(
        sessie, zaak.jurist, zaak.wereld.nu, "bibob", "Wet Bibob", "Bibob van de houder", [locatie]
    )
    sessie.commit()
    return dossier


def test_van_begin_tot_afgerond_op_de_schermen(zaak: Zaak) -> None:
    client, dossier = zaak.wereld.client(Rol.JURIST), zaak.dossier()
    vandaag = lokale_datum(zaak.wereld.nu).isoformat()
    pad = f"/dossiers/{dossier.uid}/termijnen/nieuw"
    assert "Te bevestigen" not in client.get(pad).get_data(as_text=True)
    velden = {
        "code": "beslissing_op_bezwaar",
        "start": vandaag,
        "aanleiding": "Bezwaar van de eigenaar",
        "eigenaar": zaak.jurist.gebruiker_uid,
    }
    antwoord = verstuur(client, pad, **velden)
    assert antwoord.status_code == 302
    termijn = str(antwoord.location)
    tekst = client.get(termijn).get_data(as_text=True)
    assert "Bezwaar van de eigenaar" in tekst
    assert "Nagekeken: rechtspraakbestuursrecht.nl" in tekst
    assert "Opschorten" not in tekst
    rij = db.session.scalars(select(Looptermijn)).one()
    eerst, versie = rij.einde_datum, str(rij.versie)
    daad = {"soort": "verdaging", "op": vandaag, "duur": "6w", "versie": versie}
    zonder = verstuur(client, f"{termijn}/daden", **daad)
    assert zonder.status_code == 422
    assert "zonder grond verandert een termijn niet" in zonder.get_data(as_text=True)
    assert verstuur(client, f"{termijn}/daden", **daad, grond="De hoorzitting is later").status_code == 302
    tekst = client.get(termijn).get_data(as_text=True)
    assert "De hoorzitting is later" in tekst
    db.session.expire_all()
    assert (rij.einde_datum - eerst).days >= 41
    # Who still has the page of before the extension does not decide on it.
    laat = verstuur(client, f"{termijn}/afronden", stand="gedaan", versie=versie)
    assert laat.status_code == 409
    assert "Een collega veranderde deze termijn net" in laat.get_data(as_text=True)
    nieuw = re.search(r'name="versie"[^>]*value="(\d+)"', laat.get_data(as_text=True))
    assert nieuw is not None
    zonder = verstuur(client, f"{termijn}/afronden", stand="vervallen", versie=nieuw[1])
    assert "Schrijf op waarom deze termijn vervalt." in zonder.get_data(as_text=True)
    assert verstuur(client, f"{termijn}/afronden", stand="gedaan", versie=nieuw[1]).status_code == 302
    pagina = client.get(f"/dossiers/{dossier.uid}").get_data(as_text=True)
    assert "is op tijd gedaan" in pagina
    gedaan = handelingen()
    for handeling in ("termijn_gestart", "termijn_verdaging", "termijn_gedaan"):
        assert gedaan.count(handeling) == 1


def test_wat_niet_kan_noemt_het_veld_en_slaat_niets_op(zaak: Zaak) -> None:
    client, dossier = zaak.wereld.client(Rol.JURIST), zaak.dossier()
    pad, goed = (
        f"/dossiers/{dossier.uid}/termijnen/nieuw",
        {"start": "2026-03-02", "eigenaar": zaak.jurist.gebruiker_uid},
    )
    for velden, zin in (
        (goed | {"code": "bezwaar", "duur": "2w"}, "de lengte staat in de wet"),
        (goed | {"code": "begunstiging"}, "Geef de duur uit het besluit op"),
        (goed | {"code": "begunstiging", "duur": "veertien dagen"}, "duur"),
        (goed | {"code": "niets"}, "Kies een termijn uit de lijst"),
        (goed | {"code": "bezwaar", "eigenaar": "x"}, "Kies wie deze termijn bewaakt"),
        (goed | {"code": "bezwaar", "start": "1026-03-02"}, "Dit jaar kan niet kloppen"),
        (goed | {"code": "bezwaar", "start": "31-02-2026"}, "Vul de dag in"),
    ):
        antwoord = verstuur(client, pad, **velden)
        assert antwoord.status_code == 422, velden
        assert zin in antwoord.get_data(as_text=True), velden
    db.session.rollback()
    assert db.session.scalars(select(Looptermijn)).all() == []


def test_wie_bewaakt_krijgt_elk_moment_een_keer_bericht(zaak: Zaak, klok: VasteKlok) -> None:
    dossier = zaak.dossier()
    _laat_lopen(zaak, dossier, dagen=36)  # Six weeks: in the week that it ends.
    runner = zaak.wereld.app.test_cli_runner()

    def herinner() -> str:
        db.session.rollback()
        uit = runner.invoke(commando)
        assert uit.exit_code == 0, uit.output
        return next(regel for regel in uit.output.splitlines() if regel.startswith(zaak.wereld.een.gemeente.naam))

    assert "1 herinnering klaargezet (1 over termijnen)" in herinner()
    assert "0 herinneringen klaargezet" in herinner()
    bericht = db.session.scalars(select(Bericht)).one()
    assert "art. 7:10 Awb" in bericht.tekst
    assert dossier.titel not in bericht.tekst
    client = zaak.wereld.client(Rol.JURIST)
    assert "Termijnen die aflopen" in client.get("/").get_data(as_text=True)
    klok.moment += timedelta(days=20)
    assert "1 herinnering" in herinner()
    assert "te laat" in db.session.scalars(select(Bericht).order_by(Bericht.id.desc())).first().tekst  # type: ignore[union-attr]  # there is one
    assert "Termijnen te laat" in aangemeld(zaak.wereld.app, zaak.jurist, klok.nu()).get("/").get_data(as_text=True)


def test_een_termijn_van_bibob_ziet_alleen_wie_is_genoemd(zaak: Zaak) -> None:
    dossier = _bibob(zaak)
    _laat_lopen(zaak, dossier, "bibob_advies")
    uid = db.session.scalars(select(Looptermijn.uid)).one()
    assert zaak.wereld.client(Rol.JURIST).get(f"/termijnen/{uid}").status_code == 200
    for rol in (Rol.COORDINATOR, Rol.KABINET):
        client = zaak.wereld.client(rol)
        assert client.get(f"/termijnen/{uid}").status_code == 404
        assert "Bibob" not in client.get("/termijnen").get_data(as_text=True)
        assert "Bibob" not in client.get("/").get_data(as_text=True)
    namen = [naam for _, naam in bewakers.eigenaren(db.session(), zaak.jurist, dossier)]
    assert namen == [zaak.jurist.naam]


def test_opschorten_en_hervatten(zaak: Zaak, klok: VasteKlok) -> None:
    dossier = _bibob(zaak)
    rij = _laat_lopen(zaak, dossier, "bibob_advies")
    eerst, vandaag = rij.einde_datum, lokale_datum(zaak.wereld.nu)
    pad = f"/termijnen/{rij.uid}/daden"

    def doe(soort: str, dag: str) -> int:
        db.session.expire_all()
        velden = {"soort": soort, "op": dag, "grond": "Gegevens gevraagd", "versie": str(rij.versie)}
        client = aangemeld(zaak.wereld.app, zaak.jurist, klok.nu())
        return verstuur(client, pad, **velden).status_code

    assert doe("hervatting", vandaag.isoformat()) == 409
    assert doe("opschorting", (vandaag + timedelta(days=1)).isoformat()) == 422
    assert doe("opschorting", vandaag.isoformat()) == 302
    klok.moment += timedelta(days=14)
    assert doe("verdaging", vandaag.isoformat()) == 409
    assert doe("hervatting", (vandaag + timedelta(days=14)).isoformat()) == 302
    db.session.expire_all()
    # Saturday 16 January became Monday; the thirteen days from 22 November that stood still lead to a Friday.
    assert (eerst, rij.einde_datum) == (date(2027, 1, 18), date(2027, 1, 29))
    assert looptermijnen.bereken(rij, vandaag).einddag == rij.einde_datum
    # What was done with a term stays as it was said: the database refuses to change it.
    rij.daden[0].grond = "Iets anders"
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.flush()
    db.session.rollback()


def test_overnemen_als_niemand_meer_bewaakt_en_momenten_van_de_gemeente(zaak: Zaak, klok: VasteKlok) -> None:
    """A term whose owner left is told to the other jurists, and one of them takes it over with a reason."""
    dossier, sessie = zaak.dossier(), db.session()
    _laat_lopen(zaak, dossier, dagen=20)  # More than three weeks to go.
    # Who cannot see a dossier that is not submitted cannot watch its terms either.
    assert zaak.kabinet.naam not in [naam for _, naam in bewakers.eigenaren(sessie, zaak.jurist, dossier)]
    collega = Gebruiker(email="tweede@een.example", naam="Tweede Jurist", aangemaakt_op=zaak.wereld.nu)
    sessie.add(collega)
    sessie.flush()
    sessie.add(Lidmaatschap(gemeente_id=dossier.gemeente_id, gebruiker_id=collega.id, rol=Rol.JURIST.value))
    rij = sessie.scalars(select(Looptermijn)).one()
    rij.eigenaar_id = collega.id
    collega.geblokkeerd_op = zaak.wereld.nu
    sessie.commit()
    uid, termijn_uid = dossier.uid, rij.uid
    client = zaak.wereld.client(Rol.JURIST)
    pagina = client.get("/termijnen").get_data(as_text=True)
    assert "Niemand meer" in pagina
    assert "was Tweede Jurist" in pagina
    assert "Termijnen die niemand bewaakt" in client.get("/").get_data(as_text=True)
    # Nobody is warned yet: three weeks is before the first moment, until the gemeente chooses an earlier one.
    runner = zaak.wereld.app.test_cli_runner()
    assert runner.invoke(commando).exit_code == 0
    assert db.session.scalars(select(Bericht)).all() == []
    assert verstuur(client, "/termijnen/waarschuwen", code="", dagen="drie weken", versie="0").status_code == 422
    assert verstuur(client, "/termijnen/waarschuwen", code="", dagen="30, 7, 0", versie="0").status_code == 302
    botsing = verstuur(client, "/termijnen/waarschuwen", code="", dagen="5", versie="0")
    assert botsing.status_code == 409
    assert "Er staat nu: 30, 7, 0. Uw keuze was: 5." in botsing.get_data(as_text=True)
    db.session.rollback()
    assert runner.invoke(commando).exit_code == 0
    bericht = db.session.scalars(select(Bericht)).one()
    assert "Niemand bewaakt deze termijn" in bericht.tekst
    # Taking over asks why, and stands in the history.
    zonder = verstuur(client, "/termijnen/overnemen", van="niemand", reden=" ")
    assert zonder.status_code == 422
    assert "Schrijf op waarom u ze overneemt" in zonder.get_data(as_text=True)
    assert verstuur(client, "/termijnen/overnemen", van="niemand", reden="Collega is weg").status_code == 302
    assert "Niemand meer" not in client.get("/termijnen").get_data(as_text=True)
    eigen = client.get(f"/dossiers/{uid}/termijnen").get_data(as_text=True)
    assert "Beslissing op bezwaar" in eigen
    assert "Collega is weg" in client.get(f"/dossiers/{uid}").get_data(as_text=True)
    # The own calendar says the day and the article, and nothing of the case.
    adres = verstuur(client, "/account/agenda", keuze="maken").get_data(as_text=True)
    gevonden = re.search(r'value="http://localhost(/agenda/[^"]+/termijnen\.ics)"', adres)
    assert gevonden is not None
    agenda = zaak.wereld.app.test_client().get(gevonden[1]).get_data(as_text=True).replace("\r\n ", "")
    assert "Laatste dag van een termijn: art. 7:10 Awb" in agenda
    assert str(termijn_uid) in agenda
    rij = db.session.scalars(select(Looptermijn).execution_options(populate_existing=True)).one()
    assert f"{rij.einde_datum:%Y%m%d}" in agenda
    for geheim in (rij.dossier.titel, rij.dossier.nummer, zaak.jurist.naam):
        assert geheim not in agenda


def test_afsluiten_kan_niet_zolang_een_termijn_loopt(zaak: Zaak) -> None:
    client, dossier = zaak.wereld.client(Rol.JURIST), zaak.dossier()
    rij = _laat_lopen(zaak, dossier)
    uid, versie, termijn = dossier.uid, rij.versie, rij.uid
    tegen = verstuur(client, f"/dossiers/{uid}/afsluiten", reden="Klaar")
    assert tegen.status_code == 409
    assert "Er loopt nog een termijn: Beslissing op bezwaar" in tegen.get_data(as_text=True)
    weg = verstuur(client, f"/termijnen/{termijn}/afronden", stand="vervallen", reden="Ingetrokken", versie=str(versie))
    assert weg.status_code == 302
    assert verstuur(client, f"/dossiers/{uid}/afsluiten", reden="Klaar").status_code == 302


def test_een_termijn_zonder_bewaker_wacht_op_wie_hem_mag_zien(zaak: Zaak) -> None:
    """Of a Bibob dossier nobody but who is named hears; until there is somebody, the moment counts as not told."""
    dossier, sessie = _bibob(zaak), db.session()
    rij = _laat_lopen(zaak, dossier, "bibob_advies", dagen=55)
    sessie.get_one(Gebruiker, zaak.jurist.gebruiker_id).geblokkeerd_op = zaak.wereld.nu
    sessie.commit()
    runner = zaak.wereld.app.test_cli_runner()
    assert runner.invoke(commando).exit_code == 0
    assert sessie.scalars(select(Bericht)).all() == []
    sessie.refresh(rij)
    assert rij.gewaarschuwd_bij is None
    lezer = Dossierlezer(gemeente_id=dossier.gemeente_id, dossier_id=dossier.id, gebruiker_id=zaak.kabinet.gebruiker_id)
    sessie.add(lezer)
    dossier.toestand, dossier.voorgelegd_op = "voorgelegd", zaak.wereld.nu
    sessie.commit()
    assert runner.invoke(commando).exit_code == 0
    bericht = sessie.scalars(select(Bericht)).one()
    assert "vraag een jurist om hem over te nemen" in bericht.tekst
    sessie.refresh(rij)
    assert rij.gewaarschuwd_bij is not None
