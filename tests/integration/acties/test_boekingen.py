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
from inspecties.database import bind_actor, db, haal
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
        # Some with a second person, in the other order: two that hold one each must not wait for each other.
        for rol in (Rol.COORDINATOR, Rol.INSPECTEUR) if nummer % 2 else (Rol.INSPECTEUR,):
            ploeg.leden.append(Ploeglid(gemeente_id=gid, gebruiker_id=buurt.id_van(rol)))
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
    acties, planner, nu = veel_acties(buurt, PLANNERS), buurt.planner, buurt.wereld.nu
    db.session.remove()
    start, gelukt, geweigerd = threading.Barrier(PLANNERS), list[str](), dict[str, Conflict]()

    def meld_gereed(uid: str) -> None:
        with app.app_context():
            bind_actor(db.session(), planner)
            start.wait()
            try:
                naar(db.session(), planner, nu, haal(db.session(), planner, Actie, uid), "gereed")
                db.session.commit()
                gelukt.append(uid)
            except Conflict as fout:
                geweigerd[uid] = fout
            finally:
                db.session.remove()

    draden = [threading.Thread(target=meld_gereed, args=(uid,)) for uid in acties]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert (len(gelukt), len(geweigerd)) == (1, PLANNERS - 1)
    winnaar = db.session().scalars(select(Actie).where(Actie.toestand == "gereed")).one()
    assert str(winnaar.uid) == gelukt[0]
    assert all(f"staat al in '{winnaar.naam}'" in fout.melding for fout in geweigerd.values())
    boekingen = db.session().scalars(select(Boeking)).all()
    assert {b.actie_id for b in boekingen} == {winnaar.id}
    assert buurt.id_van(Rol.INSPECTEUR) in {b.hulpbron_id for b in boekingen}
    # What such a planner sees on the screen.
    verliezer = next(iter(geweigerd))
    client = buurt.wereld.client(Rol.COORDINATOR)
    velden = {"toestand": "gereed", "versie": str(acties[verliezer]), "csrf_token": csrf(client)}
    antwoord = client.post(f"/acties/{verliezer}/toestand", data=velden)
    assert antwoord.status_code == 409
    assert f"staat al in &#39;{winnaar.naam}&#39;" in antwoord.get_data(as_text=True)


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
    """28 March 2027: three o'clock comes right after two; that moment ends one shift and begins another."""
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
