"""Tracks of closures: from the report to the reopening, what cannot be, and who may see and do what."""

import html
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from inspecties.core.fouten import Conflict
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import operations
from inspecties.dossiers.looptermijnen import termijnen_van
from inspecties.dossiers.models_traject import Trajectgang
from inspecties.dossiers.trajecten import Nietzover, Trajectfouten, begin_traject
from inspecties.locaties.models_feiten import Vergunning
from tests.integration.dossiers.conftest import handelingen, verstuur
from tests.integration.dossiers.sluitingwereld import BESLUIT, TOETS, Sluiting, maak_sluiting
from tests.wereld import Wereld


@pytest.fixture
def sluiting(wereld: Wereld) -> Sluiting:
    """A closure on 174a whose test has been begun; committed."""
    return maak_sluiting(wereld)


def test_van_rapportage_tot_heropening(sluiting: Sluiting) -> None:
    assert (sluiting.traject.code, sluiting.traject.stand) == ("sluiting_174a", "rapportage")
    sluiting.zet("toets", **TOETS)
    sluiting.zet("voornemen", verstuurd_op=sluiting.vandaag, termijn="1w")
    zienswijze = sluiting.termijnen()["zienswijze"]
    assert (zienswijze.stand, zienswijze.eigenaar_id) == ("loopt", sluiting.jurist.gebruiker_id)
    with pytest.raises(Nietzover, match="De termijn voor een zienswijze loopt nog"):
        sluiting.zet("zienswijze", hoe="geen")
    sluiting.verder(10)
    sluiting.zet("zienswijze", hoe="geen")
    gisteren = sluiting.vandaag
    sluiting.verder(1)
    assert sluiting.termijnen()["zienswijze"].stand == "gedaan"
    with pytest.raises(Nietzover, match="Het kabinet heeft nog geen akkoord gegeven"):
        sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    sluiting.akkoord()
    with pytest.raises(Nietzover, match="kan niet voor het akkoord van het kabinet"):
        sluiting.zet("besluit", op=gisteren, ingang=sluiting.vandaag, **BESLUIT)
    assert sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT).besluit_id is not None
    with pytest.raises(Trajectfouten) as fouten:
        sluiting.zet("bekendmaking", datum=sluiting.vandaag - timedelta(days=2), wijze="post", bewijs="3SABC")
    assert "ligt voor 'Besluit genomen'" in fouten.value.fouten["datum"]
    with pytest.raises(Nietzover, match="Zonder bewijs is het besluit niet bekendgemaakt"):
        sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="post")
    sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="uitgereikt", bewijs="Getekend voor ontvangst")
    assert {"bezwaar", "wkpb_inschrijving", "herstel_174a"} <= set(sluiting.termijnen())
    with pytest.raises(Nietzover, match="om er zelf een einde aan te maken loopt nog tot en met"):
        sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, door="Slotenmaker", bewoners="Niemand.")
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-1")
    sluiting.verder(7)
    sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, door="Slotenmaker", bewoners="Niemand.", kosten="450")
    sluiting.zet("bezwaar_ontvangen", ontvangen_op=sluiting.vandaag, commissie="ja")
    assert sluiting.traject.stand == "uitvoering"
    assert sluiting.termijnen()["beslissing_op_bezwaar_commissie"].start_datum == (
        sluiting.termijnen()["bezwaar"].einde_datum
    )
    with pytest.raises(Nietzover, match="De sluiting geldt nog tot en met"):
        sluiting.zet("opheffing", opgeheven_op=sluiting.vandaag)
    assert sluiting.termijnen()["sluiting_174a"].einde_datum == sluiting.vandaag + timedelta(days=27)
    sluiting.verder(28)
    sluiting.zet("opheffing", opgeheven_op=sluiting.vandaag)
    slot = {"doorgehaald_op": sluiting.vandaag, "kosten": "vastgesteld", "aan_wie": "De eigenaar"}
    with pytest.raises(Nietzover, match=r"wie hierover besloot \(besluit over de kosten van bestuursdwang\)"):
        sluiting.zet("heropening", heropend_op=sluiting.vandaag, **slot)
    sluiting.besloot("kostenbesluit")
    sluiting.zet("heropening", heropend_op=sluiting.vandaag, **slot)
    assert {c: t.stand for c, t in sluiting.termijnen().items() if c in {"wkpb_inschrijving", "sluiting_174a"}} == {
        "wkpb_inschrijving": "gedaan",
        "sluiting_174a": "gedaan",
    }
    with pytest.raises(Conflict, match="Bezwaar loopt nog: 'Bezwaar ontvangen'"):
        operations.sluit_af(db.session(), sluiting.jurist, sluiting.nu, sluiting.dossier)


