"""The page of the beheerder: which mail waits, went, or could not go. Subjects and addressees, never what is in it."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import func
from werkzeug.wrappers import Response

from inspecties.core.fouten import Conflict
from inspecties.database import db, haal, select_voor
from inspecties.post.models import Bericht
from inspecties.post.operations import zet_opnieuw_klaar
from inspecties.post.rules.bericht import STATUSSEN
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("post", __name__)

HOOGSTENS = 100


@bp.get("/beheer/post")
@vereist("post.beheren", alleen_lezen=True)
def lijst() -> str:
    """The newest mails, of one status or all."""
    actor, sessie = huidige_actor(), db.session()
    status = request.args.get("status", "")
    opdracht = select_voor(actor, Bericht).order_by(Bericht.id.desc()).limit(HOOGSTENS)
    if status in STATUSSEN:
        opdracht = opdracht.where(Bericht.status == status)
    tellingen = sessie.execute(
        select_voor(actor, Bericht).with_only_columns(Bericht.status, func.count()).group_by(Bericht.status)
    ).all()
    return render_template(
        "gebruikers/post.html",
        berichten=sessie.scalars(opdracht).all(),
        tellingen=dict(tellingen),
        statussen=STATUSSEN,
        gekozen=status if status in STATUSSEN else "",
        server=bool(current_app.extensions["instellingen"].smtp_url),
        hoogstens=HOOGSTENS,
    )


@bp.post("/beheer/post/<uuid:uid>/opnieuw")
@vereist("post.beheren")
def opnieuw(uid: UUID) -> Response:
    """Try a mail that could not go once more."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    try:
        zet_opnieuw_klaar(sessie, actor, nu, haal(sessie, actor, Bericht, uid, "Deze mail"))
    except Conflict as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
    else:
        sessie.commit()
        flash("De mail staat weer klaar.", "succes")
    return redirect(url_for("post.lijst"), 303)
