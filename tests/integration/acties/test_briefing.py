"""Briefings: made when an action is ready, versions, who reads what, and the embargo of a planner."""

import io
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.acties.briefing import deel_voor, maak_als_anders
from inspecties.acties.models import Actie
from inspecties.acties.models_briefing import Briefing, Briefingdeel, Briefinglezing
from inspecties.acties.models_plan import Actieplan
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokaal
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.partners.models_partners import Partnerinstelling
from tests.integration.acties.conftest import Buurt, vers
from tests.wereld import csrf


def _gereed(buurt: Buurt, stops: int = 2) -> Actie:
    actie = buurt.actie(stops)
    for stop in stops_van(db.session(), buurt.planner, actie):
        stop.veiligheid = f"GEVAAR-{stop.volgorde}"
    naar(db.session(), buurt.planner, buurt.wereld.nu, actie, "gereed")
    db.session.commit()
    return actie


def _stuur(buurt: Buurt, rol: Rol, pad: str, **data: Any) -> Any:
    client = buurt.wereld.client(rol)
    antwoord = client.post(pad, data={"csrf_token": csrf(client)} | data)
    db.session.rollback()
    return antwoord


def _lees(buurt: Buurt, rol: Rol, pad: str) -> str:
    tekst: str = buurt.wereld.client(rol).get(pad).get_data(as_text=True)
    db.session.rollback()
    return tekst


def test_elk_leest_het_eigen_deel_en_wordt_van_een_nieuwe_versie_verteld(buurt: Buurt) -> None:
    assert buurt.kring.organisatie is not None
    db.session.add(
        Partnerinstelling(
            gemeente_id=buurt.kring.gemeente.id, organisatie_id=buurt.kring.organisatie.id, ziet_veiligheid=False
        )
    )
    actie = _gereed(buurt)
    pad = f"/acties/{actie.uid}/briefing"
    inspecteur, partner = _lees(buurt, Rol.INSPECTEUR, pad), _lees(buurt, Rol.PARTNER, pad)
    assert "Kade 1" in inspecteur
    assert "GEVAAR-1" in inspecteur
    assert "Kade 1" in partner
    assert "GEVAAR" not in partner
    for rol, weet in ((Rol.INSPECTEUR, True), (Rol.PARTNER, False)):
        (dienst,) = buurt.wereld.client(rol).get("/api/dienst?datum=2026-11-21").get_json()["acties"]
        assert [bool(stop["veiligheid"]) for stop in dienst["stops"]] == [weet] * 2
        assert ("GEVAAR-1" in _lees(buurt, rol, f"/acties/{actie.uid}")) is weet
        papier = buurt.wereld.client(rol).get(f"/acties/{actie.uid}/stops/{dienst['stops'][0]['id']}/papier.pdf")
        assert papier.status_code == 200
        assert any("GEVAAR" in blad.extract_text() for blad in PdfReader(io.BytesIO(papier.data)).pages) is weet
    # Another one's part does not exist for you.
    delen = {d.organisatie_id is None: d for d in db.session.scalars(select(Briefingdeel))}
    eigen, politie = delen[True].uid, delen[False].uid
    for rol, vreemd in ((Rol.INSPECTEUR, politie), (Rol.PARTNER, eigen)):
        for wat in ("", "/pdf", "/kaart.svg"):
            assert buurt.wereld.client(rol).get(f"{pad}/{vreemd}{wat}").status_code == 404
    assert _stuur(buurt, Rol.INSPECTEUR, f"{pad}/{eigen}/gelezen").status_code == 302
    assert "Briefing te lezen" not in _lees(buurt, Rol.INSPECTEUR, "/")
    assert "Briefing te lezen" in _lees(buurt, Rol.PARTNER, "/")
    # The plan changes: the planner is told, a new version says what is new, the reader is told.
    stops_van(db.session(), buurt.planner, vers(actie))[0].wie_eerst = "Politie"
    db.session.commit()
    assert "Het plan is veranderd na versie 1" in _lees(buurt, Rol.COORDINATOR, pad)
    assert _stuur(buurt, Rol.COORDINATOR, f"{pad}/maken").status_code == 302
    assert _stuur(buurt, Rol.COORDINATOR, f"{pad}/maken").status_code == 409
    nieuw = _lees(buurt, Rol.INSPECTEUR, pad)
    assert "U las versie 1. Dit is versie 2" in nieuw
    assert "Stop 1, Kade 1: anders is wie het eerst naar binnen gaat." in nieuw
    assert "Briefing gewijzigd" in _lees(buurt, Rol.INSPECTEUR, "/")
    assert "Er is een nieuwere versie" in _lees(buurt, Rol.INSPECTEUR, f"{pad}/{eigen}")
    assert _stuur(buurt, Rol.INSPECTEUR, f"{pad}/{eigen}/gelezen").status_code == 409
    overzicht = _lees(buurt, Rol.COORDINATOR, pad)
    assert "Oude versie" in overzicht
    assert db.session.query(Briefinglezing).count() == 1


