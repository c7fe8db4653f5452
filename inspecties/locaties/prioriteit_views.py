"""Pages of the priority: where to go now, why a location stands where it does, and how it is weighed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.locaties import prioriteit_keuze, prioriteit_suggesties, prioriteit_wegen, queries
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_prioriteit import Prioriteitkeuze
from inspecties.locaties.prioriteit_beeld import beeld_voor, deelbeelden
from inspecties.locaties.prioriteit_bijhouden import houd_bij
from inspecties.locaties.prioriteit_forms import (
    BewaarForm,
    IntrekForm,
    KeuzeForm,
    beginwaarden,
    lees_gewichten,
    maak_weegformulier,
    veldnaam,
)
from inspecties.locaties.prioriteit_wegen import Geldend, geldend, inrichting
from inspecties.locaties.rules.prioriteit import hoogst_mogelijk, punten_tekst
from inspecties.locaties.rules.prioriteit_gewichten import Gewichten, controleer, verschillen
from inspecties.locaties.rules.prioriteit_woorden import BANDEN, BANDTONEN, DELEN, KEUZESOORTEN
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("prioriteit", __name__)

Pagina = str | Response | tuple[str, int]
AANTALLEN = (5, 10, 15, 25)


@bp.app_context_processor
def _namen() -> dict[str, Any]:
    return {"bandnamen": BANDEN, "bandtonen": BANDTONEN, "keuzesoorten": KEUZESOORTEN}


@bp.app_template_filter("punten")
def punten(tienden: int) -> str:
    """Tenths of a point as '12,5'."""
    return punten_tekst(tienden)


@bp.get("/locaties/suggesties")
@vereist("locaties.lezen", alleen_lezen=True)
def suggesties() -> str:
    """Where would you go now, and why."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    hoeveel = request.args.get("aantal", 10, type=int)
    hoeveel = hoeveel if hoeveel in AANTALLEN else 10
    achter = houd_bij(sessie, actor, nu)
    lijst = prioriteit_suggesties.suggesties(sessie, actor, nu, hoeveel)
    hoogst = hoogst_mogelijk(geldend(sessie, actor.gemeente_id).gewichten)
    return render_template(
        "locaties/prioriteit_suggesties.html",
        rijen=[(s, deelbeelden(actor, s.beeld.delen_met_feiten(), hoogst)) for s in lijst],
        hoeveel=hoeveel,
        aantallen=AANTALLEN,
        achter=achter,
    )


@bp.route("/locaties/<uuid:uid>/prioriteit")
@vereist("locaties.lezen")
def locatie(uid: UUID) -> str:
    """Why this location stands where it does, and what a coordinator chose."""
    return _toon_locatie(uid, KeuzeForm(formdata=None), IntrekForm(formdata=None))


def _toon_locatie(uid: UUID, keuzeform: KeuzeForm, intrekform: IntrekForm) -> str:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    plek = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    leg_vast(sessie, actor, nu, "prioriteit_gelezen", "risicolocatie", plek.uid)
    pagina = render_template(
        "locaties/prioriteit_locatie.html",
        locatie=plek,
        paneel=beeld_voor(sessie, actor, plek, nu),
        keuzes=prioriteit_keuze.keuzes_van(sessie, actor, plek),
        keuzeform=keuzeform,
        intrekform=intrekform,
        mag_kiezen=rol_mag(actor.rol, "prioriteit.kiezen"),
    )
    sessie.commit()
    return pagina


@bp.post("/locaties/<uuid:uid>/prioriteit")
@vereist("prioriteit.kiezen")
def kies(uid: UUID) -> Pagina:
    """Pin a location or give it another score, with a reason and an end date."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    plek = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    form = KeuzeForm()
    if not form.validate_on_submit():
        return _toon_locatie(uid, form, IntrekForm(formdata=None)), 422
    tekst = (form.punten.data or "").strip()
    getal = int(tekst) if tekst.isascii() and tekst.isdigit() else None
    try:
        if tekst and getal is None:
            raise OngeldigeInvoer("De score is een heel getal, zonder komma of min.", "punten")
        prioriteit_keuze.kies(sessie, actor, nu, plek, form.soort.data, form.reden.data or "", form.tot.data, getal)
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_locatie(uid, form, IntrekForm(formdata=None)), fout.status
    sessie.commit()
    flash(f"{KEUZESOORTEN[form.soort.data]}. Iedereen ziet dit bij de locatie, met uw reden.", "succes")
    return redirect(url_for("prioriteit.locatie", uid=uid), 303)


@bp.post("/locaties/<uuid:uid>/prioriteit/<uuid:keuze_uid>/intrekken")
@vereist("prioriteit.kiezen")
def trek_in(uid: UUID, keuze_uid: UUID) -> Pagina:
    """Take a choice back before its end."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    plek = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    keuze = haal(sessie, actor, Prioriteitkeuze, keuze_uid, "Deze keuze")
    if keuze.locatie_id != plek.id:
        raise NietGevonden("Deze keuze hoort niet bij deze locatie.")
    form = IntrekForm()
    if not form.validate_on_submit():
        return _toon_locatie(uid, KeuzeForm(formdata=None), form), 422
    try:
        prioriteit_keuze.trek_in(sessie, actor, nu, keuze, form.reden.data or "")
    except (OngeldigeInvoer, Conflict) as fout:
        sessie.rollback()
        form.meld_fout(fout.veld, fout.melding)
        return _toon_locatie(uid, KeuzeForm(formdata=None), form), fout.status
    sessie.commit()
    flash("De keuze geldt niet meer. De berekende score telt weer.", "succes")
    return redirect(url_for("prioriteit.locatie", uid=uid), 303)


