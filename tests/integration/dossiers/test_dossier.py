"""Working on a dossier: texts, parties, evidence, what stands in the way of submitting."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.controles.models import Bewijsstuk
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.rechten import MENSEN, Rol
from inspecties.database.basis import db
from inspecties.dossiers import operations
from inspecties.dossiers.models import Belanghebbende, Dossier, Voorstel
from tests.integration.dossiers.conftest import TEKSTEN, Zaak, foto, handelingen, verstuur
from tests.veldwereld import haal_pak, tablet


def test_pagina_toont_alles_en_legt_het_lezen_met_doel_vast(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    tekst = zaak.wereld.client(Rol.JURIST).get(f"/dossiers/{uid}").get_data(as_text=True)
    for deel in (*TEKSTEN.values(), "Kade Beheer BV", "01234567", "art. 22 Hvw", "geteld per kamer", *zaak.bewijs):
        assert deel in tekst
    assert "Artikel te bevestigen door de jurist" in tekst
    db.session.rollback()
    regel = db.session.scalars(select(Auditregel).order_by(Auditregel.id.desc())).first()
    assert regel is not None
    assert (regel.handeling, regel.object_uid) == ("dossier_gelezen", str(uid))
    assert regel.gegevens == {"doel": "behandelen van het dossier"}
    assert regel.grondslag.startswith("Artikel 125 Gemeentewet")


def test_wie_een_dossier_in_opbouw_ziet(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    uid, stuk = dossier.uid, db.session.scalars(select(Bewijsstuk)).first()
    assert stuk is not None
    paden = (f"/dossiers/{uid}", f"/dossiers/{uid}/document.pdf", f"/dossiers/{uid}/bewijs/{stuk.uid}")
    for rol in MENSEN:
        # The cabinet reads what was submitted, nothing else.
        verwacht = {Rol.JURIST: 200, Rol.COORDINATOR: 200, Rol.KABINET: 404}.get(rol, 403)
        client, ander = zaak.wereld.client(rol), zaak.wereld.client(rol, zaak.wereld.twee)
        for pad in paden:
            assert client.get(pad).status_code == verwacht, (rol, pad)
            assert ander.get(pad).status_code == (403 if verwacht == 403 else 404), (rol, pad)
        lijst = client.get("/dossiers")
        assert lijst.status_code == (403 if verwacht == 403 else 200), rol
        assert ("Bouw en wonen Kade 1" in lijst.get_data(as_text=True)) is (verwacht == 200), rol


def test_alleen_de_jurist_wijzigt(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    uid, partij = dossier.uid, dossier.belanghebbenden[0].uid
    posten = {
        "tekst/samenvatting": {"tekst": "anders"},
        "partijen": {"naam": "X", "rol": "eigenaar"},
        f"partijen/{partij}/verwijderen": {},
        "termijn": {"beslissen_voor": "2026-12-24", "omdat": "afspraak"},
        "voorleggen": {},
        "terughalen": {"reden": "x"},
        "afsluiten": {"reden": "x"},
        "bewijs": {"bewijsstuk": "x", "aard": "waarneming"},
    }
    for rol in (Rol.COORDINATOR, Rol.KABINET, Rol.INSPECTEUR, Rol.PARTNER, Rol.BEHEERDER, Rol.AUDITOR):
        client = zaak.wereld.client(rol)
        for pad, velden in posten.items():
            assert verstuur(client, f"/dossiers/{uid}/{pad}", **velden).status_code == 403, (rol, pad)
    ander = zaak.wereld.client(Rol.JURIST, zaak.wereld.twee)
    for pad, velden in posten.items():
        assert verstuur(ander, f"/dossiers/{uid}/{pad}", **velden).status_code == 404, pad
    db.session.rollback()
    assert db.session.scalars(select(Dossier)).one().samenvatting == TEKSTEN["samenvatting"]


def test_tekst_begint_met_een_voorzet_uit_de_bevindingen(zaak: Zaak) -> None:
    uid = zaak.dossier(teksten=False).uid
    client = zaak.wereld.client(Rol.JURIST)
    feiten = client.get(f"/dossiers/{uid}/tekst/feiten").get_data(as_text=True)
    assert "Op 21 november 2026 is op het adres Kade 1 vastgesteld (overbewoning): Bewoners: 12." in feiten
    assert "nog niet bewaard" in feiten
    afweging = client.get(f"/dossiers/{uid}/tekst/beoordeling").get_data(as_text=True)
    assert "[vul aan: waarom een lichter middel niet genoeg is]" in afweging
    db.session.rollback()
    assert db.session.scalars(select(Dossier)).one().feiten == ""
    assert client.get(f"/dossiers/{uid}/tekst/bestaat_niet").status_code == 404
    # A draft that still has open places is kept, but does not go to the cabinet.
    token = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', afweging)
    assert token is not None
    verstuur(client, f"/dossiers/{uid}/tekst/beoordeling", tekst="Nodig: [vul aan: waarom]", gezien=token[1])
    pagina = client.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "open plekken: [vul aan: waarom]" in pagina


def test_twee_juristen_in_een_tekst_raken_niets_kwijt(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    client = zaak.wereld.client(Rol.JURIST)
    pad = f"/dossiers/{uid}/tekst/samenvatting"
    gezien = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', client.get(pad).get_data(as_text=True))
    assert gezien is not None
    assert verstuur(client, pad, tekst="Eerste jurist", gezien=gezien[1]).status_code == 302
    tweede = verstuur(client, pad, tekst="Tweede jurist", gezien=gezien[1])
    assert tweede.status_code == 409
    inhoud = tweede.get_data(as_text=True)
    assert "Eerste jurist" in inhoud
    assert "Tweede jurist" in inhoud
    opnieuw = re.search(r'name="gezien"[^>]*value="([0-9a-f]{64})"', inhoud)
    assert opnieuw is not None
    assert verstuur(client, pad, tekst="Samen", gezien=opnieuw[1]).status_code == 302
    te_lang = verstuur(client, pad, tekst="x" * 20_001, gezien=opnieuw[1])
    assert te_lang.status_code == 422
    assert "20001 tekens" in te_lang.get_data(as_text=True)
    assert "x" * 20_001 in te_lang.get_data(as_text=True)
    db.session.rollback()
    assert db.session.scalars(select(Dossier)).one().samenvatting == "Samen"


def test_partij_met_fout_kvk_houdt_wat_getypt_is(zaak: Zaak) -> None:
    uid = zaak.dossier(partij=False).uid
    client = zaak.wereld.client(Rol.JURIST)
    fout = verstuur(client, f"/dossiers/{uid}/partijen", naam="Duin & Co", rol="eigenaar", kvk="123", adres="Dijk 1")
    assert fout.status_code == 422
    tekst = fout.get_data(as_text=True)
    assert "Een KvK-nummer heeft 8 cijfers" in tekst
    assert 'value="Duin &amp; Co"' in tekst
    assert verstuur(client, f"/dossiers/{uid}/partijen", naam="<b>Duin</b>", rol="eigenaar").status_code == 302
    pagina = client.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "&lt;b&gt;Duin&lt;/b&gt;" in pagina
    db.session.rollback()
    partij = db.session.scalars(select(Belanghebbende)).one().uid
    assert verstuur(client, f"/dossiers/{uid}/partijen/{partij}/verwijderen").status_code == 302
    db.session.rollback()
    assert db.session.scalars(select(Belanghebbende)).all() == []


def test_belemmeringen_staan_er_in_woorden(zaak: Zaak) -> None:
    uid = zaak.dossier(teksten=False, partij=False).uid
    client = zaak.wereld.client(Rol.JURIST)
    antwoord = verstuur(client, f"/dossiers/{uid}/voorleggen")
    assert antwoord.status_code == 409
    tekst = antwoord.get_data(as_text=True)
    for deel in ("Samenvatting&#39; is nog leeg", "Concept-besluit&#39; is nog leeg", "nog geen belanghebbende"):
        assert deel in tekst
    db.session.rollback()
    dossier = db.session.scalars(select(Dossier)).one()
    assert (dossier.toestand, dossier.stukken) == ("opbouw", [])


def test_open_verschil_houdt_voorleggen_tegen(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    ander = tablet(zaak.wereld, Rol.COORDINATOR)
    haal_pak(ander)
    ander.op(zaak.bezoek, "bewoners", 9)
    ander.sync()
    client = zaak.wereld.client(Rol.JURIST)
    antwoord = verstuur(client, f"/dossiers/{uid}/voorleggen")
    assert antwoord.status_code == 409
    assert "staan twee verschillende antwoorden op" in antwoord.get_data(as_text=True)
    assert "Klaar om voor te leggen" not in client.get(f"/dossiers/{uid}").get_data(as_text=True)


def test_ontbrekend_bewijs_houdt_voorleggen_tegen(zaak: Zaak) -> None:
    dossier = zaak.dossier()
    uid = dossier.uid
    zaak.rij().ontbreekt = [{"vraag": "bewoners", "herhaling_id": None, "label": "Bewoners", "bewijs": "foto"}]
    db.session.commit()
    antwoord = verstuur(zaak.wereld.client(Rol.JURIST), f"/dossiers/{uid}/voorleggen")
    assert antwoord.status_code == 409
    assert "er ontbreekt een foto bij &#39;Bewoners&#39;" in antwoord.get_data(as_text=True)


def test_foto_die_nog_op_het_toestel_staat_houdt_voorleggen_tegen(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    zaak.boa.op(zaak.bezoek, "bewoners", {"sha256": "ab" * 32, "soort": "image/jpeg", "omvang": 9}, "attach")
    zaak.boa.sync()
    antwoord = verstuur(zaak.wereld.client(Rol.JURIST), f"/dossiers/{uid}/voorleggen")
    assert antwoord.status_code == 409
    assert "1 foto of bestand nog niet binnen" in antwoord.get_data(as_text=True)


def test_bewijs_met_de_hand_erbij_beschrijven_en_weg(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    los = foto(zaak.boa, zaak.bezoek, "teal", "foto_gevel")
    client = zaak.wereld.client(Rol.JURIST)
    pagina = client.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "Andere foto's en bestanden van de bezoeken (1)" in pagina
    db.session.rollback()
    stuk = db.session.scalars(select(Bewijsstuk).where(Bewijsstuk.sha256 == los)).one()
    stuk_uid = str(stuk.uid)
    coordinator = zaak.wereld.client(Rol.COORDINATOR)
    assert coordinator.get(f"/dossiers/{uid}/bewijs/{stuk_uid}").status_code == 404
    velden = {"bewijsstuk": stuk_uid, "omschrijving": "De gevel", "aard": "waarneming"}
    assert verstuur(client, f"/dossiers/{uid}/bewijs", **velden).status_code == 302
    tekst = client.get(f"/dossiers/{uid}").get_data(as_text=True)
    assert "Nr. 3. De gevel" in tekst
    beeld = coordinator.get(f"/dossiers/{uid}/bewijs/{stuk_uid}")
    assert (beeld.status_code, beeld.content_type) == (200, "image/jpeg")
    assert verstuur(client, f"/dossiers/{uid}/bewijs", **(velden | {"aard": "mening"})).status_code == 422
    weg = re.search(r"/bewijs/([0-9a-f-]{36})/verwijderen", tekst)
    assert weg is not None
    assert verstuur(client, f"/dossiers/{uid}/bewijs/{weg[1]}/verwijderen").status_code == 302
    assert "De gevel" not in client.get(f"/dossiers/{uid}").get_data(as_text=True)


def test_bevinding_eruit_halen_met_reden(zaak: Zaak) -> None:
    uid = zaak.dossier().uid
    voorstel = db.session.scalars(select(Voorstel)).one().uid
    client = zaak.wereld.client(Rol.JURIST)
    pad = f"/dossiers/{uid}/voorstellen/{voorstel}/uithalen"
    assert verstuur(client, pad, reden=" ").status_code == 422
    assert verstuur(client, pad, reden="Hoort bij een ander dossier").status_code == 302
    db.session.rollback()
    rij = db.session.scalars(select(Voorstel)).one()
    assert (rij.status, rij.dossier_id, rij.reden) == ("afgewezen", None, "Hoort bij een ander dossier")
    assert "voorstel_uit_dossier" in handelingen()


def test_termijn_vraagt_een_reden_en_ligt_niet_in_het_verleden(zaak: Zaak) -> None:
    dossier, sessie, nu = zaak.dossier(), db.session(), zaak.wereld.nu
    for dag, omdat, deel in ((date(2026, 12, 24), "", "waar deze datum op rust"), (date(2026, 11, 20), "x", "voorbij")):
        with pytest.raises(OngeldigeInvoer, match=deel):
            operations.stel_termijn(sessie, zaak.jurist, nu, dossier, dag, omdat)
    operations.stel_termijn(sessie, zaak.jurist, nu, dossier, date(2026, 11, 21), "afspraak met de burgemeester")
    assert dossier.beslissen_voor == date(2026, 11, 21)
    operations.stel_termijn(sessie, zaak.jurist, nu, dossier, None)
    assert (dossier.beslissen_voor, dossier.beslissen_omdat) == (None, "")


def test_nummers_lopen_door_per_gemeente_en_jaar(zaak: Zaak) -> None:
    sessie, nu = db.session(), zaak.wereld.nu
    locatie = zaak.rij().bezoek.locatie

    def nieuw(moment: object) -> str:
        dossier = operations.maak_dossier(
            sessie,
            zaak.jurist,
            moment,
            "bouw_wonen",
            "Artikel 125 Gemeentewet",
            "X",
            [locatie],  # type: ignore[arg-type]
        )
        return dossier.nummer

    assert [nieuw(nu), nieuw(nu), nieuw(nu.replace(year=2027)), nieuw(nu)] == [
        "2026-0001",
        "2026-0002",
        "2027-0001",
        "2026-0003",
    ]


def test_lijst_filtert_zoekt_en_sorteert(zaak: Zaak) -> None:
    sessie, nu = db.session(), zaak.wereld.nu
    zaak.dossier()
    locatie = zaak.rij().bezoek.locatie
    operations.maak_dossier(sessie, zaak.jurist, nu, "sluiting", "Artikel 174a Gemeentewet", "Aap Noot", [locatie])
    sessie.commit()
    client = zaak.wereld.client(Rol.JURIST)

    def titels(vraag: str) -> list[str]:
        tekst = client.get(f"/dossiers?{vraag}").get_data(as_text=True)
        return re.findall(r"/dossiers/[0-9a-f-]{36}\">([^<]+)<", tekst)

    assert titels("sorteer=titel&richting=op") == ["Aap Noot", "Bouw en wonen Kade 1"]
    assert titels("sorteer=titel&richting=af") == ["Bouw en wonen Kade 1", "Aap Noot"]
    assert titels("soort=sluiting") == ["Aap Noot"]
    assert titels("zoek=2026-0001") == ["Bouw en wonen Kade 1"]
    assert len(titels("zoek=kade")) == 2
    assert titels("toestand=akkoord") == []
    assert len(titels("sorteer=bestaat-niet&richting=x&pagina=99&toestand=")) == 2
    # A wildcard is no search.
    assert len(titels("zoek=%25")) == 2
    assert "Geen dossier past" in client.get("/dossiers?zoek=zeemeermin").get_data(as_text=True)