def test_een_deel_dat_gelijk_blijft_is_gelezen(buurt: Buurt) -> None:
    """Back to the same plan: no new version, and nobody has to read again."""
    actie = _gereed(buurt, 1)
    sessie, nu = db.session(), buurt.wereld.nu
    assert maak_als_anders(sessie, buurt.planner, nu, vers(actie)) is None
    naar(sessie, buurt.planner, nu, vers(actie), "concept")
    sessie.commit()
    naar(sessie, buurt.planner, nu, vers(actie), "gereed")
    assert [b.nummer for b in sessie.scalars(select(Briefing))] == [1]


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_pdf_en_kaart(buurt: Buurt) -> None:
    actie = _gereed(buurt, 2)
    deel = deel_voor(db.session(), buurt.kring.actoren[Rol.INSPECTEUR], actie)
    assert deel is not None
    client = buurt.wereld.client(Rol.INSPECTEUR)
    pad = f"/acties/{actie.uid}/briefing/{deel.uid}"
    pdf = client.get(f"{pad}/pdf")
    assert pdf.data.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf.data
    assert client.get(f"{pad}/pdf").data == pdf.data, "the same version gives the same paper"
    svg = client.get(f"{pad}/kaart.svg")
    assert svg.mimetype == "image/svg+xml"
    assert svg.get_data(as_text=True).count("<circle") == 2


def test_gegevens_en_foute_invoer(buurt: Buurt) -> None:
    actie = buurt.actie(1)
    pad = f"/acties/{actie.uid}/briefing/gegevens"
    goed = {
        "versie": str(vers(actie).versie),
        "verzamelplek": "Stadhuis, zaal 2",
        "verzamel_tijd": "17:30",
        "leiding_naam": "An",
        "leiding_telefoon": "06-12345678",
        "leider_0": buurt.wereld.een.actoren[Rol.INSPECTEUR].gebruiker_uid,
        "telefoon_0": "06 87654321",
    }
    for anders, melding in (
        ({"leiding_telefoon": "bel maar"}, "Vul een telefoonnummer in"),
        ({"verzamel_tijd": "23:30"}, "Verzamelen is voordat de dienst begint"),
        ({"versie": "0"}, "Iemand anders heeft deze actie gewijzigd"),
    ):
        antwoord = _stuur(buurt, Rol.COORDINATOR, pad, **(goed | anders))
        assert antwoord.status_code in {409, 422}
        tekst = antwoord.get_data(as_text=True)
        assert melding in tekst
        assert "Stadhuis, zaal 2" in tekst, "what was typed is still there"
    assert _stuur(buurt, Rol.COORDINATOR, pad, **goed).status_code == 302
    naar(db.session(), buurt.planner, buurt.wereld.nu, vers(actie), "gereed")
    db.session.commit()
    tekst = _lees(buurt, Rol.INSPECTEUR, f"/acties/{actie.uid}/briefing")
    assert all(deel in tekst for deel in ("Stadhuis, zaal 2, 17:30 uur", "06-12345678", "06 87654321"))


def test_embargo_zetten_en_te_vroeg_beginnen(buurt: Buurt) -> None:
    nu = buurt.wereld.nu
    actie = buurt.actie(1, begin_op=nu + timedelta(hours=3), eind_op=nu + timedelta(hours=6))
    pad = f"/acties/{actie.uid}/embargo"

    def zet(uren: float) -> Any:
        tot = lokaal(nu + timedelta(hours=uren))
        velden = {"versie": str(vers(actie).versie), "dag": f"{tot:%Y-%m-%d}", "tijd": f"{tot:%H:%M}"}
        return _stuur(buurt, Rol.COORDINATOR, pad, **velden)

    for uren, melding in ((4, "uiterlijk als de dienst begint"), (-1, "al voorbij")):
        antwoord = zet(uren)
        assert antwoord.status_code == 422
        assert melding in antwoord.get_data(as_text=True)
    assert zet(2).status_code == 302
    assert db.session.scalars(select(Actieplan.embargo_op)).one() == nu + timedelta(hours=2)
    sessie = db.session()
    naar(sessie, buurt.planner, nu, vers(actie), "gereed")
    sessie.commit()
    with pytest.raises(Conflict, match="Het embargo loopt nog tot"):
        naar(sessie, buurt.planner, nu + timedelta(hours=1), vers(actie), "in_uitvoering")
    sessie.rollback()
    assert "te zien vanaf" in _lees(buurt, Rol.INSPECTEUR, f"/acties/{actie.uid}/briefing")
    assert "te zien vanaf" in _lees(buurt, Rol.PARTNER, f"/acties/{actie.uid}")
    naar(sessie, buurt.planner, nu + timedelta(hours=2), vers(actie), "in_uitvoering")
