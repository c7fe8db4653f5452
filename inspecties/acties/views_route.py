"""The button that puts the stops in the shortest order. On the blueprint of actions."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import flash, redirect, url_for

from inspecties.acties import operations, operations_stops, queries
from inspecties.acties.forms import MetVersie
from inspecties.acties.models import Actie, Stop
from inspecties.acties.views import Pagina, bp, haal_actie
from inspecties.acties.views_stops import toon_stops
from inspecties.acties.volgorde import Plek, Voorstel, stel_volgorde_voor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.database import db
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]

SECONDEN = 2.5


def _plek(actie: Actie, stop: Stop) -> Plek:
    def minuut(moment: datetime | None) -> float | None:
        return None if moment is None else (moment - actie.begin_op).total_seconds() / 60

    return Plek(
        str(stop.uid),
        stop.locatie.x,
        stop.locatie.y,
        stop.duur_min,
        str(stop.ploeg.uid) if stop.ploeg else None,
        minuut(stop.venster_begin_op),
        minuut(stop.venster_eind_op),
    )


@bp.post("/<uuid:uid>/route")
@vereist("acties.plannen")
def bepaal_route(uid: UUID) -> Pagina:
    """Divide what has no team and order every round. Refused when somebody changed the plan in the meantime."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = MetVersie()
    try:
        operations.eis_concept(actie)
        operations.controleer_versie(actie, form.gezien)
        stops = [s for s in queries.stops_van(sessie, actor, actie) if s.toestand != "vervallen"]
        ploegen = [str(p.uid) for p in actie.ploegen]
        if not stops or not ploegen:
            raise OngeldigeInvoer("Voor een volgorde zijn ten minste één ploeg en één stop nodig.", "ploegen")
        plekken = [_plek(actie, stop) for stop in stops]
        dienst_min = (actie.eind_op - actie.begin_op).total_seconds() / 60
        # Searching takes seconds and SQLite has one writer: not inside a transaction.
        sessie.rollback()
        voorstel = stel_volgorde_voor(ploegen, plekken, dienst_min, SECONDEN)
        actie = haal_actie(uid)
        operations.controleer_versie(actie, form.gezien)
        rondes = {UUID(r.ploeg): [UUID(s) for s in r.stops] for r in voorstel.rondes}
        operations_stops.zet_rondes(sessie, actor, nu, actie, rondes)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        return toon_stops(uid, fout.melding), fout.status
    _vertel(actie, voorstel, {str(s.uid): s for s in queries.stops_van(sessie, actor, actie)})
    sessie.commit()
    return redirect(url_for("acties.stops", uid=uid))


def _vertel(actie: Actie, voorstel: Voorstel, stops: dict[str, Stop]) -> None:
    namen = {str(p.uid): p.naam for p in actie.ploegen}
    klaar = [
        f"{namen[r.ploeg]} is rond {lokaal(actie.begin_op + timedelta(minutes=r.klaar_min)):%H:%M} klaar"
        for r in voorstel.rondes
        if r.stops
    ]
    if klaar:
        flash(f"De volgorde is bepaald: {', '.join(klaar)}. Met geschatte reistijden.", "succes")
    for uid, reden in voorstel.niet_gepland:
        flash(f"{stops[uid].locatie.adresregel} past niet in de dienst: {reden}", "waarschuwing")
