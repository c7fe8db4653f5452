"""What runs beside a closure: another track, objections and courts, the Wkpb; and what was not decided or proven."""

import html
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from inspecties.core.fouten import Conflict
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers import operations, toetsen, trajecten
from inspecties.dossiers.looptermijnen import termijnen_van
from inspecties.dossiers.models import Stuk
from inspecties.dossiers.models_brieven import Brief, Briefversie, Briefverzending, Kennisgeving
from inspecties.dossiers.trajecten import Nietzover, Trajectfouten, begin_traject
from tests.integration.dossiers.conftest import verstuur
from tests.integration.dossiers.sluitingwereld import BESLUIT, TOETS, Sluiting, maak_sluiting
from tests.wereld import Wereld

LANGER = {"duur": "1m", "vrees": "Nieuwe dreiging.", "wijze": "uitgereikt", "bewijs": "Getekend"}


@pytest.fixture
def sluiting(wereld: Wereld) -> Sluiting:
    """A closure on 174a whose test has been begun; committed."""
    return maak_sluiting(wereld)


def test_twee_trajecten_in_een_dossier_raken_elkaars_termijnen_niet(sluiting: Sluiting) -> None:
    sluiting.tot_gesloten()
    victor = sluiting.ernaast("victor")
    victor.zet("overleg", plan="Verhuren aan een zorginstelling", genoeg="nee")
    victor.zet("voornemen", maatregel="beheer", verstuurd_op=victor.vandaag, termijn="8w")
    # The longer term of the one does not keep the other waiting, and ends with its own track only.
    drugs = sluiting.ernaast("sluiting_13b")
    drugs.zet("toets", grond="handel", gevonden="Vijf kilo", beleid="Artikel 3", woning="nee", spoed="nee")
    drugs.zet("voornemen", verstuurd_op=drugs.vandaag, termijn="1w")
    drugs.verder(10)
    drugs.zet("zienswijze", hoe="geen")
    assert (drugs.standen("zienswijze"), victor.standen("zienswijze")) == (["gedaan"], ["loopt"])
    with pytest.raises(Nietzover, match="De termijn voor een zienswijze loopt nog"):
        victor.zet("zienswijze", hoe="geen")
    victor.zet("zienswijze", hoe="gesprek")
    victor.nu = drugs.nu
    victor.akkoord()
    victor.zet("besluit", maatregel="beheer", beheer_aan="Woningstichting")
    victor.zet("bekendmaking", datum=victor.vandaag, wijze="uitgereikt", bewijs="Getekend")
    assert (sluiting.standen("bezwaar"), victor.standen("bezwaar")) == (["loopt"], ["loopt"])
    # Each decision to object to has its own last day.
    eigen, ander = sluiting.termijnen()["bezwaar"], victor.termijnen()["bezwaar"]
    assert eigen.einde_datum < ander.einde_datum
    victor.zet("bezwaar_ontvangen", ontvangen_op=victor.vandaag, commissie="nee")
    assert victor.termijnen()["beslissing_op_bezwaar"].start_datum == ander.einde_datum
    victor.zet("beheer", ingegaan_op=victor.vandaag)
    victor.zet("verhuurd")
    # The closure of drugs has ended nothing of the other one, and lengthens nothing of it either.
    einde = sluiting.termijnen()["sluiting_174a"].einde_datum
    drugs.akkoord()
    drugs.zet("besluit", ingang=drugs.vandaag, **BESLUIT | {"duur": "3m"})
    drugs.zet("bekendmaking", datum=drugs.vandaag, wijze="uitgereikt", bewijs="Getekend")
    drugs.verder(5)
    drugs.zet("uitvoering", verzegeld_op=drugs.vandaag, door="Slotenmaker", bewoners="Niemand.")
    drugs.verder(25)
    sluiting.nu = drugs.nu
    sluiting.zet("opheffing", opgeheven_op=sluiting.vandaag)
    assert (sluiting.standen("sluiting_174a"), drugs.standen("sluiting_13b")) == (["gedaan"], ["loopt"])
    assert sluiting.termijnen()["sluiting_174a"].einde_datum == einde


def test_een_akkoord_geldt_niet_meer_als_de_teksten_weer_open_zijn(sluiting: Sluiting) -> None:
    sluiting.tot_besluit()
    operations.haal_terug(db.session(), sluiting.jurist, sluiting.nu, sluiting.dossier, "De duur wordt langer")
    for toestand in ("opbouw", "voorgelegd", "teruggestuurd"):
        sluiting.dossier.toestand = toestand
        with pytest.raises(Nietzover, match="kabinet"):
            sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    sluiting.akkoord()
    assert sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT).besluit_id is not None