def test_spoed_en_wat_zonder_spoed_niet_kan(sluiting: Sluiting) -> None:
    sluiting.akkoord()
    sluiting.zet("toets", **TOETS)
    meteen = BESLUIT | {"zelf_sluiten": "nee", "hersteltermijn": ""}
    with pytest.raises(Nietzover):
        sluiting.zet("besluit", "Te gevaarlijk om te wachten.", ingang=sluiting.vandaag, **meteen)
    db.session.rollback()
    sluiting.akkoord()
    sluiting.zet("toets", **TOETS | {"spoed": "ja"})
    with pytest.raises(Trajectfouten, match="kan niet zonder uitleg"):
        sluiting.zet("spoedsluiting", gesloten_op=sluiting.vandaag, opdracht="Burgemeester", bewoners="Twee weg")
    sluiting.zet(
        "spoedsluiting", "Er is vannacht geschoten.", gesloten_op=sluiting.vandaag, opdracht="Burgemeester, mondeling",
        bewoners="Twee personen opgevangen.",
    )  # fmt: skip
    assert sluiting.termijnen()["besluit_op_papier"].stand == "loopt"
    sluiting.verder(1)
    sluiting.zet("besluit", ingang=sluiting.vandaag - timedelta(days=1), **meteen)
    standen = {c: t.stand for c, t in sluiting.termijnen().items()}
    assert standen == {
        "besluit_op_papier": "gedaan",
        "sluiting_174a": "loopt",
        "kostenverhaal_bestuursdwang": "loopt",
    }
    sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="uitgereikt", bewijs="Ontvangstbewijs")
    # Sealed already: not once more, and no period to end it themselves.
    assert "herstel_174a" not in sluiting.termijnen()
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-2")
    with pytest.raises(Nietzover, match="Dit kan niet meer na 'Met spoed gesloten'"):
        sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, door="S", bewoners="N")
    sluiting.zet("toezicht", bevinding="in_orde")


def test_verlengen_alleen_op_tijd_en_met_een_nieuw_akkoord(sluiting: Sluiting) -> None:
    sluiting.tot_gesloten()
    langer = {"duur": "4w", "vrees": "Nieuwe dreiging.", "wijze": "uitgereikt", "bewijs": "Getekend"}
    with pytest.raises(Nietzover, match="nieuw akkoord van het kabinet"):
        sluiting.zet("verlenging", datum=sluiting.vandaag, **langer)
    operations.haal_terug(db.session(), sluiting.jurist, sluiting.nu, sluiting.dossier, "Verlengen")
    assert sluiting.dossier.toestand == "opbouw"
    sluiting.verder(10)
    sluiting.akkoord()
    eind = sluiting.termijnen()["sluiting_174a"].einde_datum
    sluiting.zet("verlenging", datum=sluiting.vandaag, **langer)
    termijn = sluiting.termijnen()["sluiting_174a"]
    assert termijn.einde_datum == eind + timedelta(weeks=4)
    assert termijn.daden[-1].grond == "Nieuwe dreiging."
    assert sum(t.code == "bezwaar" for t in termijnen_van(db.session(), sluiting.jurist, sluiting.dossier)) == 2
    db.session.commit()
    sluiting.verder(60)
    sluiting.akkoord()
    with pytest.raises(Nietzover, match="Daarna kan zij niet meer worden verlengd"):
        sluiting.zet("verlenging", datum=sluiting.vandaag, **langer)


def test_apv_nooit_een_woning_en_geen_ingetrokken_vergunning(wereld: Wereld) -> None:
    sluiting = maak_sluiting(wereld, "apv_sluiting")
    toets = {
        "artikel": "3:13",
        "woning": "nee",
        "vergunning": "geldig",
        "overtreding": "Geen beheerder",
        "spoed": "nee",
    }
    with pytest.raises(Nietzover, match="bewoonde woning kan niet op grond van de APV"):
        sluiting.zet("toets", **toets | {"woning": "ja"})
    dag = sluiting.vandaag - timedelta(days=30)
    db.session.add(
        Vergunning(
            gemeente_id=sluiting.dossier.gemeente_id, locatie_id=sluiting.dossier.locaties[0].id, nummer="E-7",
            soort="Exploitatievergunning", status="ingetrokken", intrekdatum=dag, vastgelegd_op=wereld.nu,
            gewijzigd_op=wereld.nu,
        )
    )  # fmt: skip
    with pytest.raises(Nietzover, match=r"De vergunning \(exploitatievergunning E-7\) is sinds .* ingetrokken"):
        sluiting.zet("toets", **toets)
    sluiting.zet("toets", **toets | {"vergunning": "ingetrokken"})


