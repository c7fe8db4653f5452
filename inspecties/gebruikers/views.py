"""Login and logout."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response

from inspecties.database.basis import db
from inspecties.gebruikers import operations
from inspecties.gebruikers.forms import AanmeldForm
from inspecties.gebruikers.inloggen import instellingen, na_eerste_stap, passkeys_kunnen, veilig_doel
from inspecties.gebruikers.oidc_koppeling import begon_hier
from inspecties.web.limiet import TeVaak, limiet_aanmelden, rem_af, tel_mislukt
from inspecties.web.poort import huidige_actor, klok, openbaar, sleutelbos, vereist

__all__ = ["bp", "veilig_doel"]

bp = Blueprint("gebruikers", __name__)


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
        sessie, nu, email = db.session(), klok().nu(), form.email.data.strip().lower()
        try:
            rem_af(email)
            kenmerk = sleutelbos().wis_af("aanmeldadres", email)
            lid = operations.controleer_wachtwoord(sessie, nu, email, form.wachtwoord.data, kenmerk)
        except (operations.AanmeldenMislukt, TeVaak) as fout:
            if isinstance(fout, operations.AanmeldenMislukt):
                tel_mislukt(email)
            sessie.commit()
            form.form_errors.append(fout.melding)
            status = fout.status
        else:
            return na_eerste_stap(nu, lid, "wachtwoord", form.volgende.data or "")
    elif form.is_submitted():
        status = 422
    return render_template("gebruikers/aanmelden.html", form=form, passkeys_kunnen=passkeys_kunnen()), status


@bp.post("/afmelden")
@vereist("account.beheren", opzet=True)
def afmelden() -> Response:
    actor = huidige_actor()
    van_dienst = False
    if actor.sessie_id is not None:
        van_dienst = bool(instellingen().oidc_uitgever) and begon_hier(db.session(), actor.sessie_id)
        operations.meld_af(db.session(), actor, klok().nu(), actor.sessie_id)
    db.session.commit()
    logout_user()
    session.clear()
    flash("U bent afgemeld. Wat nog op dit toestel staat en niet verzonden is, blijft bewaard.", "succes")
    antwoord = redirect(url_for("oidc.afgemeld" if van_dienst else "gebruikers.aanmelden"))
    # Pages only: "storage" would destroy what a tablet has not sent yet.
    antwoord.headers["Clear-Site-Data"] = '"cache"'
    return antwoord
