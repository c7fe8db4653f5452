"""What visits and planners notice: the right version per day and kind of place, and old answers that stay readable."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from inspecties.acties import queries as actievragen
from inspecties.acties.models import Actie, Stop
from inspecties.acties.rules.gereedheid import vind_blokkades
from inspecties.checklists.models import Checklist
from inspecties.controles.bezoeken import zorg_voor_bezoek
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.locaties.models import Locatietype, Risicolocatie
from tests.integration.checklists.conftest import Bureau, bureau_van, formulier, versie
from tests.veldwereld import Actieset, Tablet, haal_pak, maak_actie, tablet
from tests.wereld import Wereld

VANDAAG = date(2026, 11, 21)
V1 = formulier("2026.1", "integer,bewoners,Hoeveel mensen wonen hier?,,overbewoning,art. 22 Hvw")
V2 = formulier("2026.2", "integer,bewoners,Aantal slapers?,,overbewoning,art. 22 Hvw")


@pytest.fixture
def avond(jurist: Bureau, wereld: Wereld) -> Actieset:
    """Tonight: a ready action with two stops of the kind 'woning' that ask the checklist 'proef'."""
    gekozen = maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR,), stops=2)
    sessie = db.session()
    woning = sessie.scalars(
        select(Locatietype).where(Locatietype.gemeente_id == wereld.een.gemeente.id, Locatietype.code == "woning")
    ).one()
    for stop in sessie.scalars(select(Stop)):
        stop.locatie.locatietype = woning
        stop.checklists = ["proef"]
    sessie.commit()
    return gekozen


def _publiceer(jurist: Bureau, inhoud: bytes, vanaf: date, *typen: str) -> UUID:
    uid = jurist.concept(inhoud)
    antwoord = jurist.publiceer(uid, vanaf, *typen)
    assert antwoord.status_code == 303, antwoord.get_data(as_text=True)
    return uid


def _versies_van_bezoek(wereld: Wereld, stop_uid: UUID) -> list[str]:
    """The versions that the visit of a stop gets when a tablet fetches it."""
    db.session.rollback()
    stop = db.session.scalars(select(Stop).where(Stop.uid == stop_uid)).one()
    bezoek = zorg_voor_bezoek(db.session(), wereld.een.actoren[Rol.INSPECTEUR], wereld.nu, stop)
    uit = [v.versie for v in bezoek.checklists]
    db.session.rollback()
    return uit


def test_een_bezoek_houdt_zijn_versie_en_blijft_leesbaar(jurist: Bureau, wereld: Wereld, avond: Actieset) -> None:
    _publiceer(jurist, V1, VANDAAG)
    boa: Tablet = tablet(wereld, Rol.INSPECTEUR)
    een = str(haal_pak(boa)[0]["bezoek_id"])
    boa.op(een, "bewoners", 9)
    boa.sync()
    uid = versie_uid(jurist, "2026.1")
    nieuw = jurist.concept(V2)
    # Two of one day is refused, so the old one goes first: no planned stop is left without, because both have begun.
    assert jurist.doe(uid, "intrekken", reden="Vervangen door 2026.2").status_code == 303
    assert jurist.publiceer(nieuw, VANDAAG).status_code == 303
    pak = haal_pak(boa)[0]
    assert pak["checklists"] == [versie(uid).hash]
    boa.op(een, "bewoners", 10)
    assert {o["status"] for o in boa.sync()["ontvangsten"]} == {"opgeslagen"}
    pagina = bureau_van(wereld, Rol.COORDINATOR, wereld.een).pagina(f"/bezoeken/{een}")
    assert "Hoeveel mensen wonen hier?" in pagina
    assert "Aantal slapers?" not in pagina
    assert "2 met deze versie" in jurist.pagina(f"/checklists/versies/{uid}")
    assert "0 met deze versie" in jurist.pagina(f"/checklists/versies/{nieuw}")
    assert "2026.1: 2" in jurist.pagina("/checklists")


def versie_uid(jurist: Bureau, naam: str) -> UUID:
    db.session.rollback()
    checklist = db.session.scalars(
        select(Checklist).where(Checklist.code == "proef", Checklist.gemeente_id == jurist.kring.gemeente.id)
    ).one()
    return next(v.uid for v in checklist.versies if v.versie == naam)


def test_intrekken_noemt_de_stops_die_dan_niets_hebben(jurist: Bureau, avond: Actieset) -> None:
    uid = _publiceer(jurist, V1, VANDAAG)
    antwoord = jurist.doe(uid, "intrekken", reden="fout")
    assert antwoord.status_code == 409
    pagina = antwoord.get_data(as_text=True)
    assert "Intrekken kan nog niet" in pagina
    assert "Kade 1 (Avondactie, 21-11-2026); Kade 2 (Avondactie, 21-11-2026)" in pagina
    assert "fout</textarea>" in pagina
    assert versie(uid).status == "gepubliceerd"


def test_intrekken_kan_als_een_andere_versie_overblijft(jurist: Bureau, avond: Actieset) -> None:
    uid = _publiceer(jurist, V1, VANDAAG)
    # From tomorrow is too late for the stops of tonight, and for another kind of place does not help either.
    _publiceer(jurist, V2, VANDAAG + timedelta(days=1))
    assert jurist.doe(uid, "intrekken", reden="fout").status_code == 409
    db.session.rollback()
    db.session.scalars(select(Actie)).one().toestand = "concept"
    db.session.commit()
    assert jurist.doe(uid, "intrekken", reden="fout").status_code == 303


def test_alleen_voor_een_soort_plek(jurist: Bureau, wereld: Wereld, avond: Actieset) -> None:
    _publiceer(jurist, V1, VANDAAG, "zaak")
    assert _versies_van_bezoek(wereld, avond.stops[0]) == []
    sessie, planner = db.session(), wereld.een.actoren[Rol.COORDINATOR]
    actie = sessie.scalars(select(Actie)).one()
    blokkades = [p.melding for p in vind_blokkades(actievragen.feiten_van(sessie, planner, actie), wereld.nu)]
    zin = "Stop 1, Kade 1 (A): de checklist 'proef' geldt op die dag niet voor dit soort plek. Kies een andere."
    assert zin in blokkades
    assert actievragen.geldige_checklists(sessie, planner, VANDAAG)["proef"] == "Proefformulier"
    sessie.scalars(select(Risicolocatie).where(Risicolocatie.huisnummer == 1)).one().locatietype = sessie.scalars(
        select(Locatietype).where(Locatietype.code == "zaak")
    ).one()
    sessie.commit()
    assert _versies_van_bezoek(wereld, avond.stops[0]) == ["2026.1"]
    assert _versies_van_bezoek(wereld, avond.stops[1]) == []


def test_wat_het_laatst_begon_geldt(jurist: Bureau, wereld: Wereld, avond: Actieset) -> None:
    actie = db.session.scalars(select(Actie)).one()
    actie.begin_op, actie.eind_op = (moment + timedelta(days=3) for moment in (actie.begin_op, actie.eind_op))
    db.session.commit()
    _publiceer(jurist, V1, VANDAAG)
    assert _versies_van_bezoek(wereld, avond.stops[0]) == ["2026.1"]
    _publiceer(jurist, V2, VANDAAG + timedelta(days=2), "zaak")
    assert _versies_van_bezoek(wereld, avond.stops[0]) == ["2026.1"]
    _publiceer(jurist, formulier("2026.3"), VANDAAG + timedelta(days=3))
    assert _versies_van_bezoek(wereld, avond.stops[0]) == ["2026.3"]
    _publiceer(jurist, formulier("2026.4"), VANDAAG + timedelta(days=4))
    assert _versies_van_bezoek(wereld, avond.stops[0]) == ["2026.3"]
