"""The pages of actions as each role sees them."""

from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import select

from inspecties.acties.models import Actie, Ploeg, Stop
from inspecties.acties.operations import maak_actie
from inspecties.acties.operations_stops import StopGegevens, laat_stop_vervallen, zet_stops
from inspecties.acties.queries import stops_van
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.gebruikers.models import Gebruiker
from tests.integration.acties.conftest import Buurt, maak_buurt, vers
from tests.integration.acties.lezen import gereed, post, tekst
from tests.wereld import csrf


def test_een_coordinator_plant_een_pandenactie_in_een_keer(buurt: Buurt) -> None:
    client, sessie = buurt.wereld.client(Rol.COORDINATOR), db.session()
    assert buurt.kring.organisatie is not None
    antwoord = post(
        client,
        "/acties/nieuw",
        {
            "naam": "Pandenactie Waterwijk",
            "soort": "pandenactie",
            "datum": "2026-11-21",
            "van": "18:00",
            "tot": "23:00",
            "partners": [str(buurt.kring.organisatie.uid)],
            "locatie": [str(buurt.locaties[0].uid)],
        },
    )
    assert antwoord.request.path.endswith("/ploegen")
    actie = sessie.scalars(select(Actie)).one()
    assert (actie.begin_op.isoformat(), actie.eind_op.isoformat()) == (
        "2026-11-21T17:00:00+00:00",
        "2026-11-21T22:00:00+00:00",
    )
    basis = f"/acties/{actie.uid}"
    mensen = {g.id: str(g.uid) for g in sessie.scalars(select(Gebruiker))}
    leden = [mensen[buurt.id_van(Rol.INSPECTEUR)], mensen[buurt.id_van(Rol.PARTNER)]]
    antwoord = post(
        client, f"{basis}/ploegen", {"ploeg-1": "Ploeg A", "ploeg-1-lid": leden, "ploeg-2": ""}, actie.versie
    )
    assert antwoord.request.path == f"{basis}/stops"
    assert "Kade 1" in tekst(antwoord)
    actie = vers(actie)
    antwoord = post(
        client,
        f"{basis}/stops/toevoegen?zoek=kade",
        {"locatie": [str(loc.uid) for loc in buurt.locaties[1:3]]},
        actie.versie,
    )
    assert "2 stops toegevoegd." in tekst(antwoord)
    assert antwoord.request.args["zoek"] == "kade"
    stops = stops_van(sessie, buurt.planner, vers(actie))
    assert [(s.locatie.adresregel, s.ploeg.naam if s.ploeg else None, s.checklists) for s in stops] == [
        (f"Kade {n}", "Ploeg A", ["pand"]) for n in (1, 2, 3)
    ]
    antwoord = post(client, f"{basis}/stops/verdelen", {"omhoog": str(stops[2].uid)}, vers(actie).versie)
    assert [s.locatie.adresregel for s in stops_van(sessie, buurt.planner, vers(actie))] == [
        "Kade 1",
        "Kade 3",
        "Kade 2",
    ]
    antwoord = client.get(basis)
    assert "Politie heeft nog niet geantwoord." in tekst(antwoord)
    antwoord = post(client, f"{basis}/toestand", {"toestand": "gereed"}, vers(actie).versie)
    assert "De actie is nu 'gereed'." in tekst(antwoord)
    # What was planned is what the inspector gets on the tablet.
    pak = buurt.wereld.client(Rol.INSPECTEUR).get("/api/dienst?datum=2026-11-21").get_json()
    assert [(a["naam"], a["ploeg"]) for a in pak["acties"]] == [("Pandenactie Waterwijk", "Ploeg A")]
    assert [(s["adres"], s["volgorde"], len(s["checklists"])) for s in pak["acties"][0]["stops"]] == [
        ("Kade 1", 1, 1),
        ("Kade 3", 2, 1),
        ("Kade 2", 3, 1),
    ]
    assert set(pak["definities"]) == set(pak["acties"][0]["stops"][0]["checklists"])


def test_een_concept_staat_op_geen_tablet(buurt: Buurt) -> None:
    buurt.actie()
    pak = buurt.wereld.client(Rol.INSPECTEUR).get("/api/dienst?datum=2026-11-21").get_json()
    assert pak["acties"] == []


def test_een_vervallen_stop_staat_niet_op_de_tablet(buurt: Buurt) -> None:
    actie = gereed(buurt)
    eerste = stops_van(db.session(), buurt.planner, actie)[0]
    laat_stop_vervallen(db.session(), buurt.planner, buurt.wereld.nu, eerste, "Verhuisd")
    db.session.commit()
    pak = buurt.wereld.client(Rol.INSPECTEUR).get("/api/dienst?datum=2026-11-21").get_json()
    assert [s["adres"] for s in pak["acties"][0]["stops"]] == ["Kade 2"]


