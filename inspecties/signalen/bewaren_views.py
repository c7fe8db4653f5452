"""Signals to review: keep with a reason and a date, hold, or destroy."""

import logging
from pathlib import Path
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from inspecties.audit.bewaren import geldig_slot, ruim_na
from inspecties.audit.bewijsbestand import bewijsbestand, schrijf
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db, haal
from inspecties.gebruikers.models import Gemeente
from inspecties.signalen import bewaren
from inspecties.signalen.forms_melden import Herzienform
from inspecties.signalen.models import Signaal
from inspecties.signalen.rules.bewaren import Uitkomst, voorgestelde_datum
from inspecties.signalen.rules.indeling import URGENTIES, VORMEN
from inspecties.web.poort import huidige_actor, klok, vereist

log = logging.getLogger(__name__)
bp = Blueprint("signaalbewaren", __name__, url_prefix="/signalen")
# What one page shows; the oldest come first, so the rest follows once these are done.
HOOGSTENS = 50


@bp.get("/te-herzien")
@vereist("signalen.bewaren")
def lijst() -> str:
    """What is due, the oldest first. They are about people: the reading is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    rijen = bewaren.oordelen(sessie, actor, vandaag)
    inhoud = render_template(
        "signalen/bewaren_lijst.html",
        rijen=rijen[:HOOGSTENS],
        totaal=len(rijen),
        termijnen=bewaren.termijnen_op(vandaag),
        vormen=VORMEN,
        urgenties=URGENTIES,
    )
    gegevens = {"aantal": min(len(rijen), HOOGSTENS)}
    leg_vast(sessie, actor, nu, "te_herzien_gelezen", "gemeente", str(actor.gemeente_id), gegevens=gegevens)
    sessie.commit()
    return inhoud


def _toon(signaal: Signaal, form: Herzienform) -> str:
    actor, sessie = huidige_actor(), db.session()
    vandaag = lokale_datum(klok().nu())
    stand, oordeel = bewaren.oordeel_over(sessie, actor, vandaag, signaal)
    return render_template(
        "signalen/bewaren.html",
        signaal=signaal,
        form=form,
        stand=stand,
        oordeel=oordeel,
        slot=geldig_slot(sessie, actor, bewaren.OBJECT, signaal.uid),
        mag_weg=oordeel.uitkomst in {Uitkomst.HERZIEN, Uitkomst.WEG} and not stand.vast_door,
        vormen=VORMEN,
    )


@bp.get("/<uuid:uid>/herzien")
@vereist("signalen.bewaren")
def herzien(uid: UUID) -> str:
    """One signal at its review. It is read here, so the reading is logged."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    signaal = haal(sessie, actor, Signaal, uid, "Dit signaal")
    form = Herzienform(formdata=None, bewaren_tot=voorgestelde_datum(lokale_datum(nu)))
    inhoud = _toon(signaal, form)
    leg_vast(sessie, actor, nu, "signaal_gelezen", "signaal", signaal.uid, grondslag="Herziening")
    sessie.commit()
    return inhoud


def _bewijzen(actor: Actor) -> Path:
    uid = db.session.scalars(select(Gemeente.uid).where(Gemeente.id == actor.gemeente_id)).one()
    return bewijsbestand(current_app.extensions["instellingen"].data, uid)


def _schrijf_bewijs(actor: Actor, pad: Path) -> None:
    """Beside the database at once: a backup of last night that is put back today must not bring the signal back."""
    try:
        schrijf(db.session(), actor, pad)
    except OSError as fout:
        # It is destroyed and that is what was asked; the nightly run writes the proof.
        log.error("bewijs_niet_geschreven: %s", type(fout).__name__)
    finally:
        db.session.rollback()


@bp.post("/<uuid:uid>/herzien")
@vereist("signalen.bewaren")
def besluit(uid: UUID) -> Response | tuple[str, int]:
    """Keep longer, hold, let go on, or destroy: what the button says."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), Herzienform()
    signaal = haal(sessie, actor, Signaal, uid, "Dit signaal")
    keuze, nummer = request.form.get("keuze", ""), signaal.nummer
    if form.validate():
        try:
            if keuze == "langer":
                if form.bewaren_tot.data is None:
                    raise OngeldigeInvoer("Kies tot welke dag het signaal blijft.", "bewaren_tot")
                bewaren.bewaar_langer(sessie, actor, nu, signaal, form.reden.data or "", form.bewaren_tot.data)
                zin = f"Signaal {nummer} blijft tot en met {form.bewaren_tot.data:%d-%m-%Y}."
            elif keuze == "slot":
                bewaren.zet_slot(sessie, actor, nu, signaal, form.reden.data or "")
                zin = f"De vernietiging van signaal {nummer} is stopgezet."
            elif keuze == "hervat":
                bewaren.hef_slot_op(sessie, actor, nu, signaal)
                zin = f"De termijn van signaal {nummer} loopt weer."
            elif keuze == "weg":
                bewaren.verwijder(sessie, actor, nu, signaal)
                zin = f"Signaal {nummer} is vernietigd, met melder en betrokkenen. Het auditlogboek bewaart het bewijs."
            else:
                raise Conflict("Kies wat er met dit signaal moet gebeuren.")
        except (OngeldigeInvoer, Conflict) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
        else:
            bewijzen = _bewijzen(actor)
            sessie.commit()
            if keuze == "weg":
                _schrijf_bewijs(actor, bewijzen)
                ruim_na(sessie, ("signaal", "melder", "betrokkene"))
            flash(zin, "succes")
            return redirect(url_for("signaalbewaren.lijst"))
    signaal = haal(sessie, actor, Signaal, uid, "Dit signaal")
    return _toon(signaal, form), 422
