"""What a tablet fetches after the pack, part by part: tiles of the map, small copies of earlier photos."""

import time
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.controles import eerdere_fotos
from inspecties.core.actor import Actor
from inspecties.core.fouten import NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.instellingen import Instellingen, opslag_van
from inspecties.offline import invoer
from inspecties.offline.pakket import stops_van_ploeg
from inspecties.offline.ploegen import ploegen_van_dag
from inspecties.offline.tegelgebied import Tegel, tegels_rond
from inspecties.offline.tegels import Tegelbron
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("veld_delen", __name__, url_prefix="/api")

# For how long, and for how many people at once, it is remembered which tiles are theirs.
GEBIED_S = 120.0
GEBIEDEN = 1000


def _instellingen() -> Instellingen:
    inst: Instellingen = current_app.extensions["instellingen"]
    return inst


def _dag() -> date:
    return invoer.lees_datum(request.args.get("datum"), lokale_datum(klok().nu()))


def _stops(sessie: Session, actor: Actor, dag: date) -> list[Stop]:
    return [stop for _, ploeg in ploegen_van_dag(sessie, actor, dag) for stop in stops_van_ploeg(sessie, actor, ploeg)]


def _hoort_erbij(sessie: Session, actor: Actor, dag: date, tegel: Tegel) -> bool:
    """Whether a tile lies around the actor's own stops. A tablet asks hundreds in a row: its area is kept a while."""
    gebieden: dict[tuple[Any, ...], tuple[float, frozenset[Tegel]]]
    gebieden = current_app.extensions.setdefault("tegelgebieden", {})
    sleutel = (actor.gemeente_id, actor.gebruiker_id, dag)
    tot, bekend = gebieden.get(sleutel, (0.0, frozenset()))
    if tegel in bekend and time.monotonic() < tot:
        return True
    # Not in it may be a stop that was added just now.
    vers = frozenset(tegels_rond((s.locatie.lon, s.locatie.lat) for s in _stops(sessie, actor, dag)))
    if len(gebieden) >= GEBIEDEN:
        gebieden.clear()
    gebieden[sleutel] = (time.monotonic() + GEBIED_S, vers)
    return tegel in vers


@bp.get("/veld/tegels/<int:z>/<int:x>/<int:y>")
@vereist("dienst.ophalen", alleen_lezen=True)
def tegel(z: int, x: int, y: int) -> Response:
    """One tile around the actor's own stops of a day; any other tile is not there."""
    inst, actor, sessie = _instellingen(), huidige_actor(), db.session()
    if not inst.veldtegels_url:
        raise NietGevonden("Er is geen tegeldienst ingesteld.")
    if not _hoort_erbij(sessie, actor, _dag(), (z, x, y)):
        raise NietGevonden("Dit stuk kaart hoort niet bij uw stops van deze dag.")
    # The service may take seconds: not with a transaction open.
    sessie.rollback()
    inhoud, soort = Tegelbron(inst.veldtegels_url, inst.data / "tegels").geef((z, x, y))
    return Response(inhoud, mimetype=soort)


@bp.get("/stops/<uid>/eerdere-fotos")
@vereist("dienst.ophalen")
def fotos_van_eerder(uid: str) -> Response:
    """Small copies of photos of earlier visits to the place of one's own stop; which ones is written down."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    stop = haal(sessie, actor, Stop, uid, "De stop")
    if stop.id not in {eigen.id for eigen in _stops(sessie, actor, _dag())}:
        raise NietGevonden("De stop bestaat niet, of u mag het niet zien.")
    stop_uid, gekozen = stop.uid, eerdere_fotos.kies(sessie, actor, opslag_van(_instellingen()), stop)
    # Drawing takes a while: not with a transaction open.
    sessie.rollback()
    fotos = eerdere_fotos.verklein(gekozen)
    if fotos:
        eerdere_fotos.leg_meegeven_vast(sessie, actor, nu, stop_uid, fotos)
        sessie.commit()
    return jsonify({"stop": str(stop_uid), "fotos": fotos})
