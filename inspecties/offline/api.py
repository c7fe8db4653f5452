"""JSON for the field app: registering a device, the pack, operations, stop states."""

from typing import Any

from flask import Blueprint, Response, current_app, json, jsonify, request
from flask.sansio.blueprints import BlueprintSetupState
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.acties.models import Stop
from inspecties.controles import bezoeken, toestellen
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database.basis import db
from inspecties.database.bereik import haal
from inspecties.gebruikers.models import Gemeente
from inspecties.offline import invoer, sync
from inspecties.offline.pakket import maak_pakket
from inspecties.offline.tegels import opgave
from inspecties.offline.zorgkaart import zorgkaart
from inspecties.web.foutpaginas import probleem
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("veld_api", __name__, url_prefix="/api")

POGINGEN = 4


@bp.record_once
def lees_vooraf(_: BlueprintSetupState) -> None:
    """A care card with a hole in it is found when the server starts, not at the door."""
    zorgkaart()


@bp.errorhandler(toestellen.ToestelIngetrokken)
def ingetrokken(fout: toestellen.ToestelIngetrokken) -> Response:
    """The code by which the client knows that it is the device, not the person."""
    db.session.rollback()
    return probleem(403, "Dit toestel is ingetrokken", fout.melding, code="toestel_ingetrokken")


def _is_botsing(fout: IntegrityError | OperationalError) -> bool:
    return isinstance(fout, IntegrityError) or isinstance(fout.orig, DeadlockDetected)


def _met_herkansing(doe: Any) -> Any:
    """Run one transaction; again from the start where a parallel copy of the same message was just ahead."""
    for poging in range(POGINGEN):
        try:
            uit = doe()
            db.session.commit()
        except (IntegrityError, OperationalError) as fout:
            db.session.rollback()
            if not _is_botsing(fout) or poging == POGINGEN - 1:
                raise
        else:
            return uit
    raise AssertionError("unreachable")


@bp.post("/sync")
@vereist("operaties.insturen")
def synchroniseer() -> Response:
    """Operations in, receipts and news out. What has a receipt is committed."""
    actor, nu = huidige_actor(), klok().nu()
    bericht = sync.lees_bericht(invoer.lees_json())
    antwoord, andere_inhoud = _met_herkansing(lambda: sync.verwerk(db.session(), actor, nu, bericht))
    if not andere_inhoud:
        return jsonify(antwoord)
    return probleem(
        409,
        "Ander antwoord onder hetzelfde nummer",
        "De server had onder hetzelfde nummer al een ander antwoord. Beide zijn bewaard voor de coördinator.",
        code="andere_inhoud",
        **antwoord,
    )


@bp.post("/toestellen")
@vereist("dienst.ophalen")
def toestel() -> Response:
    """Register this browser profile; the answer holds the key to which the tablet wraps its own."""
    actor, nu = huidige_actor(), klok().nu()
    inhoud = invoer.lees_json()
    toestel_id = invoer.lees_id_veld(inhoud, "toestel_id")
    naam = invoer.lees_tekst(inhoud, "naam", 120)
    blijft = inhoud.get("opgeslagen_blijft")
    if not isinstance(blijft, bool | None):
        raise OngeldigeInvoer("opgeslagen_blijft moet true, false of null zijn.", "opgeslagen_blijft")

    def doe() -> dict[str, Any]:
        rij = toestellen.meld_toestel(db.session(), actor, nu, toestel_id, naam, blijft)
        gemeente = db.session.get_one(Gemeente, actor.gemeente_id)
        return {"toestel_id": str(rij.toestel_id), "herstelsleutel": gemeente.herstel_jwk}

    return jsonify(_met_herkansing(doe))


@bp.get("/dienst")
@vereist("dienst.ophalen")
def dienst() -> WerkzeugResponse:
    """The pack of one day. Makes the visits and an audit line, so it is no read-only view."""
    actor, nu = huidige_actor(), klok().nu()
    datum = invoer.lees_datum(request.args.get("datum"), lokale_datum(nu))
    inst = current_app.extensions["instellingen"]
    pak = _met_herkansing(lambda: maak_pakket(db.session(), actor, nu, datum, inst.pakket_geldig_uur))
    punten = ((stop["lon"], stop["lat"]) for actie in pak["acties"] for stop in actie["stops"])
    pak["tegels"] = opgave(inst, punten)
    # Without sorting: the order of keys and nodes in a checklist is its author's.
    return Response(json.dumps(pak, sort_keys=False), content_type="application/json")


@bp.post("/stops/<uid>/toestand")
@vereist("bezoeken.invullen")
def stoptoestand(uid: str) -> Response:
    """Move a stop, as it was reported at the door."""
    actor, nu = huidige_actor(), klok().nu()
    inhoud = invoer.lees_json()
    op_id = invoer.lees_id_veld(inhoud, "op_id")
    toestand = invoer.lees_tekst(inhoud, "toestand", 20)
    op = invoer.lees_moment(inhoud, "op")
    reden = invoer.lees_tekst(inhoud, "reden", 2000)

    def doe() -> dict[str, str]:
        sessie = db.session()
        stop = haal(sessie, actor, Stop, uid, "De stop")
        stap = bezoeken.zet_stoptoestand(sessie, actor, nu, stop, toestand, op_id, op, reden)
        return {"op_id": str(stap.op_id), "toestand": stap.naar}

    return jsonify(_met_herkansing(doe))
