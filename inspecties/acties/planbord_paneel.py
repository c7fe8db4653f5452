"""On the page of an action: when each team is planned where, and the way to the board."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.queries import stops_van
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor


def paneel(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> dict[str, Any] | None:
    """Planned times per team, as far as this actor sees the stops; None where there is nothing to show."""
    del nu
    stops = [s for s in stops_van(sessie, actor, actie) if s.toestand != "vervallen" and s.ploeg is not None]
    begin = {
        p.stop_id: p.begin_op
        for p in sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_([s.id for s in stops])))
        if p.begin_op is not None
    }
    per_ploeg: dict[str, list[dict[str, Any]]] = {}
    for stop in stops:
        if stop.ploeg is not None and stop.id in begin:
            rij = {"begin_op": begin[stop.id], "adres": stop.locatie.adresregel}
            per_ploeg.setdefault(stop.ploeg.naam, []).append(rij)
    planner = rol_mag(actor.rol, "acties.plannen")
    if not per_ploeg and not planner:
        return None
    return {"rijen": [{"naam": naam, "stops": rijen} for naam, rijen in per_ploeg.items()], "planner": planner}
