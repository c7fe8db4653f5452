"""Planning an action: what is kept, what is refused and how the state moves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from inspecties.acties.models import Actiestap, Deelname, Ploeg, Stop
from inspecties.acties.operations import PloegGegevens, maak_actie, wijzig_actie, zet_partners, zet_ploegen
from inspecties.acties.operations_stops import (
    StopGegevens,
    laat_stop_vervallen,
    verplaats_stop,
    verwijder_stop,
    voeg_stops_toe,
    wijzig_stop,
    zet_stop_terug,
    zet_stops,
)
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.audit.models import Auditregel
from inspecties.controles.bezoeken import zorg_voor_bezoek
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties.conftest import Buurt, maak_buurt, vers


def adressen(buurt: Buurt, actie: object) -> list[str]:
    return [s.locatie.adresregel for s in stops_van(db.session(), buurt.planner, actie)]  # type: ignore[arg-type]


def test_een_hele_planning_wordt_gereed_gestart_en_afgerond(buurt: Buurt) -> None:
    actie, sessie, nu = buurt.actie(), db.session(), buurt.wereld.nu
    naar(sessie, buurt.planner, nu, actie, "gereed")
    naar(sessie, buurt.planner, nu, actie, "in_uitvoering")
    for stop in stops_van(sessie, buurt.planner, actie):
        stop.toestand = "afgerond"
    naar(sessie, buurt.planner, nu, actie, "afgerond")
    sessie.commit()
    assert vers(actie).toestand == "afgerond"
    stappen = sessie.scalars(select(Actiestap).where(Actiestap.actie_id == actie.id).order_by(Actiestap.id)).all()
    assert [(s.van, s.naar) for s in stappen] == [
        ("", "concept"),
        ("concept", "gereed"),
        ("gereed", "in_uitvoering"),
        ("in_uitvoering", "afgerond"),
    ]
    assert all(s.door_id == buurt.planner.gebruiker_id for s in stappen)
    handelingen = sessie.scalars(select(Auditregel.handeling).where(Auditregel.object_uid == str(actie.uid))).all()
    assert handelingen.count("actietoestand_gewijzigd") == 3
    assert {"actie_aangemaakt", "actie_partners_gezet", "actie_ploegen_gezet", "actie_stops_gezet"} <= set(handelingen)


def test_een_leeg_plan_zegt_alles_wat_ontbreekt(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    actie = maak_actie(
        sessie,
        buurt.planner,
        nu,
        buurt.gegevens(begin_op=nu - timedelta(days=3), eind_op=nu - timedelta(days=2, hours=20)),
    )
    with pytest.raises(Conflict) as fout:
        naar(sessie, buurt.planner, nu, actie, "gereed")
    for deel in ("al voorbij", "nog geen stop", "nog geen ploeg"):
        assert deel in fout.value.melding


def test_stop_zonder_ploeg_en_ploeg_zonder_mensen_houden_gereed_tegen(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    actie = buurt.actie(1)
    zet_ploegen(sessie, buurt.planner, nu, actie, [PloegGegevens("Ploeg B")])
    with pytest.raises(Conflict) as fout:
        naar(sessie, buurt.planner, nu, actie, "gereed")
    assert "Stop 1, Kade 1: er is nog geen ploeg gekozen." in fout.value.melding
    assert "Ploeg B heeft nog niemand." in fout.value.melding


def test_een_checklist_die_niet_gepubliceerd_is_houdt_gereed_tegen(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    actie = buurt.actie(1)
    buurt.locaties[0].locatietype.checklist_code = "bestaat_niet"
    zet_stops(sessie, buurt.planner, nu, actie, [StopGegevens(buurt.locaties[0], actie.ploegen[0])])
    with pytest.raises(Conflict, match="checklist 'bestaat_niet' is op die dag niet gepubliceerd"):
        naar(sessie, buurt.planner, nu, actie, "gereed")


def test_partner_in_een_ploeg_moet_meedoen(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    zet_partners(sessie, buurt.planner, nu, actie, {})
    with pytest.raises(Conflict, match="is van Politie, maar die organisatie doet niet mee"):
        naar(sessie, buurt.planner, nu, actie, "gereed")


def test_afronden_noemt_de_open_stops(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(3)
    naar(sessie, buurt.planner, nu, actie, "gereed")
    naar(sessie, buurt.planner, nu, actie, "in_uitvoering")
    een, twee, drie = stops_van(sessie, buurt.planner, actie)
    een.toestand, twee.toestand = "niemand_thuis", "geweigerd"
    with pytest.raises(Conflict) as fout:
        naar(sessie, buurt.planner, nu, actie, "afgerond")
    assert "Stop 3, Kade 3 (Ploeg A) is nog 'gepland'" in fout.value.melding
    assert "Kade 1" not in fout.value.melding
    laat_stop_vervallen(sessie, buurt.planner, nu, drie, "Geen tijd meer")
    naar(sessie, buurt.planner, nu, actie, "afgerond")
    with pytest.raises(OngeldigeInvoer, match="reden"):
        naar(sessie, buurt.planner, nu, actie, "in_uitvoering")
    naar(sessie, buurt.planner, nu, actie, "in_uitvoering", "Er is nog een bezoek")
    assert actie.toestand == "in_uitvoering"


def test_begonnen_actie_kan_niet_terug_of_vervallen(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(2)
    naar(sessie, buurt.planner, nu, actie, "gereed")
    stops_van(sessie, buurt.planner, actie)[0].toestand = "binnen"
    for toestand in ("concept", "vervallen"):
        with pytest.raises(Conflict, match="is al 'binnen'"):
            naar(sessie, buurt.planner, nu, actie, toestand, "Toch niet")
    # Whoever started too late to press the button can still do so after the shift.
    naar(sessie, buurt.planner, nu + timedelta(days=2), actie, "in_uitvoering")


def test_starten_kan_niet_dagen_van_tevoren(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    actie = buurt.actie(1, begin_op=nu + timedelta(days=4), eind_op=nu + timedelta(days=4, hours=5))
    naar(sessie, buurt.planner, nu, actie, "gereed")
    with pytest.raises(Conflict, match="meer dan twaalf uur"):
        naar(sessie, buurt.planner, nu, actie, "in_uitvoering")


@pytest.mark.parametrize("rol", [Rol.INSPECTEUR, Rol.PARTNER, Rol.JURIST, Rol.KABINET])
def test_alleen_een_planner_verandert_de_toestand(buurt: Buurt, rol: Rol) -> None:
    actie = buurt.actie(1)
    with pytest.raises(GeenRecht):
        naar(db.session(), buurt.kring.actoren[rol], buurt.wereld.nu, actie, "gereed")


def test_gereed_plan_ligt_vast(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(2)
    naar(sessie, buurt.planner, nu, actie, "gereed")
    stop = stops_van(sessie, buurt.planner, actie)[0]
    for doe in (
        lambda: wijzig_actie(sessie, buurt.planner, nu, actie, buurt.gegevens(naam="Anders")),
        lambda: zet_ploegen(sessie, buurt.planner, nu, actie, []),
        lambda: zet_stops(sessie, buurt.planner, nu, actie, []),
        lambda: voeg_stops_toe(sessie, buurt.planner, nu, actie, buurt.locaties),
        lambda: verwijder_stop(sessie, buurt.planner, nu, stop),
    ):
        with pytest.raises(Conflict, match="alleen in concept"):
            doe()
    # A partner may still cancel.
    assert buurt.kring.organisatie is not None
    zet_partners(sessie, buurt.planner, nu, actie, {buurt.kring.organisatie.id: "afgezegd"})
    assert sessie.scalars(select(Deelname.status).where(Deelname.actie_id == actie.id)).all() == ["afgezegd"]


def test_volgorde_omhoog_en_omlaag_per_ploeg(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(3)
    derde = stops_van(sessie, buurt.planner, actie)[2]
    verplaats_stop(sessie, buurt.planner, nu, derde, omhoog=True)
    assert adressen(buurt, actie) == ["Kade 1", "Kade 3", "Kade 2"]
    verplaats_stop(sessie, buurt.planner, nu, derde, omhoog=True)
    verplaats_stop(sessie, buurt.planner, nu, derde, omhoog=True)
    assert adressen(buurt, actie) == ["Kade 3", "Kade 1", "Kade 2"]
    verplaats_stop(sessie, buurt.planner, nu, derde, omhoog=False)
    assert adressen(buurt, actie) == ["Kade 1", "Kade 3", "Kade 2"]
    _a, b = zet_ploegen(
        sessie,
        buurt.planner,
        nu,
        actie,
        [PloegGegevens("Ploeg A", (buurt.id_van(Rol.INSPECTEUR),)), PloegGegevens("Ploeg B")],
    )
    wijzig_stop(
        sessie, buurt.planner, nu, stops_van(sessie, buurt.planner, actie)[0], StopGegevens(buurt.locaties[0], b)
    )
    assert [
        (s.ploeg.naam if s.ploeg else "", s.volgorde, s.locatie.adresregel)
        for s in stops_van(sessie, buurt.planner, actie)
    ] == [
        ("Ploeg A", 1, "Kade 3"),
        ("Ploeg A", 2, "Kade 2"),
        ("Ploeg B", 1, "Kade 1"),
    ]
    sessie.commit()


def test_stops_toevoegen_houdt_wat_er_was_en_weghalen_sluit_de_rij(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(2)
    eerst = [s.uid for s in stops_van(sessie, buurt.planner, actie)]
    nieuw = voeg_stops_toe(sessie, buurt.planner, nu, actie, buurt.locaties[1:4])
    assert [s.locatie.adresregel for s in nieuw] == ["Kade 3", "Kade 4"]
    assert all(s.ploeg is not None and s.checklists == ["pand"] for s in nieuw)
    nu_ = stops_van(sessie, buurt.planner, actie)
    assert [s.uid for s in nu_][:2] == eerst
    assert [s.volgorde for s in nu_] == [1, 2, 3, 4]
    verwijder_stop(sessie, buurt.planner, nu, nu_[1])
    assert [(s.volgorde, s.locatie.adresregel) for s in stops_van(sessie, buurt.planner, actie)] == [
        (1, "Kade 1"),
        (2, "Kade 3"),
        (3, "Kade 4"),
    ]
    sessie.commit()


def test_een_bezochte_stop_kan_niet_weg(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(2)
    een, twee = stops_van(sessie, buurt.planner, actie)
    zorg_voor_bezoek(sessie, buurt.planner, nu, een)
    twee.toestand = "niemand_thuis"
    sessie.commit()
    for stop, tekst in ((een, "staat al op een tablet"), (twee, "is de ploeg al geweest")):
        with pytest.raises(Conflict, match=tekst):
            verwijder_stop(sessie, buurt.planner, nu, stop)
        sessie.rollback()
    with pytest.raises(Conflict, match="staat al op een tablet"):
        zet_stops(sessie, buurt.planner, nu, actie, [StopGegevens(buurt.locaties[1])])
    sessie.rollback()
    assert len(stops_van(sessie, buurt.planner, actie)) == 2
    laat_stop_vervallen(sessie, buurt.planner, nu, een, "Bewoner verhuisd")
    assert een.toestand == "vervallen"
    zet_stop_terug(sessie, buurt.planner, nu, een)
    assert een.toestand == "gepland"
    with pytest.raises(OngeldigeInvoer, match="waarom"):
        laat_stop_vervallen(sessie, buurt.planner, nu, een, "  ")


def test_twee_planners_overschrijven_elkaar_niet(buurt: Buurt) -> None:
    from inspecties.acties.operations import controleer_versie  # noqa: PLC0415

    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(2)
    gezien = actie.versie
    verplaats_stop(sessie, buurt.planner, nu, stops_van(sessie, buurt.planner, actie)[0], omhoog=False)
    sessie.commit()
    assert vers(actie).versie > gezien
    with pytest.raises(Conflict, match="Iemand anders"):
        controleer_versie(actie, gezien)


def test_ploegen_wisselen_van_naam_en_houden_hun_stops(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    a, b = zet_ploegen(sessie, buurt.planner, nu, actie, [PloegGegevens("Ploeg A"), PloegGegevens("Ploeg B")])
    zet_ploegen(
        sessie, buurt.planner, nu, actie, [PloegGegevens("Ploeg B", uid=a.uid), PloegGegevens("Ploeg A", uid=b.uid)]
    )
    sessie.commit()
    assert stops_van(sessie, buurt.planner, actie)[0].ploeg_id == a.id
    assert sessie.get_one(Ploeg, a.id).naam == "Ploeg B"
    with pytest.raises(OngeldigeInvoer, match="twee ploegen"):
        zet_ploegen(sessie, buurt.planner, nu, actie, [PloegGegevens("Een"), PloegGegevens("een ")])


def test_niet_iedereen_kan_in_een_ploeg(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    with pytest.raises(OngeldigeInvoer, match="kan niet in een ploeg"):
        zet_ploegen(sessie, buurt.planner, nu, actie, [PloegGegevens("A", (buurt.id_van(Rol.JURIST),))])
    vreemd = buurt.wereld.twee.actoren[Rol.INSPECTEUR].gebruiker_id
    assert vreemd is not None
    with pytest.raises(OngeldigeInvoer, match="lijst van uw gemeente"):
        zet_ploegen(sessie, buurt.planner, nu, actie, [PloegGegevens("A", (vreemd,))])


def test_een_locatie_van_een_ander_is_geen_stop(buurt: Buurt) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    ander = maak_buurt(buurt.wereld, buurt.wereld.twee, 1)
    with pytest.raises(OngeldigeInvoer, match="eigen gemeente"):
        zet_stops(sessie, buurt.planner, nu, actie, [StopGegevens(ander.locaties[0])])


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"duur_min": 0}, "duur_min"),
        ({"toegangsgrond": "gewoon"}, "toegangsgrond"),
        ({"checklists": ("onzin",)}, "checklists"),
        ({"wie_eerst": "x" * 81}, "wie_eerst"),
    ],
)
def test_wat_niet_kan_bij_een_stop_noemt_het_veld(buurt: Buurt, anders: dict[str, object], veld: str) -> None:
    sessie, nu, actie = db.session(), buurt.wereld.nu, buurt.actie(1)
    stop = stops_van(sessie, buurt.planner, actie)[0]
    with pytest.raises(OngeldigeInvoer) as fout:
        wijzig_stop(sessie, buurt.planner, nu, stop, StopGegevens(buurt.locaties[0], **anders))  # type: ignore[arg-type]
    assert fout.value.veld == veld
    assert sessie.scalars(select(Stop.duur_min).where(Stop.id == stop.id)).one() == 30
