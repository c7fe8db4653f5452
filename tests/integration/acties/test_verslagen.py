"""Verslag van binnentreden: filled in from what is known, made final by who entered, handed over, watched."""

from datetime import timedelta
from typing import Any

import pytest

from inspecties.acties.models import Actie, Stop
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.models_verslag import Verslag
from inspecties.acties.queries import stops_van
from inspecties.audit.models import Auditregel
from inspecties.core.klok import VasteKlok, lokaal, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties.conftest import Buurt
from tests.wereld import Kring, aangemeld, csrf


@pytest.fixture
def binnen(buurt: Buurt) -> Stop:
    """A stop where the inspector went in with a machtiging for Kade 1, two hours ago."""
    actie = buurt.actie(1)
    sessie, nu = db.session(), buurt.wereld.nu
    (stop,) = stops_van(sessie, buurt.planner, actie)
    stop.toegangsgrond, stop.toestand = "machtiging", "afgerond"
    rij = sessie.get_one(Actie, actie.id)
    rij.toestand, rij.begin_op = "in_uitvoering", nu - timedelta(hours=3)
    sessie.add(
        Machtiging(
            gemeente_id=buurt.kring.gemeente.id,
            stop_id=stop.id,
            nummer="M2026-0007",
            toestand="ondertekend",
            gever_naam="M. de Wit",
            aan_id=buurt.id_van(Rol.INSPECTEUR),
            aan_naam="Pas 1234",
            aan_hoedanigheid="toezichthouder",
            woningen=[{"straat": "Kade", "huisnummer": 1, "postcode": "1234AB", "woonplaats": "Markerdorp"}],
            grondslag="binnentreden",
            doel="Controle op overbewoning.",
            afgifte=lokale_datum(nu),
            nacht=True,
            dringend="x",
            meegaanden=1,
            meegaanden_rol="politie",
            papier=True,
            aangevraagd_door_id=buurt.id_van(Rol.COORDINATOR),
            aangevraagd_op=nu,
            ondertekend_op=nu,
        )
    )
    sessie.commit()
    return stop


def velden(buurt: Buurt, **anders: Any) -> dict[str, Any]:
    van = lokaal(buurt.wereld.nu - timedelta(hours=2))
    return {
        "binnentreder": buurt.kring.actoren[Rol.INSPECTEUR].gebruiker_uid,
        "naam": "Pas 1234",
        "hoedanigheid": "toezichthouder",
        "grond": "machtiging",
        "grondslag": "art. 149a Gemeentewet",
        "doel": "Controle op overbewoning.",
        "plaats": "Kade 1, 1234 AB Markerdorp",
        "bewoner": "J. Bewoner",
        "dag": f"{van:%Y-%m-%d}",
        "binnen": f"{van:%H:%M}",
        "verlaten": f"{van + timedelta(minutes=40):%H:%M}",
        "wijze": "De bewoner deed open.",
        "verricht": "Alle kamers bekeken.",
        "meegaanden": "1",
        "meegaanden_wie": "A. Agent, politie",
    } | anders


def stuur(buurt: Buurt, rol: Rol, pad: str, data: dict[str, Any], kring: Kring | None = None) -> Any:
    client = buurt.wereld.client(rol, kring)
    antwoord = client.post(pad, data=data | {"csrf_token": csrf(client)})
    db.session.rollback()
    return antwoord


def laatste() -> Verslag:
    return db.session.query(Verslag).order_by(Verslag.id.desc()).first()


def maak(buurt: Buurt, stop: Stop, rol: Rol = Rol.INSPECTEUR, **anders: Any) -> Any:
    return stuur(buurt, rol, f"/stops/{stop.uid}/verslag", velden(buurt, **anders))


def lees(buurt: Buurt, rol: Rol, pad: str, kring: Kring | None = None) -> str:
    tekst: str = buurt.wereld.client(rol, kring).get(pad).get_data(as_text=True)
    db.session.rollback()
    return tekst


