"""Pages to record a feature at a location and to take one away."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import InspectiesFout, NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.locaties import kenmerken
from inspecties.locaties.kenmerken_forms import KenmerkForm, WegForm
from inspecties.locaties.koppelingen import lees_waarde
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_partijen import Kenmerk
from inspecties.locaties.rules.partijen import KENMERKSOORTEN
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

bp = Blueprint("kenmerken", __name__)

Pagina = str | WerkzeugResponse | tuple[str, int]


@bp.route("/locaties/<uuid:uid>/kenmerken/nieuw", methods=["GET", "POST"])
@vereist("koppelingen.vastleggen")
def nieuw(uid: UUID) -> Pagina:
    """Record a feature that was seen at this location."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    form = KenmerkForm(gezien_op=lokale_datum(nu))
    if form.validate_on_submit():
        try:
            kenmerken.leg_kenmerk_vast(
                sessie,
                actor,
                nu,
                sleutelbos(),
                locatie,
                soort=form.soort.data,
                waarde=form.waarde.data,
                bron=form.bron.data,
                gezien_op=form.gezien_op.data,
            )
        except InspectiesFout as fout:
            sessie.rollback()
            locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
            form.meld_fout(fout.veld or "waarde", fout.melding)
        else:
            sessie.commit()
            flash("Het kenmerk is vastgelegd. Komt het ook elders voor, dan ziet u dat bij Koppelingen.", "succes")
            return redirect(url_for("locaties.toon", uid=uid, _anchor="koppelingen"), 303)
    pagina = render_template("koppelingen/kenmerk_nieuw.html", form=form, locatie=locatie)
    return pagina, 422 if form.is_submitted() else 200


def _kenmerk(sessie: Session, actor: Actor, uid: UUID, kenmerk_uid: UUID) -> Kenmerk:
    kenmerk = haal(sessie, actor, Kenmerk, kenmerk_uid, "Dit kenmerk")
    if kenmerk.locatie.uid != uid:
        raise NietGevonden("Dit kenmerk bestaat niet, of u mag het niet zien.")
    return kenmerk


@bp.route("/locaties/<uuid:uid>/kenmerken/<uuid:kenmerk_uid>/weghalen", methods=["GET", "POST"])
@vereist("koppelingen.vastleggen")
def weghalen(uid: UUID, kenmerk_uid: UUID) -> Pagina:
    """Take a feature away, with a reason. Showing its value is an act."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    kenmerk = _kenmerk(sessie, actor, uid, kenmerk_uid)
    form = WegForm()
    if form.validate_on_submit():
        try:
            kenmerken.neem_kenmerk_weg(sessie, actor, nu, kenmerk, form.reden.data)
        except InspectiesFout as fout:
            sessie.rollback()
            kenmerk = _kenmerk(sessie, actor, uid, kenmerk_uid)
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash("Het kenmerk telt hier niet meer mee.", "succes")
            return redirect(url_for("locaties.toon", uid=uid, _anchor="koppelingen"), 303)
    leg_vast(sessie, actor, nu, "kenmerk_gelezen", "risicolocatie", kenmerk.locatie.uid)
    pagina = render_template(
        "koppelingen/kenmerk_weg.html",
        form=form,
        kenmerk=kenmerk,
        locatie=kenmerk.locatie,
        waarde=lees_waarde(sleutelbos(), kenmerk),
        soortnaam=KENMERKSOORTEN[kenmerk.soort],
    )
    sessie.commit()
    return pagina, 422 if form.is_submitted() else 200
