"""Pages of the briefing: for who plans all of it, for who goes along their own part. And the embargo."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties import briefing as briefingen
from inspecties.acties.briefing_druk import druk_briefing
from inspecties.acties.briefing_forms import EmbargoForm, GegevensForm, met_ploegen
from inspecties.acties.briefing_gegevens import Ingevuld, zet_embargo, zet_gegevens
from inspecties.acties.briefing_kaart import alt_van, teken
from inspecties.acties.briefingfeiten import gegevens_van, leiders_van
from inspecties.acties.gereed_bronnen import plan_van
from inspecties.acties.models import Actie, Ploeg
from inspecties.acties.models_briefing import Briefingdeel
from inspecties.acties.operations import controleer_versie
from inspecties.acties.queries import ploegen_van_actie
from inspecties.acties.rules.embargo import TE_ZETTEN, loopt
from inspecties.acties.rules.gegevens import lokaal_moment
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.klok import lokaal, lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.web.formulieren import keuzes
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("briefing", __name__, url_prefix="/acties")

Pagina = str | Response | tuple[str, int]
NIEMAND = "-"


def _haal(uid: UUID) -> Actie:
    return haal(db.session(), huidige_actor(), Actie, uid, "Deze actie")


def _haal_deel(actie: Actie, deel_uid: UUID) -> Briefingdeel:
    deel = haal(db.session(), huidige_actor(), Briefingdeel, deel_uid, "Deze briefing")
    if deel.actie_id != actie.id:
        raise NietGevonden("Deze briefing bestaat niet, of u mag haar niet zien.")
    return deel


@bp.get("/<uuid:uid>/briefing")
@vereist("briefing.lezen", alleen_lezen=True)
def toon(uid: UUID) -> Pagina:
    """For who plans: versions and readers. For who goes along: their own part of the newest version."""
    return _toon(uid)


def _toon(uid: UUID, fout: str = "", status: int = 200) -> Pagina:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = _haal(uid)
    eigen = briefingen.deel_voor(sessie, actor, actie)
    plan = plan_van(sessie, actor, actie)
    if not rol_mag(actor.rol, "acties.plannen"):
        if eigen is not None:
            return _toon_deel(actie, eigen)
        return render_template("acties/briefing_nog_niet.html", actie=actie, embargo=_embargo(sessie, actor, actie, nu))
    versies = briefingen.versies(sessie, actor, actie)
    return render_template(
        "acties/briefing.html",
        actie=actie,
        versies=versies,
        eigen=eigen,
        actueel=bool(versies) and briefingen.is_actueel(sessie, actor, actie, versies[0]),
        lezers=briefingen.lezers_van(sessie, actor, actie, versies[0]) if versies else [],
        open=actie.toestand in briefingen.OPEN,
        embargo_te_zetten=actie.toestand in TE_ZETTEN,
        embargo=plan.embargo_op if plan else None,
        embargo_loopt=plan is not None and loopt(plan.embargo_op, nu),
        form=EmbargoForm(formdata=None),
        fout=fout,
    ), status


def _embargo(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> datetime | None:
    """Until when the addresses are hidden, where they are hidden now."""
    plan = plan_van(sessie, actor, actie)
    return plan.embargo_op if plan and loopt(plan.embargo_op, nu) else None


def _toon_deel(actie: Actie, deel: Briefingdeel, fout: str = "", status: int = 200) -> Pagina:
    actor, sessie = huidige_actor(), db.session()
    nieuwste = briefingen.deel_voor(sessie, actor, actie)
    planner = rol_mag(actor.rol, "acties.plannen")
    return render_template(
        "acties/briefing_deel.html",
        actie=actie,
        deel=deel,
        b=deel.inhoud,
        alt=alt_van(deel.inhoud),
        lezing=briefingen.lezing_van(sessie, actor, deel),
        eerder=briefingen.eerder_gelezen(sessie, actor, actie),
        # Who reads for themselves; a planner who looks at somebody else's part says nothing by it.
        zelf=nieuwste is not None and nieuwste.id == deel.id,
        nieuwer=nieuwste if nieuwste and nieuwste.briefing.nummer > deel.briefing.nummer else None,
        planner=planner,
        form=EmbargoForm(formdata=None),
        fout=fout,
    ), status


@bp.get("/<uuid:uid>/briefing/<uuid:deel_uid>")
@vereist("briefing.lezen", alleen_lezen=True)
def deel(uid: UUID, deel_uid: UUID) -> Pagina:
    """One part of one version."""
    actie = _haal(uid)
    return _toon_deel(actie, _haal_deel(actie, deel_uid))


@bp.get("/<uuid:uid>/briefing/<uuid:deel_uid>/kaart.svg")
@vereist("briefing.lezen", alleen_lezen=True)
def kaart(uid: UUID, deel_uid: UUID) -> Response:
    """The map of a part."""
    rij = _haal_deel(_haal(uid), deel_uid)
    antwoord = make_response(teken(db.session(), huidige_actor(), rij.inhoud).svg)
    antwoord.mimetype = "image/svg+xml"
    return antwoord


@bp.get("/<uuid:uid>/briefing/<uuid:deel_uid>/pdf")
@vereist("briefing.lezen")
def pdf(uid: UUID, deel_uid: UUID) -> Response:
    """A part on paper. Fetching it is logged: paper with addresses leaves the building."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = _haal_deel(_haal(uid), deel_uid)
    beeld = teken(sessie, actor, rij.inhoud) if rij.inhoud["stops"] else None
    antwoord = make_response(druk_briefing(rij, beeld))
    gegevens = {"versie": rij.briefing.nummer, "hash": rij.hash}
    leg_vast(sessie, actor, nu, "briefing_opgehaald", "briefingdeel", rij.uid, gegevens=gegevens)
    naam = f"briefing-versie-{rij.briefing.nummer}.pdf"
    sessie.commit()
    antwoord.mimetype = "application/pdf"
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


