"""Pages of the evening: the board, its stream, and what a coordinator does from it. On the blueprint of actions."""

from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, request, url_for

from inspecties.acties import avond_operations
from inspecties.acties.avond import lees_bord
from inspecties.acties.avond_forms import ALLE_PLOEGEN, BerichtForm
from inspecties.acties.avond_stroom import stromen, stroom
from inspecties.acties.avondtablet import SLEUTEL as TABLETTEN
from inspecties.acties.models import Actie
from inspecties.acties.models_avond import PLANWIJZIGINGEN
from inspecties.acties.views import Pagina, bp, haal_actie, namen
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

__all__ = ["bp"]


@bp.get("/<uuid:uid>/avond")
@vereist("acties.lezen", alleen_lezen=True)
def avond(uid: UUID) -> str:
    """The board of the evening."""
    return _toon_bord(uid, BerichtForm(formdata=None))


def _gegevens(uid: UUID) -> dict[str, Any]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    bord = lees_bord(sessie, actor, actie, nu, current_app.extensions.get(TABLETTEN))
    planner = rol_mag(actor.rol, "acties.plannen")
    return {
        "actie": actie,
        "bord": bord,
        "nu": nu,
        "planner": planner,
        "wijzigingsnamen": PLANWIJZIGINGEN,
        "plaats": bord.as_,
        **namen(),
    }


def ploegkeuzes(actie: Actie, *, alle: bool) -> list[Any]:
    paren = [(str(p.uid), p.naam) for p in actie.ploegen]
    return keuzes([(ALLE_PLOEGEN, "Alle ploegen"), *paren] if alle else paren)


def _toon_bord(uid: UUID, form: BerichtForm) -> str:
    gegevens = _gegevens(uid)
    form.aan.choices = ploegkeuzes(gegevens["actie"], alle=True)
    return render_template("acties/avond.html", form=form, **gegevens)


@bp.get("/<uuid:uid>/avond/bord")
@vereist("acties.lezen", alleen_lezen=True, vanzelf=True)
def avondbord(uid: UUID) -> str:
    """Only the part of the page that changes, for the page that stands open."""
    return render_template("acties/avond_bord.html", **_gegevens(uid))


@bp.get("/<uuid:uid>/stroom")
@vereist("acties.lezen", alleen_lezen=True, vanzelf=True)
def avondstroom(uid: UUID) -> Response:
    """Server-sent events; 503 where all places are taken: the page then asks again and again instead."""
    actor, actie = huidige_actor(), haal_actie(uid)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # LocalProxy
    plaatsen, wie = stromen(app), actor.gebruiker_id or 0
    if not plaatsen.neem_plaats(wie):
        return Response("Alle plaatsen voor live bijwerken zijn bezet.", 503, {"Retry-After": "60"}, "text/plain")
    gezien = request.headers.get("Last-Event-ID") or request.args.get("stand", "")
    antwoord = Response(stroom(app, actor, actie.id, gezien), content_type="text/event-stream; charset=utf-8")
    antwoord.headers["X-Accel-Buffering"] = "no"
    antwoord.call_on_close(lambda: plaatsen.geef_terug(wie))
    return antwoord


@bp.post("/<uuid:uid>/avond/bericht")
@vereist("acties.plannen")
def avondbericht(uid: UUID) -> Pagina:
    """A message to one team or to all. It only adds, so nobody can overwrite anything with it."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = BerichtForm()
    form.aan.choices = ploegkeuzes(actie, alle=True)
    if not form.validate_on_submit():
        return _toon_bord(uid, form), 422
    ploeg = next((p for p in actie.ploegen if str(p.uid) == form.aan.data), None)
    try:
        avond_operations.stuur_bericht(sessie, actor, nu, actie, ploeg, form.tekst.data)
    except (Conflict, OngeldigeInvoer) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_bord(uid, form), fout.status
    aan = ploeg.naam if ploeg else "alle ploegen"
    sessie.commit()
    flash(f"Bericht aan {aan} verstuurd. De tablets halen het bij hun volgende contact.", "succes")
    return redirect(url_for("acties.avond", uid=uid))
