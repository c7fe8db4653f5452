"""Visits: made when a pack is fetched, moved on by what the team reports at the door."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Stop, Stopstap
from inspecties.acties.rules.toestanden import STOP_TABEL
from inspecties.audit.operations import leg_vast
from inspecties.checklists.queries import geldige_versies
from inspecties.controles.models import Bezoek, Bezoekchecklist
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, GeenRecht, OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.gebruikers.models import Gemeente

BEGONNEN = frozenset({"binnen"})
KLAAR = frozenset({"afgerond"})


def checklistcodes(stop: Stop) -> list[str]:
    """The checklists of a stop: what the planner chose, else that of its kind of place."""
    return list(dict.fromkeys(stop.checklists)) or [stop.locatie.locatietype.checklist_code]


def houd_stops_vast(sessie: Session, stops: Sequence[Stop]) -> None:
    """Lock the stops of which visits are going to be made, in order of id, before the first of them is logged.

    A new visit leaves an audit line, and who holds the head of that log must not wait for a stop that a colleague, who
    waits for the head, is reporting.
    """
    ids = [stop.id for stop in stops]
    sessie.execute(select(Stop.id).where(Stop.id.in_(ids)).order_by(Stop.id).with_for_update(key_share=True)).all()


def zorg_voor_bezoek(sessie: Session, actor: Actor, nu: datetime, stop: Stop) -> Bezoek:
    """The visit of a stop, made where there is none yet, with the checklists and context of the day it is planned for.

    What it started with stays: a version that is published later does not touch it.
    """
    # Two tablets may fetch the same pack at the same time.
    sessie.execute(select(Stop.id).where(Stop.id == stop.id).with_for_update(key_share=True))
    bezoek = sessie.scalars(
        select(Bezoek).where(Bezoek.gemeente_id == actor.gemeente_id, Bezoek.stop_id == stop.id)
    ).one_or_none()
    datum = lokale_datum(stop.actie.begin_op)
    if bezoek is None:
        gemeente = sessie.get_one(Gemeente, actor.gemeente_id)
        bezoek = Bezoek(
            gemeente_id=actor.gemeente_id,
            stop_id=stop.id,
            locatie_id=stop.locatie_id,
            toegangsgrond=stop.toegangsgrond,
            context={
                "norm_m2_pp": gemeente.normen.get("m2_pp"),
                "datum": datum.isoformat(),
                "vandaag": datum.isoformat(),
                "nu": lokaal(stop.actie.begin_op).isoformat(timespec="seconds"),
            },
            aangemaakt_op=nu,
        )
        sessie.add(bezoek)
        sessie.flush()
        leg_vast(sessie, actor, nu, "bezoek_aangemaakt", "bezoek", bezoek.uid)
    elif bezoek.checklists or bezoek.rev:
        return bezoek
    soort = stop.locatie.locatietype.code
    for versie in geldige_versies(sessie, actor, checklistcodes(stop), datum, soort):
        sessie.add(Bezoekchecklist(bezoek_id=bezoek.id, checklistversie_id=versie.id))
    sessie.flush()
    sessie.refresh(bezoek, ["checklists"])
    return bezoek


def zet_stoptoestand(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    stop: Stop,
    toestand: str,
    op_id: UUID,
    toestel_tijd: datetime,
    reden: str,
) -> Stopstap:
    """Move a stop, as the team reports it. The same ``op_id`` again changes nothing.

    Raises OngeldigeInvoer (unknown state), Conflict (no such transition, or an ``op_id`` that said something else) and
    GeenRecht where the transition asks another right.
    """
    if toestand not in STOP_TABEL.namen:
        raise OngeldigeInvoer(f"Kies een van: {', '.join(STOP_TABEL.namen)}.", "toestand")
    # Locked first, so that two copies of the same message are judged one after the other.
    sessie.scalars(
        select(Stop)
        .where(Stop.id == stop.id, Stop.gemeente_id == actor.gemeente_id)
        .with_for_update(key_share=True, of=Stop)
        .execution_options(populate_existing=True)
    ).one()
    bekend = sessie.scalars(
        select(Stopstap).where(Stopstap.gemeente_id == actor.gemeente_id, Stopstap.op_id == str(op_id))
    ).one_or_none()
    if bekend is not None:
        if bekend.stop_id != stop.id or bekend.naar != toestand:
            raise Conflict("Onder dit nummer is eerder iets anders gemeld. Er is niets gewijzigd.", "op_id")
        return bekend
    # A colleague on the same doorstep may have reported it already: that is no error, and both reports are kept.
    if stop.toestand == "vervallen" and toestand != "vervallen" and not rol_mag(actor.rol, "acties.plannen"):
        raise Conflict(_vervallen(sessie, actor, stop), "toestand")
    if stop.toestand != toestand:
        overgang = STOP_TABEL.overgang(stop.toestand, toestand)
        if not rol_mag(actor.rol, overgang.recht):
            raise GeenRecht(f"Uw rol mag een stop niet op '{STOP_TABEL.namen[toestand]}' zetten.")
        if overgang.reden_verplicht and not reden.strip():
            raise OngeldigeInvoer("Geef een reden.", "reden")
    stap = Stopstap(
        gemeente_id=actor.gemeente_id,
        stop_id=stop.id,
        van=stop.toestand,
        naar=toestand,
        reden=reden.strip()[:2000],
        op_id=str(op_id),
        toestel_tijd=toestel_tijd,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(stap)
    stop.toestand = toestand
    _werk_bezoek_bij(sessie, actor, nu, stop, toestand, toestel_tijd)
    leg_vast(
        sessie,
        actor,
        nu,
        "stop_gemeld",
        "stop",
        stop.uid,
        gegevens={"van": stap.van, "naar": toestand, "op_id": str(op_id)},
    )
    return stap


def _vervallen(sessie: Session, actor: Actor, stop: Stop) -> str:
    """For a team that was at the door before its tablet heard of it: why, and that nothing is lost."""
    reden = sessie.scalar(
        select(Stopstap.reden)
        .where(Stopstap.gemeente_id == actor.gemeente_id, Stopstap.stop_id == stop.id, Stopstap.naar == "vervallen")
        .order_by(Stopstap.id.desc())
        .limit(1)
    )
    return (
        f"De coördinator liet deze stop vervallen: {(reden or 'zonder reden').rstrip('.')}. "
        "Uw antwoorden blijven bewaard en worden verzonden. Bel de coördinator; die kan de stop terugzetten."
    )


def _werk_bezoek_bij(
    sessie: Session, actor: Actor, nu: datetime, stop: Stop, toestand: str, toestel_tijd: datetime
) -> None:
    # A tablet's clock is believed only where it can be right: not later than now, not before the day of the action.
    moment = toestel_tijd if stop.actie.begin_op - timedelta(days=1) <= toestel_tijd <= nu else nu
    bezoek = zorg_voor_bezoek(sessie, actor, nu, stop)
    if toestand in BEGONNEN and bezoek.begin_op is None:
        bezoek.begin_op = moment
    if toestand in KLAAR:
        bezoek.toestand = "afgerond"
        bezoek.eind_op = max(moment, bezoek.begin_op) if bezoek.begin_op else moment
        if stop.locatie.laatste_bezoek_op is None or stop.locatie.laatste_bezoek_op < bezoek.eind_op:
            stop.locatie.laatste_bezoek_op = bezoek.eind_op