def test_een_verlenging_of_opheffing_geldt_niet_voor_het_besluit_daarover(sluiting: Sluiting) -> None:
    sluiting.tot_gesloten()
    einde = sluiting.termijnen()["sluiting_174a"].einde_datum
    sluiting.verder((einde - sluiting.vandaag).days + 2)
    sluiting.akkoord()
    # The closure ended the day before yesterday; the day of service is not put before the approval of today.
    with pytest.raises(Nietzover, match="ligt voor het akkoord van het kabinet"):
        sluiting.zet("verlenging", datum=einde, **LANGER)
    with pytest.raises(Nietzover, match="ligt voor het akkoord van het kabinet"):
        sluiting.zet("opheffing_eerder", opgeheven_op=einde, waarom="Niet meer nodig")
    verzegeld = sluiting.traject.gangen[-1].op_datum
    with pytest.raises(Trajectfouten, match="ligt voor 'Dag waarop het pand is verzegeld'"):
        sluiting.zet("opheffing", opgeheven_op=verzegeld - timedelta(days=1))
    sluiting.zet("opheffing", opgeheven_op=einde + timedelta(days=1))


def test_maanden_tellen_vanaf_de_eerste_dag(sluiting: Sluiting) -> None:
    dagen = (date(2027, 3, 1) - sluiting.vandaag).days
    sluiting.verder(dagen)
    sluiting.tot_besluit()
    meteen = BESLUIT | {"duur": "3m", "hersteltermijn": "1d"}
    sluiting.zet("besluit", ingang=sluiting.vandaag, **meteen)
    sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="uitgereikt", bewijs="Getekend")
    sluiting.verder(31)
    sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, door="Slotenmaker", bewoners="Niemand.")
    assert sluiting.termijnen()["sluiting_174a"].einde_datum == date(2027, 6, 30)
    sluiting.akkoord()
    sluiting.zet("verlenging", datum=sluiting.vandaag, **LANGER)
    assert sluiting.termijnen()["sluiting_174a"].einde_datum == date(2027, 7, 31)


def test_na_spoed_toezicht_kosten_en_wet_victor(sluiting: Sluiting) -> None:
    sluiting.spoed()
    kosten = sluiting.termijnen()["kostenverhaal_bestuursdwang"]
    assert (kosten.stand, kosten.start_datum) == ("loopt", sluiting.vandaag - timedelta(days=1))
    # Without a made-up inscription to the watch; the inscription can still follow.
    sluiting.zet("toezicht", bevinding="in_orde")
    assert sluiting.ernaast("victor").traject.stand == "aanleiding"
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-9")
    assert sluiting.standen("wkpb_inschrijving") == ["gedaan"]
    with pytest.raises(Nietzover, match="Dit kan niet meer na"):
        sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, door="S", bewoners="N")
    sluiting.zet("toezicht", bevinding="in_orde")
    with pytest.raises(Nietzover, match="al ingeschreven"):
        sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-9")
    sluiting.verder(30)
    sluiting.zet("opheffing", opgeheven_op=sluiting.vandaag)
    slot = {"kosten": "nog", "aan_wie": "De eigenaar"}
    with pytest.raises(Trajectfouten, match="ligt voor 'Eerste dag waarop"):
        sluiting.zet("heropening", heropend_op=sluiting.vandaag - timedelta(days=3), **slot)
    sluiting.zet("heropening", heropend_op=sluiting.vandaag, **slot)
    assert sluiting.standen("kostenverhaal_bestuursdwang") == ["loopt"]


def test_een_poort_houdt_ook_spoed_tegen(sluiting: Sluiting) -> None:
    dicht = toetsen.Ingezonden("Alleen geluid.", "ja")
    toetsen.vul_in(db.session(), sluiting.jurist, sluiting.nu, sluiting.dossier, {"alleen_hinder": dicht}, {})
    sluiting.zet("toets", **TOETS | {"spoed": "ja"})
    sluiting.akkoord()
    snel = {"gesloten_op": sluiting.vandaag, "opdracht": "Burgemeester", "bewoners": "Niemand."}
    with pytest.raises(Nietzover, match="De juridische toets houdt dit tegen"):
        sluiting.zet("spoedsluiting", "Er is geschoten.", **snel)
    meteen = BESLUIT | {"zelf_sluiten": "nee", "hersteltermijn": ""}
    with pytest.raises(Nietzover, match="De juridische toets houdt dit tegen"):
        sluiting.zet("besluit", "Er is geschoten.", ingang=sluiting.vandaag, **meteen)


