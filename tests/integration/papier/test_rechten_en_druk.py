"""Who may print and type over, what is printed of a stop, what stays visible afterwards."""

import io
import re
from uuid import UUID

import pikepdf
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from inspecties.acties.models import Actie, Stop
from inspecties.audit.models import Auditregel
from inspecties.checklists.models import Checklistversie
from inspecties.controles.models import Bevinding, Bezoek, Operatie
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dossiers.beoordelen import accepteer_nieuw
from inspecties.dossiers.tijdlijn import tijdlijn
from inspecties.gebruikers.models import Toestel
from tests.integration.papier.conftest import Scherm
from tests.tusklant import jpeg
from tests.veldwereld import Actieset, Tablet
from tests.wereld import Wereld, csrf

MAG_INVOEREN = {Rol.COORDINATOR, Rol.INSPECTEUR}
MAG_STOP = {Rol.COORDINATOR, Rol.INSPECTEUR, Rol.PARTNER, Rol.JURIST}
MAG_CHECKLIST = {Rol.COORDINATOR, Rol.INSPECTEUR, Rol.JURIST, Rol.BEHEERDER}
MENSEN = sorted(set(Rol) - {Rol.SYSTEEM})


def _tekst(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages))


def _versie(gemeente_id: int) -> Checklistversie:
    return db.session.scalars(
        select(Checklistversie).where(Checklistversie.gemeente_id == gemeente_id, Checklistversie.versie == "9.1")
    ).one()


@pytest.mark.parametrize("rol", MENSEN)
def test_wie_mag_wat(wereld: Wereld, actie: Actieset, bezoek: str, rol: Rol) -> None:
    client = wereld.client(rol)
    versie = _versie(wereld.een.gemeente.id)
    leeg = f"/checklists/{versie.checklist.uid}/versies/{versie.uid}/papier.pdf"
    stop = f"/acties/{actie.actie}/stops/{actie.stops[0]}/papier"
    assert client.get(leeg).status_code == (200 if rol in MAG_CHECKLIST else 403)
    assert client.get(f"{stop}.pdf").status_code == (200 if rol in MAG_STOP else 403)
    assert client.get(f"/bezoeken/{bezoek}/papier").status_code == (200 if rol in MAG_INVOEREN else 403)
    antwoord = client.post(stop, data={"csrf_token": csrf(client)})
    assert antwoord.status_code == (302 if rol in MAG_INVOEREN else 403)


@pytest.mark.parametrize("rol", sorted(MAG_INVOEREN))
def test_andere_gemeente_bestaat_niet(wereld: Wereld, actie: Actieset, scherm: Scherm, bezoek: str, rol: Rol) -> None:
    scherm.begin()
    versie = _versie(wereld.een.gemeente.id)
    vreemd = wereld.client(rol, wereld.twee)
    stop = f"/acties/{actie.actie}/stops/{actie.stops[0]}/papier"
    for pad in (
        f"/checklists/{versie.checklist.uid}/versies/{versie.uid}/papier.pdf",
        f"{stop}.pdf",
        f"/bezoeken/{bezoek}/papier",
        scherm.pad,
        scherm.naar("afronden").pad,
    ):
        assert vreemd.get(pad).status_code == 404, pad
    token = {"csrf_token": csrf(vreemd)}
    for pad in (stop, scherm.pad, f"/bezoeken/{bezoek}/papier"):
        assert vreemd.post(pad, data=token).status_code == 404, pad


def test_inspecteur_van_een_andere_ploeg_ziet_niets(wereld: Wereld, actie: Actieset, bezoek: str) -> None:
    db.session.query(Stop).filter_by(uid=actie.stops[0]).update({"ploeg_id": None})
    db.session.commit()
    client = wereld.client(Rol.INSPECTEUR)
    assert client.get(f"/bezoeken/{bezoek}/papier").status_code == 404
    assert client.get(f"/acties/{actie.actie}/stops/{actie.stops[0]}/papier.pdf").status_code == 404


