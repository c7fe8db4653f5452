"""The register of processing and the skeleton of a DPIA: to read and to save."""

from flask import Blueprint, Response, jsonify, render_template

from inspecties.audit.operations import leg_vast
from inspecties.core.klok import lokale_datum
from inspecties.database import db
from inspecties.start import register
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("register", __name__, url_prefix="/register")


@bp.get("")
@vereist("register.lezen", alleen_lezen=True)
def toon() -> str:
    """All rows. There is no person in it, so reading leaves no line."""
    return render_template(
        "bewaren/register.html", rijen=register.register(lokale_datum(klok().nu())), niveaus=register.NIVEAUS
    )


def _leg_vast(formaat: str) -> None:
    actor, sessie = huidige_actor(), db.session()
    uid = str(actor.gemeente_id)
    leg_vast(sessie, actor, klok().nu(), "register_opgehaald", "gemeente", uid, gegevens={"formaat": formaat})
    sessie.commit()


@bp.get("/register.md")
@vereist("register.lezen")
def markdown() -> Response:
    """As text, with the skeleton of the DPIA."""
    tekst = register.als_markdown(huidige_actor().gemeente_naam, lokale_datum(klok().nu()))
    _leg_vast("md")
    uit = Response(tekst, mimetype="text/plain")
    uit.headers["Content-Disposition"] = 'attachment; filename="register-en-dpia.md"'
    return uit


@bp.get("/register.json")
@vereist("register.lezen")
def document() -> Response:
    """For a machine."""
    _leg_vast("json")
    uit = jsonify(register.als_document(lokale_datum(klok().nu())))
    uit.headers["Content-Disposition"] = 'attachment; filename="register.json"'
    return uit