def test_wat_een_tablet_meldt_staat_op_de_pagina_en_in_de_voortgang(buurt: Buurt) -> None:
    actie = gereed(buurt)
    boa = buurt.wereld.client(Rol.INSPECTEUR)
    stop = boa.get("/api/dienst?datum=2026-11-21").get_json()["acties"][0]["stops"][0]
    melding = {"toestand": "binnen", "op": "2026-11-21T17:00:00Z", "op_id": str(UUID(int=7))}
    kop = {"X-CSRFToken": csrf(boa)}
    assert boa.post(f"/api/stops/{stop['id']}/toestand", json=melding, headers=kop).status_code == 200
    client = buurt.wereld.client(Rol.COORDINATOR)
    stand = client.get(f"/api/acties/{actie.uid}/voortgang").get_json()
    assert (stand["klaar"], stand["totaal"]) == (0, 2)
    assert [(t["toestand"], t["toestand_naam"], t["aantal"]) for t in stand["tellingen"]] == [
        ("gepland", "Gepland", 1),
        ("binnen", "Binnen", 1),
    ]
    assert stand["stops"][0] | {"sinds": None} == {
        "id": stop["id"],
        "volgorde": 1,
        "ploeg": "Ploeg A",
        "toestand": "binnen",
        "toestand_naam": "Binnen",
        "toon": "actief",
        "sinds": None,
    }
    assert stand["bijgewerkt_op"] == "2026-11-21T17:00:00Z"
    pagina = tekst(client.get(f"/acties/{actie.uid}"))
    assert "0 van 2 stops klaar" in pagina
    assert "Binnen 18:00" in pagina
    assert "Laatst iets gemeld: 21 november 2026, 18:00" in pagina
    # Begun work is not undone from behind a desk.
    antwoord = post(client, f"/acties/{actie.uid}/toestand", {"toestand": "concept"}, vers(actie).versie)
    assert antwoord.status_code == 409
    assert "is al 'binnen'" in tekst(antwoord)
    melding |= {"toestand": "afgerond", "op_id": str(UUID(int=8))}
    assert boa.post(f"/api/stops/{stop['id']}/toestand", json=melding, headers=kop).status_code == 200
    assert "1 van 2 stops klaar" in tekst(client.get(f"/acties/{actie.uid}"))


def test_een_oude_bladzijde_overschrijft_niets(buurt: Buurt) -> None:
    actie = buurt.actie(2)
    client, oud = buurt.wereld.client(Rol.COORDINATOR), actie.versie
    basis = f"/acties/{actie.uid}"
    eerst, daarna = (
        {"naam": naam, "soort": "pandenactie", "datum": "2026-11-21", "van": "18:00", "tot": "23:00", "doel": "x"}
        for naam in ("Van de eerste", "Van de tweede")
    )
    assert post(client, f"{basis}/wijzigen", eerst, oud).status_code == 200
    antwoord = post(client, f"{basis}/wijzigen", daarna, oud)
    assert antwoord.status_code == 409
    assert "Iemand anders heeft deze actie gewijzigd" in tekst(antwoord)
    assert "Van de eerste" in tekst(antwoord), "wat er staat"
    assert 'value="Van de tweede"' in antwoord.text, "wat getypt was"
    stops = stops_van(db.session(), buurt.planner, vers(actie))
    for deel, gegevens in (
        ("stops/verdelen", {"weg": str(stops[0].uid)}),
        ("stops/toevoegen", {"locatie": str(buurt.locaties[4].uid)}),
        ("route", {}),
        ("ploegen", {"ploeg-1": "Weg"}),
        ("partners", {}),
        ("toestand", {"toestand": "gereed"}),
    ):
        assert post(client, f"{basis}/{deel}", gegevens, oud).status_code == 409, deel
    actie = vers(actie)
    assert (actie.naam, actie.toestand) == ("Van de eerste", "concept")
    assert len(stops_van(db.session(), buurt.planner, actie)) == 2
    assert [p.naam for p in db.session().scalars(select(Ploeg))] == ["Ploeg A"]


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"naam": " "}, "Geef de actie een naam."),
        ({"tot": "17:00"}, "De dienst eindigt voordat hij begint."),
        ({"van": "06:00"}, "langer dan 12 uur"),
        ({"datum": "31-31-2026"}, "Datum"),
        ({"datum": "2026-03-29", "van": "02:30", "tot": "06:00"}, "02:30 bestaat niet op deze dag"),
        ({"soort": "feest"}, "Soort"),
        ({"naam": "x" * 161}, "hoogstens 160 tekens"),
    ],
)
def test_wat_niet_kan_wordt_uitgelegd_en_blijft_staan(buurt: Buurt, anders: dict[str, str], melding: str) -> None:
    client = buurt.wereld.client(Rol.COORDINATOR)
    goed = {"naam": "Actie", "soort": "pandenactie", "datum": "2026-11-21", "van": "18:00", "tot": "23:00"}
    antwoord = post(client, "/acties/nieuw", goed | {"doel": "Blijft staan"} | anders)
    assert antwoord.status_code == 422
    assert melding in tekst(antwoord)
    assert "Blijft staan" in antwoord.text
    assert db.session().scalars(select(Actie)).all() == []


