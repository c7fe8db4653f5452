"""Paper forms of planned stops, and typing them over: pages that need no JavaScript."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse
from wtforms import Field

from inspecties.acties.models import Stop
from inspecties.audit.operations import leg_vast
from inspecties.checklists.papier import druk
from inspecties.checklists.views_papier import als_pdf
from inspecties.controles import papier
from inspecties.controles.bezoeken import zorg_voor_bezoek
from inspecties.controles.models import Bezoek
from inspecties.controles.papier_druk import drukwerk_van
from inspecties.controles.papier_forms import PapierAfrondForm, PapierBeginForm
from inspecties.controles.papier_models import Papierinvoer
from inspecties.controles.schermkopie import opslag_van_nu
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden
from inspecties.core.ids import nieuw_id
from inspecties.core.klok import TIJDZONE, lokaal
from inspecties.database import db, haal
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("papier", __name__)


def _haal_stop(sessie: Session, actor: Actor, uid: str, stop_uid: str) -> Stop:
    stop = haal(sessie, actor, Stop, stop_uid, "De stop")
    if str(stop.actie.uid) != str(uid):
        raise NietGevonden("De stop bestaat niet, of u mag het niet zien.")
    if stop.actie.toestand in {"concept", "vervallen"}:
        raise Conflict(
            "Het papieren formulier komt er als de actie gereed is: dan liggen de vragen en de adressen vast."
        )
    return stop


@bp.get("/acties/<uuid:uid>/stops/<uuid:stop_uid>/papier.pdf")
@vereist("acties.lezen")
def stop_pdf(uid: str, stop_uid: str) -> Response:
    """The form of one stop, filled in beforehand. Its visit then keeps the versions that are on the paper."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    stop = _haal_stop(sessie, actor, uid, stop_uid)
    bezoek = zorg_voor_bezoek(sessie, actor, nu, stop)
    if not bezoek.checklists:
        raise Conflict("Bij deze stop hoort geen checklist. Vraag de coördinator er een te kiezen.")
    kop, vellen = drukwerk_van(actor, stop, bezoek)
    moment = bezoek.aangemaakt_op
    leg_vast(sessie, actor, nu, "papier_afgedrukt", "stop", stop.uid, gegevens={"bezoek": str(bezoek.uid)})
    db.session.commit()
    return als_pdf(druk(kop, vellen, moment), f"papier-stop-{str(stop_uid)[-12:]}")


@bp.post("/acties/<uuid:uid>/stops/<uuid:stop_uid>/papier")
@vereist("bezoeken.papier")
def open_stop(uid: str, stop_uid: str) -> WerkzeugResponse:
    """To typing over the paper of a stop; the visit is made where no tablet did."""
    actor, sessie = huidige_actor(), db.session()
    bezoek = zorg_voor_bezoek(sessie, actor, klok().nu(), _haal_stop(sessie, actor, uid, stop_uid))
    doel = url_for("papier.begin", uid=bezoek.uid)
    db.session.commit()
    return redirect(doel)


