"""Nobody and nothing is booked twice: many planners at once, other hours, the night of the clock, and the database."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie, Ploeg, Ploeglid, Stop
from inspecties.acties.models_boeking import Boeking, Ploegvoertuig, Voertuig
from inspecties.acties.operations import maak_actie, wijzig_actie
from inspecties.acties.operations_toestand import naar
from inspecties.core.fouten import Conflict
from inspecties.core.rechten import Rol
from inspecties.database import db
from tests.integration.acties.conftest import Buurt, maak_buurt, vers
from tests.wereld import Wereld, csrf

PLANNERS = 50


def veel_acties(buurt: Buurt, aantal: int) -> dict[str, int]:
    """Actions in the same hours, each ready but for the decision, with one and the same inspector; id -> version."""
    sessie, nu, gid = db.session(), buurt.wereld.nu, buurt.kring.gemeente.id
    acties = []
    for nummer in range(aantal):
        begin = nu + timedelta(minutes=nummer)
        actie = maak_actie(
            sessie,
            buurt.planner,
            nu,
            buurt.gegevens(naam=f"Actie {nummer}", begin_op=begin, eind_op=begin + timedelta(hours=4)),
        )
        ploeg = Ploeg(gemeente_id=gid, naam="Ploeg A", volgorde=1)
        ploeg.leden.append(Ploeglid(gemeente_id=gid, gebruiker_id=buurt.id_van(Rol.INSPECTEUR)))
        actie.ploegen.append(ploeg)
        sessie.flush()
        sessie.add(
            Stop(
                gemeente_id=gid,
                actie_id=actie.id,
                ploeg_id=ploeg.id,
                locatie_id=buurt.locaties[0].id,
                volgorde=1,
                checklists=["pand"],
            )
        )
        acties.append(actie)
    sessie.commit()
    return {str(actie.uid): actie.versie for actie in acties}


def test_vijftig_planners_een_inspecteur(app: Flask, buurt: Buurt) -> None:
    """Each over a connection of its own, all at the same moment: one gets the inspector, the others read who did."""
    acties = veel_acties(buurt, PLANNERS)
    client = buurt.wereld.client(Rol.COORDINATOR)
    token = csrf(client)
    koekje = client.get_cookie("inspecties")
    assert koekje is not None
    db.session.remove()
    start, antwoorden = threading.Barrier(PLANNERS), dict[str, tuple[int, str]]()

    def meld_gereed(uid: str) -> None:
        eigen = app.test_client()
        eigen.set_cookie("inspecties", koekje.value)
        velden = {"toestand": "gereed", "versie": str(acties[uid]), "csrf_token": token}
        start.wait()
        with eigen.post(f"/acties/{uid}/toestand", data=velden) as antwoord:
            antwoorden[uid] = (antwoord.status_code, antwoord.get_data(as_text=True))

    draden = [threading.Thread(target=meld_gereed, args=(uid,)) for uid in acties]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    statussen = sorted(status for status, _ in antwoorden.values())
    assert statussen == [302] + [409] * (PLANNERS - 1)
    gelukt = db.session().scalars(select(Actie).where(Actie.toestand == "gereed")).one()
    geweigerd = [tekst for status, tekst in antwoorden.values() if status == 409]
    assert all(f"staat al in &#39;{gelukt.naam}&#39;" in tekst for tekst in geweigerd)
    (boeking,) = db.session().scalars(select(Boeking)).all()
    assert (boeking.actie_id, boeking.hulpbron_id) == (gelukt.id, buurt.id_van(Rol.INSPECTEUR))


def test_in_concept_mag_het_bij_gereed_niet(buurt: Buurt) -> None:
    sessie, nu = db.session(), buurt.wereld.nu
    eerste, tweede = buurt.actie(), buurt.actie(naam="Hotels")
    assert gereedheid(sessie, buurt.planner, tweede, nu).blokkades == []
    naar(sessie, buurt.planner, nu, eerste, "gereed")
    meldingen = [p.melding for p in gereedheid(sessie, buurt.planner, tweede, nu).blokkades]
    assert len(meldingen) == 2, "the inspector and the partner's officer"
    assert all("staat al in 'Pandenactie Kade', 21-11 van 18:00 tot 23:00." in m for m in meldingen)
    with pytest.raises(Conflict, match="Pandenactie Kade"):
        naar(sessie, buurt.planner, nu, tweede, "gereed")
    # One that ends when the other begins is no clash.
    wijzig_actie(
        sessie,
        buurt.planner,
        nu,
        tweede,
        buurt.gegevens(naam="Hotels", begin_op=eerste.eind_op, eind_op=eerste.eind_op + timedelta(hours=3)),
    )
    naar(sessie, buurt.planner, nu, tweede, "gereed")
    # Back in concept sets everybody free; another shift that clashes is refused again.
    naar(sessie, buurt.planner, nu, tweede, "concept")
    assert not sessie.scalars(select(Boeking).where(Boeking.actie_id == tweede.id)).all()
    wijzig_actie(
        sessie,
        buurt.planner,
        nu,
        tweede,
        buurt.gegevens(naam="Hotels", begin_op=eerste.eind_op - timedelta(minutes=1), eind_op=eerste.eind_op),
    )
    with pytest.raises(Conflict, match="staat al in 'Pandenactie Kade'"):
        naar(sessie, buurt.planner, nu, tweede, "gereed")
    naar(sessie, buurt.planner, nu, eerste, "vervallen", "Geen mensen.")
    naar(sessie, buurt.planner, nu, tweede, "gereed")
    sessie.commit()
    assert vers(tweede).toestand == "gereed"


def test_een_voertuig_ook_over_de_nacht_van_de_klok(buurt: Buurt) -> None:
    """28 March 2027: three o'clock comes right after two, and that moment is the end of one and the start of another."""
    sessie, nu, gid = db.session(), datetime(2027, 3, 27, 12, 0, tzinfo=UTC), buurt.kring.gemeente.id
    bus = Voertuig(gemeente_id=gid, naam="Bus 1", kenteken="V-123-AB", zitplaatsen=1)
    sessie.add(bus)
    sessie.flush()
    nacht, sprong = datetime(2027, 3, 27, 21, 0, tzinfo=UTC), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    een = buurt.actie(begin_op=nacht, eind_op=sprong)
    twee = buurt.actie(begin_op=sprong, eind_op=sprong + timedelta(hours=3))
    for actie in (een, twee):
        sessie.add(Ploegvoertuig(gemeente_id=gid, ploeg_id=actie.ploegen[0].id, voertuig_id=bus.id))
    sessie.flush()
    aandacht = [p.melding for p in gereedheid(sessie, buurt.planner, een, nu).aandacht]
    assert "Ploeg A is met 2 mensen, maar de voertuigen hebben 1 plaatsen." in aandacht
    naar(sessie, buurt.planner, nu, een, "gereed")
    naar(sessie, buurt.planner, nu, twee, "gereed")
    assert {b.soort for b in sessie.scalars(select(Boeking))} == {"persoon", "voertuig"}
    drie = buurt.actie(naam="Te veel", begin_op=sprong - timedelta(minutes=1), eind_op=sprong)
    drie.ploegen[0].leden.clear()
    drie.ploegen[0].leden.append(Ploeglid(gemeente_id=gid, gebruiker_id=buurt.id_van(Rol.COORDINATOR)))
    sessie.add(Ploegvoertuig(gemeente_id=gid, ploeg_id=drie.ploegen[0].id, voertuig_id=bus.id))
    sessie.flush()
    with pytest.raises(Conflict, match=r"Bus 1 rijdt al in 'Pandenactie Kade', 27-3 van 22:00 tot 03:00 op 28-3\."):
        naar(sessie, buurt.planner, nu, drie, "gereed")


