"""JSON for working together, and for what became of findings."""

from flask import Blueprint, Response, jsonify

from inspecties.controles.models import Bezoek
from inspecties.controles.rules.operatie import is_sha256
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database import db, haal
from inspecties.offline import invoer
from inspecties.offline.samen import Plek, meld_aanwezig
from inspecties.offline.uitkomsten import als_json, lees_uitkomsten
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("samen_api", __name__, url_prefix="/api")


@bp.post("/bezoeken/<uid>/aanwezig")
@vereist("bezoeken.invullen")
def aanwezig(uid: str) -> Response:
    """Where this person works in a visit now; the answer tells where the others do. Kept for ten minutes."""
    actor, nu, sessie = huidige_actor(), klok().nu(), db.session()
    inhoud = invoer.lees_json()
    form_versie, deel = invoer.lees_tekst(inhoud, "form_versie", 64), invoer.lees_tekst(inhoud, "deel", 200)
    if deel and not is_sha256(form_versie):
        raise OngeldigeInvoer("form_versie moet de hash van de checklist zijn: 64 tekens 0-9 en a-f.", "form_versie")
    bezoek = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    antwoord = meld_aanwezig(sessie, actor, nu, bezoek, Plek(form_versie, deel))
    sessie.commit()
    return jsonify(antwoord)


@bp.get("/uitkomsten")
@vereist("uitkomsten.lezen")
def uitkomsten() -> Response:
    """What became of the findings of one's own visits. Reading it is written down."""
    actor, nu, sessie = huidige_actor(), klok().nu(), db.session()
    antwoord = als_json(lees_uitkomsten(sessie, actor, nu), nu)
    sessie.commit()
    return jsonify(antwoord)
