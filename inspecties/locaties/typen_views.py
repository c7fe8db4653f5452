"""Pages of the kinds of location, for the beheerder."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout
from inspecties.database import db, haal
from inspecties.locaties import typen
from inspecties.locaties.models import Locatietype
from inspecties.locaties.rules.typen import INSTRUMENTEN
from inspecties.locaties.typen_forms import TypeForm, WegForm, van_type
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locatietypen", __name__, url_prefix="/beheer/locatietypen")

Pagina = str | Response | tuple[str, int]


def _checklists(sessie: Session, actor: Actor) -> Sequence[tuple[str, str]]:
    return current_app.extensions[typen.CHECKLISTS](sessie, actor, klok().nu())  # type: ignore[no-any-return]  # untyped


@bp.get("")
@vereist("locatietypen.beheren", alleen_lezen=True)
def lijst() -> str:
    """Every kind with its checklist, interval and number of locations."""
    actor, sessie = huidige_actor(), db.session()
    return render_template(
        "locaties/typen.html",
        typen=typen.alle_typen(sessie, actor),
        aantallen=typen.aantallen(sessie, actor),
        titels=dict(_checklists(sessie, actor)),
        instrumentnamen=INSTRUMENTEN,
    )


def _pagina(form: TypeForm, soort: Locatietype | None, aantal: int = 0) -> str:
    return render_template("locaties/typen_formulier.html", form=form, soort=soort, aantal=aantal)


@bp.route("/nieuw", methods=["GET", "POST"])
@vereist("locatietypen.beheren")
def nieuw() -> Pagina:
    """Add a kind."""
    actor, sessie = huidige_actor(), db.session()
    bekend = _checklists(sessie, actor)
    begin = {"interval_dagen": 365, "volgorde": max((t.volgorde for t in typen.alle_typen(sessie, actor)), default=0)}
    form = TypeForm(data=begin)
    form.checklist.choices = keuzes(bekend, "Kies een checklist")
    if request.method == "GET":
        return _pagina(form, None)
    if not form.validate_on_submit():
        return _pagina(form, None), 422
    try:
        soort = typen.voeg_type_toe(sessie, actor, klok().nu(), form.gegevens(), [code for code, _ in bekend])
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _pagina(form, None), fout.status
    sessie.commit()
    flash(f"Het type '{soort.naam}' is toegevoegd.", "succes")
    return redirect(url_for("locatietypen.lijst"), 303)


@bp.route("/<uuid:uid>", methods=["GET", "POST"])
@vereist("locatietypen.beheren")
def wijzigen(uid: UUID) -> Pagina:
    """Change a kind or take it out of use."""
    actor, sessie = huidige_actor(), db.session()
    soort = haal(sessie, actor, Locatietype, uid, "Het type")
    aantal = typen.aantallen(sessie, actor).get(soort.id, 0)
    bekend = list(_checklists(sessie, actor))
    form = TypeForm(data=van_type(soort))
    if soort.checklist_code not in dict(bekend):
        bekend.append((soort.checklist_code, f"{soort.checklist_code} (niet gepubliceerd)"))
    form.checklist.choices = keuzes(bekend)
    if request.method == "GET":
        return _pagina(form, soort, aantal)
    if not form.validate_on_submit():
        return _pagina(form, soort, aantal), 422
    try:
        codes = [code for code, _ in bekend]
        anders = typen.wijzig_type(sessie, actor, klok().nu(), soort, form.gezien.data or "", form.gegevens(), codes)
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _pagina(form, soort, aantal), fout.status
    sessie.commit()
    flash("De wijziging is opgeslagen." if anders else "Er was niets gewijzigd.", "succes" if anders else "info")
    return redirect(url_for("locatietypen.lijst"), 303)


@bp.post("/<uuid:uid>/verwijderen")
@vereist("locatietypen.beheren")
def verwijderen(uid: UUID) -> Pagina:
    """Remove a kind that no location has."""
    actor, sessie = huidige_actor(), db.session()
    soort = haal(sessie, actor, Locatietype, uid, "Het type")
    naam = soort.naam
    if WegForm().validate_on_submit():
        try:
            typen.verwijder_type(sessie, actor, klok().nu(), soort)
        except Conflict as fout:
            sessie.rollback()
            flash(fout.melding, "fout")
            return redirect(url_for("locatietypen.wijzigen", uid=uid), 303)
        sessie.commit()
        flash(f"Het type '{naam}' is verwijderd.", "succes")
    return redirect(url_for("locatietypen.lijst"), 303)