def _weegformulier(sessie: Session, actor: Actor, nu: Geldend, **rest: Any) -> Any:
    typen = {t.code: t.naam for t in queries.typen_van(sessie, actor)}
    # A kind that is not there (any more) keeps its tick, so that saving something else does not change it.
    typen |= {code: code.replace("_", " ") for code in sorted(nu.gewichten.vergunning_nodig - set(typen))}
    return maak_weegformulier(inrichting(), typen.items())(**rest)


def _weegpagina(form: Any, stand: Geldend, **rest: Any) -> str:
    actor, sessie = huidige_actor(), db.session()
    alle = inrichting()
    groepen = [("band", "Banden"), *DELEN.items()]
    return render_template(
        "locaties/prioriteit_weging.html",
        form=form,
        groepen=[(code, naam, [veldnaam(s.code) for s in alle.soorten if s.deel == code]) for code, naam in groepen],
        stand=stand,
        geschiedenis=prioriteit_wegen.geschiedenis(sessie, actor),
        mag_wegen=rol_mag(actor.rol, "prioriteit.wegen"),
        **({"vergelijking": None} | rest),
    )


@bp.get("/beheer/prioriteit")
@vereist("prioriteit.lezen", alleen_lezen=True)
def weging() -> str:
    """How the priority is weighed, with every earlier version."""
    actor, sessie = huidige_actor(), db.session()
    stand = geldend(sessie, actor.gemeente_id)
    data = beginwaarden(stand.gewichten)
    return _weegpagina(_weegformulier(sessie, actor, stand, formdata=None, data=data), stand)


def _ingevuld(form: Any) -> Gewichten | None:
    """What was filled in, where it can be."""
    goed = form.validate_on_submit()
    gewichten = lees_gewichten(inrichting(), form)
    if not goed or gewichten is None:
        return None
    try:
        controleer(inrichting(), gewichten)
    except OngeldigeInvoer as fout:
        form.meld_fout(veldnaam(fout.veld or ""), fout.melding)
        return None
    return gewichten


def _vergelijkpagina(form: Any, stand: Geldend, gewichten: Gewichten, bewaar: BewaarForm, nu: datetime) -> str:
    actor, sessie = huidige_actor(), db.session()
    vergelijking, locaties = prioriteit_suggesties.vergelijk_weging(sessie, actor, nu, gewichten)
    bewaar.vergeleken.data = f"{stand.versie}:{gewichten.kenmerk()}"
    return _weegpagina(
        form,
        stand,
        vergelijking=vergelijking,
        locaties=locaties,
        bewaar=bewaar,
        anders=verschillen(inrichting(), stand.gewichten, gewichten),
    )


@bp.post("/beheer/prioriteit/vergelijken")
@vereist("prioriteit.wegen", alleen_lezen=True)
def vergelijken() -> Pagina:
    """The list of now beside the list that other weights would give; nothing is saved."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    stand = geldend(sessie, actor.gemeente_id)
    form = _weegformulier(sessie, actor, stand)
    gewichten = _ingevuld(form)
    if gewichten is None:
        return _weegpagina(form, stand), 422
    houd_bij(sessie, actor, nu)
    return _vergelijkpagina(form, stand, gewichten, BewaarForm(formdata=None), nu)


@bp.post("/beheer/prioriteit/opslaan")
@vereist("prioriteit.wegen")
def opslaan() -> Pagina:
    """Save what was compared. What was not, is compared first."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    stand = geldend(sessie, actor.gemeente_id)
    form, bewaar = _weegformulier(sessie, actor, stand), BewaarForm()
    gewichten = _ingevuld(form)
    if gewichten is None:
        return _weegpagina(form, stand), 422
    versie, _, kenmerk = (bewaar.vergeleken.data or "").partition(":")
    goed = bewaar.validate_on_submit()
    try:
        if kenmerk != gewichten.kenmerk() or not versie.isdigit():
            raise Conflict("Bekijk eerst wat deze weging doet met de lijst. Hieronder staat het.", "reden")
        if goed:
            prioriteit_wegen.bewaar_weging(sessie, actor, nu, gewichten, bewaar.reden.data or "", int(versie))
    except InspectiesFout as fout:
        sessie.rollback()
        bewaar.meld_fout("reden", fout.melding)
        stand = geldend(sessie, actor.gemeente_id)
        return _vergelijkpagina(form, stand, gewichten, bewaar, nu), fout.status
    if not goed:
        return _vergelijkpagina(form, stand, gewichten, bewaar, nu), 422
    sessie.commit()
    flash("De weging is opgeslagen. De lijsten worden ermee bijgewerkt.", "succes")
    return redirect(url_for("prioriteit.weging"), 303)
