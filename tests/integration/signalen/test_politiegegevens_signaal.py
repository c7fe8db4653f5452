"""A signal that stands apart as police data (Wpg): gone from lists, counts, map and score, and back with its step."""

import html
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from inspecties.audit.models_bewaren import Vernietiging
from inspecties.audit.wpgmuur import achter_de_muur
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.prioriteit_stand import is_achter
from inspecties.locaties.samenvoegen import inhoud_in_woorden
from inspecties.signalen.models import Signaal
from inspecties.signalen.models_meldroute import Meldstap, Overlegpunt, Signaallocatie
from inspecties.signalen.operations import Melding, meld
from inspecties.signalen.overleg import maak_overleg, zet_op_agenda
from inspecties.start.prioriteitbronnen import signaalfeiten
from tests.integration.bewaren.test_bewaren_alles import draai
from tests.integration.dossiers.conftest import verstuur
from tests.integration.dossiers.test_politiegegevens import APART, WAAROM, dan, lezingen, pagina, wijs_aan
from tests.locatiewereld import maak_locatie, maak_typen
from tests.wereld import Wereld

NAAM = "Porseleinhoen"
A = Rol.AANDACHTSFUNCTIONARIS


@pytest.fixture
def plek(wereld: Wereld) -> Risicolocatie:
    maak_typen(wereld.een)
    return maak_locatie(wereld.een, wereld.nu, "Salon")


def maak(wereld: Wereld, plek: Risicolocatie) -> Signaal:
    melding = Melding(
        datum=wereld.nu.date(), bron="inwoner", vorm="arbeidsuitbuiting", urgentie="hoog", tekst=f"{NAAM} haalt ze op.",
        waar=f"Bij {NAAM}", locatie=plek,
    )  # fmt: skip
    rij = meld(db.session(), wereld.een.actoren[A], wereld.nu, melding)
    db.session.commit()
    return rij


def zet_apart(wereld: Wereld, uid: UUID) -> tuple[int, str]:
    antwoord = verstuur(wereld.client(A), f"/signalen/{uid}/politiegegeven", **APART)
    tekst = html.unescape(antwoord.text)
    db.session.rollback()
    return antwoord.status_code, tekst


def test_weg_uit_alles_en_terug_met_zijn_stap(wereld: Wereld, plek: Risicolocatie) -> None:
    rij = maak(wereld, plek)
    uid, nummer, gid, plek_id = rij.uid, rij.nummer, rij.gemeente_id, plek.id
    client = wereld.client(A)
    assert NAAM in pagina(client, f"/signalen/{uid}")
    assert nummer in pagina(client, "/signalen")
    assert signaalfeiten(db.session(), gid, [plek_id])[plek_id] != []
    assert zet_apart(wereld, uid)[0] == 409
    assert wijs_aan(wereld, Rol.INSPECTEUR) == 302
    assert "Zet het signaal dan eerst door" in pagina(client, f"/signalen/{uid}/politiegegeven")
    assert zet_apart(wereld, uid)[0] == 302
    # The score of the place is counted again without it.
    assert is_achter(db.session(), gid, wereld.nu)
    assert signaalfeiten(db.session(), gid, [plek_id]).get(plek_id, []) == []
    for waar in ("/signalen", f"/signalen?zoek={NAAM[:6]}", f"/signalen?zoek={nummer}", "/", "/signalen/te-laat"):
        tekst = pagina(client, waar)
        assert f"/signalen/{uid}" not in tekst, waar
        assert f"{NAAM} haalt" not in tekst, waar
    for waar in ("", "/melder", "/triage", "/bewaren", "/politiegegeven", "/koppelen"):
        assert client.get(f"/signalen/{uid}{waar}").status_code in {404, 405}, waar
    assert db.session.scalar(select(func.count()).select_from(Meldstap)) == 0
    # The next signal has a number of its own.
    assert maak(wereld, db.session.get_one(Risicolocatie, plek_id)).nummer > nummer

    boa = wereld.client(Rol.INSPECTEUR)
    assert f"Signaal {nummer}" in pagina(boa, "/politiegegevens")
    assert NAAM not in pagina(boa, f"/politiegegevens/{uid}")
    assert f"{NAAM} haalt ze op." in html.unescape(verstuur(boa, f"/politiegegevens/{uid}", **WAAROM).text)
    assert lezingen(uid, "politiegegeven_gelezen")[0].object_soort == "signaal"
    terug = {"terug_grond": "vergissing", "terug_reden": "Een buurman vertelde dit aan de balie."}
    assert verstuur(boa, f"/politiegegevens/{uid}/terug", **terug).status_code == 302
    assert NAAM in pagina(wereld.client(A), f"/signalen/{uid}")