@bp.route("/bezoeken/<uuid:uid>/papier", methods=["GET", "POST"])
@vereist("bezoeken.papier")
def begin(uid: str) -> Any:
    """The papers of a visit, and beginning with one."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    bezoek = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    form = PapierBeginForm()
    if form.validate_on_submit():
        try:
            invoer = _begin(sessie, actor, nu, bezoek, form)
            doel = url_for("papier.pagina", uid=uid, invoer_uid=invoer.uid, nr=1)
            db.session.commit()
            return redirect(doel)
        except InspectiesFout as fout:
            db.session.rollback()
            bezoek = haal(sessie, actor, Bezoek, uid, "Het bezoek")
            form.meld_fout("tijd" if fout.veld == "ingevuld_op" else fout.veld, fout.melding)
    return _toon_begin(sessie, actor, nu, bezoek, form)


def _begin(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, form: PapierBeginForm) -> Papierinvoer:
    wanneer = datetime.combine(form.datum.data, form.tijd.data, TIJDZONE)
    invoer = papier.begin_invoer(sessie, actor, nu, bezoek, form.kenmerk.data or "", form.ingevuld_door.data, wanneer)
    if invoer.afgerond_op is None:
        _voeg_scans_toe(sessie, actor, nu, invoer, form.scan)
    return invoer


def _voeg_scans_toe(sessie: Session, actor: Actor, nu: datetime, invoer: Papierinvoer, veld: Field) -> int:
    """Attach what was chosen in a file field; a fault is told as one of that field."""
    bestanden = [b for b in veld.data or [] if getattr(b, "filename", "")]
    for bestand in bestanden:
        try:
            papier.voeg_scan_toe(
                sessie, actor, nu, opslag_van_nu(), invoer, papier.Bestand(bestand.stream, bestand.filename)
            )
        except InspectiesFout as fout:
            raise InspectiesFout(f"{bestand.filename}: {fout.melding}", "scan") from fout
    return len(bestanden)


def _toon_begin(sessie: Session, actor: Actor, nu: datetime, bezoek: Bezoek, form: PapierBeginForm) -> Any:
    if not form.kenmerk.data:
        form.kenmerk.data = str(nieuw_id())
    if not form.is_submitted():
        form.datum.data = lokaal(bezoek.stop.actie.begin_op if bezoek.stop else nu).date()
    leg_vast(sessie, actor, nu, "bezoek_gelezen", "bezoek", bezoek.uid)
    ploeg = bezoek.stop.ploeg if bezoek.stop else None
    pagina = render_template(
        "controles/papier_begin.html",
        bezoek=bezoek,
        form=form,
        invoeren=papier.papierinvoeren_van(sessie, actor, bezoek),
        namen=[lid.gebruiker.naam for lid in ploeg.leden] if ploeg else [],
        mij=actor.gebruiker_id,
    )
    db.session.commit()
    return pagina, (422 if form.is_submitted() else 200)


def haal_invoer(sessie: Session, actor: Actor, uid: str | UUID, invoer_uid: str | UUID) -> Papierinvoer:
    """A paper of this visit. Raises NietGevonden."""
    invoer = haal(sessie, actor, Papierinvoer, invoer_uid, "De papierinvoer")
    if str(invoer.bezoek.uid) != str(uid):
        raise NietGevonden("De papierinvoer bestaat niet, of u mag het niet zien.")
    return invoer


@bp.route("/bezoeken/<uuid:uid>/papier/<uuid:invoer_uid>/afronden", methods=["GET", "POST"])
@vereist("bezoeken.papier")
def afronden(uid: str, invoer_uid: str) -> Any:
    """The scan, what is still empty, and the end."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    invoer = haal_invoer(sessie, actor, uid, invoer_uid)
    papier.controleer_eigen(actor, invoer)
    form = PapierAfrondForm()
    if form.validate_on_submit():
        try:
            aantal = _voeg_scans_toe(sessie, actor, nu, invoer, form.scan)
            if "afronden" in request.form:
                papier.rond_invoer_af(sessie, actor, nu, invoer)
            db.session.commit()
            return _na_afronden(uid, invoer_uid, "afronden" in request.form, aantal)
        except InspectiesFout as fout:
            db.session.rollback()
            invoer = haal_invoer(sessie, actor, uid, invoer_uid)
            form.meld_fout("scan", fout.melding)
    return _toon_afronden(sessie, actor, nu, invoer, form)


def _na_afronden(uid: str, invoer_uid: str, klaar: bool, aantal: int) -> WerkzeugResponse:
    if klaar:
        flash("Het papier is ingevoerd. Controleer of de stand van de stop klopt.", "succes")
        return redirect(url_for("controles.bezoek", uid=uid))
    if aantal:
        flash("Het bestand is toegevoegd." if aantal == 1 else "De bestanden zijn toegevoegd.", "succes")
    else:
        flash("Kies eerst een bestand.", "waarschuwing")
    return redirect(url_for("papier.afronden", uid=uid, invoer_uid=invoer_uid))


def _toon_afronden(sessie: Session, actor: Actor, nu: datetime, invoer: Papierinvoer, form: PapierAfrondForm) -> Any:
    blad = papier.Werkblad(sessie, actor, invoer)
    leg_vast(sessie, actor, nu, "bezoek_gelezen", "bezoek", invoer.bezoek.uid)
    beelden = [blad.beeld(versie) for versie in invoer.bezoek.checklists]
    pagina = render_template(
        "controles/papier_afronden.html",
        invoer=invoer,
        bezoek=invoer.bezoek,
        form=form,
        paginas=blad.paginas,
        leeg=_labels((beeld.sessie, beeld.sessie.verplicht_leeg()) for beeld in beelden),
        ongeldig=_labels((beeld.sessie, [o["vraag"] for o in beeld.sessie.ongeldig()]) for beeld in beelden),
        verschillen=len(blad.vouw.verschillen()),
    )
    db.session.commit()
    return pagina, (422 if form.errors else 200)


def _labels(paren: Iterable[tuple[Any, list[str]]]) -> list[str]:
    return [sessie.label(sleutel) or sleutel for sessie, sleutels in paren for sleutel in sleutels]
