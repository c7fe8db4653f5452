"""Login and logout."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from inspecties.database.basis import db
from inspecties.gebruikers import operations
from inspecties.gebruikers.aanmelding import Aangemeld
from inspecties.gebruikers.forms import AanmeldForm
from inspecties.web.limiet import limiet_aanmelden
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

bp = Blueprint("gebruikers", __name__)


def veilig_doel(doel: str) -> str:
    """``doel`` when it is a path within this site, else the home page (no open redirect)."""
    delen = urlsplit(doel.replace("\\", "/"))
    if delen.scheme or delen.netloc or not doel.startswith("/") or doel.startswith(("//", "/\\")):
        return url_for("start.home")
    return doel


@bp.route("/aanmelden", methods=["GET", "POST"])
@openbaar("Hier meldt iedereen zich aan", zoekt_overal=True)
@limiet_aanmelden
def aanmelden() -> str | Response | tuple[str, int]:
    form = AanmeldForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(url_for("start.home"))
        form.volgende.data = request.args.get("volgende", "")
    status = 200
    if form.validate_on_submit():
        nu = klok().nu()
        try:
            sessie = operations.meld_aan(
                db.session(), nu, form.email.data, form.wachtwoord.data, request.user_agent.string
            )
        except operations.AanmeldenMislukt as fout:
            db.session.commit()
            form.form_errors.append(fout.melding)
            status = 401
        else:
            db.session.commit()
            # Nothing of the anonymous session survives the login.
            session.clear()
            login_user(Aangemeld(sessie, nu))
            return redirect(veilig_doel(form.volgende.data or ""))
    elif form.is_submitted():
        status = 422
    return render_template("gebruikers/aanmelden.html", form=form), status


@bp.post("/afmelden")
@vereist("account.beheren")
def afmelden() -> Response:
    actor = huidige_actor()
    if actor.sessie_id is not None:
        operations.meld_af(db.session(), actor, klok().nu(), actor.sessie_id)
    db.session.commit()
    logout_user()
    session.clear()
    flash("U bent afgemeld. Wat nog op dit toestel staat en niet verzonden is, blijft bewaard.", "succes")
    return redirect(url_for("gebruikers.aanmelden"))
