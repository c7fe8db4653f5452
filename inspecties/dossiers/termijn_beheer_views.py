"""The terms of one dossier, taking over those of a colleague, when to warn, and the own terms as a calendar."""

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.acties.agendafeed import actor_van
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import bind_actor, db, haal
from inspecties.dossiers import looptermijnen
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.pagina import DOELEN
from inspecties.dossiers.rules.looptermijn import STANDEN
from inspecties.dossiers.rules.wachten import termijn as hoe_lang
from inspecties.dossiers.termijn_forms import OverneemForm, WaarschuwForm
from inspecties.dossiers.termijn_overnemen import neem_over as neem_termijnen_over
from inspecties.dossiers.termijn_views import bp, toon_lijst
from inspecties.dossiers.termijnagenda import agenda_van
from inspecties.dossiers.waarschuwen import ALLE, keuzes_van, kies, momenten_van
from inspecties.dossiers.werk import leg_dossier_vast
from inspecties.termijnen.bronnen import termijntabel
from inspecties.web.formulieren import keuzes
from inspecties.web.limiet import limiet_openbaar
from inspecties.web.poort import huidige_actor, klok, openbaar, vereist

Antwoord = WerkzeugResponse | tuple[str, int]


@bp.get("/dossiers/<uuid:uid>/termijnen")
@vereist("dossiers.lezen")
def van_dossier(uid: str) -> str:
    """Every term of one dossier, running ones first."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = haal(sessie, actor, Dossier, uid, "Het dossier")
    leg_dossier_vast(sessie, actor, nu, dossier, "dossier_gelezen", doel=DOELEN[actor.rol], deel="termijnen")
    rijen = looptermijnen.termijnen_van(sessie, actor, dossier)
    vandaag = lokale_datum(nu)
    uit = render_template(
        "dossiers/termijnen_dossier.html",
        dossier=dossier,
        looptermijnen=rijen,
        termijnduur={rij.id: hoe_lang(rij.einde_datum, vandaag, van_ander=rij.van_ander) for rij in rijen},
        termijnstanden=STANDEN,
        mag_sturen=rol_mag(actor.rol, "dossiers.bewerken"),
    )
    sessie.commit()
    return uit


@bp.post("/termijnen/overnemen")
@vereist("dossiers.bewerken")
def neem_over() -> Antwoord:
    """The actor watches the terms of a colleague from now on."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), OverneemForm()
    if not form.validate_on_submit():
        return toon_lijst(form, 422)
    try:
        aantal = neem_termijnen_over(sessie, actor, nu, form.van.data or "", form.reden.data or "")
    except OngeldigeInvoer as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return toon_lijst(form, fout.status)
    sessie.commit()
    flash("U bewaakt deze termijn nu." if aantal == 1 else f"U bewaakt deze {aantal} termijnen nu.", "succes")
    return redirect(url_for("termijnen.lijst", van="mij"))


def _toon_waarschuwen(form: WaarschuwForm | None = None, status: int = 200) -> tuple[str, int]:
    actor, sessie = huidige_actor(), db.session()
    regels = sorted((r for r in termijntabel().regels if r.geldt_op(lokale_datum(klok().nu()))), key=lambda r: r.naam)
    eigen, momenten = keuzes_van(sessie, actor), momenten_van(sessie, actor)
    if form is None:
        code = request.args.get("code", ALLE)
        code = code if code in {r.code for r in regels} else ALLE
        rij = eigen.get(code)
        form = WaarschuwForm(
            formdata=None,
            code=code,
            dagen=", ".join(map(str, rij.dagen)) if rij else "",
            versie=rij.versie if rij else 0,
        )
    else:
        rij = eigen.get(form.code.data or ALLE)
        form.versie.data = rij.versie if rij else 0
        form.versie.raw_data = [str(form.versie.data)]
    form.code.choices = keuzes([(ALLE, "Elke termijn zonder eigen keuze"), *((r.code, r.naam) for r in regels)])
    return (
        render_template(
            "dossiers/waarschuwen.html", form=form, regels=regels, eigen=eigen, momenten=momenten, alle=momenten.alle
        ),
        status,
    )


@bp.get("/termijnen/waarschuwen")
@vereist("dossiers.bewerken", alleen_lezen=True)
def waarschuwen() -> tuple[str, int]:
    """When owners of terms are warned in this gemeente."""
    return _toon_waarschuwen()


@bp.post("/termijnen/waarschuwen")
@vereist("dossiers.bewerken")
def kies_waarschuwing() -> Antwoord:
    """Choose the moments of one kind of term."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), WaarschuwForm()
    if not form.validate_on_submit():
        return _toon_waarschuwen(form, 422)
    try:
        dagen = kies(sessie, actor, nu, form.code.data or ALLE, form.dagen.data or "", versie=form.versie.data or 0)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_waarschuwen(form, fout.status)
    sessie.commit()
    flash("De momenten zijn bewaard." if dagen else "De standaard geldt weer.", "succes")
    return redirect(url_for("termijnen.waarschuwen"))


@bp.get("/agenda/<token>/termijnen.ics")
@openbaar(
    "Een agendaprogramma kan zich niet aanmelden; het geheime adres is de sleutel", alleen_lezen=True, zoekt_overal=True
)
@limiet_openbaar
def agenda(token: str) -> Response:
    """The last days of the terms that whoever this address belongs to watches: no names, no addresses, no numbers."""
    sessie, nu = db.session(), klok().nu()
    actor = actor_van(sessie, token, nu)
    if actor is None:
        abort(404)
    bind_actor(sessie, actor)
    antwoord = make_response(agenda_van(sessie, actor, nu))
    antwoord.headers["Content-Type"] = "text/calendar; charset=utf-8"
    antwoord.headers["Content-Disposition"] = 'inline; filename="termijnen.ics"'
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.headers["Referrer-Policy"] = "no-referrer"
    antwoord.add_etag()
    antwoord.make_conditional(request)
    return antwoord