def test_afsluiten_en_volgende_trajecten(sluiting: Sluiting) -> None:
    sessie, jurist = db.session(), sluiting.jurist
    with pytest.raises(Conflict, match="Daarvan is eerst nodig: Gesloten en verzegeld"):
        begin_traject(sessie, jurist, sluiting.nu, sluiting.dossier, "victor")
    with pytest.raises(Conflict, match="Dit staat uit"):
        begin_traject(sessie, jurist, sluiting.nu, sluiting.dossier, "sluiting_woningwet17")
    with pytest.raises(Conflict, match="loopt al"):
        begin_traject(sessie, jurist, sluiting.nu, sluiting.dossier, "sluiting_174a")
    sluiting.tot_gesloten()
    with pytest.raises(Conflict, match="loopt nog: het staat op 'Gesloten en verzegeld'"):
        operations.sluit_af(sessie, jurist, sluiting.nu, sluiting.dossier)
    assert begin_traject(sessie, jurist, sluiting.nu, sluiting.dossier, "victor").stand == "aanleiding"
    ander = maak_sluiting(sluiting.wereld)
    ander.zet("toets", **TOETS)
    ander.zet("voornemen", verstuurd_op=ander.vandaag, termijn="2w")
    operations.sluit_af(sessie, jurist, ander.nu, ander.dossier, "De eigenaar heeft het zelf opgelost.")
    assert (ander.dossier.toestand, ander.traject.stand) == ("afgesloten", "gestopt")
    assert ander.termijnen()["zienswijze"].stand == "vervallen"


def _velden(pagina: str) -> dict[str, str]:
    velden = dict(re.findall(r'name="(versie|naar)"[^>]*value="([^"]*)"', pagina))
    assert set(velden) == {"versie", "naar"}
    return velden


def _lees(client: FlaskClient, pad: str) -> str:
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    return html.unescape(antwoord.get_data(as_text=True))


def test_op_de_pagina(sluiting: Sluiting) -> None:
    client = sluiting.wereld.client(Rol.JURIST)
    pad = f"/dossiers/{sluiting.dossier.uid}/traject"
    oud = _lees(client, pad)
    assert "Volgende stap: toetsen en de grond kiezen" in oud
    assert "Het is niet bevestigd dat artikel 17 Woningwet" in oud
    dag = {"op_datum": sluiting.vandaag.isoformat()}
    stap = f"{pad}/sluiting_174a"
    half = verstuur(client, stap, **_velden(oud), **dag, v_grond="lid2", v_verstoring="Drie vechtpartijen")
    tekst = html.unescape(half.get_data(as_text=True))
    assert half.status_code == 422
    assert "Drie vechtpartijen" in tekst
    assert "Welk pand van deze rechthebbende was eerder gesloten, en wanneer?: Vul dit in." in tekst
    morgen = {"op_datum": (sluiting.vandaag + timedelta(days=1)).isoformat()}
    goed = {f"v_{naam}": waarde for naam, waarde in TOETS.items()}
    assert "moet nog komen" in verstuur(client, stap, **_velden(oud), **morgen, **goed).get_data(as_text=True)
    assert verstuur(client, stap, **_velden(oud), **dag, **goed).status_code == 302
    # Somebody with the page of before is told, keeps what they typed, and overwrites nothing.
    laat = verstuur(client, stap, **_velden(oud), **dag, **goed | {"v_verstoring": "Mijn eigen woorden"})
    tekst = html.unescape(laat.get_data(as_text=True))
    assert laat.status_code == 409
    assert "Een collega zette net een stap in dit traject" in tekst
    assert "Mijn eigen woorden" in tekst
    assert "Zie de rapportage." in tekst
    db.session.rollback()
    assert len(db.session.scalars(select(Trajectgang)).all()) == 2
    assert {"traject_begonnen", "traject_stap", "dossier_gelezen"} <= set(handelingen())


def test_wie_het_ziet(sluiting: Sluiting) -> None:
    pad, wereld = f"/dossiers/{sluiting.dossier.uid}/traject", sluiting.wereld
    gelezen = _lees(wereld.client(Rol.COORDINATOR), pad)
    assert "Rapportage ontvangen" in gelezen
    assert "Stap vastleggen" not in gelezen
    assert wereld.client(Rol.KABINET).get(pad).status_code == 404
    assert wereld.client(Rol.JURIST, wereld.twee).get(pad).status_code == 404
    assert wereld.client(Rol.INSPECTEUR).get(pad).status_code == 403
    sluiting.akkoord()
    db.session.commit()
    assert "Rapportage ontvangen" in _lees(wereld.client(Rol.KABINET), pad)
    sluiting.dossier.toestand = "afgesloten"
    db.session.commit()
    dicht = _lees(wereld.client(Rol.JURIST), pad)
    assert "Wat er is gedaan" in dicht
    assert "Stap vastleggen" not in dicht