@pytest.mark.parametrize("instrument", ["apv_sluiting", "damocles"])
def test_zonder_begin_van_de_toets_geen_grond(wereld: Wereld, instrument: str) -> None:
    sluiting = maak_sluiting(wereld, instrument, getoetst=False)
    toets = {
        "apv_sluiting": {"artikel": "3:13", "vergunning": "geen", "overtreding": "Geen beheerder"},
        "damocles": {"grond": "handel", "gevonden": "Vijf kilo", "beleid": "Artikel 3"},
    }[instrument]
    with pytest.raises(Nietzover, match="Begin eerst aan de juridische toets"):
        sluiting.zet("toets", woning="nee", spoed="nee", **toets)


def test_apv_van_toets_tot_heropening_zonder_inschrijving(wereld: Wereld) -> None:
    sluiting = maak_sluiting(wereld, "apv_sluiting")
    toets = {"artikel": "3:13", "vergunning": "geen", "overtreding": "Geen beheerder"}
    sluiting.zet("toets", woning="nee", spoed="nee", **toets)
    sluiting.zet("voornemen", verstuurd_op=sluiting.vandaag, termijn="1w")
    sluiting.zet("zienswijze", hoe="schriftelijk")
    sluiting.akkoord()
    sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    # Whether the Wkpb asks an inscription of an APV closure is to be confirmed: it is asked, never assumed.
    bekend = {"datum": sluiting.vandaag, "wijze": "uitgereikt", "bewijs": "Getekend"}
    with pytest.raises(Trajectfouten) as fouten:
        sluiting.zet("bekendmaking", **bekend)
    assert set(fouten.value.fouten) == {"wkpb"}
    sluiting.zet("bekendmaking", wkpb="nee", **bekend)
    with pytest.raises(Nietzover, match="is hier niet voor gekozen"):
        sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-1")
    dicht = {"door": "Slotenmaker", "bewoners": "Niemand."}
    with pytest.raises(Nietzover, match="De termijn om er zelf een einde aan te maken loopt nog"):
        sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, **dicht)
    sluiting.verder(7)
    sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, **dicht)
    assert sluiting.termijnen()["sluiting_apv"].einde_datum == sluiting.vandaag + timedelta(days=27)
    sluiting.verder(28)
    sluiting.zet("opheffing", opgeheven_op=sluiting.vandaag)
    sluiting.zet("heropening", heropend_op=sluiting.vandaag, kosten="niet", aan_wie="De eigenaar")
    assert (sluiting.standen("sluiting_apv"), sluiting.standen("begunstiging")) == (["gedaan"], ["gedaan"])
    assert sluiting.standen("wkpb_inschrijving") == []


def test_apv_met_inschrijving_begint_de_termijn_van_de_wkpb(wereld: Wereld) -> None:
    sluiting = maak_sluiting(wereld, "apv_sluiting")
    sluiting.zet("toets", woning="nee", spoed="nee", artikel="3:13", vergunning="geen", overtreding="Geen beheerder")
    sluiting.zet("voornemen", verstuurd_op=sluiting.vandaag, termijn="1w")
    sluiting.zet("zienswijze", hoe="schriftelijk")
    sluiting.akkoord()
    sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="uitgereikt", bewijs="Getekend", wkpb="ja")
    assert sluiting.standen("wkpb_inschrijving") == ["loopt"]
    assert sluiting.termijnen()["wkpb_inschrijving"].regel["status"] == "te bevestigen"
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-1")
    assert sluiting.standen("wkpb_inschrijving") == ["gedaan"]


