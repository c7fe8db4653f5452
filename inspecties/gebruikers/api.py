"""JSON about the session: what the field app asks before it sends."""

from flask import Blueprint, Response, jsonify
from flask_wtf.csrf import generate_csrf

from inspecties.web.poort import huidige_actor, vereist

bp = Blueprint("sessie_api", __name__, url_prefix="/api")


@bp.get("/csrf")
@vereist("account.beheren", alleen_lezen=True)
def csrf() -> Response:
    """The CSRF token of this session and who it belongs to."""
    actor = huidige_actor()
    return jsonify(
        {
            "token": generate_csrf(),
            "gebruiker": {
                "id": actor.gebruiker_uid,
                "naam": actor.naam,
                "rol": actor.rol.value,
                "gemeente": actor.gemeente_naam,
            },
        }
    )