def test_van_een_andere_gemeente_alleen_de_uren(wereld: Wereld, buurt: Buurt) -> None:
    """Who works for two gemeenten is taken for both, and neither reads what the other does."""
    sessie, nu = db.session(), wereld.nu
    elders = maak_buurt(wereld, wereld.twee).actie(naam="Geheime actie")
    lid = elders.ploegen[0].leden[0]
    lid.gebruiker_id = buurt.id_van(Rol.INSPECTEUR)
    sessie.add(
        Boeking(
            gemeente_id=wereld.twee.gemeente.id,
            soort="persoon",
            hulpbron_id=lid.gebruiker_id,
            begin_op=elders.begin_op,
            eind_op=elders.eind_op,
            actie_id=elders.id,
        )
    )
    sessie.flush()
    actie = buurt.actie()
    with pytest.raises(Conflict) as fout:
        naar(sessie, buurt.planner, nu, actie, "gereed")
    assert "staat al in een andere gemeente" in fout.value.melding
    assert "Geheime" not in fout.value.melding


def test_de_database_weigert_zelf(buurt: Buurt) -> None:
    sessie, actie, gid = db.session(), buurt.actie(), buurt.kring.gemeente.id
    ander = buurt.actie(naam="Ander")

    def boek(actie: Actie, begin: datetime, eind: datetime) -> None:
        sessie.add(
            Boeking(gemeente_id=gid, soort="persoon", hulpbron_id=1, begin_op=begin, eind_op=eind, actie_id=actie.id)
        )
        sessie.flush()

    nu = buurt.wereld.nu
    boek(actie, nu, nu + timedelta(hours=2))
    boek(ander, nu + timedelta(hours=2), nu + timedelta(hours=3))
    sessie.commit()
    with pytest.raises(IntegrityError, match="boeking_overlapt_niet"):
        boek(buurt.actie(naam="Derde"), nu + timedelta(hours=1), nu + timedelta(hours=5))
    sessie.rollback()
