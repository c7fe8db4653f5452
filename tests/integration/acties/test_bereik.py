"""What select_voor shows of an action's parts, and two planners at the same moment."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from inspecties.acties.models import Actie, Actiestap, Deelname, Ploeg, Ploeglid, Stop, Stopstap
from inspecties.acties.operations import PloegGegevens, wijzig_actie, zet_ploegen
from inspecties.acties.operations_stops import StopGegevens, laat_stop_vervallen, zet_stops
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.core.rechten import Rol
from inspecties.database import db, select_voor
from tests.integration.acties.conftest import Buurt

DELEN = (Actie, Deelname, Ploeg, Ploeglid, Actiestap, Stop, Stopstap)


@pytest.mark.parametrize("rol", [Rol.PARTNER, Rol.INSPECTEUR])
def test_elk_deel_van_een_actie_is_voor_wie_erin_zit(buurt: Buurt, rol: Rol) -> None:
    sessie, nu, planner = db.session(), buurt.wereld.nu, buurt.planner
    actie = buurt.actie(1)
    mijn, ander = zet_ploegen(
        sessie,
        planner,
        nu,
        actie,
        [PloegGegevens("Mijn", (buurt.id_van(rol),)), PloegGegevens("Ander", (buurt.id_van(Rol.COORDINATOR),))],
    )
    stops = [StopGegevens(buurt.locaties[0], mijn), StopGegevens(buurt.locaties[1], ander)]
    zet_stops(sessie, planner, nu, actie, stops)
    actor, vreemd = buurt.kring.actoren[rol], buurt.wereld.twee.actoren[rol]

    def aantal(wie: object, model: type) -> int:
        return len(sessie.scalars(select_voor(wie, model)).all())  # type: ignore[arg-type]

    # In concept a team exists for itself, the action does not yet.
    assert {model.__name__: aantal(actor, model) for model in (Actie, Deelname, Actiestap, Stop)} == dict.fromkeys(
        ("Actie", "Deelname", "Actiestap", "Stop"), 0
    )
    naar(sessie, planner, nu, actie, "gereed")
    for stop in stops_van(sessie, planner, actie):
        laat_stop_vervallen(sessie, planner, nu, stop, "Proef")
    sessie.commit()
    assert [aantal(actor, model) for model in DELEN] == [1, 1, 1, 1, 2, 1, 1]
    assert [aantal(vreemd, model) for model in DELEN] == [0] * len(DELEN)
    assert [aantal(planner, model) for model in DELEN] == [1, 1, 2, 2, 2, 2, 2]


# SQLite lets one writer in at a time; there the second reads what the first wrote.
@pytest.mark.parametrize("database", ["postgis"], indirect=True)
def test_twee_planners_op_hetzelfde_moment(app: Flask, buurt: Buurt) -> None:
    actie = buurt.actie(1)
    with Session(db.engine) as een, Session(db.engine) as twee:
        van_een, van_twee = (s.scalars(select(Actie).where(Actie.uid == actie.uid)).one() for s in (een, twee))
        wijzig_actie(een, buurt.planner, buurt.wereld.nu, van_een, buurt.gegevens(naam="Van een"))
        een.commit()
        with pytest.raises(StaleDataError):
            wijzig_actie(twee, buurt.planner, buurt.wereld.nu, van_twee, buurt.gegevens(naam="Van twee"))
    assert db.session().scalars(select(Actie.naam)).one() == "Van een"