def test_geschorst_is_niet_gesloten(sluiting: Sluiting) -> None:
    sluiting.tot_besluit()
    sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="uitgereikt", bewijs="Getekend")
    zitting = sluiting.vandaag + timedelta(days=12)
    sluiting.zet("voorziening_gevraagd", rechtbank="Midden-Nederland 26/1", zitting_op=zitting, wachten="ja")
    assert sluiting.termijnen()["voorlopige_voorziening"].einde_datum == zitting
    sluiting.verder(13)
    dicht = {"verzegeld_op": sluiting.vandaag, "door": "Slotenmaker", "bewoners": "Niemand."}
    with pytest.raises(Nietzover, match="wacht met sluiten tot de uitspraak"):
        sluiting.zet("uitvoering", **dicht)
    sluiting.zet("voorziening_uitspraak", uitkomst="geschorst")
    assert sluiting.standen("voorlopige_voorziening") == ["gedaan"]
    with pytest.raises(Nietzover, match="heeft het besluit geschorst"):
        sluiting.zet("uitvoering", **dicht)
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-1")
    # Never sealed: what the court did is written down, the inscription goes out, and nothing is reopened.
    sluiting.zet("opheffing_uitspraak", opgeheven_op=sluiting.vandaag, uitspraak="Vzr. 26/1")
    assert sluiting.standen("wkpb_inschrijving") == ["gedaan", "loopt"]
    with pytest.raises(Nietzover, match="nog niet gesloten"):
        sluiting.zet("heropening", heropend_op=sluiting.vandaag, kosten="niet", aan_wie="De eigenaar")
    sluiting.zet("doorgehaald", doorgehaald_op=sluiting.vandaag)
    assert sluiting.standen("wkpb_inschrijving") == ["gedaan", "gedaan"]
    assert sluiting.standen("bezwaar") == ["vervallen"]


def test_intrekken_na_de_inschrijving_vraagt_doorhaling(sluiting: Sluiting) -> None:
    sluiting.tot_besluit()
    sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="uitgereikt", bewijs="Getekend")
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-1")
    with pytest.raises(Conflict, match="Besluit ingetrokken"):
        sluiting.zet("gestopt", "De eigenaar sloot zelf.")
    with pytest.raises(Nietzover, match=r"wie hierover besloot \(intrekking van het besluit\)"):
        sluiting.zet("ingetrokken", "De eigenaar sloot zelf.", ingetrokken_op=sluiting.vandaag)
    sluiting.besloot("intrekking")
    sluiting.zet("ingetrokken", "De eigenaar sloot zelf.", ingetrokken_op=sluiting.vandaag)
    assert sluiting.termijnen()["wkpb_inschrijving"].stand == "loopt"
    sluiting.zet("doorgehaald", doorgehaald_op=sluiting.vandaag)
    alle = termijnen_van(db.session(), sluiting.jurist, sluiting.dossier)
    assert {t.stand for t in alle} <= {"gedaan", "vervallen"}
    # What ended in this dossier begins in another one.
    with pytest.raises(Conflict, match=r"al afgelopen: 'Gestopt en beperking doorgehaald'\. Maak een nieuw dossier"):
        begin_traject(db.session(), sluiting.jurist, sluiting.nu, sluiting.dossier, "sluiting_174a")


