"""The page on which an inspector or partner sees what became of the findings of their own visits."""

from flask import Blueprint, render_template

from inspecties.database import db
from inspecties.offline.rules.uitkomst import MAANDEN
from inspecties.offline.uitkomsten import lees_uitkomsten
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("uitkomsten", __name__, url_prefix="/uitkomsten")


@bp.get("")
@vereist("uitkomsten.lezen")
def lijst() -> str:
    """Own visits of the last months, newest first; the reading is logged."""
    actor, nu, sessie = huidige_actor(), klok().nu(), db.session()
    bezoeken = lees_uitkomsten(sessie, actor, nu)
    pagina = render_template("uitkomsten/lijst.html", bezoeken=bezoeken, maanden=MAANDEN)
    sessie.commit()
    return pagina