def test_papier_van_een_ander_is_niet_te_bewerken(wereld: Wereld, scherm: Scherm) -> None:
    pad = scherm.begin().pad
    client = wereld.client(Rol.INSPECTEUR)
    antwoord = client.get(pad)
    assert antwoord.status_code == 403
    assert "coordinator Markerwaard voert dit papier in" in antwoord.get_data(as_text=True)
    data = scherm.gegevens("", {"v.toegang": "nee", "csrf_token": csrf(client)})
    assert client.post(pad, data=data).status_code == 403
    assert db.session.scalars(select(Operatie)).all() == []


def test_na_afronden_of_sluiten_verandert_er_niets(scherm: Scherm, bezoek: str) -> None:
    scherm.begin(scan=(io.BytesIO(jpeg("white")), "blad.jpg"))
    gegevens = scherm.gegevens("", {"v.toegang": "nee"})
    pad = scherm.pad
    scherm.naar("afronden").stuur("Afronden")
    assert scherm.client.post(pad, data=gegevens).status_code == 409
    assert scherm.client.get(pad).status_code == 409
    db.session.query(Bezoek).filter_by(uid=UUID(bezoek)).update({"toestand": "gesloten"})
    db.session.commit()
    scherm.begin(ingevuld_door="Nog een")
    assert scherm.status == 422
    assert "Dit bezoek is gesloten" in scherm.html
    assert db.session.scalars(select(Operatie)).all() == []


def test_ingetrokken_of_gesloten_terwijl_u_typt(wereld: Wereld, scherm: Scherm, bezoek: str) -> None:
    scherm.begin()
    db.session.query(Bezoek).filter_by(uid=UUID(bezoek)).update({"toestand": "gesloten"})
    db.session.commit()
    scherm.stuur("Bewaren en verder", v__toegang="nee", v__oppervlakte="33,3")
    assert scherm.status == 409
    assert "Dit bezoek is gesloten" in scherm.html
    assert 'value="33,3"' in scherm.html
    db.session.query(Bezoek).filter_by(uid=UUID(bezoek)).update({"toestand": "open"})
    db.session.query(Toestel).filter(Toestel.naam.startswith("Papier")).update({"ingetrokken_op": wereld.nu})
    db.session.commit()
    scherm.stuur("Bewaren en verder")
    assert scherm.status == 403
    assert 'value="33,3"' in scherm.html


def test_formulier_van_een_stop_en_het_bezoek_houdt_die_versie(wereld: Wereld, actie: Actieset) -> None:
    gid = wereld.een.gemeente.id
    stop = db.session.scalars(select(Stop).where(Stop.uid == actie.stops[1])).one()
    stop.veiligheid, stop.toegangsgrond, stop.wie_eerst = "Grote hond op het erf", "machtiging", "Politie"
    db.session.commit()
    assert db.session.scalars(select(Bezoek)).all() == []
    pad = f"/acties/{actie.actie}/stops/{actie.stops[1]}/papier.pdf"
    antwoord = wereld.client(Rol.INSPECTEUR).get(pad)
    assert antwoord.content_type == "application/pdf"
    with pikepdf.open(io.BytesIO(antwoord.get_data())) as document:
        assert document.open_metadata()["pdfuaid:part"] == "1"
    tekst = _tekst(antwoord.get_data())
    versie = _versie(gid)
    for deel in (
        "Gemeente Markerwaard",
        "Avondactie",
        "Kade 2",
        "21 november 2026",
        "Grote hond op het erf",
        "Machtiging tot binnentreden",
        "Politie",
        "inspecteur Markerwaard",
        "Mocht u naar binnen?",
        f"code {versie.hash[:8]}",
    ):
        assert deel in tekst, deel
    assert [v.hash for v in db.session.scalars(select(Bezoek)).one().checklists] == [versie.hash]
    regels = db.session.scalars(select(Auditregel.handeling).order_by(Auditregel.id)).all()
    assert regels[-2:] == ["bezoek_aangemaakt", "papier_afgedrukt"]
    assert wereld.client(Rol.INSPECTEUR).get(pad).get_data() == antwoord.get_data()


