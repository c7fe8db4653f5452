"""JSON of the address search, for the field that searches as you type."""

from flask import Blueprint, Response, current_app, jsonify, request

from inspecties.database.basis import db
from inspecties.locaties.adresbron import SLEUTEL, Adresbron
from inspecties.locaties.adreszoeken import MAX_LIMIET
from inspecties.locaties.filters import lees_heel_getal
from inspecties.web.poort import huidige_actor, vereist

bp = Blueprint("adressen_api", __name__, url_prefix="/api/adressen")


def bron() -> Adresbron:
    """The source that is set for this application."""
    gekozen: Adresbron = current_app.extensions[SLEUTEL]
    return gekozen


@bp.get("")
@vereist("adressen.zoeken", alleen_lezen=True)
def zoek() -> Response:
    """Addresses of the own gemeente that answer to ``zoek``, the best first."""
    limiet = lees_heel_getal(request.args.get("limiet", "10"), "limiet", 1, MAX_LIMIET)
    antwoord = bron().zoek(db.session(), huidige_actor(), request.args.get("zoek", ""), limiet)
    return jsonify(
        {"adressen": [v.als_json() for v in antwoord.vondsten], "bron": antwoord.bron, "melding": antwoord.melding}
    )


@bp.get("/<sleutel>")
@vereist("adressen.zoeken", alleen_lezen=True)
def toon(sleutel: str) -> Response:
    """One address in full, by the ``id`` that the search gave."""
    return jsonify(bron().haal(db.session(), huidige_actor(), sleutel).als_json())
