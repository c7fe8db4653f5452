"""The list of checklists and the pages of one checklist."""

from flask import Blueprint, render_template

from inspecties.checklists import queries
from inspecties.core.klok import lokale_datum
from inspecties.database.basis import db
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("checklists", __name__)


@bp.get("/checklists")
@vereist("checklists.lezen", alleen_lezen=True)
def lijst() -> str:
    actor = huidige_actor()
    sessie = db.session()
    vandaag = lokale_datum(klok().nu())
    checklists = queries.alle_checklists(sessie, actor)
    return render_template(
        "checklists/lijst.html",
        checklists=[(checklist, queries.geldig_op(checklist.versies, vandaag)) for checklist in checklists],
    )