def test_dienst_over_middernacht(buurt: Buurt) -> None:
    client = buurt.wereld.client(Rol.COORDINATOR)
    goed = {"naam": "Nacht", "soort": "pandenactie", "datum": "2026-11-21", "van": "20:00", "tot": "01:00"}
    antwoord = post(client, "/acties/nieuw", goed | {"na_middernacht": "y"})
    assert antwoord.status_code == 200
    actie = db.session().scalars(select(Actie)).one()
    assert actie.eind_op - actie.begin_op == timedelta(hours=5)
    assert "20:00 tot 01:00 (volgende dag)" in tekst(client.get(f"/acties/{actie.uid}"))


def test_stop_wijzigen_met_tijden_en_wie_eerst(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    stop = stops_van(db.session(), buurt.planner, actie)[0]
    client, ploeg = buurt.wereld.client(Rol.COORDINATOR), str(actie.ploegen[0].uid)
    url = f"/acties/{actie.uid}/stops/{stop.uid}"
    goed = {
        "ploeg": ploeg,
        "checklists": ["pand"],
        "duur_min": "45",
        "toegangsgrond": "toestemming",
        "wie_eerst": "Politie",
        "venster_van": "19:00",
        "venster_tot": "20:30",
        "veiligheid": "Grote hond",
    }
    fout = post(client, url, goed | {"venster_tot": "18:30"}, actie.versie)
    assert fout.status_code == 422
    assert "'bezoek tot' moet na 'bezoek vanaf' liggen" in tekst(fout)
    assert "Kies ten minste één checklist." in tekst(post(client, url, goed | {"checklists": []}, vers(actie).versie))
    assert post(client, url, goed, vers(actie).versie).status_code == 200
    pagina = tekst(client.get(f"/acties/{actie.uid}"))
    assert "eerst: Politie" in pagina
    assert "45 min, vanaf 19:00, tot 20:30" in pagina
    assert "Let op: Grote hond" in pagina


def test_laten_vervallen_vraagt_een_reden(buurt: Buurt) -> None:
    actie = gereed(buurt)
    stop = stops_van(db.session(), buurt.planner, actie)[0]
    client, url = buurt.wereld.client(Rol.COORDINATOR), f"/acties/{actie.uid}/stops/{stop.uid}/toestand"
    assert post(client, url, {"toestand": "vervallen", "reden": " "}).status_code == 422
    assert post(client, url, {"toestand": "weg"}).status_code == 422
    antwoord = post(client, url, {"toestand": "vervallen", "reden": "Bewoner opgenomen"})
    assert "Kade 1 is nu 'vervallen'." in tekst(antwoord)
    assert "Bewoner opgenomen" in tekst(antwoord)
    assert "1 van 2 stops klaar" in tekst(antwoord)
    assert "Kade 1 is nu 'gepland'." in tekst(post(client, url, {"toestand": "gepland"}))
    zonder_reden = post(client, f"/acties/{actie.uid}/toestand", {"toestand": "vervallen"}, vers(actie).versie)
    assert zonder_reden.status_code == 422


def test_een_verloren_tablet_houdt_afronden_niet_tegen(buurt: Buurt) -> None:
    actie = gereed(buurt, 1)
    stop = stops_van(db.session(), buurt.planner, actie)[0]
    client, basis = buurt.wereld.client(Rol.COORDINATOR), f"/acties/{actie.uid}"
    url = f"{basis}/stops/{stop.uid}/toestand"
    post(client, f"{basis}/toestand", {"toestand": "in_uitvoering"}, vers(actie).versie)
    assert post(client, url, {"toestand": "afgerond"}).status_code == 409, "eerst binnen"
    post(client, url, {"toestand": "binnen"})
    antwoord = post(client, f"{basis}/toestand", {"toestand": "afgerond"}, vers(actie).versie)
    assert antwoord.status_code == 409
    assert "Stop 1, Kade 1 (Ploeg A) is nog 'binnen'" in tekst(antwoord)
    assert "Kade 1 is nu 'afgerond'." in tekst(post(client, url, {"toestand": "afgerond"}))
    antwoord = post(client, f"{basis}/toestand", {"toestand": "afgerond"}, vers(actie).versie)
    assert "De actie is nu 'afgerond'." in tekst(antwoord)
    assert "Binnen 18:00 tot 18:00" in tekst(antwoord)
    assert post(client, url, {"toestand": "binnen"}).status_code == 409


def test_in_concept_meldt_niemand_een_bezoek(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    stop = stops_van(db.session(), buurt.planner, actie)[0]
    client = buurt.wereld.client(Rol.COORDINATOR)
    antwoord = post(client, f"/acties/{actie.uid}/stops/{stop.uid}/toestand", {"toestand": "binnen"})
    assert antwoord.status_code == 409
    assert stops_van(db.session(), buurt.planner, vers(actie))[0].toestand == "gepland"


def test_lijst_filtert_sorteert_en_bladert(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    for n in range(30):
        gegevens = buurt.gegevens(
            naam=f"Actie {n:02}", begin_op=nu + timedelta(days=n), eind_op=nu + timedelta(days=n, hours=2)
        )
        actie = maak_actie(sessie, buurt.planner, nu, gegevens)
    actie.soort = "hotelcontrole"
    sessie.commit()
    client = buurt.wereld.client(Rol.COORDINATOR)

    def namen(vraag: str) -> list[str]:
        woorden = tekst(client.get(f"/acties?{vraag}")).split()
        return [b for a, b in pairwise(woorden) if a == "Actie" and b.isdigit()]

    assert namen("") == [f"{n:02}" for n in range(29, 4, -1)]
    assert namen("pagina=2") == ["04", "03", "02", "01", "00"]
    assert namen("sorteer=naam")[:2] == ["00", "01"]
    assert namen("soort=hotelcontrole") == ["29"]
    assert namen("van=2026-11-23&tot=2026-11-24") == ["03", "02"]
    assert namen("zoek=actie+07") == ["07"]
    assert namen("toestand=gereed") == []
    assert "Geen actie past bij dit filter." in tekst(client.get("/acties?toestand=gereed"))
    # Nonsense in the address is no error.
    assert namen("pagina=x&sorteer=y&van=gisteren&tot=9999-12-31&toestand=z")[0] == "29"


def test_pool_laat_zien_wat_nog_geen_stop_is_en_voegt_alles_toe(buurt: Buurt) -> None:
    actie = buurt.actie(2)
    client, basis = buurt.wereld.client(Rol.COORDINATOR), f"/acties/{actie.uid}"
    pagina = client.get(f"{basis}/stops")
    assert [f"Kade {n}, Pand {n}" in tekst(pagina) for n in range(1, 6)] == [False, False, True, True, True]
    leeg = client.get(f"{basis}/stops?zoek=onvindbaar")
    assert "Geen locatie die nog geen stop is" in tekst(leeg)
    assert client.get(f"{basis}/stops?niet_bezocht_maanden=abc").status_code == 422
    antwoord = post(client, f"{basis}/stops/toevoegen", {"alles": "1"}, vers(actie).versie)
    assert "3 stops toegevoegd." in tekst(antwoord)
    assert post(client, f"{basis}/stops/toevoegen", {}, vers(actie).versie).status_code == 422
    maak_buurt(buurt.wereld, buurt.wereld.twee, 1)
    vreemd = db.session().scalars(select(Stop.locatie_id)).all()
    assert len(vreemd) == 5


def test_kortste_volgorde_bewaart_ploegen_en_vertelt_wat_niet_past(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    rij = [buurt.locaties[i] for i in (3, 0, 4, 1, 2)]
    zet_stops(sessie, buurt.planner, nu, actie, [StopGegevens(loc, actie.ploegen[0]) for loc in rij])
    sessie.commit()
    client, url = buurt.wereld.client(Rol.COORDINATOR), f"/acties/{actie.uid}/route"
    oud = vers(actie).versie
    antwoord = post(client, url, {}, oud)
    assert "De volgorde is bepaald: Ploeg A is rond 20:30 klaar" in tekst(antwoord)
    gevonden = [s.locatie.huisnummer for s in stops_van(sessie, buurt.planner, vers(actie))]
    assert gevonden in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])
    assert post(client, url, {}, oud).status_code == 409
    for stop in stops_van(sessie, buurt.planner, vers(actie)):
        stop.duur_min = 90
    sessie.commit()
    antwoord = post(client, url, {}, vers(actie).versie)
    assert tekst(antwoord).count("past niet in de dienst") == 2
    assert len(stops_van(sessie, buurt.planner, vers(actie))) == 5


def test_zonder_stops_is_er_geen_volgorde(buurt: Buurt) -> None:
    actie = maak_actie(db.session(), buurt.planner, buurt.wereld.nu, buurt.gegevens())
    db.session.commit()
    client = buurt.wereld.client(Rol.COORDINATOR)
    antwoord = post(client, f"/acties/{actie.uid}/route", {}, vers(actie).versie)
    assert antwoord.status_code == 422
    assert "ten minste één ploeg en één stop" in tekst(antwoord)
