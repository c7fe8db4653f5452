"""Pages of what belongs to a location: permits and nuisance. The other facts have pages in modules of their own."""

from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import InspectiesFout, NietGevonden
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.database.basis import GemeenteEigendom
from inspecties.locaties import queries_feiten as feiten
from inspecties.locaties.forms_feiten import IntrekForm, OverlastForm, RedenForm, VergunningForm, VergunningWijzigForm
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Overlastmelding, Vergunning
from inspecties.locaties.overlast import haal_overlast_weg, leg_overlast_vast
from inspecties.locaties.rules.feiten import OVERLASTSOORTEN, VERGUNNINGSTATUS
from inspecties.locaties.vergunningen import VELDEN, leg_vergunning_vast, trek_vergunning_in, wijzig_vergunning
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locatiefeiten", __name__)

M = TypeVar("M", bound=GemeenteEigendom)
Antwoord = str | WerkzeugResponse | tuple[str, int]


@bp.app_context_processor
def _namen() -> dict[str, Any]:
    return {"overlastnamen": OVERLASTSOORTEN, "vergunningstatusnamen": VERGUNNINGSTATUS}


def lees_locatie(uid: str) -> tuple[Session, Actor, Risicolocatie]:
    """What every page here begins with. Raises NietGevonden."""
    actor, sessie = huidige_actor(), db.session()
    return sessie, actor, haal(sessie, actor, Risicolocatie, uid, "De locatie")


def lees_deel(model: type[M], uid: str, deel_uid: str, naam: str) -> tuple[Risicolocatie, M]:
    """A fact of this location. Raises NietGevonden, also where it is another location's."""
    sessie, actor, locatie = lees_locatie(uid)
    rij = haal(sessie, actor, model, deel_uid, naam)
    if getattr(rij, "locatie_id", None) != locatie.id:
        raise NietGevonden(f"{naam} hoort niet bij deze locatie.")
    return locatie, rij


def naar_locatie(uid: object, anker: str = "") -> WerkzeugResponse:
    """Back to the page of the location."""
    return redirect(url_for("locaties.toon", uid=uid, _anchor=anker or None), 303)


def met_fout(form: Formulier, fout: InspectiesFout) -> int:
    """Show what an operation refused; gives the status of the answer."""
    db.session.rollback()
    form.meld_fout(fout.veld, fout.melding)
    return fout.status


def formulierpagina(locatie: Risicolocatie, form: Formulier, titel: str, knoptekst: str, **rest: Any) -> str:
    """The page of one form about a location: all its fields, one button, and the way back."""
    velden = [veld for veld in form if veld.type not in ("CSRFTokenField", "HiddenField")]
    return render_template(
        "locaties/feitformulier.html", locatie=locatie, form=form, titel=titel, knop=knoptekst, velden=velden, **rest
    )


