"""Machtiging tot binnentreden: asked, signed by somebody else, fixed from then on, and compared with the plan."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie, Ploeglid
from inspecties.acties.models_machtiging import Machtiging
from inspecties.acties.queries import stops_van
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.locaties.models import Adres
from inspecties.partners.models_partners import Gebruikerbevoegdheid
from tests.integration.acties.conftest import Buurt
from tests.wereld import csrf


def begin(buurt: Buurt, *, bevoegd: bool = True) -> Actie:
    """An action whose first stop asks a machtiging; the inspector may enter homes."""
    actie = buurt.actie(1)
    (stop,) = stops_van(db.session(), buurt.planner, actie)
    stop.toegangsgrond = "machtiging"
    if bevoegd:
        db.session.add(
            Gebruikerbevoegdheid(
                gemeente_id=buurt.kring.gemeente.id,
                gebruiker_id=buurt.id_van(Rol.INSPECTEUR),
                code="binnentreden",
                geldig_van=lokale_datum(buurt.wereld.nu) - timedelta(days=9),
            )
        )
    db.session.commit()
    return actie


def velden(buurt: Buurt, **anders: Any) -> dict[str, Any]:
    return {
        "gever_soort": "burgemeester",
        "gever_naam": "M. de Wit",
        "aan": buurt.kring.actoren[Rol.INSPECTEUR].gebruiker_uid,
        "aan_naam": "Pas 1234",
        "aan_hoedanigheid": "toezichthouder",
        "grondslag": "binnentreden",
        "doel": "Controle op overbewoning.",
        "meegaanden": "1",
        "meegaanden_rol": "politie",
    } | anders


def vraag(buurt: Buurt, actie: Actie, **anders: Any) -> Any:
    (stop,) = stops_van(db.session(), buurt.planner, actie)
    client = buurt.wereld.client(Rol.COORDINATOR)
    data = velden(buurt, **anders) | {"csrf_token": csrf(client)}
    antwoord = client.post(f"/acties/{actie.uid}/stops/{stop.uid}/machtiging", data=data)
    db.session.rollback()
    return antwoord


def doe(buurt: Buurt, rol: Rol, daad: str, **data: Any) -> Any:
    client = buurt.wereld.client(rol)
    uid = db.session.query(Machtiging).order_by(Machtiging.id.desc()).first().uid
    antwoord = client.post(f"/machtigingen/{uid}/{daad}", data={"csrf_token": csrf(client)} | data)
    db.session.rollback()
    return antwoord


def meldingen(buurt: Buurt, actie: Actie) -> str:
    db.session.rollback()
    stand = gereedheid(db.session(), buurt.planner, db.session.get(Actie, actie.id), buurt.wereld.nu)
    return " ".join(p.melding for p in stand.blokkades if p.code.startswith(("machtiging", "grond")))


def test_van_aanvraag_tot_ondertekend_en_dan_vast(buurt: Buurt) -> None:
    actie = begin(buurt)
    assert "nog geen machtiging aangevraagd" in meldingen(buurt, actie)
    assert vraag(buurt, actie, nacht="y", dringend="Alleen 's nachts thuis").status_code == 302
    assert "nog niet ondertekend" in meldingen(buurt, actie)
    assert doe(buurt, Rol.COORDINATOR, "aanbieden").status_code == 302
    kabinet = buurt.wereld.client(Rol.KABINET)
    lijst = kabinet.get("/machtigingen").get_data(as_text=True)
    assert "Machtigingen te ondertekenen" in lijst
    assert "Kade 1, 1234AB Markerdorp" in lijst
    assert doe(buurt, Rol.COORDINATOR, "ondertekenen").status_code == 403
    assert doe(buurt, Rol.KABINET, "ondertekenen").status_code == 302
    assert meldingen(buurt, actie) == ""
    rij = db.session.query(Machtiging).one()
    assert (rij.afgifte, rij.toestand) == (lokale_datum(buurt.wereld.nu), "ondertekend")
    eerst, weer = (kabinet.get(f"/machtigingen/{rij.uid}/document").data for _ in range(2))
    assert eerst.startswith(b"%PDF-")
    assert eerst == weer
    # The database itself refuses: other hours, another dwelling, back to draft, away.
    for zin in ("nacht = NOT nacht", "doel = 'iets anders'", "toestand = 'concept'"):
        with pytest.raises(DBAPIError, match=r"fixed|append-only"):
            db.session.execute(text(f"UPDATE machtiging SET {zin}"))
        db.session.rollback()
    with pytest.raises(DBAPIError, match=r"fixed|append-only"):
        db.session.execute(text("DELETE FROM machtiging"))
    db.session.rollback()
    assert doe(buurt, Rol.COORDINATOR, "intrekken", reden="De actie gaat niet door.").status_code == 302
    assert "ingetrokken" in meldingen(buurt, actie)


def test_het_plan_wordt_steeds_opnieuw_vergeleken(buurt: Buurt) -> None:
    actie = begin(buurt)
    vraag(buurt, actie, nacht="y", dringend="x")
    doe(buurt, Rol.COORDINATOR, "aanbieden")
    doe(buurt, Rol.KABINET, "ondertekenen")
    assert meldingen(buurt, actie) == ""
    (stop,) = stops_van(db.session(), buurt.planner, actie)
    stop.locatie.huisletter = "a"
    db.session.commit()
    assert "is voor Kade 1, 1234AB Markerdorp, niet voor Kade 1a" in meldingen(buurt, actie)
    stop.locatie.huisletter = ""
    rij = db.session.get(Actie, actie.id)
    rij.eind_op += timedelta(days=4)
    rij.begin_op += timedelta(days=4)
    db.session.commit()
    assert "de derde dag na afgifte" in meldingen(buurt, actie)
    rij.begin_op, rij.eind_op = buurt.wereld.nu, buurt.wereld.nu + timedelta(hours=5)
    lid = db.session.query(Ploeglid).filter_by(gebruiker_id=buurt.id_van(Rol.INSPECTEUR)).one()
    db.session.delete(lid)
    db.session.commit()
    assert "zit niet in de ploeg" in meldingen(buurt, actie)


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"aan_naam": " "}, "Vul de naam of het nummer in"),
        ({"nacht": "y"}, "waarom dit dringend nodig is"),
        ({"meegaanden": "3", "meegaanden_rol": ""}, "in welke rol zij meegaan"),
        ({"meegaanden": "-1"}, "Vul een getal in van 0 tot 30"),
        ({"andere": "Kade 12"}, "geen volledig adres"),
        ({"andere": "\n".join(f"Kade {n}, 1234 AB Dorp" for n in range(2, 6))}, "hoogstens drie andere"),
        ({"uren_van": "18:00"}, "Vul beide uren in"),
        ({"grondslag": "huisvesting"}, "niet bevoegd op grond van art. 34"),
    ],
)
def test_een_verkeerde_aanvraag_zegt_wat_er_moet(buurt: Buurt, anders: dict[str, str], melding: str) -> None:
    actie = begin(buurt)
    antwoord = vraag(buurt, actie, **anders)
    assert antwoord.status_code == 422
    assert melding in antwoord.get_data(as_text=True)
    assert db.session.query(Machtiging).count() == 0


def test_wie_niet_bevoegd_is_krijgt_geen_machtiging(buurt: Buurt) -> None:
    actie = begin(buurt, bevoegd=False)
    pagina = vraag(buurt, actie).get_data(as_text=True)
    assert "al bevoegd is (art. 4 Awbi)" in pagina
    assert "niet bevoegd om een woning binnen te treden" in pagina


def test_van_papier_met_scan(buurt: Buurt) -> None:
    actie = begin(buurt)
    vraag(buurt, actie, nacht="y", dringend="x")
    vandaag = lokale_datum(buurt.wereld.nu)
    fout = doe(
        buurt, Rol.COORDINATOR, "papier", afgifte=str(vandaag), bestand=(io.BytesIO(b"geen scan"), "m.pdf")
    ).get_data(as_text=True)
    assert "Kies een PDF, een JPEG of een PNG" in fout
    morgen = str(vandaag + timedelta(days=1))
    goed = b"%PDF-1.7\n%%EOF\n"
    assert "in de toekomst" in doe(
        buurt, Rol.COORDINATOR, "papier", afgifte=morgen, bestand=(io.BytesIO(goed), "m.pdf")
    ).get_data(as_text=True)
    assert (
        doe(buurt, Rol.COORDINATOR, "papier", afgifte=str(vandaag), bestand=(io.BytesIO(goed), "m.pdf")).status_code
        == 302
    )
    assert meldingen(buurt, actie) == ""
    uid = db.session.query(Machtiging).one().uid
    assert buurt.wereld.client(Rol.COORDINATOR).get(f"/machtigingen/{uid}/document").data == goed


def test_teruggeven_met_reden_en_de_andere_gemeente_ziet_niets(buurt: Buurt) -> None:
    actie = begin(buurt)
    vraag(buurt, actie)
    doe(buurt, Rol.COORDINATOR, "aanbieden")
    assert "Schrijf kort de reden" in doe(buurt, Rol.KABINET, "teruggeven").get_data(as_text=True)
    onleesbaar = doe(buurt, Rol.KABINET, "teruggeven", reden="te\0ruim")
    assert onleesbaar.status_code == 422
    assert "Hier staat een teken in dat niet kan" in onleesbaar.get_data(as_text=True)
    assert doe(buurt, Rol.KABINET, "teruggeven", reden="Het doel is te ruim.").status_code == 302
    rij = db.session.query(Machtiging).one()
    uid, toestand = rij.uid, rij.toestand
    assert toestand == "concept"
    assert "Het doel is te ruim." in buurt.wereld.client(Rol.COORDINATOR).get(f"/machtigingen/{uid}").get_data(
        as_text=True
    )
    buren = buurt.wereld.client(Rol.KABINET, buurt.wereld.twee)
    for pad in ("", "/document"):
        assert buren.get(f"/machtigingen/{uid}{pad}").status_code == 404
    assert "M20" not in buren.get("/machtigingen").get_data(as_text=True)


def test_een_woning_op_toezicht_houdt_gereed_tegen(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    (stop,) = stops_van(db.session(), buurt.planner, actie)
    adres = Adres(
        gemeente_id=buurt.kring.gemeente.id,
        nummeraanduiding_id="9901200000000001",
        openbare_ruimte="Kade",
        huisnummer=1,
        postcode="1234AB",
        woonplaats="Markerdorp",
        gebruiksdoel="woonfunctie",
        x=stop.locatie.x,
        y=stop.locatie.y,
        lon=5.2,
        lat=52.5,
    )
    db.session.add(adres)
    db.session.flush()
    stop.locatie.adres_id = adres.id
    db.session.commit()
    assert "dit is een woning. Met toezicht alleen mag u die niet in" in meldingen(buurt, actie)
    pagina = buurt.wereld.client(Rol.COORDINATOR).get(f"/acties/{actie.uid}/stops/{stop.uid}").get_data(as_text=True)
    assert "Wat vraagt elke grond aan de deur?" in pagina


def test_de_ploeg_heeft_de_machtiging_bij_de_hand(buurt: Buurt) -> None:
    actie = begin(buurt)
    vraag(buurt, actie, nacht="y", dringend="x")
    doe(buurt, Rol.COORDINATOR, "aanbieden")
    thuis = buurt.wereld.client(Rol.KABINET).get("/").get_data(as_text=True)
    assert "Machtigingen te ondertekenen" in thuis
    db.session.rollback()
    db.session.execute(text("UPDATE actie SET toestand = 'gereed'"))
    db.session.commit()

    def toegang() -> Any:
        antwoord = buurt.wereld.client(Rol.INSPECTEUR).get("/api/dienst")
        db.session.rollback()
        return antwoord.get_json()["acties"][0]["stops"][0]["toegang"]

    assert toegang()["machtiging"] is None
    doe(buurt, Rol.KABINET, "ondertekenen")
    gegeven = toegang()["machtiging"]
    assert gegeven["aan"] == "Pas 1234, toezichthouder"
    assert gegeven["woningen"] == ["Kade 1, 1234AB Markerdorp"]
    assert "hoogstens 1 ander mee (politie)" in gegeven["mag"]
    vandaag = lokale_datum(buurt.wereld.nu)
    assert (gegeven["geldig_van"], gegeven["geldig_tot"]) == (str(vandaag), str(vandaag + timedelta(days=3)))
