"""Pages around the map: choosing an area without drawing, areas, saved views, and the map on paper."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokaal
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.locaties import gebieden, kaartdruk, kaartweergaven, queries
from inspecties.locaties.filters import als_zin, lees_filter, lees_vak
from inspecties.locaties.kaartforms import GebiedenbestandForm, GebiedForm, SelectieForm, WeergaveForm
from inspecties.locaties.models_kaart import Gebied, Kaartweergave
from inspecties.locaties.rules.gebied import GEBIED_MEERVOUD, GEBIEDSOORTEN, lees_geojson
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("kaart", __name__, url_prefix="/kaart")

Pagina = str | WerkzeugResponse | tuple[str, int]


def gebiedskeuzes(sessie: Session, actor: Actor) -> list[Any]:
    """Choices of a select with every area, districts first."""
    alle = sorted(gebieden.gebieden_van(sessie, actor), key=lambda g: (g.soort != "wijk", g.naam.lower()))
    return keuzes(((str(g.uid), f"{GEBIEDSOORTEN[g.soort]} {g.naam}") for g in alle), "Geen")


def zin_van(sessie: Session, actor: Actor, nu: datetime) -> tuple[queries.Filter, str]:
    """The filter in the query string, and in words."""
    filter_ = lees_filter(request.args, nu)
    namen = {t.code: t.naam for t in queries.typen_van(sessie, actor)}
    return filter_, als_zin(filter_, namen, request.args.get("niet_bezocht_maanden", ""))


@bp.get("/selectie")
@vereist("locaties.lezen", alleen_lezen=True)
def selectie() -> Pagina:
    """The locations in an area, chosen by words and numbers instead of by drawing."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = SelectieForm(request.args)
    form.gebied.choices = gebiedskeuzes(sessie, actor)
    filter_, zin = zin_van(sessie, actor, nu)
    filtervelden = [(k, w) for k, w in request.args.items(multi=True) if k not in form.data and k != "csrf_token" and w]
    fout, gekozen, locaties, totaal = "", None, [], 0
    try:
        gekozen = gebieden.lees_selectie(sessie, actor, request.args)
        if gekozen is not None:
            gevonden, totaal = gebieden.locaties_in(sessie, actor, filter_, gekozen.vlak)
            locaties = list(gevonden)
    except OngeldigeInvoer as probleem:
        fout = probleem.melding
    bewaar = GebiedForm(formdata=None, **(gekozen.vraag if gekozen else {}))
    pagina = render_template(
        "locaties/kaart_selectie.html",
        form=form,
        filtervelden=filtervelden,
        gekozen=gekozen,
        locaties=locaties,
        totaal=totaal,
        te_veel=gebieden.te_veel(totaal) if totaal > gebieden.MAX_ACTIE else "",
        vraag={**request.args.to_dict(flat=False)},
        zin=zin,
        fout=fout,
        bewaar=bewaar,
        mag_plannen=rol_mag(actor.rol, "acties.plannen"),
        mag_bewaren=rol_mag(actor.rol, "locaties.bewerken"),
    )
    return (pagina, 422) if fout else pagina


def _gebiedenpagina(bestand: GebiedenbestandForm, status: int = 200) -> tuple[str, int]:
    sessie, actor = db.session(), huidige_actor()
    pagina = render_template(
        "locaties/kaart_gebieden.html",
        gebieden=gebieden.gebieden_van(sessie, actor),
        soorten=GEBIED_MEERVOUD,
        bestand=bestand,
        mag_bewaren=rol_mag(actor.rol, "locaties.bewerken"),
    )
    return pagina, status


@bp.get("/gebieden")
@vereist("locaties.lezen", alleen_lezen=True)
def alle_gebieden() -> tuple[str, int]:
    """Action areas and districts."""
    return _gebiedenpagina(GebiedenbestandForm(formdata=None))


