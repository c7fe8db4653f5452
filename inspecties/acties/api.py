"""JSON of actions: the progress that a page on a wall asks for again and again."""

from uuid import UUID

from flask import Blueprint, Response, jsonify

from inspecties.acties.avond import stand_van
from inspecties.acties.models import Actie
from inspecties.acties.voortgang import als_json, lees_voortgang
from inspecties.database import db, haal
from inspecties.web.poort import huidige_actor, vereist

bp = Blueprint("acties_api", __name__, url_prefix="/api/acties")


@bp.get("/<uuid:uid>/voortgang")
@vereist("acties.lezen", alleen_lezen=True, vanzelf=True)
def voortgang(uid: UUID) -> Response:
    """State of the action and of every stop that the actor may see."""
    actor, sessie = huidige_actor(), db.session()
    actie = haal(sessie, actor, Actie, uid, "Deze actie")
    stand = stand_van(sessie, actor, actie.id)
    return jsonify(als_json(lees_voortgang(sessie, actor, actie)) | {"stand": stand})