@bp.route("/locaties/<uuid:uid>/vergunningen/nieuw", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def vergunning_nieuw(uid: str) -> Antwoord:
    """Write a permit down."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = VergunningForm(), 200
    if form.validate_on_submit():
        try:
            leg_vergunning_vast(sessie, actor, klok().nu(), locatie, form.gegevens())
            sessie.commit()
            flash("De vergunning is vastgelegd.", "succes")
            return naar_locatie(uid, "vergunningen")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    return formulierpagina(locatie, form, "Vergunning vastleggen", "Vastleggen"), status


def _vergunningpagina(locatie: Risicolocatie, vergunning: Vergunning, intrekken: IntrekForm) -> str:
    actor = huidige_actor()
    return render_template(
        "locaties/vergunning.html",
        locatie=locatie,
        vergunning=vergunning,
        stand=feiten.stand_van(vergunning, lokale_datum(klok().nu())),
        correcties=feiten.correcties_van(db.session(), actor, feit_uid=str(vergunning.uid)),
        form=intrekken,
        mag_bewerken=rol_mag(actor.rol, "locaties.bewerken"),
    )


@bp.get("/locaties/<uuid:uid>/vergunningen/<uuid:vergunning_uid>")
@vereist("locaties.lezen", alleen_lezen=True)
def vergunning(uid: str, vergunning_uid: str) -> str:
    """One permit: what it allows, how it stands, and what was changed."""
    locatie, rij = lees_deel(Vergunning, uid, vergunning_uid, "De vergunning")
    return _vergunningpagina(locatie, rij, IntrekForm(formdata=None))


@bp.post("/locaties/<uuid:uid>/vergunningen/<uuid:vergunning_uid>/intrekken")
@vereist("locaties.bewerken")
def vergunning_intrekken(uid: str, vergunning_uid: str) -> Antwoord:
    """Withdraw a permit from a day on."""
    locatie, rij = lees_deel(Vergunning, uid, vergunning_uid, "De vergunning")
    form, status = IntrekForm(), 422
    if form.validate_on_submit():
        try:
            trek_vergunning_in(db.session(), huidige_actor(), klok().nu(), rij, form.intrekdatum.data, form.reden.data)
            db.session.commit()
            flash("De vergunning is ingetrokken.", "succes")
            return redirect(url_for("locatiefeiten.vergunning", uid=uid, vergunning_uid=vergunning_uid), 303)
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    return _vergunningpagina(locatie, rij, form), status


@bp.route("/locaties/<uuid:uid>/vergunningen/<uuid:vergunning_uid>/wijzigen", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def vergunning_wijzigen(uid: str, vergunning_uid: str) -> Antwoord:
    """Change what is known of a permit, with the reason."""
    locatie, rij = lees_deel(Vergunning, uid, vergunning_uid, "De vergunning")
    form = VergunningWijzigForm(
        data={veld: getattr(rij, veld) for veld in VELDEN} | {"gezien_op": rij.gewijzigd_op.isoformat()}
    )
    status = 200
    if form.validate_on_submit():
        try:
            anders = wijzig_vergunning(
                db.session(),
                huidige_actor(),
                klok().nu(),
                rij,
                form.gegevens(),
                form.reden.data or "",
                form.gezien_op.data or "",
            )
            db.session.commit()
            flash(
                "De wijziging is opgeslagen." if anders else "Er was niets gewijzigd.", "succes" if anders else "info"
            )
            return redirect(url_for("locatiefeiten.vergunning", uid=uid, vergunning_uid=vergunning_uid), 303)
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    terug = url_for("locatiefeiten.vergunning", uid=uid, vergunning_uid=vergunning_uid)
    return formulierpagina(locatie, form, "Vergunning wijzigen", "Opslaan", terug=terug), status


@bp.get("/vergunningen/aflopend")
@vereist("locaties.lezen", alleen_lezen=True)
def aflopend() -> str:
    """Permits that end soon or have ended, without a successor."""
    rijen = feiten.aflopend(db.session(), huidige_actor(), lokale_datum(klok().nu()))
    return render_template("locaties/aflopend.html", rijen=rijen)


@bp.route("/locaties/<uuid:uid>/overlast/nieuw", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def overlast_nieuw(uid: str) -> Antwoord:
    """Write a report of nuisance down; never who reported."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = OverlastForm(), 200
    if form.validate_on_submit():
        try:
            leg_overlast_vast(sessie, actor, klok().nu(), locatie, form.gegevens())
            sessie.commit()
            flash("De overlast is vastgelegd.", "succes")
            return naar_locatie(uid, "overlast")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    return formulierpagina(locatie, form, "Overlast vastleggen", "Vastleggen"), status


def _overlastpagina(locatie: Risicolocatie, melding: Overlastmelding, form: RedenForm) -> str:
    return render_template(
        "locaties/overlast.html",
        locatie=locatie,
        melding=melding,
        form=form,
        mag_bewerken=rol_mag(huidige_actor().rol, "locaties.bewerken"),
    )


@bp.get("/locaties/<uuid:uid>/overlast/<uuid:overlast_uid>")
@vereist("locaties.lezen", alleen_lezen=True)
def overlastmelding(uid: str, overlast_uid: str) -> str:
    """One report of nuisance."""
    locatie, melding = lees_deel(Overlastmelding, uid, overlast_uid, "De overlastmelding")
    return _overlastpagina(locatie, melding, RedenForm(formdata=None))


@bp.post("/locaties/<uuid:uid>/overlast/<uuid:overlast_uid>/weghalen")
@vereist("locaties.bewerken")
def overlast_weghalen(uid: str, overlast_uid: str) -> Antwoord:
    """Take a report away that was not right, with the reason."""
    locatie, melding = lees_deel(Overlastmelding, uid, overlast_uid, "De overlastmelding")
    form = RedenForm()
    if not form.validate_on_submit():
        return _overlastpagina(locatie, melding, form), 422
    haal_overlast_weg(db.session(), huidige_actor(), klok().nu(), melding, form.reden.data)
    db.session.commit()
    flash("De overlastmelding is weggehaald. Wat er stond, is met de reden bewaard.", "succes")
    return naar_locatie(uid, "overlast")