@bp.post("/gebieden")
@vereist("locaties.bewerken")
def bewaar_gebied() -> Pagina:
    """Keep an area that was drawn or typed; back to where it was chosen when it cannot be."""
    actor, sessie = huidige_actor(), db.session()
    form = GebiedForm()
    terug = {
        k: v for k, v in (("vlak", form.vlak.data), ("midden", form.midden.data), ("straal", form.straal.data)) if v
    }
    try:
        if not form.validate_on_submit():
            raise OngeldigeInvoer(next((f for fouten in form.errors.values() for f in fouten), "Kijk de velden na."))
        gekozen = gebieden.lees_selectie(sessie, actor, request.form)
        if gekozen is None:
            raise OngeldigeInvoer("Teken eerst een gebied, of kies er een.")
        gebied = gebieden.bewaar_gebied(sessie, actor, klok().nu(), form.soort.data, form.naam.data, gekozen.vlak)
    except InspectiesFout as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
        return redirect(url_for("kaart.selectie", **terug), 303)
    sessie.commit()
    flash(f"{GEBIEDSOORTEN[gebied.soort]} '{gebied.naam}' is bewaard.", "succes")
    return redirect(url_for("kaart.selectie", gebied=gebied.uid), 303)


@bp.post("/gebieden/inlezen")
@vereist("locaties.bewerken")
def lees_gebieden_in() -> Pagina:
    """Areas from a GeoJSON file: all or nothing."""
    actor, sessie = huidige_actor(), db.session()
    form = GebiedenbestandForm()
    if not form.validate_on_submit():
        return _gebiedenpagina(form, 422)
    try:
        vormen = lees_geojson(form.bestand.data.read())
        bron = form.bestand.data.filename or "bestand"
        erbij, anders = gebieden.lees_gebieden_in(sessie, actor, klok().nu(), form.soort.data, vormen, bron)
    except InspectiesFout as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _gebiedenpagina(form, 422)
    sessie.commit()
    flash(f"Ingelezen: {erbij} nieuw, {anders} vervangen.", "succes")
    return redirect(url_for("kaart.alle_gebieden"), 303)


@bp.post("/gebieden/<uuid:uid>/verwijderen")
@vereist("locaties.bewerken")
def verwijder_gebied(uid: UUID) -> WerkzeugResponse:
    """Take an area away."""
    actor, sessie = huidige_actor(), db.session()
    gebied = haal(sessie, actor, Gebied, uid, "Het gebied")
    naam = gebied.naam
    gebieden.verwijder_gebied(sessie, actor, klok().nu(), gebied)
    sessie.commit()
    flash(f"Het gebied '{naam}' is verwijderd. De locaties erin zijn niet veranderd.", "succes")
    return redirect(url_for("kaart.alle_gebieden"), 303)


@bp.post("/weergaven")
@vereist("locaties.lezen")
def bewaar_weergave() -> WerkzeugResponse:
    """Keep the view of the map under a name."""
    actor, sessie = huidige_actor(), db.session()
    form = WeergaveForm()
    velden = request.form.to_dict(flat=False)
    try:
        if not form.validate_on_submit():
            raise OngeldigeInvoer(next((f for fouten in form.errors.values() for f in fouten), "Geef een naam."))
        rij = kaartweergaven.bewaar_weergave(sessie, actor, klok().nu(), form.naam.data, velden)
    except InspectiesFout as fout:
        sessie.rollback()
        flash(fout.melding, "fout")
        return redirect(url_for("locaties.kaart"), 303)
    sessie.commit()
    flash(f"De weergave '{rij.naam}' is bewaard. U vindt die boven de kaart.", "succes")
    return redirect(f"{url_for('locaties.kaart')}?{rij.vraag}", 303)


@bp.post("/weergaven/<uuid:uid>/verwijderen")
@vereist("locaties.lezen")
def verwijder_weergave(uid: UUID) -> WerkzeugResponse:
    """Forget a view of one's own."""
    sessie = db.session()
    rij = haal(sessie, huidige_actor(), Kaartweergave, uid, "De weergave")
    sessie.delete(rij)
    sessie.commit()
    flash("De weergave is verwijderd.", "succes")
    return redirect(url_for("locaties.kaart"), 303)


@bp.get("/a3.pdf")
@vereist("locaties.exporteren")
def druk() -> Response:
    """The map with its list on A3. Addresses leave the application, so it is an audit line."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    filter_, zin = zin_van(sessie, actor, nu)
    vak = lees_vak(request.args.get("bbox", ""))
    blad = kaartdruk.lees_blad(sessie, actor, filter_, vak, zin, lokaal(nu))
    leg_vast(
        sessie, actor, nu, "kaart_afgedrukt", "gemeente", str(actor.gemeente_id), gegevens={"locaties": blad.totaal}
    )
    pdf = kaartdruk.maak_pdf(blad)
    sessie.commit()
    kop = {"Content-Disposition": f'inline; filename="kaart-{lokaal(nu):%Y%m%d}.pdf"'}
    return Response(pdf, content_type="application/pdf", headers=kop)
