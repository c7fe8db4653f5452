"""Who sees and does what with actions: every role, both gemeenten, own teams only."""

import re

import pytest

from inspecties.acties.operations import PloegGegevens, zet_ploegen
from inspecties.acties.operations_stops import StopGegevens, zet_stops
from inspecties.acties.operations_toestand import naar
from inspecties.acties.queries import stops_van
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties.conftest import Buurt, vers
from tests.integration.acties.lezen import gereed, post, tekst

LEZEN = {Rol.COORDINATOR, Rol.INSPECTEUR, Rol.JURIST, Rol.PARTNER}


@pytest.mark.parametrize("rol", sorted(set(Rol) - {Rol.SYSTEEM}))
def test_rechten_per_rol(buurt: Buurt, rol: Rol) -> None:
    actie = gereed(buurt)
    stop = stops_van(db.session(), buurt.planner, actie)[0].uid
    uid, client = actie.uid, buurt.wereld.client(rol)
    verwacht = 200 if rol in LEZEN else 403
    for url in ("/acties", f"/acties/{uid}", f"/api/acties/{uid}/voortgang"):
        assert client.get(url).status_code == verwacht, url
    planner = rol is Rol.COORDINATOR
    assert client.get("/acties/nieuw").status_code == (200 if planner else 403)
    assert client.get(f"/acties/{uid}/partners").status_code == (200 if planner else 403)
    # The plan of a ready action lies fixed, also for the planner.
    for deel in ("wijzigen", "ploegen", "stops", f"stops/{stop}"):
        assert client.get(f"/acties/{uid}/{deel}").status_code == (409 if planner else 403), deel
    for deel in ("toestand", "route", "stops/toevoegen", "stops/verdelen", f"stops/{stop}/toestand"):
        antwoord = post(client, f"/acties/{uid}/{deel}", {}, 1)
        assert antwoord.status_code == (403 if not planner else antwoord.status_code), deel
        assert not planner or antwoord.status_code in (409, 422), deel
    if not planner and rol in LEZEN:
        pagina = client.get(f"/acties/{uid}").text
        # Nothing to plan with. Typing over a paper is no planning: an inspector may do that for the own stops.
        doelen = re.findall(rf'action="(/acties/{uid}[^"]*)"', pagina)
        assert [doel for doel in doelen if not (rol is Rol.INSPECTEUR and doel.endswith("/papier"))] == []
    assert vers(actie).toestand == "gereed"


@pytest.mark.parametrize("rol", sorted(LEZEN))
def test_een_andere_gemeente_ziet_niets(buurt: Buurt, rol: Rol) -> None:
    actie = gereed(buurt)
    stop = stops_van(db.session(), buurt.planner, actie)[0].uid
    uid, naam = actie.uid, actie.naam
    client = buurt.wereld.client(rol, buurt.wereld.twee)
    assert naam not in client.get("/acties").text
    assert client.get(f"/acties/{uid}").status_code == 404
    assert client.get(f"/api/acties/{uid}/voortgang").status_code == 404
    if rol is Rol.COORDINATOR:
        for deel in ("wijzigen", "partners", "ploegen", "stops", f"stops/{stop}"):
            assert client.get(f"/acties/{uid}/{deel}").status_code == 404, deel
        for deel in ("toestand", "partners", "ploegen", "stops/toevoegen", "stops/verdelen", f"stops/{stop}/toestand"):
            assert (
                post(client, f"/acties/{uid}/{deel}", {"toestand": "vervallen", "reden": "x"}, 1).status_code == 404
            ), deel


def test_een_stop_van_een_andere_actie_is_er_niet(buurt: Buurt) -> None:
    een, twee = buurt.actie(1), buurt.actie(1, naam="Andere")
    stop = stops_van(db.session(), buurt.planner, een)[0].uid
    client = buurt.wereld.client(Rol.COORDINATOR)
    assert client.get(f"/acties/{twee.uid}/stops/{stop}").status_code == 404
    assert post(client, f"/acties/{twee.uid}/stops/verdelen", {"weg": str(stop)}, vers(twee).versie).status_code == 404


@pytest.mark.parametrize("rol", [Rol.PARTNER, Rol.INSPECTEUR])
def test_veldrol_ziet_alleen_de_eigen_ploeg(buurt: Buurt, rol: Rol) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    actie = buurt.actie(1)
    mijn, ander = zet_ploegen(
        sessie,
        buurt.planner,
        nu,
        actie,
        [
            PloegGegevens("Mijn ploeg", (buurt.id_van(rol),)),
            PloegGegevens("Andere ploeg", (buurt.id_van(Rol.COORDINATOR),)),
        ],
    )
    zet_stops(
        sessie,
        buurt.planner,
        nu,
        actie,
        [StopGegevens(buurt.locaties[0], mijn), StopGegevens(buurt.locaties[1], ander)],
    )
    sessie.commit()
    client = buurt.wereld.client(rol)
    assert client.get(f"/acties/{actie.uid}").status_code == 404, "een concept is van de planner"
    naar(sessie, buurt.planner, nu, actie, "gereed")
    sessie.commit()
    pagina = tekst(client.get(f"/acties/{actie.uid}"))
    assert "Kade 1" in pagina
    assert "Kade 2" not in pagina
    assert "Andere ploeg" not in pagina
    assert "Coordinator" not in pagina
    stand = client.get(f"/api/acties/{actie.uid}/voortgang").get_json()
    assert [s["ploeg"] for s in stand["stops"]] == ["Mijn ploeg"]


def test_een_partner_die_niet_meegaat_ziet_de_actie_niet(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    actie = buurt.actie(1)
    zet_ploegen(sessie, buurt.planner, nu, actie, [PloegGegevens("Ploeg A", (buurt.id_van(Rol.INSPECTEUR),))])
    naar(sessie, buurt.planner, nu, actie, "gereed")
    sessie.commit()
    client = buurt.wereld.client(Rol.PARTNER)
    assert client.get(f"/acties/{actie.uid}").status_code == 404
    assert actie.naam not in client.get("/acties").text