def test_bezwaren_van_twee_mensen_beroep_en_hoger_beroep(sluiting: Sluiting) -> None:
    sluiting.tot_gesloten()
    bezwaardag = sluiting.termijnen()["bezwaar"].einde_datum
    sluiting.akkoord()
    sluiting.verder(7)
    sluiting.zet("verlenging", datum=sluiting.vandaag, **LANGER)
    sluiting.zet("wkpb", ingeschreven_op=sluiting.vandaag, kenmerk="W-2")
    assert sluiting.standen("wkpb_inschrijving") == ["gedaan", "gedaan"]
    # Against the first decision, whose last day comes first.
    sluiting.zet("bezwaar_ontvangen", ontvangen_op=sluiting.vandaag, commissie="nee")
    sluiting.zet("bezwaar_ontvangen", ontvangen_op=sluiting.vandaag, commissie="nee")
    assert sluiting.termijnen()["beslissing_op_bezwaar"].start_datum == bezwaardag
    assert sluiting.standen("beslissing_op_bezwaar") == ["loopt", "loopt"]
    with pytest.raises(Trajectfouten) as fouten:
        sluiting.zet("bezwaar_beslist", uitkomst="ongegrond")
    assert set(fouten.value.fouten) == {"bekend_op"}
    sluiting.zet("bezwaar_beslist", uitkomst="ingetrokken", alle="nee")
    assert sluiting.standen("beslissing_op_bezwaar") == ["gedaan", "loopt"]
    assert sluiting.standen("beroep") == []
    with pytest.raises(Nietzover, match=r"wie hierover besloot \(beslissing op bezwaar\)"):
        sluiting.zet("bezwaar_beslist", uitkomst="ongegrond", bekend_op=sluiting.vandaag)
    sluiting.besloot("beslissing_op_bezwaar")
    sluiting.zet("bezwaar_beslist", uitkomst="ongegrond", bekend_op=sluiting.vandaag)
    assert sluiting.standen("beslissing_op_bezwaar") == ["gedaan", "gedaan"]
    with pytest.raises(Nietzover, match="geen bezwaar meer open"):
        sluiting.zet("bezwaar_beslist", uitkomst="ongegrond", bekend_op=sluiting.vandaag)
    stukken = sluiting.vandaag + timedelta(days=28)
    sluiting.zet("beroep_ingesteld", rechtbank="Midden-Nederland 26/2", stukken_voor=stukken)
    assert sluiting.standen("beroep") == ["gedaan"]
    assert sluiting.termijnen()["stukken_rechtbank"].einde_datum == stukken
    sluiting.verder(30)
    sluiting.zet("beroep_uitspraak", verzonden_op=sluiting.vandaag, uitkomst="gegrond", kenmerk="ECLI:NL:RBMNE:1")
    assert sluiting.termijnen()["stukken_rechtbank"].stand == "gedaan"
    assert sluiting.termijnen()["hoger_beroep"].stand == "loopt"
    sluiting.zet("hoger_beroep", door="gemeente")
    assert sluiting.termijnen()["hoger_beroep"].stand == "gedaan"
    sluiting.zet("hoger_beroep_uitspraak", kenmerk="ECLI:NL:RVS:1")
    assert sluiting.traject.stand == "wkpb"
    sluiting.zet("opheffing_uitspraak", opgeheven_op=sluiting.vandaag, uitspraak="ECLI:NL:RVS:1")
    sluiting.zet("heropening", heropend_op=sluiting.vandaag, kosten="niet", aan_wie="De eigenaar")


def test_eerder_opheffen_met_een_nieuw_akkoord(sluiting: Sluiting) -> None:
    sluiting.tot_gesloten()
    with pytest.raises(Nietzover, match="nieuw akkoord"):
        sluiting.zet("opheffing_eerder", opgeheven_op=sluiting.vandaag, waarom="De verhuur stopte")
    sluiting.verder(3)
    sluiting.akkoord()
    sluiting.zet("opheffing_eerder", opgeheven_op=sluiting.vandaag, waarom="De verhuur stopte")
    assert sluiting.standen("sluiting_174a") == ["gedaan"]


def test_de_pagina_van_voorheen_kan_na_een_melding_opnieuw_worden_verstuurd(sluiting: Sluiting) -> None:
    client, pad = sluiting.wereld.client(Rol.JURIST), f"/dossiers/{sluiting.dossier.uid}/traject"

    def velden(pagina: str) -> dict[str, str]:
        return dict(re.findall(r'name="(versie|naar)"[^>]*value="([^"]*)"', pagina))

    sluiting.zet("toets", **TOETS)
    sluiting.zet("voornemen", verstuurd_op=sluiting.vandaag, termijn="1w")
    sluiting.zet("zienswijze", hoe="schriftelijk")
    advies = {"v_van": "Politie", "v_ontvangen_op": sluiting.vandaag.isoformat(), "v_strekking": "sluiten"}
    advies["op_datum"] = sluiting.vandaag.isoformat()
    sluiting.zet("advies", van="OM", ontvangen_op=sluiting.vandaag, strekking="sluiten")
    db.session.commit()
    oud = velden(client.get(f"{pad}?stap=advies").get_data(as_text=True))
    sluiting.nu += timedelta(minutes=1)
    sluiting.zet("advies", van="RIEC", ontvangen_op=sluiting.vandaag, strekking="sluiten")
    db.session.commit()
    laat = verstuur(client, f"{pad}/sluiting_174a", **oud, **advies)
    assert laat.status_code == 409
    nieuw = velden(laat.get_data(as_text=True))
    assert nieuw["versie"] != oud["versie"]
    assert verstuur(client, f"{pad}/sluiting_174a", **nieuw, **advies).status_code == 302
    # The first step of a track is no step that can be taken again.
    begin = verstuur(client, f"{pad}/sluiting_174a", versie="1", naar="rapportage", op_datum=advies["op_datum"])
    assert begin.status_code == 409
    assert "begint dit traject" in html.unescape(begin.get_data(as_text=True))