@bp.post("/<uuid:uid>/briefing/<uuid:deel_uid>/gelezen")
@vereist("briefing.lezen")
def gelezen(uid: UUID, deel_uid: UUID) -> Pagina:
    """Say that you read this version."""
    actor, sessie = huidige_actor(), db.session()
    actie = _haal(uid)
    rij = _haal_deel(actie, deel_uid)
    try:
        briefingen.lees_voor_gezien(sessie, actor, klok().nu(), rij)
    except Conflict as fout:
        sessie.rollback()
        actie = _haal(uid)
        return _toon_deel(actie, _haal_deel(actie, deel_uid), fout.melding, fout.status)
    nummer = rij.briefing.nummer
    sessie.commit()
    flash(f"Vastgelegd: u las versie {nummer} van de briefing.", "succes")
    return redirect(url_for("briefing.deel", uid=uid, deel_uid=deel_uid))


@bp.post("/<uuid:uid>/briefing/maken")
@vereist("acties.plannen")
def maak(uid: UUID) -> Pagina:
    """Write a new version from the plan as it is."""
    actor, sessie = huidige_actor(), db.session()
    try:
        nieuw = briefingen.maak_briefing(sessie, actor, klok().nu(), _haal(uid))
    except Conflict as fout:
        sessie.rollback()
        return _toon(uid, fout.melding, fout.status)
    nummer = nieuw.nummer
    sessie.commit()
    flash(f"Versie {nummer} van de briefing is gemaakt.", "succes")
    return redirect(url_for("briefing.toon", uid=uid))


def _gegevensform(sessie: Session, actor: Actor, actie: Actie, ploegen: list[Ploeg]) -> GegevensForm:
    rij, leiders = gegevens_van(sessie, actor, actie), leiders_van(sessie, actor, ploegen)
    velden = ("verzamelplek", "leiding_naam", "leiding_telefoon", "veiligheid", "bijzonderheden")
    begin: dict[str, Any] = {veld: getattr(rij, veld) for veld in velden} if rij else {"leiding_naam": actor.naam}
    if rij and rij.verzamel_op:
        begin["verzamel_tijd"] = lokaal(rij.verzamel_op).time()
    for plaats, ploeg in enumerate(ploegen):
        leider = leiders.get(ploeg.id)
        uids = {lid.gebruiker_id: str(lid.gebruiker.uid) for lid in ploeg.leden}
        begin[f"leider_{plaats}"] = uids.get(leider.gebruiker_id or 0, NIEMAND) if leider else NIEMAND
        begin[f"telefoon_{plaats}"] = leider.telefoon if leider else ""
    form = met_ploegen([ploeg.naam for ploeg in ploegen])(data=begin)
    for plaats, ploeg in enumerate(ploegen):
        mensen = [(str(lid.gebruiker.uid), lid.gebruiker.naam) for lid in ploeg.leden]
        form[f"leider_{plaats}"].choices = keuzes([(NIEMAND, "Nog niemand"), *mensen])
    return form


