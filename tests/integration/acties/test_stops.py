"""Choosing stops: by source with its reason, at a typed address, by lot; and what each stop asks."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspecties.acties import trekking
from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.models_trekking import Trekking, Trekkinguitval
from inspecties.acties.operations_stops import verwijder_stop, voeg_stops_toe
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.trekking import afwijkingen, lees_blad
from inspecties.acties.stops_paneel import telling
from inspecties.acties.stops_plan import STOPDUREN
from inspecties.controles.duren import bezoekduren
from inspecties.controles.models import Bezoek
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.locaties.models import Locatietype, Risicolocatie
from inspecties.locaties.prioriteit_stand import ververs
from inspecties.signalen.models import Signaal
from tests.integration.acties.conftest import Buurt, vers
from tests.integration.acties.lezen import post, tekst
from tests.locatiewereld import maak_adres
from tests.wereld import csrf


def plannen(actie: Actie) -> dict[str, Stopplan]:
    """Address -> plan, as it stands now."""
    rijen = db.session.execute(
        select(Stopplan, Stop).join(Stop, Stop.id == Stopplan.stop_id).where(Stop.actie_id == actie.id)
    )
    return {stop.locatie.adresregel: plan for plan, stop in rijen}


def signaal(buurt: Buurt, locatie: Risicolocatie, **anders: Any) -> Signaal:
    vast = {"bron": "inwoner", "vorm": "arbeidsuitbuiting", "tekst": "GEHEIM", "urgentie": "normaal"}
    rij = Signaal(
        gemeente_id=buurt.kring.gemeente.id,
        nummer=f"S-{db.session.query(Signaal).count()}",
        datum=buurt.wereld.nu.date(),
        locatie_id=locatie.id,
        ontvangen_op=buurt.wereld.nu,
        **(vast | anders),
    )
    db.session.add(rij)
    db.session.commit()
    return rij


def test_elke_bron_zegt_waarom_en_dat_blijft_bij_de_stop(buurt: Buurt) -> None:
    actie, client = buurt.actie(0, naam="Ronde"), buurt.wereld.client(Rol.COORDINATOR)
    een, twee, drie, vier, _ = buurt.locaties
    andere = buurt.actie(0, naam="Andere actie")
    voeg_stops_toe(db.session(), buurt.planner, buurt.wereld.nu, andere, [vier])
    een.laatste_bezoek_op = buurt.wereld.nu - timedelta(days=400)
    twee.laatste_bezoek_op = buurt.wereld.nu - timedelta(days=10)
    ververs(db.session(), buurt.kring.gemeente.id, buurt.wereld.nu)
    signaal(buurt, drie)
    signaal(buurt, drie, urgentie="direct_gevaar")
    signaal(buurt, twee, status="afgesloten")
    basis = f"/acties/{actie.uid}/stops"

    def pagina(bron: str) -> str:
        return tekst(client.get(f"{basis}?bron={bron}"))

    laat = pagina("achterstallig")
    assert "Moest weer voor 17-10-2026 (elke 365 dagen)" in laat
    assert "Kade 2" not in laat
    seinen = pagina("signaal")
    assert "2 open signalen, hoogste urgentie: direct gevaar" in seinen
    assert "Kade 1" not in seinen
    assert "GEHEIM" not in seinen
    hoog = pagina("prioriteit")
    assert "Signalen:" in hoog
    assert "Al gepland Andere actie, 21-11-2026" in hoog
    assert "Kies eerst een gebied." in pagina("gebied")
    rond = client.get(f"{basis}?bron=gebied&midden={een.lon:.6f},{een.lat:.6f}&straal=20")
    assert "Ligt binnen 20 meter" in tekst(rond)
    assert ("Kade 1, Pand 1" in tekst(rond), "Kade 2, Pand 2" in tekst(rond)) == (True, False)
    assert client.get(f"{basis}?bron=gebied&midden={een.lon:.6f},{een.lat:.6f}&straal=x").status_code == 422

    for bron, locatie in (("achterstallig", een), ("signaal", drie), ("prioriteit", twee), ("lijst", vier)):
        vraag = {"locatie": str(locatie.uid)}
        antwoord = post(client, f"{basis}/toevoegen?bron={bron}", vraag, vers(actie).versie)
        assert "1 stop toegevoegd." in tekst(antwoord), bron
    gevonden = {adres: plan.herkomst for adres, plan in plannen(actie).items()}
    assert gevonden == {"Kade 1": "achterstallig", "Kade 3": "signaal", "Kade 2": "prioriteit", "Kade 4": "hand"}
    assert plannen(actie)["Kade 3"].waarde_tienden > 0, "the priority of that moment"
    # The planner sees where they come from; a team does not hear that there was a signal.
    assert "Na een signaal: 1" in tekst(client.get(f"/acties/{actie.uid}"))
    for rol in (Rol.INSPECTEUR, Rol.PARTNER, Rol.JURIST):
        assert "Na een signaal" not in tekst(buurt.wereld.client(rol).get(f"/acties/{actie.uid}"))
    # What lies outside the filter of a source is not added by its form.
    assert post(client, f"{basis}/toevoegen?bron=signaal", {"locatie": str(buurt.locaties[4].uid)}).status_code == 422


def test_van_kaart_en_suggesties_naar_een_nieuwe_actie(buurt: Buurt) -> None:
    client = buurt.wereld.client(Rol.COORDINATOR)
    een = buurt.locaties[0]
    velden = {"naam": "Van de kaart", "soort": "pandenactie", "datum": "2026-11-22", "van": "18:00", "tot": "22:00"}
    for naam, vraag, herkomst in (
        ("kaart", f"midden={een.lon:.6f},{een.lat:.6f}&straal=20", "gebied"),
        ("suggesties", f"bron=prioriteit&locatie={een.uid}", "prioriteit"),
        ("lijst", f"locatie={een.uid}", "hand"),
    ):
        pagina = client.get(f"/acties/nieuw?{vraag}").text
        assert f'name="bron" value="{herkomst}"' in pagina, naam
        post(client, "/acties/nieuw", velden | {"naam": naam, "locatie": str(een.uid), "bron": herkomst})
        actie = db.session.scalars(select(Actie).where(Actie.naam == naam)).one()
        assert [p.herkomst for p in plannen(actie).values()] == [herkomst]


def test_een_getypt_adres_wordt_een_stop(buurt: Buurt) -> None:
    actie, client = buurt.actie(0), buurt.wereld.client(Rol.COORDINATOR)
    url = f"/acties/{actie.uid}/stops/adres"
    adres = maak_adres(buurt.kring, "8291AB", 12)
    leeg = post(client, url, {}, vers(actie).versie)
    assert (leeg.status_code, "Typ een adres" in tekst(leeg)) == (422, True)
    assert "voeg dan bij 'Locaties' eerst een locatie toe" in tekst(
        post(client, url, {"adreszoek": "Nergensweg 999"}, vers(actie).versie)
    )
    zonder = post(client, url, {"adres": str(adres.uid)}, vers(actie).versie)
    assert zonder.status_code == 422
    assert "staat nog geen locatie. Kies een soort plek" in tekst(zonder)
    gemaakt = post(client, url, {"adres": str(adres.uid), "type": "arbeid"}, vers(actie).versie)
    assert "Op dit adres is een locatie gemaakt." in tekst(gemaakt)
    dubbel = post(client, url, {"adres": str(adres.uid)}, vers(actie).versie)
    assert (dubbel.status_code, "is al een stop van deze actie" in tekst(dubbel)) == (409, True)
    (plan,) = plannen(actie).values()
    assert plan.herkomst == "adres"
    # In the next action the same address is the same location.
    tweede = buurt.actie(0, naam="Tweede")
    post(client, f"/acties/{tweede.uid}/stops/adres", {"adres": str(adres.uid)}, vers(tweede).versie)
    (stop,) = stops_van(db.session(), buurt.planner, vers(tweede))
    assert stop.locatie.bron == "Ingetypt bij het plannen van een actie"


def test_trekken_door_het_lot(buurt: Buurt) -> None:
    actie, client = buurt.actie(2), buurt.wereld.client(Rol.COORDINATOR)
    url = f"/acties/{actie.uid}/trekking"
    te_veel = post(client, url, {"aantal": "3"}, vers(actie).versie)
    assert te_veel.status_code == 422
    assert "3 locaties en u wilt er 3 trekken: dan valt er niets te loten" in tekst(te_veel)
    assert "20% gebruikelijk" in tekst(client.get(url))
    klaar = post(client, url, {"procent": "20", "typen": ["arbeid"]}, vers(actie).versie)
    assert "Pool en zaad liggen nu vast." in tekst(klaar)
    rij = db.session.scalars(select(Trekking)).one()
    assert (rij.aantal, len(rij.pool), rij.toestand) == (1, 3, "klaargezet")
    assert "Huisvesting arbeidsmigranten; zonder wat gesloten" in rij.zin
    assert rij.zaad in tekst(klaar), "known before the draw, so nobody can choose it afterwards"
    assert post(client, url, {"aantal": "1"}, vers(actie).versie).status_code == 409, "one at a time"
    getrokken = post(client, f"{url}/{rij.uid}/trek", {}, vers(actie).versie)
    assert "Door het lot is 1 stop gekozen." in tekst(getrokken)
    assert post(client, f"{url}/{rij.uid}/trek", {}, vers(actie).versie).status_code == 409, "not again"
    bestand = client.get(f"{url}/{rij.uid}.json")
    assert bestand.headers["Content-Disposition"].startswith("attachment")
    assert "Kade" not in bestand.text
    blad = lees_blad(json.loads(bestand.text))
    assert (afwijkingen(blad), len(blad.getrokken)) == ([], 1)
    stop = next(s for s in stops_van(db.session(), buurt.planner, vers(actie)) if str(s.locatie.uid) in blad.getrokken)
    assert plannen(actie)[stop.locatie.adresregel].herkomst == "trekking"
    assert telling(db.session(), buurt.planner, actie).procent == 33
    # Called off or away with a reason only, and the record keeps it.
    toestand = f"/acties/{actie.uid}/stops/{stop.uid}/toestand"
    post(client, toestand, {"toestand": "vervallen", "reden": "Verbouwing"}, vers(actie).versie)
    assert "geen stop. Verbouwing" in tekst(client.get(url))
    post(client, toestand, {"toestand": "gepland"}, vers(actie).versie)
    assert "stop. Eerder weggehaald: Verbouwing" in tekst(client.get(url))
    weg = f"/acties/{actie.uid}/stops/verdelen"
    zonder = post(client, weg, {"weg": str(stop.uid)}, vers(actie).versie)
    assert zonder.status_code == 422
    assert "waarom" in tekst(zonder)
    met = {"weg": str(stop.uid), "reden": "Staat in de steigers"}
    assert post(client, weg, met, vers(actie).versie).status_code == 200
    assert "geen stop. Staat in de steigers" in tekst(client.get(url))
    assert lees_blad(json.loads(client.get(f"{url}/{rij.uid}.json").text)) == blad


def test_een_klaargezette_trekking_verandert_niet_meer(buurt: Buurt) -> None:
    actie, sessie, nu, wie = buurt.actie(1), db.session(), buurt.wereld.nu, buurt.planner
    rij = trekking.zet_klaar(sessie, wie, nu, actie, trekking.Poolvraag(), aantal=3)
    eerst = list(rij.pool)
    # In the meantime one is chosen by hand and one closes.
    voeg_stops_toe(sessie, wie, nu, actie, [buurt.locaties[1]])
    buurt.locaties[2].status = "gesloten"
    sessie.flush()
    trekking.trek_nu(sessie, wie, nu, rij)
    assert (rij.pool, len(rij.uitkomst)) == (eerst, 3)
    redenen = {str(u.locatie_uid): u.reden for u in sessie.scalars(select(Trekkinguitval))}
    er = {str(loc.uid): loc for loc in buurt.locaties}
    for id_ in rij.uitkomst:
        if er[id_] is buurt.locaties[1]:
            assert "al met de hand gekozen" in redenen.pop(id_)
        elif er[id_] is buurt.locaties[2]:
            assert "gesloten" in redenen.pop(id_)
    assert redenen == {}
    sessie.commit()


def test_een_klaargezette_trekking_vervalt_met_een_reden_en_blijft_staan(buurt: Buurt) -> None:
    actie, sessie, nu, wie = buurt.actie(1), db.session(), buurt.wereld.nu, buurt.planner
    rij = trekking.zet_klaar(sessie, wie, nu, actie, trekking.Poolvraag(), aantal=2)
    with pytest.raises(OngeldigeInvoer, match="waarom deze trekking vervalt"):
        trekking.laat_trekking_vervallen(sessie, wie, nu, rij, " ")
    trekking.laat_trekking_vervallen(sessie, wie, nu, rij, "Verkeerde pool gekozen")
    with pytest.raises(Conflict, match="al vervallen"):
        trekking.trek_nu(sessie, wie, nu, rij)
    sessie.commit()
    pagina = tekst(buurt.wereld.client(Rol.COORDINATOR).get(f"/acties/{actie.uid}/trekking"))
    assert "Verkeerde pool gekozen" in pagina
    assert "Trekkingen van deze actie (1)" in pagina


def test_wat_een_stop_vraagt(buurt: Buurt) -> None:
    """Duration from visits, powers of the kind of place, who goes first; a power that nobody has is told at once."""
    soort = db.session.scalars(select(Locatietype)).one()
    soort.code = "hotel"
    actie, client = buurt.actie(0), buurt.wereld.client(Rol.COORDINATOR)

    def gemeten(_sessie: object, _gemeente: int, ids: Sequence[int]) -> Mapping[int, Sequence[float]]:
        return dict.fromkeys(ids, (31, 32, 33, 34, 90))

    buurt.wereld.app.extensions[STOPDUREN] = gemeten
    (stop,) = voeg_stops_toe(db.session(), buurt.planner, buurt.wereld.nu, actie, buurt.locaties[:1])
    oud = buurt.actie(
        1,
        naam="Vorige",
        begin_op=buurt.wereld.nu - timedelta(days=30),
        eind_op=buurt.wereld.nu - timedelta(days=30, hours=-4),
    )
    (eerder,) = stops_van(db.session(), buurt.planner, oud)
    eerder.veiligheid, eerder.toestand = "Losse kabels in de gang", "geweigerd"
    db.session.commit()
    assert stop.duur_min == 35
    url = f"/acties/{actie.uid}/stops/{stop.uid}"
    pagina = tekst(client.get(url))
    assert "Midden van 5 eerdere bezoeken, soort huisvesting arbeidsmigranten." in pagina
    assert "Losse kabels in de gang. De ploeg werd niet binnengelaten." in pagina
    assert "Politie (opsporing van strafbare feiten," in pagina
    assert 'value="toezicht"' in client.get(url).text
    goed = {
        "ploeg": str(actie.ploegen[0].uid),
        "checklists": ["pand"],
        "duur_min": "35",
        "toegangsgrond": "toezicht",
        "wie_eerst": "Politie",
        "vereist": ["hygiene"],
        "verplicht": "y",
    }
    for fout, melding in (
        ({"venster_van": "17:00"}, "De dienst is van 18:00 tot 23:00. 17:00 valt daarbuiten"),
        ({"venster_tot": "23:30"}, "23:30 valt daarbuiten"),
        ({"venster_van": "22:45"}, "nog 15 minuten dienst, en het bezoek duurt er 35"),
        ({"vereist": ["vliegen"]}, "Deze keuze is er niet. Kies bij"),
    ):
        antwoord = post(client, url, goed | fout, vers(actie).versie)
        assert antwoord.status_code == 422, fout
        assert melding in tekst(antwoord), fout
    bewaard = tekst(post(client, url, goed, vers(actie).versie))
    assert "Stop Kade 1 is opgeslagen." in bewaard
    assert "'Hygiëne en technische hygiënezorg'" in bewaard
    plan = plannen(actie)["Kade 1"]
    assert (plan.vereist, plan.verplicht, plan.duur_uitleg[:6]) == (["hygiene"], True, "Midden")
    post(client, url, goed | {"duur_min": "50"}, vers(actie).versie)
    db.session.expire_all()
    assert plannen(actie)["Kade 1"].duur_uitleg == "Met de hand ingevuld"


def test_duren_komen_van_afgeronde_bezoeken_van_die_soort_en_gemeente(buurt: Buurt) -> None:
    nu, sessie, soort = buurt.wereld.nu, db.session(), buurt.locaties[0].locatietype_id
    for gid, minuten in (
        (buurt.kring.gemeente.id, 40),
        (buurt.kring.gemeente.id, None),
        (buurt.wereld.twee.gemeente.id, 9),
    ):
        sessie.add(
            Bezoek(
                gemeente_id=gid,
                locatie_id=buurt.locaties[0].id,
                begin_op=nu,
                eind_op=None if minuten is None else nu + timedelta(minutes=minuten),
                aangemaakt_op=nu,
            )
        )
    sessie.commit()
    assert bezoekduren(sessie, buurt.kring.gemeente.id, [soort]) == {soort: [40.0]}
    assert bezoekduren(sessie, buurt.kring.gemeente.id, [soort + 1]) == {}


def test_in_de_nacht_dat_de_klok_verspringt(buurt: Buurt) -> None:
    nacht = buurt.wereld.nu.replace(year=2027, month=3, day=27, hour=21, minute=0)
    actie = buurt.actie(1, begin_op=nacht, eind_op=nacht + timedelta(hours=5))
    (stop,) = stops_van(db.session(), buurt.planner, actie)
    client = buurt.wereld.client(Rol.COORDINATOR)
    velden = {"ploeg": str(actie.ploegen[0].uid), "checklists": ["pand"], "duur_min": "30", "toegangsgrond": "toezicht"}
    antwoord = post(client, f"/acties/{actie.uid}/stops/{stop.uid}", velden | {"venster_van": "02:30"}, actie.versie)
    assert antwoord.status_code == 422
    assert "02:30 bestaat niet op deze dag" in tekst(antwoord)
    assert 'value="02:30"' in antwoord.text, "what was typed stays"


def test_een_stop_op_een_tablet_gaat_niet_weg_en_het_werk_blijft(buurt: Buurt) -> None:
    actie = buurt.actie(2)
    naar(db.session(), buurt.planner, buurt.wereld.nu, actie, "gereed")
    db.session.commit()
    boa = buurt.wereld.client(Rol.INSPECTEUR)
    stop = boa.get("/api/dienst?datum=2026-11-21").get_json()["acties"][0]["stops"][0]
    naar(db.session(), buurt.planner, buurt.wereld.nu, vers(actie), "concept", "Nog iets wijzigen")
    db.session.commit()
    rij = next(s for s in stops_van(db.session(), buurt.planner, vers(actie)) if str(s.uid) == stop["id"])
    with pytest.raises(Conflict, match=r"staat al op een tablet\. Laat de stop vervallen"):
        verwijder_stop(db.session(), buurt.planner, buurt.wereld.nu, rij)
    db.session.rollback()
    assert len(stops_van(db.session(), buurt.planner, vers(actie))) == 2
    assert csrf(boa)