def test_een_oude_tabel_blijft_leesbaar(sluiting: Sluiting) -> None:
    rij = sluiting.traject
    tabel = dict(rij.tabel)
    tabel["vroeger"] = "een sleutel van toen"
    tabel["gang"] = [g | {"recht": "weg.recht"} if g["naar"] == "toets" else g for g in tabel["gang"]]
    tabel["stap"] = [s | {"vereist": [v | {"type": "weg"} for v in s["vereist"]]} for s in tabel["stap"]]
    rij.tabel = tabel
    db.session.commit()
    antwoord = sluiting.wereld.client(Rol.JURIST).get(f"/dossiers/{sluiting.dossier.uid}/traject")
    assert antwoord.status_code == 200
    assert trajecten.tabel_van(rij) is trajecten.tabel_van(rij)
    with pytest.raises(Conflict, match="recht dat niet meer bestaat"):
        sluiting.zet("toets", **TOETS)


def _dien_uit(sluiting: Sluiting, soort: str, dag: date) -> None:
    """A letter about the last decision, served on this day with proof; how letters are made is tested elsewhere."""
    dossier, sessie = sluiting.dossier, db.session()
    nummer = sessie.scalars(select(func.count()).select_from(Brief)).one() + 1
    vast = {"gemeente_id": dossier.gemeente_id}
    brief = Brief(
        **vast, dossier_id=dossier.id, nummer=nummer, soort=soort, titel="Besluit", stand="vastgelegd",
        aan_naam="De eigenaar", gemaakt_op=sluiting.nu,
    )  # fmt: skip
    stuk = Stuk(
        **vast, dossier_id=dossier.id, soort="brief", volgnummer=nummer, titel="Besluit", sha256="1" * 64, grootte=1,
        gemaakt_op=sluiting.nu,
    )  # fmt: skip
    sessie.add_all([brief, stuk])
    sessie.flush()
    versie = Briefversie(
        **vast, brief_id=brief.id, volgnummer=1, docx_sha256="1" * 64, blokken=[], wat="Begin", gemaakt_op=sluiting.nu
    )
    sessie.add(versie)
    sessie.flush()
    besluit = dossier.besluiten[-1].id
    sessie.add_all(
        [
            Briefverzending(
                **vast, brief_id=brief.id, briefversie_id=versie.id, stuk_id=stuk.id, besluit_id=besluit, datum=dag,
                vastgelegd_op=sluiting.nu,
            ),
            Kennisgeving(
                **vast, brief_id=brief.id, soort=soort, wijze="aangetekend", datum=dag, bewijs_tekst="3SABC",
                vastgelegd_op=sluiting.nu,
            ),
        ]
    )  # fmt: skip
    sessie.flush()


def test_de_brief_bewijst_alleen_zijn_eigen_dag_en_besluit(sluiting: Sluiting) -> None:
    sluiting.tot_besluit()
    sluiting.zet("besluit", ingang=sluiting.vandaag, **BESLUIT)
    verstuurd = sluiting.vandaag
    _dien_uit(sluiting, "besluit_sluiting", verstuurd)
    sluiting.verder(7)
    # Served a week ago: the time to object does not begin today.
    with pytest.raises(Nietzover, match="Volgens Brieven is dit besluit bekendgemaakt op"):
        sluiting.zet("bekendmaking", datum=sluiting.vandaag, wijze="aangetekend")
    sluiting.zet("bekendmaking", datum=verstuurd, wijze="aangetekend")
    assert sluiting.termijnen()["bezwaar"].start_datum == verstuurd
    sluiting.zet("uitvoering", verzegeld_op=sluiting.vandaag, door="Slotenmaker", bewoners="Niemand.")
    langer = {naam: waarde for naam, waarde in LANGER.items() if naam != "bewijs"}
    sluiting.akkoord()
    _dien_uit(sluiting, "besluit_verlenging", sluiting.vandaag)
    sluiting.zet("verlenging", datum=sluiting.vandaag, **langer)
    # The letter of the first extension says nothing about the second.
    sluiting.akkoord()
    with pytest.raises(Nietzover, match="Zonder bewijs is het besluit niet bekendgemaakt"):
        sluiting.zet("verlenging", datum=sluiting.vandaag, **langer)
    _dien_uit(sluiting, "besluit_verlenging", sluiting.vandaag)
    sluiting.zet("verlenging", datum=sluiting.vandaag, **langer)
