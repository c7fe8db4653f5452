"""The own calendar: its secret address on the account page, and what stands behind that address."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.acties.agendafeed import actor_van, agenda_van, feed_van, maak_feed, trek_feed_in
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import bind_actor, db
from inspecties.web.adres import volledig_adres
from inspecties.web.limiet import limiet_openbaar
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

bp = Blueprint("agendafeed", __name__)


@bp.get("/account/agenda")
@vereist("account.beheren", alleen_lezen=True)
def beheer() -> str:
    """Whether there is a secret address; what it is only shows when it is made."""
    return render_template("acties/agendafeed.html", feed=feed_van(db.session(), huidige_actor()), adres="")


@bp.post("/account/agenda")
@vereist("account.beheren")
def wijzig() -> str | WerkzeugResponse:
    """Make a new address, or end the one there is."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    keuze = request.form.get("keuze")
    if keuze == "maken":
        token = maak_feed(sessie, actor, nu)
        sessie.commit()
        adres = volledig_adres("agendafeed.agenda", token=token)
        # The terms of dossiers are a later feature: the page only knows the name of its calendar.
        met_termijnen = "termijnen.agenda" in current_app.view_functions and rol_mag(actor.rol, "dossiers.lezen")
        termijnadres = volledig_adres("termijnen.agenda", token=token) if met_termijnen else ""
        return render_template(
            "acties/agendafeed.html", feed=feed_van(sessie, actor), adres=adres, termijnadres=termijnadres
        )
    if keuze != "intrekken":
        raise OngeldigeInvoer("Kies of u een adres maakt of intrekt.", "keuze")
    weg = trek_feed_in(sessie, actor, nu)
    sessie.commit()
    flash("Het adres werkt niet meer." if weg else "Er was geen adres.", "succes" if weg else "info")
    return redirect(url_for("agendafeed.beheer"), 303)


@bp.get("/agenda/<token>.ics")
@openbaar(
    "Een agendaprogramma kan zich niet aanmelden; het geheime adres is de sleutel", alleen_lezen=True, zoekt_overal=True
)
@limiet_openbaar
def agenda(token: str) -> Response:
    """The calendar of whoever this address belongs to. Nothing is said of why another does not work."""
    sessie, nu = db.session(), klok().nu()
    actor = actor_van(sessie, token, nu)
    if actor is None:
        abort(404)
    bind_actor(sessie, actor)
    antwoord = make_response(agenda_van(sessie, actor, nu))
    antwoord.headers["Content-Type"] = "text/calendar; charset=utf-8"
    antwoord.headers["Content-Disposition"] = 'inline; filename="inspecties.ics"'
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.headers["Referrer-Policy"] = "no-referrer"
    antwoord.add_etag()
    antwoord.make_conditional(request)
    return antwoord
