"""Versions through the screens: read in, publish, withdraw, throw away."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from tests.integration.checklists.conftest import Bureau, bureau_van, formulier, handelingen, versie
from tests.wereld import Wereld, aangemeld

VANDAAG = date(2026, 11, 21)
MORGEN = VANDAAG + timedelta(days=1)


def test_van_bestand_tot_geldende_versie(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    assert "Concept wacht" in jurist.pagina("/checklists")
    assert "Geen geldige versie" in jurist.pagina("/checklists")
    antwoord = jurist.publiceer(uid, VANDAAG)
    assert antwoord.status_code == 303
    rij = versie(uid)
    assert (rij.status, rij.geldig_vanaf, rij.locatietypen) == ("gepubliceerd", VANDAAG, [])
    pagina = jurist.pagina(f"/checklists/{rij.checklist.uid}")
    assert "Geldt nu" in pagina
    assert rij.hash[:12] in pagina
    assert "jurist Markerwaard" in pagina
    assert handelingen() == ["checklist_ingelezen", "checklist_gepubliceerd"]


def test_een_onbekend_form_id_is_eerst_een_schrijffout(jurist: Bureau) -> None:
    antwoord = jurist.lees_in(formulier(form_id="preof"))
    assert antwoord.status_code == 422
    assert "&#39;preof&#39; bestaat nog niet" in antwoord.get_data(as_text=True)
    assert _aantal() == 0
    assert jurist.lees_in(formulier(form_id="preof"), nieuw="y").status_code == 303


def test_fouten_noemen_blad_rij_en_kolom_en_er_wordt_niets_bewaard(jurist: Bureau) -> None:
    antwoord = jurist.lees_in(formulier("1", "integer,a,A,${bestaat_niet} = 1", "tekst,b,B"), nieuw="y")
    assert antwoord.status_code == 422
    pagina = antwoord.get_data(as_text=True)
    assert 'data-label="Blad">survey' in pagina
    assert 'data-label="Rij">4' in pagina
    assert 'data-label="Kolom">type' in pagina
    assert "Er is niets opgeslagen" in pagina
    assert _aantal() == 0
    assert db.session.scalar(select(func.count()).select_from(Checklist)) == 0


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (formulier(""), "Geef de versie een nummer"),
        (formulier("1", form_id=""), "Geef het formulier een eigen naam"),
        (formulier("1", titel="t" * 161), "hoogstens 160 tekens"),
        (b"survey\xff", "geen UTF-8"),
        (b"", "survey ontbreekt"),
    ],
)
def test_wat_een_versie_niet_kan_missen(jurist: Bureau, inhoud: bytes, zin: str) -> None:
    antwoord = jurist.lees_in(inhoud, nieuw="y")
    assert antwoord.status_code == 422
    assert zin in antwoord.get_data(as_text=True)
    assert _aantal() == 0


def test_zelfde_inhoud_en_zelfde_nummer_worden_geweigerd(jurist: Bureau) -> None:
    jurist.concept(formulier("1"))
    zelfde = jurist.lees_in(formulier("1"))
    assert zelfde.status_code == 409
    assert "Precies deze inhoud is er al: versie 1" in zelfde.get_data(as_text=True)
    anders = jurist.lees_in(formulier("1", "text,naam,Naam"))
    assert anders.status_code == 409
    assert "Verhoog &#39;version&#39;" in anders.get_data(as_text=True)
    assert _aantal() == 1


def test_twee_versies_op_een_dag_kan_niet(jurist: Bureau) -> None:
    een, twee = jurist.concept(formulier("1")), jurist.concept(formulier("2"))
    assert jurist.publiceer(een, MORGEN).status_code == 303
    antwoord = jurist.publiceer(twee, MORGEN, "woning")
    assert antwoord.status_code == 409
    assert "Op 22-11-2026 begint versie 1 van deze checklist al" in antwoord.get_data(as_text=True)
    # What was filled in is still there.
    assert re.search(r'<input checked [^>]*value="woning"', antwoord.get_data(as_text=True))
    assert versie(twee).status == "concept"
    assert jurist.publiceer(twee, MORGEN + timedelta(days=1)).status_code == 303
    with pytest.raises(DBAPIError):
        _raak(jurist, een, twee)


def _raak(jurist: Bureau, een: UUID, twee: UUID) -> None:
    """Behind the back of the operation: the database refuses two of one day itself."""
    rij = versie(een)
    db.session.add(
        Checklistversie(
            gemeente_id=rij.gemeente_id,
            checklist_id=rij.checklist_id,
            hash="0" * 64,
            versie="sluip",
            bron_csv="",
            definitie={},
            status="gepubliceerd",
            geldig_vanaf=MORGEN,
            aangemaakt_op=jurist.wereld.nu,
        )
    )
    try:
        db.session.flush()
    finally:
        db.session.rollback()


@pytest.mark.parametrize("dag", [VANDAAG - timedelta(days=1), VANDAAG + timedelta(days=2000)])
def test_een_dag_in_het_verleden_of_veel_later_kan_niet(jurist: Bureau, dag: date) -> None:
    uid = jurist.concept(formulier("1"))
    antwoord = jurist.publiceer(uid, dag)
    assert antwoord.status_code == 422
    assert "Kies een dag vanaf vandaag (21-11-2026)" in antwoord.get_data(as_text=True)
    assert versie(uid).status == "concept"


def test_een_onbekend_soort_plek_kan_niet(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    antwoord = jurist.publiceer(uid, VANDAAG, "kasteel")
    assert antwoord.status_code == 422
    assert "&#39;kasteel&#39; bestaat niet" in antwoord.get_data(as_text=True)


def test_wie_naar_een_oude_pagina_kijkt_wijzigt_niets(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    revisie = versie(uid).revisie
    assert jurist.publiceer(uid, VANDAAG).status_code == 303
    for wat, velden in (
        ("publiceren", {"geldig_vanaf": "2026-12-01"}),
        ("intrekken", {"reden": "fout"}),
        ("weggooien", {}),
    ):
        antwoord = jurist.doe(uid, wat, revisie=revisie, **velden)
        assert antwoord.status_code == 409
        assert "Iemand anders heeft deze versie gewijzigd" in antwoord.get_data(as_text=True)
    assert versie(uid).status == "gepubliceerd"


def test_publiceren_kan_maar_een_keer(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    jurist.publiceer(uid, VANDAAG)
    antwoord = jurist.publiceer(uid, MORGEN)
    assert antwoord.status_code == 409
    assert "Alleen een concept kunt u publiceren" in antwoord.get_data(as_text=True)
    weg = jurist.doe(uid, "weggooien")
    assert weg.status_code == 409
    assert "blijft bewaard" in weg.get_data(as_text=True)


def test_intrekken_vraagt_een_reden(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    assert jurist.doe(uid, "intrekken", reden="x").status_code == 409
    jurist.publiceer(uid, VANDAAG)
    assert jurist.doe(uid, "intrekken", reden="  ").status_code == 422
    assert jurist.doe(uid, "intrekken", reden="Artikel klopt niet").status_code == 303
    rij = versie(uid)
    assert (rij.status, rij.intrekreden) == ("ingetrokken", "Artikel klopt niet")
    assert "Artikel klopt niet" in jurist.pagina(f"/checklists/{rij.checklist.uid}")
    assert handelingen()[-1] == "checklist_ingetrokken"


def test_een_concept_weggooien_laat_geen_lege_checklist_achter(jurist: Bureau) -> None:
    los = jurist.concept(formulier("1", form_id="tikfout"))
    assert jurist.doe(los, "weggooien").headers["Location"] == "/checklists"
    assert db.session.scalar(select(func.count()).select_from(Checklist)) == 0
    uid = jurist.concept(formulier("1"))
    tweede = jurist.concept(formulier("2"))
    checklist = versie(uid).checklist.uid
    assert jurist.doe(tweede, "weggooien").headers["Location"] == f"/checklists/{checklist}"
    assert jurist.client.get(f"/checklists/versies/{tweede}").status_code == 404
    assert handelingen().count("checklist_weggegooid") == 2


def test_inhoud_ligt_vast_ook_buiten_de_toepassing(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    jurist.publiceer(uid, VANDAAG)
    sleutel = versie(uid).id
    for wijziging in (
        "UPDATE checklistversie SET definitie = '{}' WHERE id = :id",
        "UPDATE checklistversie SET hash = 'x' WHERE id = :id",
        "UPDATE checklistversie SET bron_csv = 'x' WHERE id = :id",
        "UPDATE checklistversie SET geldig_vanaf = '2020-01-01' WHERE id = :id",
        "DELETE FROM checklistversie WHERE id = :id",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(wijziging), {"id": sleutel})
        db.session.rollback()
    jurist.doe(uid, "intrekken", reden="klaar")
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE checklistversie SET status = 'gepubliceerd' WHERE id = :id"), {"id": sleutel})
    db.session.rollback()


def test_een_concept_heeft_een_vaste_inhoud_maar_kan_weg(jurist: Bureau) -> None:
    uid = jurist.concept(formulier("1"))
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE checklistversie SET bron_csv = 'x' WHERE id = :id"), {"id": versie(uid).id})
    db.session.rollback()
    assert jurist.doe(uid, "weggooien").status_code == 303


LEZERS = {Rol.COORDINATOR, Rol.INSPECTEUR, Rol.JURIST, Rol.BEHEERDER}


@pytest.mark.parametrize("rol", sorted(set(Rol) - {Rol.SYSTEEM}))
def test_elke_rol(jurist: Bureau, wereld: Wereld, rol: Rol) -> None:
    uid = jurist.concept(formulier("1"))
    checklist = versie(uid).checklist.uid
    ander = bureau_van(wereld, rol, wereld.een)
    paden = ["/checklists", f"/checklists/{checklist}", f"/checklists/{checklist}/vergelijken"]
    paden += [f"/checklists/versies/{uid}", f"/checklists/versies/{uid}/formulier.xlsx"]
    for pad in paden:
        assert ander.client.get(pad).status_code == (200 if rol in LEZERS else 403), pad
    beheer = rol in {Rol.JURIST, Rol.BEHEERDER}
    assert ander.client.get("/checklists/inlezen").status_code == (200 if beheer else 403)
    if rol in LEZERS:
        assert ("Publiceer deze versie" in ander.pagina(f"/checklists/versies/{uid}")) is beheer
    assert ander.publiceer(uid, VANDAAG).status_code == (303 if beheer else 403)
    assert (versie(uid).status == "gepubliceerd") is beheer


def test_een_andere_gemeente_bestaat_niet(jurist: Bureau, wereld: Wereld) -> None:
    uid = jurist.concept(formulier("1"))
    checklist = versie(uid).checklist.uid
    vreemd = bureau_van(wereld, Rol.JURIST, wereld.twee)
    for pad in (
        f"/checklists/{checklist}",
        f"/checklists/{checklist}/vergelijken",
        f"/checklists/versies/{uid}",
        f"/checklists/versies/{uid}/formulier.csv",
    ):
        assert vreemd.client.get(pad).status_code == 404, pad
    for wat in ("publiceren", "intrekken", "weggooien"):
        assert vreemd.doe(uid, wat, geldig_vanaf="2026-12-01", reden="x").status_code == 404
    assert "proef" not in vreemd.pagina("/checklists")
    # The same form is a checklist of its own there.
    assert vreemd.concept(formulier("1")) != uid


def test_de_lijst_zegt_wat_nu_en_straks_geldt(jurist: Bureau, klok: VasteKlok) -> None:
    een, twee = jurist.concept(formulier("2026.1")), jurist.concept(formulier("2026.2"))
    jurist.publiceer(een, VANDAAG, "woning")
    jurist.publiceer(twee, MORGEN)
    pagina = jurist.pagina("/checklists")
    assert "alleen woning" in pagina
    assert "Geen versie voor bedrijfspand" in pagina
    assert "vanaf 22 november 2026" in pagina
    klok.moment += timedelta(days=1)
    jurist.client = aangemeld(jurist.wereld.app, jurist.kring.actoren[Rol.JURIST], klok.moment)
    pagina = jurist.pagina("/checklists")
    assert "Geen versie voor" not in pagina
    assert "sinds 22 november 2026" in pagina


def _aantal() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Checklistversie)) or 0
