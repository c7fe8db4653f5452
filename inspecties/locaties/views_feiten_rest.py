"""Pages of notes, documents, numbers and outlines of a location."""

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import InspectiesFout, NietGevonden
from inspecties.core.herkenning import schone_naam
from inspecties.core.klok import lokale_datum
from inspecties.core.opslag import Opslag
from inspecties.core.rechten import rol_mag
from inspecties.database import db
from inspecties.instellingen import opslag_van
from inspecties.locaties import documenten, notities
from inspecties.locaties import queries_feiten as feiten
from inspecties.locaties.aantallen import leg_aantal_vast
from inspecties.locaties.forms_feiten import AantalForm, DocumentForm, NotitieForm, VlakForm
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Document, Locatievlak, Notitie
from inspecties.locaties.rules.feiten import AANTALSOORTEN, VLAKSOORTEN
from inspecties.locaties.views_feiten import (
    Antwoord,
    bp,
    formulierpagina,
    lees_deel,
    lees_locatie,
    met_fout,
    naar_locatie,
)
from inspecties.locaties.vlakken import haal_vlak_weg, zet_vlak
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist


class LeegForm(Formulier):
    """A button: nothing but the CSRF token."""


def _opslag() -> Opslag:
    return opslag_van(current_app.extensions["instellingen"])


@bp.post("/locaties/<uuid:uid>/notities")
@vereist("locaties.bewerken")
def notitie_nieuw(uid: str) -> Antwoord:
    """Write a note."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = NotitieForm(), 422
    if form.validate_on_submit():
        try:
            notities.schrijf_notitie(sessie, actor, klok().nu(), locatie, form.tekst.data)
            sessie.commit()
            flash("De notitie staat op de tijdlijn.", "succes")
            return naar_locatie(uid, "tijdlijn")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    return formulierpagina(locatie, form, "Notitie schrijven", "Toevoegen"), status


@bp.get("/locaties/<uuid:uid>/notities/<uuid:notitie_uid>")
@vereist("locaties.lezen", alleen_lezen=True)
def notitie(uid: str, notitie_uid: str) -> str:
    """One note, with the button to strike it through or to put it back."""
    locatie, rij = lees_deel(Notitie, uid, notitie_uid, "De notitie")
    mag = rol_mag(huidige_actor().rol, "locaties.bewerken")
    return render_template("locaties/notitie.html", locatie=locatie, notitie=rij, form=LeegForm(), mag_bewerken=mag)


@bp.post("/locaties/<uuid:uid>/notities/<uuid:notitie_uid>/doorhalen")
@vereist("locaties.bewerken")
def notitie_doorhalen(uid: str, notitie_uid: str) -> WerkzeugResponse:
    """Strike a note through."""
    _, rij = lees_deel(Notitie, uid, notitie_uid, "De notitie")
    notities.haal_door(db.session(), huidige_actor(), klok().nu(), rij)
    db.session.commit()
    flash("De notitie is doorgehaald. De tekst blijft leesbaar.", "succes")
    return redirect(url_for("locatiefeiten.notitie", uid=uid, notitie_uid=notitie_uid), 303)


@bp.post("/locaties/<uuid:uid>/notities/<uuid:notitie_uid>/terugzetten")
@vereist("locaties.bewerken")
def notitie_terugzetten(uid: str, notitie_uid: str) -> WerkzeugResponse:
    """Undo the striking through."""
    _, rij = lees_deel(Notitie, uid, notitie_uid, "De notitie")
    notities.zet_terug(db.session(), huidige_actor(), klok().nu(), rij)
    db.session.commit()
    flash("De notitie geldt weer.", "succes")
    return redirect(url_for("locatiefeiten.notitie", uid=uid, notitie_uid=notitie_uid), 303)


@bp.route("/locaties/<uuid:uid>/documenten/nieuw", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def document_nieuw(uid: str) -> Antwoord:
    """Add a file."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = DocumentForm(), 200
    if form.validate_on_submit():
        bestand = form.bestand.data
        try:
            documenten.voeg_document_toe(
                sessie,
                actor,
                klok().nu(),
                _opslag(),
                locatie,
                bestand.stream,
                bestand.filename or "",
                form.titel.data or "",
                met_personen=form.met_personen.data,
            )
            sessie.commit()
            flash("Het document is toegevoegd.", "succes")
            return naar_locatie(uid, "documenten")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    return formulierpagina(locatie, form, "Document toevoegen", "Toevoegen", met_bestand=True), status


@bp.get("/locaties/<uuid:uid>/documenten/<uuid:document_uid>")
@vereist("locaties.lezen", alleen_lezen=True)
def document(uid: str, document_uid: str) -> str:
    """What a document is, with its picture where it is one."""
    locatie, rij = lees_deel(Document, uid, document_uid, "Het document")
    return render_template(
        "locaties/document.html",
        locatie=locatie,
        document=rij,
        soort=documenten.SOORTEN[rij.mediatype],
        form=LeegForm(),
        mag_bewerken=rol_mag(huidige_actor().rol, "locaties.bewerken"),
    )


