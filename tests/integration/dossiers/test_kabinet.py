"""The cabinet's desk: the queue, the decision on exactly one document, never by who drafted it."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError, IntegrityError
from werkzeug.test import TestResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.dossiers import besluiten, operations, voorleggen
from inspecties.dossiers.models import Besluit, Dossier, Dossieropsteller, Stuk
from inspecties.gebruikers.bevestigen import VELD
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.gebruikers.models import Lidmaatschap
from tests.integration.dossiers.conftest import Zaak, foto, handelingen, schrijf, verstuur
from tests.veldwereld import haal_pak, tablet
from tests.wereld import WACHTWOORD


def _dossier() -> Dossier:
    db.session.rollback()
    return db.session.scalars(select(Dossier)).one()


def _stuk() -> str:
    db.session.rollback()
    return db.session.scalars(select(Stuk.sha256).order_by(Stuk.volgnummer.desc())).first() or ""


def test_wachtrij_noemt_wat_wacht_hoe_lang_en_tot_wanneer(zaak: Zaak, klok: VasteKlok) -> None:
    dossier = zaak.dossier()
    operations.stel_termijn(
        db.session(), zaak.jurist, zaak.wereld.nu, dossier, date(2026, 12, 1), "afspraak met de burgemeester"
    )
    db.session.commit()
    kabinet = zaak.wereld.client(Rol.KABINET)
    assert "Er wacht niets op een besluit" in kabinet.get("/kabinet").get_data(as_text=True)
    verstuur(zaak.wereld.client(Rol.JURIST), f"/dossiers/{dossier.uid}/voorleggen")
    klok.moment += timedelta(days=8)
    kabinet = _opnieuw(zaak, klok)
    tekst = kabinet.get("/kabinet").get_data(as_text=True)
    for deel in (
        "Bouw en wonen Kade 1",
        "8 dagen",
        "Nog 2 dagen",
        "Beslissen voor 1 december 2026",
        "afspraak met de burgemeester",
        "vluchtweg",
        "2 bewijsstukken",
    ):
        assert deel in tekst
    assert handelingen()[-1] == "kabinet_gelezen"
    for rol in (Rol.JURIST, Rol.COORDINATOR, Rol.INSPECTEUR, Rol.PARTNER, Rol.AUDITOR, Rol.BEHEERDER):
        assert zaak.wereld.client(rol).get("/kabinet").status_code == 403
    ander = zaak.wereld.client(Rol.KABINET, zaak.wereld.twee)
    assert "Kade 1" not in ander.get("/kabinet").get_data(as_text=True)
    assert ander.get(f"/dossiers/{dossier.uid}").status_code == 404
    assert neem(ander, f"/kabinet/{dossier.uid}/besluit", besluit="akkoord", stuk=_stuk()).status_code == 404


def neem(client: FlaskClient, pad: str, **velden: str) -> TestResponse:
    """Decide, with the own password in the form."""
    return verstuur(client, pad, **({VELD: WACHTWOORD} | velden))


def _opnieuw(zaak: Zaak, klok: VasteKlok):  # type: ignore[no-untyped-def]  # a logged-in client at the later moment
    zaak.wereld.nu = klok.moment
    return zaak.wereld.client(Rol.KABINET)


def test_kabinet_leest_bewijs_en_keurt_goed(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    kabinet = zaak.wereld.client(Rol.KABINET)
    assert f"/kabinet/{uid}" in kabinet.get(f"/dossiers/{uid}").get_data(as_text=True)
    tekst = kabinet.get(f"/kabinet/{uid}").get_data(as_text=True)
    assert "Uw besluit" in tekst
    assert kabinet.get(f"/kabinet/{uid}/kaart.svg").content_type.startswith("image/svg+xml")
    beeld = re.search(rf"/dossiers/{uid}/bewijs/[0-9a-f-]+", tekst)
    assert beeld is not None
    assert kabinet.get(beeld[0]).content_type == "image/jpeg"
    antwoord = neem(kabinet, f"/kabinet/{uid}/besluit", besluit="akkoord", stuk=_stuk(), motivering="Helder")
    assert antwoord.status_code == 302
    besluit = db.session.scalars(select(Besluit)).one()
    assert (besluit.soort, besluit.motivering, besluit.stuk_sha256) == ("akkoord", "Helder", _stuk())
    assert _dossier().toestand == "akkoord"
    assert neem(kabinet, f"/kabinet/{uid}/besluit", besluit="akkoord", stuk=_stuk()).status_code == 409
    assert "dossier_besluit" in handelingen()
    jurist = zaak.wereld.client(Rol.JURIST)
    assert "Helder" in jurist.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert verstuur(jurist, f"/dossiers/{uid}/partijen", naam="X", rol="eigenaar").status_code == 409
    assert verstuur(jurist, f"/dossiers/{uid}/afsluiten").status_code == 302
    assert _dossier().toestand == "afgesloten"


def test_terugsturen_vraagt_vragen_en_houdt_vast_wat_getypt_is(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    kabinet, jurist = zaak.wereld.client(Rol.KABINET), zaak.wereld.client(Rol.JURIST)
    pad = f"/kabinet/{uid}/besluit"
    leeg = neem(kabinet, pad, besluit="teruggestuurd", stuk=_stuk(), vragen="  ", motivering="Bijna goed")
    assert leeg.status_code == 422
    assert "Stel minstens een vraag" in leeg.get_data(as_text=True)
    assert "Bijna goed" in leeg.get_data(as_text=True)
    vragen = "Welke dagen?\n\nWaar gaan de bewoners heen?"
    assert neem(kabinet, pad, besluit="teruggestuurd", stuk=_stuk(), vragen=vragen).status_code == 302
    pagina = jurist.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "Vragen van het kabinet" in pagina
    assert "Waar gaan de bewoners heen?" in pagina
    # While the jurist works, the cabinet sees the frozen document and not the texts in progress.
    assert schrijf(jurist, uid, "bewoners", "Nog niet af").status_code == 302
    bij_kabinet = kabinet.get(f"/kabinet/{uid}").get_data(as_text=True)
    assert "Nog niet af" not in bij_kabinet
    assert "Nog niet af" not in kabinet.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "De jurist werkt aan uw vragen" in bij_kabinet
    assert kabinet.get(f"/dossiers/{uid}/document.pdf").status_code == 200
    eerste = _stuk()
    assert verstuur(jurist, f"/dossiers/{uid}/voorleggen", toelichting="Vragen beantwoord").status_code == 302
    assert _stuk() != eerste
    # Who still had the old version open decides on nothing.
    oud = neem(kabinet, pad, besluit="akkoord", stuk=eerste)
    assert oud.status_code == 409
    assert "nieuwe versie" in oud.get_data(as_text=True)
    assert neem(kabinet, pad, besluit="akkoord", stuk=_stuk()).status_code == 302


def test_afwijzen_vraagt_een_reden(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    kabinet = zaak.wereld.client(Rol.KABINET)
    assert neem(kabinet, f"/kabinet/{uid}/besluit", besluit="afgewezen", stuk=_stuk()).status_code == 422
    assert neem(kabinet, f"/kabinet/{uid}/besluit", besluit="iets", stuk=_stuk()).status_code == 422
    assert neem(kabinet, f"/kabinet/{uid}/besluit", besluit="akkoord").status_code == 422
    assert _dossier().toestand == "voorgelegd"
    antwoord = neem(kabinet, f"/kabinet/{uid}/besluit", besluit="afgewezen", stuk=_stuk(), motivering="Te zwaar")
    assert antwoord.status_code == 302
    assert _dossier().toestand == "afgewezen"


def test_alleen_het_kabinet_besluit(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    stuk = _stuk()
    for rol in MENSEN - {Rol.KABINET}:
        client = zaak.wereld.client(rol)
        assert neem(client, f"/kabinet/{uid}/besluit", besluit="akkoord", stuk=stuk).status_code == 403, rol
        dossier, actor = _dossier(), zaak.wereld.een.actoren[rol]
        with pytest.raises(GeenRecht):
            besluiten.keur_goed(db.session(), actor, zaak.wereld.nu, zaak.opslag, dossier, stuk)
    assert _dossier().toestand == "voorgelegd"


def test_wie_eraan_werkte_besluit_niet_ook_niet_in_een_andere_rol(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    # The jurist changes jobs and becomes a member of the cabinet.
    lid = db.session.scalars(select(Lidmaatschap).where(Lidmaatschap.gebruiker_id == zaak.jurist.gebruiker_id)).one()
    lid.rol = Rol.KABINET.value
    db.session.commit()
    client = zaak.wereld.client(Rol.JURIST)
    tekst = client.get(f"/kabinet/{uid}").get_data(as_text=True)
    assert "U hebt zelf aan dit dossier gewerkt" in tekst
    assert 'value="akkoord"' not in tekst
    assert "U hebt hieraan gewerkt" in client.get("/kabinet").get_data(as_text=True)
    for besluit in ("akkoord", "afgewezen", "teruggestuurd"):
        vragen = "Hoe?" if besluit == "teruggestuurd" else ""
        antwoord = neem(
            client, f"/kabinet/{uid}/besluit", besluit=besluit, stuk=_stuk(), motivering="ja", vragen=vragen
        )
        assert antwoord.status_code == 403
    assert _dossier().toestand == "voorgelegd"
    assert db.session.scalars(select(Besluit)).all() == []


def test_wie_een_regel_wijzigde_telt_ook_als_opsteller(zaak: Zaak) -> None:
    dossier, sessie, nu = zaak.dossier(), db.session(), zaak.wereld.nu
    tweede = Actor(zaak.jurist.gemeente_id, Rol.JURIST, zaak.kabinet.gebruiker_id)
    operations.wijzig_tekst(sessie, tweede, nu, dossier, "zienswijze", "Een zin erbij")
    voorleggen.leg_voor(sessie, zaak.jurist, nu, zaak.opslag, dossier)
    sessie.commit()
    with pytest.raises(GeenRecht, match="zelf aan dit dossier gewerkt"):
        besluiten.keur_goed(sessie, zaak.kabinet, nu, zaak.opslag, dossier, _stuk())


def test_database_weigert_een_besluit_van_een_opsteller(zaak: Zaak, app: Flask) -> None:
    dossier = zaak.voorgelegd()
    db.session.add(
        Dossieropsteller(
            gemeente_id=dossier.gemeente_id,
            dossier_id=dossier.id,
            gebruiker_id=zaak.kabinet.gebruiker_id,
            sinds_op=zaak.wereld.nu,
        )
    )
    db.session.commit()
    for opsteller in (zaak.jurist.gebruiker_id, zaak.kabinet.gebruiker_id):
        db.session.add(
            Besluit(
                gemeente_id=dossier.gemeente_id,
                dossier_id=dossier.id,
                soort="akkoord",
                opgesteld_door_id=opsteller,
                besloten_door_id=zaak.kabinet.gebruiker_id,
                besloten_op=zaak.wereld.nu,
                stuk_sha256="0" * 64,
            )
        )
        with pytest.raises((IntegrityError, DatabaseError)):
            db.session.flush()
        db.session.rollback()


def test_bijgewerkt_na_indienen_wordt_getoond_en_moet_zijn_gezien(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    bevroren = zaak.wereld.client(Rol.KABINET).get(f"/dossiers/{uid}/document.pdf").get_data()
    nieuw = foto(zaak.boa, zaak.bezoek, "olive")
    kabinet = zaak.wereld.client(Rol.KABINET)
    tekst = kabinet.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "Bijgewerkt na indienen" in tekst
    assert nieuw[:12] in tekst
    assert "Bijgewerkt na indienen" in kabinet.get("/kabinet").get_data(as_text=True)
    assert kabinet.get(f"/dossiers/{uid}/document.pdf").get_data() == bevroren
    pad = f"/kabinet/{uid}/besluit"
    zonder = neem(kabinet, pad, besluit="akkoord", stuk=_stuk())
    assert zonder.status_code == 422
    assert "Nieuw bewijs: 1" in zonder.get_data(as_text=True)
    assert neem(kabinet, pad, besluit="akkoord", stuk=_stuk(), kennis_genomen="y").status_code == 302


def test_verschil_na_indienen_houdt_het_besluit_tegen(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    ander = tablet(zaak.wereld, Rol.COORDINATOR)
    haal_pak(ander)
    ander.op(zaak.bezoek, "bewoners", 9)
    ander.sync()
    kabinet = zaak.wereld.client(Rol.KABINET)
    antwoord = neem(kabinet, f"/kabinet/{uid}/besluit", besluit="akkoord", stuk=_stuk(), kennis_genomen="y")
    assert antwoord.status_code == 409
    assert "verschillende antwoorden" in antwoord.get_data(as_text=True)
    terug = neem(kabinet, f"/kabinet/{uid}/besluit", besluit="teruggestuurd", stuk=_stuk(), vragen="Zeven of negen?")
    assert terug.status_code == 302


def test_terughalen_vraagt_een_reden(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    jurist, kabinet = zaak.wereld.client(Rol.JURIST), zaak.wereld.client(Rol.KABINET)
    assert verstuur(jurist, f"/dossiers/{uid}/terughalen", reden=" ").status_code == 422
    assert verstuur(jurist, f"/dossiers/{uid}/terughalen", reden="Nieuwe feiten").status_code == 302
    assert kabinet.get(f"/dossiers/{uid}").status_code == 404
    with pytest.raises(Conflict, match="ligt niet"):
        besluiten.keur_goed(db.session(), zaak.kabinet, zaak.wereld.nu, zaak.opslag, _dossier(), _stuk())


def test_geschonden_origineel_houdt_voorleggen_en_besluiten_tegen(zaak: Zaak) -> None:
    uid = zaak.voorgelegd().uid
    pad = zaak.opslag.pad(gemeente_uid(db.session(), zaak.jurist), zaak.bewijs[0])
    db.session.rollback()
    pad.chmod(0o644)
    pad.write_bytes(b"iets anders")
    kabinet = zaak.wereld.client(Rol.KABINET)
    antwoord = neem(kabinet, f"/kabinet/{uid}/besluit", besluit="akkoord", stuk=_stuk())
    assert antwoord.status_code == 409
    assert "Bewijsstuk 1 staat niet meer ongeschonden" in antwoord.get_data(as_text=True)