def test_wat_al_verder_ging_gaat_niet_apart(wereld: Wereld, plek: Risicolocatie) -> None:
    rij, actor = maak(wereld, plek), wereld.een.actoren[A]
    uid = rij.uid
    assert wijs_aan(wereld, Rol.INSPECTEUR) == 302
    sessie = db.session()
    rij = sessie.scalars(select(Signaal).where(Signaal.uid == uid)).one()
    zet_op_agenda(
        sessie, actor, wereld.nu, maak_overleg(sessie, actor, wereld.nu, "Overleg", wereld.nu.date()), rij, ""
    )
    sessie.commit()
    status, tekst = zet_apart(wereld, uid)
    assert (status, "op de agenda van een overleg" in tekst) == (409, True)
    assert db.session.scalar(select(func.count()).select_from(Overlegpunt)) == 1
    for rol in (Rol.COORDINATOR, Rol.JURIST, Rol.INSPECTEUR):
        assert wereld.client(rol).get(f"/signalen/{uid}/politiegegeven").status_code == 403
    assert wereld.client(A, wereld.twee).get(f"/signalen/{uid}/politiegegeven").status_code == 404


def test_na_vijf_jaar_is_het_weg_met_bewijs(wereld: Wereld, plek: Risicolocatie, klok: VasteKlok) -> None:
    """Not sooner: the terms of a signal without follow-up do not reach behind the wall."""
    uid = maak(wereld, plek).uid
    assert wijs_aan(wereld, Rol.INSPECTEUR) == 302
    assert zet_apart(wereld, uid)[0] == 302

    def er_nog() -> bool:
        db.session.rollback()
        with achter_de_muur(db.session()):
            return db.session.scalars(select(Signaal.uid)).all() == [uid]

    klok.moment = datetime(2031, 10, 31, 12, 0, tzinfo=UTC)
    draai()
    assert er_nog()
    boa = dan(wereld, Rol.INSPECTEUR, klok)
    assert verstuur(boa, f"/politiegegevens/{uid}", **WAAROM).status_code == 422
    klok.moment = datetime(2031, 11, 2, 12, 0, tzinfo=UTC)
    assert ("signaal", "wpg_weg") in {(r["soort"], r["regel"]) for r in draai()["vernietigd"]}
    assert not er_nog()
    assert db.session.scalars(select(Vernietiging.soort).where(Vernietiging.soort == "signaal")).all() == ["signaal"]


def test_wie_splitst_of_samenvoegt_merkt_er_niets_van(wereld: Wereld, plek: Risicolocatie) -> None:
    """Those pages look at every table alike; what stands apart is not in their lists, nor in their counts."""
    rij, plek_id = maak(wereld, plek), plek.id
    uid, nummer = rij.uid, rij.nummer
    ook = Signaallocatie(gemeente_id=rij.gemeente_id, signaal_id=rij.id, locatie_id=plek.id, op=wereld.nu)
    db.session.add(ook)
    db.session.commit()
    assert wijs_aan(wereld, Rol.INSPECTEUR) == 302
    client, pad = wereld.client(Rol.COORDINATOR), f"/locaties/{plek.uid}/splitsen"
    assert pagina(client, pad).count(nummer) == 2
    assert {"1 signaal", "1 koppeling met een signaal"} <= set(inhoud_in_woorden(db.session(), plek))
    assert zet_apart(wereld, uid)[0] == 302
    assert nummer not in pagina(client, pad)
    assert "signaal" not in str(inhoud_in_woorden(db.session(), db.session.get_one(Risicolocatie, plek_id)))
