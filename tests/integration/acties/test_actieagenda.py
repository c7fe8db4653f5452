"""The calendar shows whom it should, and vehicles are kept by the coordinator."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from inspecties.acties.models_boeking import Ploegvoertuig, Voertuig
from inspecties.acties.operations_toestand import naar
from inspecties.core.rechten import Rol
from inspecties.database import db
from inspecties.partners.agendas import UrenGegevens, leg_uren_vast
from tests.integration.acties.conftest import Buurt, maak_buurt
from tests.wereld import csrf


def test_de_agenda_toont_wat_elke_rol_mag_zien(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    maak_buurt(buurt.wereld, buurt.wereld.twee).actie(naam="Van de buren")
    gereed = buurt.actie(naam="Kade gereed")
    naar(sessie, buurt.planner, nu, gereed, "gereed")
    buurt.actie(naam="Hotels concept", begin_op=nu + timedelta(days=2), eind_op=nu + timedelta(days=2, hours=3))
    vervallen = buurt.actie(naam="Toch niet")
    naar(sessie, buurt.planner, nu, vervallen, "vervallen", "Te weinig mensen.")
    organisatie = buurt.kring.organisatie
    assert organisatie is not None
    leg_uren_vast(sessie, buurt.planner, nu, organisatie, UrenGegevens(date(2026, 11, 24)))
    sessie.commit()
    bladen = {
        rol: buurt.wereld.client(rol)
        .get(f"/acties/agenda?dag=2026-11-21&partner={organisatie.uid}")
        .get_data(as_text=True)
        for rol in (Rol.COORDINATOR, Rol.PARTNER)
    }
    for blad in bladen.values():
        assert "Kade gereed" in blad
        assert "18:00 tot 23:00" in blad
        assert "Van de buren" not in blad
        assert "Toch niet" not in blad
        assert "Kade 1" not in blad, "no address"
    assert "Hotels concept" in bladen[Rol.COORDINATOR]
    assert "Hotels concept" not in bladen[Rol.PARTNER]
    assert "Politie: niet beschikbaar, de hele dag" in bladen[Rol.COORDINATOR]
    assert "niet beschikbaar" not in bladen[Rol.PARTNER]
    week = (
        buurt.wereld.client(Rol.COORDINATOR).get("/acties/agenda?weergave=week&dag=2026-12-25").get_data(as_text=True)
    )
    assert "Eerste kerstdag" in week
    assert "geen actie" in week
    assert "inspecteur Markerwaard" in (
        buurt.wereld.client(Rol.COORDINATOR).get("/acties/agenda?weergave=week&dag=2026-11-21").get_data(as_text=True)
    )
    for onzin in ("?dag=0001-01-01", "?dag=x&weergave=jaar", "?partner=x", "?dag=9999-12-31&weergave=week"):
        assert buurt.wereld.client(Rol.COORDINATOR).get(f"/acties/agenda{onzin}").status_code == 200


# What a page says does not depend on the database.
@pytest.mark.parametrize("database", ["spatialite"])
def test_voertuigen_bijhouden_en_kiezen(buurt: Buurt) -> None:
    client = buurt.wereld.client(Rol.COORDINATOR)
    token = {"csrf_token": csrf(client)}
    nieuw = token | {"naam": "Bus 1", "kenteken": "v-123-ab", "zitplaatsen": "8", "actief": "y"}
    assert client.post("/acties/voertuigen", data=nieuw).status_code == 302
    antwoord = client.post("/acties/voertuigen", data=nieuw | {"naam": "bus 1"})
    assert antwoord.status_code == 422
    assert "Er is al een voertuig met de naam" in antwoord.get_data(as_text=True)
    assert client.post("/acties/voertuigen", data=nieuw | {"naam": "Bus 2", "zitplaatsen": "0"}).status_code == 422
    bus = db.session().scalars(select(Voertuig)).one()
    assert bus.kenteken == "V-123-AB"
    actie = buurt.actie(1)
    ploeg = actie.ploegen[0]
    pad, keuze = f"/acties/{actie.uid}/voertuigen", {f"voertuig-{ploeg.uid}": str(bus.uid)}
    versie = {"versie": str(actie.versie)}
    assert client.post(pad, data=token | keuze | {"versie": "0"}).status_code == 409
    assert client.post(pad, data=token | versie | {f"voertuig-{ploeg.uid}": str(ploeg.uid)}).status_code == 422
    assert client.post(pad, data=token | versie | keuze).status_code == 302
    assert db.session().scalars(select(Ploegvoertuig)).one().voertuig_id == bus.id
    assert "Ploeg A: Bus 1" in client.get(f"/acties/{actie.uid}").get_data(as_text=True)
    assert "V-123-AB" not in client.get(f"/acties/{actie.uid}").get_data(as_text=True)
    # Out of use: stays where it was, cannot be chosen anew.
    assert client.post(f"/acties/voertuigen/{bus.uid}", data=nieuw | {"actief": ""}).status_code == 302
    ander = buurt.actie(
        1, naam="Ander", begin_op=datetime(2027, 1, 5, 17, tzinfo=UTC), eind_op=datetime(2027, 1, 5, 20, tzinfo=UTC)
    )
    keuze = {f"voertuig-{ander.ploegen[0].uid}": str(bus.uid), "versie": str(ander.versie)}
    antwoord = client.post(f"/acties/{ander.uid}/voertuigen", data=token | keuze)
    assert antwoord.status_code == 422
    assert "niet meer in gebruik" in antwoord.get_data(as_text=True)
