"""What powers, availability and maxima do to an action."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.operations import PloegGegevens, zet_partners, zet_ploegen
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.core.fouten import InspectiesFout
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.gebruikers.models import Gebruiker
from inspecties.partners.agendas import UrenGegevens, leg_uren_vast
from inspecties.partners.beheer import beeindig_bevoegdheid, geef_bevoegdheid, zet_instelling
from inspecties.partners.beschikbaar import Instelling, botsingen, max_per_avond
from inspecties.partners.bevoegd import bevoegdheden_van
from tests.integration.acties.conftest import Buurt


def vraag_bevoegdheid(buurt: Buurt, actie: Actie, *codes: str) -> None:
    """The first stop asks these powers."""
    sessie = db.session()
    stop = stops_van(sessie, buurt.planner, actie)[0]
    plan = sessie.scalars(select(Stopplan).where(Stopplan.stop_id == stop.id)).one_or_none()
    if plan is None:
        plan = Stopplan(gemeente_id=actie.gemeente_id, stop_id=stop.id)
        sessie.add(plan)
    plan.vereist = list(codes)
    sessie.flush()


def blokkades(buurt: Buurt, actie: Actie, code: str) -> list[str]:
    punten = gereedheid(db.session(), buurt.planner, actie, buurt.wereld.nu).blokkades
    return [punt.melding for punt in punten if punt.code == code]


def test_een_stop_zonder_bevoegde_ploeg_houdt_de_actie_tegen(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(2)
    vraag_bevoegdheid(buurt, actie, "opsporing", "toezicht", "arbeidswetten")
    # The police is in the team; nobody was appointed, and no NLA is known to this gemeente.
    eerst = blokkades(buurt, actie, "bevoegdheid_ontbreekt")
    assert len(eerst) == 2
    assert "Toezichthouder van de gemeente" in eerst[0]
    assert "geen partner van uw gemeente ook" in eerst[1]
    with pytest.raises(InspectiesFout):
        naar(sessie, buurt.planner, nu, actie, "gereed")
    boa = sessie.get_one(Gebruiker, buurt.id_van(Rol.INSPECTEUR))
    dag = lokale_datum(actie.begin_op)
    rij = geef_bevoegdheid(sessie, buurt.planner, nu, boa, "toezicht", dag, dag, "T-12")
    assert [p for p in blokkades(buurt, actie, "bevoegdheid_ontbreekt") if "Toezichthouder" in p] == []
    morgen = dag + timedelta(days=1)
    per_dag = [bevoegdheden_van(sessie, buurt.planner, [boa.id], d)[boa.id] for d in (dag, morgen)]
    assert per_dag == [{"toezicht"}, frozenset()], "not on the day after the last"
    rij.geldig_tot = None
    beeindig_bevoegdheid(sessie, buurt.planner, nu, rij, dag)
    assert bevoegdheden_van(sessie, buurt.planner, [boa.id], morgen)[boa.id] == frozenset()


def test_wie_niet_kan_houdt_de_actie_tegen_maar_een_ja_gaat_voor(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    organisatie = buurt.kring.organisatie
    assert organisatie is not None
    begin = lokaal(actie.begin_op)
    weg = UrenGegevens(begin.date(), begin.time(), None, None, False)
    leg_uren_vast(sessie, buurt.planner, nu, organisatie, weg)
    assert list(botsingen(sessie, buurt.planner, [organisatie.id], actie.begin_op, actie.eind_op)) == [organisatie.id]
    punten = gereedheid(sessie, buurt.planner, actie, nu)
    assert [p.melding for p in punten.aandacht if p.code == "partner_niet_beschikbaar"] == [
        f"Politie kan volgens de agenda niet: niet beschikbaar, van {begin:%H:%M} tot 24:00."
    ]
    zet_partners(sessie, buurt.planner, nu, actie, {organisatie.id: "uitgenodigd"})
    assert len(blokkades(buurt, actie, "partner_niet_beschikbaar")) == 1
    leg_uren_vast(sessie, buurt.planner, nu, sessie.get_one(Gebruiker, buurt.id_van(Rol.INSPECTEUR)), weg)
    assert "Kies iemand anders" in blokkades(buurt, actie, "mens_niet_beschikbaar")[0]


def test_het_maximum_van_een_avond_telt_over_alle_acties(buurt: Buurt) -> None:
    sessie, nu, organisatie = db.session(), buurt.wereld.nu, buurt.kring.organisatie
    assert organisatie is not None
    een, twee = buurt.actie(1), buurt.actie(1, naam="Tweede actie")
    zet_instelling(sessie, buurt.planner, nu, organisatie, Instelling(ploegen_per_avond=1, avonden_per_maand=1))
    assert max_per_avond(sessie, buurt.planner, [organisatie.id]) == {organisatie.id: 1}
    assert blokkades(buurt, een, "over_maximum") == [
        "Politie kan op een avond hoogstens 1 ploeg bemensen, maar staat in 2."
    ]
    zet_ploegen(sessie, buurt.planner, nu, twee, [PloegGegevens("Ploeg A", (buurt.id_van(Rol.INSPECTEUR),))])
    assert blokkades(buurt, een, "over_maximum") == []
    dichtbij = timedelta(days=1) if lokale_datum(nu).day < 27 else timedelta(days=-1)
    twee.begin_op, twee.eind_op = twee.begin_op + dichtbij, twee.eind_op + dichtbij
    sessie.flush()
    assert blokkades(buurt, een, "over_maximum") == [
        "Politie doet hoogstens 1 avond per maand mee, en dit zou avond 2 zijn."
    ]