@bp.get("/locaties/<uuid:uid>/documenten/<uuid:document_uid>/bestand")
@vereist("locaties.lezen", bevestigd=True)
def document_bestand(uid: str, document_uid: str) -> WerkzeugResponse:
    """The file itself: always a download, never shown by the browser, and logged."""
    _, rij = lees_deel(Document, uid, document_uid, "Het document")
    actor, sessie = huidige_actor(), db.session()
    pad = _opslag().pad(documenten.gemeente_uid(sessie, actor), rij.sha256)
    if not pad.is_file():
        raise NietGevonden("Dit bestand staat niet in de opslag. Waarschuw de beheerder.")
    leg_vast(sessie, actor, klok().nu(), "document_opgehaald", "locatiedocument", rij.uid)
    naam = schone_naam(rij.bestandsnaam, rij.mediatype, "document")
    sessie.commit()
    return send_file(pad, mimetype="application/octet-stream", as_attachment=True, download_name=naam, max_age=0)


@bp.get("/locaties/<uuid:uid>/documenten/<uuid:document_uid>/beeld.jpg")
@vereist("locaties.lezen", alleen_lezen=True)
def document_beeld(uid: str, document_uid: str) -> Response:
    """A re-encoded copy of a picture, without metadata."""
    _, rij = lees_deel(Document, uid, document_uid, "Het document")
    inhoud = documenten.beeld_van(db.session(), huidige_actor(), _opslag(), rij)
    return Response(inhoud, mimetype="image/jpeg", headers={"Content-Disposition": "inline; filename=kopie.jpg"})


@bp.post("/locaties/<uuid:uid>/documenten/<uuid:document_uid>/intrekken")
@vereist("locaties.bewerken")
def document_intrekken(uid: str, document_uid: str) -> WerkzeugResponse:
    """Take a document off the list."""
    _, rij = lees_deel(Document, uid, document_uid, "Het document")
    documenten.trek_document_in(db.session(), huidige_actor(), klok().nu(), rij)
    db.session.commit()
    flash("Het document is van de lijst gehaald.", "succes")
    return naar_locatie(uid, "documenten")


def _aantallenpagina(locatie: Risicolocatie, form: AantalForm) -> str:
    actor = huidige_actor()
    return render_template(
        "locaties/aantallen.html",
        locatie=locatie,
        form=form,
        rijen=feiten.aantallen_van(db.session(), actor, locatie),
        namen=AANTALSOORTEN,
        mag_bewerken=rol_mag(actor.rol, "locaties.bewerken"),
    )


@bp.get("/locaties/<uuid:uid>/aantallen")
@vereist("locaties.lezen", alleen_lezen=True)
def aantallen(uid: str) -> str:
    """Numbers that were written down, and the form to write one; nobody is named, only counted."""
    _, _, locatie = lees_locatie(uid)
    return _aantallenpagina(locatie, AantalForm(formdata=None, data={"peildatum": lokale_datum(klok().nu())}))


@bp.post("/locaties/<uuid:uid>/aantallen")
@vereist("locaties.bewerken")
def aantal_nieuw(uid: str) -> Antwoord:
    """Write a number down."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = AantalForm(), 422
    if form.validate_on_submit():
        try:
            leg_aantal_vast(
                sessie,
                actor,
                klok().nu(),
                locatie,
                form.soort.data,
                form.waarde.data,
                form.bron.data,
                form.peildatum.data,
            )
            sessie.commit()
            flash("Het aantal is vastgelegd.", "succes")
            return naar_locatie(uid, "aantallen")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    return _aantallenpagina(locatie, form), status


@bp.route("/locaties/<uuid:uid>/omtrek", methods=["GET", "POST"])
@vereist("locaties.bewerken")
def omtrek(uid: str) -> Antwoord:
    """Paste the outline of the building or the parcel."""
    sessie, actor, locatie = lees_locatie(uid)
    form, status = VlakForm(), 200
    if form.validate_on_submit():
        try:
            rij = zet_vlak(sessie, actor, klok().nu(), locatie, form.soort.data, form.tekst.data, form.bron.data)
            sessie.commit()
            flash(f"De omtrek is vastgelegd: {rij.oppervlakte_m2:.0f} m².", "succes")
            return naar_locatie(uid, "omtrek")
        except InspectiesFout as fout:
            status = met_fout(form, fout)
    elif request.method == "POST":
        status = 422
    rijen = feiten.vlakken_van(sessie, actor, locatie)
    pagina = render_template(
        "locaties/omtrek.html", locatie=locatie, form=form, rijen=rijen, namen=VLAKSOORTEN, leeg=LeegForm()
    )
    return pagina, status


@bp.post("/locaties/<uuid:uid>/omtrek/<uuid:vlak_uid>/weghalen")
@vereist("locaties.bewerken")
def omtrek_weghalen(uid: str, vlak_uid: str) -> WerkzeugResponse:
    """Take an outline away."""
    locatie, rij = lees_deel(Locatievlak, uid, vlak_uid, "De omtrek")
    haal_vlak_weg(db.session(), huidige_actor(), klok().nu(), rij, locatie)
    db.session.commit()
    flash("De omtrek is weggehaald.", "succes")
    return naar_locatie(uid, "omtrek")


__all__ = ["bp"]
