"""Pages of retention: the terms in force, what goes when, proofs, and legal holds."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Antwoord

from inspecties.audit.bewaartermijnen import bewaartermijnen, geldend
from inspecties.audit.bewaren import geldig_slot
from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db
from inspecties.database.momentopname import momentopname
from inspecties.start import bewaar_slot, bewaar_vooruit
from inspecties.start.bewaar_forms import Slotform
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("bewaren", __name__, url_prefix="/bewaren")
HOOGSTENS = 50
_PAGINAS = {endpoint: soort for soort, (_, endpoint, _, _) in bewaar_slot.SOORTEN.items()}


@bp.get("")
@vereist("bewaren.lezen")
def overzicht() -> str:
    """Terms, what goes within the month, holds and proofs."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    vandaag = lokale_datum(nu)
    termijnen = sorted(geldend(bewaartermijnen(), vandaag).values(), key=lambda t: t.naam)
    # Every kind is judged: that takes a while, and nobody waits for it.
    sessie.commit()
    with momentopname(db.engine, actor.gemeente_id) as beeld:
        vooruit = bewaar_vooruit.vooruit(beeld, actor, vandaag)
    inhoud = render_template(
        "bewaren/overzicht.html",
        termijnen=termijnen,
        vooruit=vooruit,
        dagen=bewaar_vooruit.DAGEN,
        sloten=bewaar_slot.lopende(sessie, actor),
        bewijzen=bewaar_vooruit.bewijzen(sessie, actor, HOOGSTENS),
    )
    leg_vast(sessie, actor, nu, "bewaartermijnen_gelezen", "gemeente", str(actor.gemeente_id))
    sessie.commit()
    return inhoud


@bp.get("/bewijs.txt")
@vereist("bewaren.lezen")
def bewijs() -> Response:
    """All proofs of destruction, as text."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rijen = bewaar_vooruit.bewijzen(sessie, actor, 10_000)
    tekst = bewaar_vooruit.bewijs_als_tekst(actor.gemeente_naam, rijen)
    leg_vast(
        sessie,
        actor,
        nu,
        "vernietigingsbewijs_opgehaald",
        "gemeente",
        str(actor.gemeente_id),
        gegevens={"aantal": len(rijen)},
    )
    sessie.commit()
    uit = Response(tekst, mimetype="text/plain")
    uit.headers["Content-Disposition"] = 'attachment; filename="bewijs-van-vernietiging.txt"'
    return uit


def _toon(doel: bewaar_slot.Doel, form: Slotform) -> str:
    slot = geldig_slot(db.session(), huidige_actor(), doel.soort, doel.uid)
    return render_template("bewaren/stopzetten.html", doel=doel, form=form, slot=slot)


@bp.get("/stopzetten/<soort>/<uuid:uid>")
@vereist("bewaren.stopzetten")
def stopzetten(soort: str, uid: UUID) -> str:
    """The form: stop the destruction, or let it go on."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    doel = bewaar_slot.doel_van(sessie, actor, soort, uid)
    inhoud = _toon(doel, Slotform(formdata=None))
    leg_vast(sessie, actor, nu, "stopzetting_bekeken", doel.soort, doel.uid)
    sessie.commit()
    return inhoud


@bp.post("/stopzetten/<soort>/<uuid:uid>")
@vereist("bewaren.stopzetten")
def zet_stop(soort: str, uid: UUID) -> Antwoord | tuple[str, int]:
    """What the button says: ``keuze`` is stop or hervat."""
    actor, sessie, nu, form = huidige_actor(), db.session(), klok().nu(), Slotform()
    doel = bewaar_slot.doel_van(sessie, actor, soort, uid)
    keuze = request.form.get("keuze", "")
    if form.validate():
        try:
            if keuze == "stop":
                bewaar_slot.stel_in(sessie, actor, nu, doel, form.reden.data or "")
                zin = f"De vernietiging is stopgezet: {doel.naam}."
            elif keuze == "hervat":
                bewaar_slot.hef_op(sessie, actor, nu, doel, form.reden.data or "")
                zin = f"De termijnen lopen weer: {doel.naam}."
            else:
                raise OngeldigeInvoer("Kies stopzetten of hervatten.")
        except (OngeldigeInvoer, Conflict) as fout:
            sessie.rollback()
            form.meld_fout(fout.veld, fout.melding)
        else:
            sessie.commit()
            flash(zin, "succes")
            return redirect(url_for(doel.endpoint, uid=doel.uid))
    doel = bewaar_slot.doel_van(sessie, actor, soort, uid)
    return _toon(doel, form), 422


def stopzetting_hier() -> dict[str, Any] | None:
    """For the page of a case: the hold on it, and where it is put on or lifted by who may."""
    soort = _PAGINAS.get(request.endpoint or "") if request else None
    uid = str((request.view_args or {}).get("uid", "")) if soort else ""
    if not soort or not uid or not current_user.is_authenticated or current_user.actor.gebruiker_id is None:
        return None
    actor = current_user.actor
    slot = bewaar_slot.slot_op(db.session(), actor.gemeente_id, soort, uid)
    mag = rol_mag(actor.rol, "bewaren.stopzetten")
    if slot is None and not mag:
        return None
    return {"slot": slot, "soort": soort, "uid": uid, "mag": mag}


@bp.app_context_processor
def _in_sjablonen() -> dict[str, Any]:
    return {"stopzetting_hier": stopzetting_hier}