def test_van_bezoek_tot_verstuurd(buurt: Buurt, binnen: Stop) -> None:
    thuis = lees(buurt, Rol.INSPECTEUR, "/")
    assert "Verslagen van binnentreden" in thuis
    begin = lees(buurt, Rol.INSPECTEUR, f"/stops/{binnen.uid}/verslag")
    for bekend in ("Pas 1234", "Kade 1, 1234AB Markerdorp", "Controle op overbewoning.", "art. 149a Gemeentewet"):
        assert bekend in begin
    assert maak(buurt, binnen).status_code == 302
    rij = laatste()
    assert (rij.toestand, rij.nummer) == ("concept", "V2026-0001")
    pad = f"/verslagen/{rij.uid}"
    # On oath: nobody does that for somebody else.
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/vaststellen", {"eed": "ambtseed"}).status_code == 403
    assert stuur(buurt, Rol.INSPECTEUR, f"{pad}/vaststellen", {"eed": "ambtseed"}).status_code == 302
    rij = laatste()
    assert "M2026-0007, gegeven op" in rij.machtiging_tekst
    client = buurt.wereld.client(Rol.KABINET)
    eerst, weer = (client.get(f"{pad}/document").data for _ in range(2))
    assert eerst.startswith(b"%PDF-")
    assert eerst == weer
    for poging in ("wijzigen", "vaststellen", "elders"):
        data = velden(buurt, versie=str(rij.versie), eed="ambtseed", waar="ergens")
        assert stuur(buurt, Rol.INSPECTEUR, f"{pad}/{poging}", data).status_code == 409
    vandaag = str(lokale_datum(buurt.wereld.nu))
    for aan, wijze in (("gever", "toegestuurd"), ("bewoner", "uitgereikt")):
        data = {"aan": aan, "wijze": wijze, "op": vandaag}
        assert stuur(buurt, Rol.INSPECTEUR, f"{pad}/afleveren", data).status_code == 302
    assert "Het verslag is gemaakt en verstuurd." in lees(buurt, Rol.COORDINATOR, pad)
    assert "Naar de verslagen" not in lees(buurt, Rol.INSPECTEUR, "/")
    # Who reads what it says about people is written down.
    assert db.session.query(Auditregel).filter_by(handeling="verslag_gelezen").count() >= 2


def test_te_laat_is_rood_op_elke_plek(buurt: Buurt, binnen: Stop, klok: VasteKlok) -> None:
    klok.moment += timedelta(days=9)
    client = aangemeld(buurt.wereld.app, buurt.planner, klok.nu())
    for pad, zin in (("/", "1 te laat"), ("/verslagen", "Te laat"), (f"/acties/{binnen.actie.uid}", "Dit moest op")):
        antwoord = client.get(pad)
        assert antwoord.status_code == 200
        assert zin in antwoord.get_data(as_text=True), pad
        db.session.rollback()


def test_paneel_en_lijst_zeggen_hoe_het_staat(buurt: Buurt, binnen: Stop) -> None:
    actie = lees(buurt, Rol.COORDINATOR, f"/acties/{binnen.actie.uid}")
    assert "Verslagen van binnentreden" in actie
    assert "Te maken" in actie
    assert "Kade 1" in lees(buurt, Rol.JURIST, "/verslagen")
    assert "Kade 1" not in lees(buurt, Rol.COORDINATOR, "/verslagen", buurt.wereld.twee)