def test_formulier_pas_als_de_actie_gereed_is(wereld: Wereld, actie: Actieset) -> None:
    db.session.query(Actie).filter_by(uid=actie.actie).update({"toestand": "concept"})
    db.session.commit()
    antwoord = wereld.client(Rol.COORDINATOR).get(f"/acties/{actie.actie}/stops/{actie.stops[0]}/papier.pdf")
    assert antwoord.status_code == 409
    assert "als de actie gereed is" in antwoord.get_data(as_text=True)
    assert db.session.scalars(select(Bezoek)).all() == []


def test_leeg_formulier_met_wensen(wereld: Wereld, actie: Actieset) -> None:
    versie = _versie(wereld.een.gemeente.id)
    pad = f"/checklists/{versie.checklist.uid}/versies/{versie.uid}/papier.pdf"
    client = wereld.client(Rol.JURIST)
    tekst = _tekst(client.get(f"{pad}?aantal_kamers=3&aantal_bedden=1").get_data())
    assert "Kamer 3" in tekst
    assert "Kamer 4" not in tekst
    for mis in ("taal=xx", "aantal_kamers=0", "aantal_kamers=100", "aantal_bedden=veel"):
        assert client.get(f"{pad}?{mis}").status_code == 422, mis
    ander = db.session.scalars(
        select(Checklistversie).where(Checklistversie.gemeente_id == wereld.twee.gemeente.id)
    ).first()
    assert ander is None


def test_knoppen_staan_op_de_actie_en_het_bezoek(wereld: Wereld, actie: Actieset, bezoek: str) -> None:
    pagina = wereld.client(Rol.INSPECTEUR).get(f"/acties/{actie.actie}").get_data(as_text=True)
    assert pagina.count("papier.pdf") == 2
    assert pagina.count("Van papier invoeren") == 2
    partner = wereld.client(Rol.PARTNER).get(f"/acties/{actie.actie}").get_data(as_text=True)
    assert "papier.pdf" in partner
    assert "Van papier invoeren" not in partner
    assert f"/bezoeken/{bezoek}/papier" in wereld.client(Rol.COORDINATOR).get(f"/bezoeken/{bezoek}").get_data(
        as_text=True
    )
    assert "Van papier" not in wereld.client(Rol.JURIST).get(f"/bezoeken/{bezoek}").get_data(as_text=True)


def test_dossier_noemt_wie_het_papier_invoerde(wereld: Wereld, scherm: Scherm, boa: Tablet, bezoek: str) -> None:
    scherm.begin(scan=(io.BytesIO(jpeg("white")), "blad.jpg"))
    scherm.stuur("Bewaren en verder", v__toegang="ja").stuur("Bewaren en verder", v__bewoners="12")
    jurist = wereld.een.actoren[Rol.JURIST]
    db.session.rollback()
    bevinding = db.session.scalars(select(Bevinding)).one()
    dossier = accepteer_nieuw(db.session(), jurist, wereld.nu, bevinding, "Te veel bewoners", "last")
    db.session.commit()
    assert not any("papier" in p["titel"] for p in tijdlijn(db.session(), jurist, dossier))
    scherm.naar("afronden").stuur("Afronden")
    db.session.rollback()
    (punt,) = [p for p in tijdlijn(db.session(), jurist, dossier) if "papier" in p["titel"]]
    assert punt["titel"] == "Van papier ingevoerd door coordinator Markerwaard"
    assert "Papier ingevuld door J. Boa en K. Politie op 21 november 2026, 17:30, met 1 scan" in punt["tekst"]
    assert punt["bezoek_uid"] == bezoek
    pagina = wereld.client(Rol.JURIST).get(f"/bezoeken/{bezoek}").get_data(as_text=True)
    assert "Scan ophalen: blad.jpg" in pagina
