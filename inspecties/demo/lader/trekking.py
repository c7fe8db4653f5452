"""A draw by lot in the demo's action that is being planned, and where its other stops came from."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.operations_stops import zet_ploegen_van_stops
from inspecties.acties.queries import stops_van
from inspecties.acties.stops_plan import stopplannen
from inspecties.acties.trekking import Poolvraag, pool_van, trek_nu, zet_klaar
from inspecties.demo.lader.kring import Kring
from inspecties.demo.wereld import Gemeente as Wereldgemeente


def laad_trekking(
    sessie: Session, kring: Kring, bron: Wereldgemeente, locaties: Mapping[str, int], nu: datetime
) -> None:
    """Through the same acts as a planner's; the drawn stop goes to the first team."""
    del bron, locaties
    wie = kring.actoren["coordinator"]
    actie = sessie.scalars(
        select(Actie)
        .where(Actie.gemeente_id == kring.gemeente.id, Actie.toestand == "concept", Actie.begin_op > nu)
        .order_by(Actie.begin_op)
        .limit(1)
    ).first()
    if actie is None or not actie.ploegen:
        return
    for plan in stopplannen(sessie, wie, stops_van(sessie, wie, actie)).values():
        plan.herkomst = "prioriteit" if plan.waarde_tienden else "achterstallig"
    typen = {stop.locatie.locatietype.code for stop in stops_van(sessie, wie, actie)}
    vraag = Poolvraag(tuple(sorted(typen)))
    if len(pool_van(sessie, wie, nu, actie, vraag).ids) < 2:
        vraag = Poolvraag()
    trekking = zet_klaar(sessie, wie, nu, actie, vraag, aantal=1)
    for stop in trek_nu(sessie, wie, nu, trekking):
        zet_ploegen_van_stops(sessie, wie, nu, actie, {stop.uid: actie.ploegen[0]})