def test_andere_mensen_en_de_andere_gemeente(buurt: Buurt, binnen: Stop) -> None:
    maak(buurt, binnen)
    pad = f"/verslagen/{laatste().uid}"
    for rol in (Rol.PARTNER, Rol.JURIST, Rol.KABINET):
        assert buurt.wereld.client(rol).get(pad).status_code == 404, rol
    for rol in (Rol.AUDITOR, Rol.BEHEERDER, Rol.AANDACHTSFUNCTIONARIS):
        assert buurt.wereld.client(rol).get(pad).status_code == 403, rol
    assert buurt.wereld.client(Rol.COORDINATOR, buurt.wereld.twee).get(pad).status_code == 404
    assert stuur(buurt, Rol.PARTNER, f"/stops/{binnen.uid}/verslag", velden(buurt)).status_code == 403
    assert db.session.query(Verslag).count() == 1
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/elders", {"waar": "Politie, PL0900"}).status_code == 302
    assert "Politie, PL0900" in lees(buurt, Rol.JURIST, pad)


def test_verkeerde_invoer_zegt_wat_er_moet_en_verliest_niets(buurt: Buurt, binnen: Stop) -> None:
    for anders, melding in (
        ({"binnen": "14:00", "verlaten": "13:30"}, "ligt voor de tijd van binnentreden"),
        ({"binnen": "02:30", "dag": "2026-03-29"}, "bestaat niet op deze dag"),
        ({"meegaanden": "-1"}, "Vul een getal in van 0 tot"),
    ):
        antwoord = maak(buurt, binnen, **anders)
        tekst = antwoord.get_data(as_text=True)
        assert antwoord.status_code == 422
        assert melding in tekst
        assert "Alle kamers bekeken." in tekst
    assert db.session.query(Verslag).count() == 0
    # Number 12a instead of 12: it is written down as it was, and must be explained before it is final.
    assert maak(buurt, binnen, plaats="Kade 1a, 1234 AB Markerdorp", verricht="").status_code == 302
    pad = f"/verslagen/{laatste().uid}"
    tekst = lees(buurt, Rol.INSPECTEUR, pad)
    assert "niet voor Kade 1a, 1234AB Markerdorp" in tekst
    antwoord = stuur(buurt, Rol.INSPECTEUR, f"{pad}/vaststellen", {"eed": "ambtseed"})
    assert antwoord.status_code == 422
    assert "Schrijf hoe dat kwam" in antwoord.get_data(as_text=True)
    morgen = str(lokale_datum(buurt.wereld.nu) + timedelta(days=1))
    data = {"aan": "bewoner", "wijze": "uitgereikt", "op": morgen}
    assert "Stel het verslag eerst vast" in stuur(buurt, Rol.INSPECTEUR, f"{pad}/afleveren", data).get_data(
        as_text=True
    )


def test_twee_schermen_en_een_nieuwe_versie(buurt: Buurt, binnen: Stop) -> None:
    maak(buurt, binnen)
    rij = laatste()
    pad, gezien = f"/verslagen/{rij.uid}", str(rij.versie)
    eerste = velden(buurt, versie=gezien, verricht="Door de coördinator.")
    assert stuur(buurt, Rol.COORDINATOR, f"{pad}/wijzigen", eerste).status_code == 302
    tweede = stuur(buurt, Rol.INSPECTEUR, f"{pad}/wijzigen", velden(buurt, versie=gezien, verricht="Door mij."))
    assert tweede.status_code == 409
    assert "Door mij." in tweede.get_data(as_text=True)
    stuur(buurt, Rol.INSPECTEUR, f"{pad}/vaststellen", {"eed": "ambtsbelofte"})
    assert "Schrijf wat er in het vorige verslag niet klopte" in maak(buurt, binnen).get_data(as_text=True)
    assert maak(buurt, binnen, correctie_reden="De tijd klopte niet.").status_code == 302
    nieuw = laatste()
    assert (nieuw.nummer, nieuw.volgnummer, nieuw.toestand) == ("V2026-0001", 2, "concept")
    assert "Dit is een oude versie" in lees(buurt, Rol.INSPECTEUR, pad)
    # Until the new one is final the old one is what others read.
    assert "Door de coördinator." in lees(buurt, Rol.JURIST, pad)