def _ingevuld(actie: Actie, ploegen: list[Ploeg], form: GegevensForm) -> Ingevuld:
    om = form.verzamel_tijd.data
    leiders = {}
    for plaats, ploeg in enumerate(ploegen):
        wie = form[f"leider_{plaats}"].data
        ids = {str(lid.gebruiker.uid): lid.gebruiker_id for lid in ploeg.leden}
        leiders[ploeg.id] = (ids.get(wie), form[f"telefoon_{plaats}"].data or "")
    return Ingevuld(
        form.verzamelplek.data or "",
        lokaal_moment(lokale_datum(actie.begin_op), om, "verzamel_tijd") if om else None,
        form.leiding_naam.data or "",
        form.leiding_telefoon.data or "",
        form.veiligheid.data or "",
        form.bijzonderheden.data or "",
        leiders,
    )


@bp.route("/<uuid:uid>/briefing/gegevens", methods=["GET", "POST"])
@vereist("acties.plannen")
def gegevens(uid: UUID) -> Pagina:
    """Where to meet, whom to call, what to look out for."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = _haal(uid)
    ploegen = list(ploegen_van_actie(sessie, actor, actie))
    form = _gegevensform(sessie, actor, actie, ploegen)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            controleer_versie(actie, form.gezien)
            zet_gegevens(sessie, actor, nu, actie, _ingevuld(actie, ploegen, form))
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld if fout.veld != "versie" else None, fout.melding)
            actie, status = _haal(uid), fout.status
        else:
            sessie.commit()
            flash("Opgeslagen. Maak een nieuwe versie om het in de briefing te zetten.", "succes")
            return redirect(url_for("briefing.toon", uid=uid))
    form.versie.data = str(actie.versie)
    return render_template("acties/briefing_gegevens.html", actie=actie, form=form, ploegen=len(ploegen)), status


@bp.route("/<uuid:uid>/embargo", methods=["GET", "POST"])
@vereist("acties.plannen")
def embargo(uid: UUID) -> Pagina:
    """Until when nobody but who plans sees the addresses."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = _haal(uid)
    plan = plan_van(sessie, actor, actie)
    nu_tot = plan.embargo_op if plan else None
    tot = lokaal(nu_tot) if nu_tot else None
    form = EmbargoForm(data={"dag": tot.date(), "tijd": tot.time()} if tot else None)
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            controleer_versie(actie, form.gezien)
            weg = "weghalen" in request.form
            zet_embargo(sessie, actor, nu, actie, None if weg else _moment(form))
        except (Conflict, OngeldigeInvoer) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld if fout.veld in {"dag", "tijd"} else None, fout.melding)
            actie, status = _haal(uid), fout.status
        else:
            sessie.commit()
            flash("Er is geen embargo meer." if weg else "Het embargo is opgeslagen.", "succes")
            return redirect(url_for("briefing.toon", uid=uid))
    form.versie.data = str(actie.versie)
    te_zetten = actie.toestand in TE_ZETTEN
    return render_template(
        "acties/briefing_embargo.html", actie=actie, form=form, tot=nu_tot, te_zetten=te_zetten
    ), status


def _moment(form: EmbargoForm) -> datetime:
    if form.dag.data is None:
        raise OngeldigeInvoer("Kies een dag, zoals 21-11-2026.", "dag")
    if form.tijd.data is None:
        raise OngeldigeInvoer("Vul een tijd in, zoals 16:00.", "tijd")
    return lokaal_moment(form.dag.data, form.tijd.data, "tijd")
