"""Pages of visits: what was found, with evidence; differences; what was set apart."""

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.acties.prioriteit import waarom_gekozen
from inspecties.acties.verslag_paneel import verslagregel
from inspecties.audit.lezing import leg_deel_vast
from inspecties.audit.operations import leg_vast
from inspecties.controles import beoordelen, bewijs, overzicht
from inspecties.controles.forms import BeoordeelForm, VerschilForm
from inspecties.controles.models import BEZOEKTOESTAND, Bezoek, Quarantaine, Toestelgat
from inspecties.controles.operations import REDENEN
from inspecties.controles.papier import papierinvoeren_van
from inspecties.controles.queries import apart_gezet, open_gaten
from inspecties.controles.schermkopie import opslag_van_nu, schermkopie
from inspecties.core.fouten import GeenRecht, NietGevonden, OngeldigeInvoer
from inspecties.core.herkenning import schone_naam
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.web.poort import huidige_actor, klok, vereist, vraag_bewijs

bp = Blueprint("controles", __name__, url_prefix="/bezoeken")


@bp.get("/<uuid:uid>")
@vereist("bezoeken.lezen")
def bezoek(uid: str) -> str:
    """One visit. What was written about people is read here, so the reading is logged."""
    return _toon_bezoek(uid)


def _toon_bezoek(uid: str, fout: str = "") -> str:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    leg_vast(sessie, actor, nu, "bezoek_gelezen", "bezoek", rij.uid)
    alles = overzicht.lees_overzicht(sessie, actor, rij)
    pagina = render_template(
        "controles/bezoek.html",
        bezoek=rij,
        overzicht=alles,
        toestanden=BEZOEKTOESTAND,
        redenen=REDENEN,
        form=VerschilForm(formdata=None),
        fout=fout,
        papieren=papierinvoeren_van(sessie, actor, rij),
        gekozen=waarom_gekozen(sessie, actor, rij.stop_id),
        verslagregel=verslagregel(sessie, actor, nu, rij.stop_id),
        mag_kiezen=rol_mag(actor.rol, "bezoeken.herstellen"),
        mag_origineel=rol_mag(actor.rol, "bewijs.origineel"),
    )
    db.session.commit()
    return pagina


@bp.post("/<uuid:uid>/verschil")
@vereist("bezoeken.herstellen")
def verschil(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Decide a difference."""
    actor, sessie = huidige_actor(), db.session()
    form = VerschilForm()
    rij = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    if not form.validate_on_submit():
        return _toon_bezoek(uid, next(iter(form.kies.errors), "Het formulier is niet volledig. Kies opnieuw.")), 422
    gezien = form.gezien.data.split(",")
    beoordelen.los_verschil_op(
        sessie, actor, klok().nu(), rij, form.sleutel.data, form.baan.data, gezien, form.kies.data
    )
    db.session.commit()
    flash("Uw keuze is bewaard. De andere antwoorden blijven in de geschiedenis staan.", "succes")
    return redirect(url_for("controles.bezoek", uid=uid))


@bp.get("/<uuid:uid>/bewijs/<sha256>")
@vereist("bezoeken.lezen")
def bewijsstuk(uid: str, sha256: str) -> ResponseReturnValue:
    """A copy for the screen without metadata and with what is covered; ``?zonder=1`` shows what is under the covers.

    With ``?origineel=1`` the original, as a download, for who proved just now who that is. All are logged; the copy
    where the visit was not read just now.
    """
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    rij = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    stuk = bewijs.zoek_bewijs(sessie, actor, rij, sha256)
    if stuk is None:
        raise NietGevonden("Dit bewijsstuk hoort niet bij dit bezoek, of het is nog niet binnen.")
    pad = opslag_van_nu().pad(gemeente_uid(sessie, actor), stuk.sha256)
    if not pad.is_file():
        raise NietGevonden("Dit bestand staat niet in de opslag. Waarschuw de beheerder.")
    if request.args.get("origineel") == "1":
        if not rol_mag(actor.rol, "bewijs.origineel"):
            raise GeenRecht("Het origineel kan alleen de jurist of de coördinator ophalen.")
        if (eerst := vraag_bewijs(actor)) is not None:
            return eerst
        leg_vast(sessie, actor, nu, "origineel_opgehaald", "bezoek", rij.uid, gegevens={"sha256": stuk.sha256})
        naam = schone_naam(stuk.bestandsnaam, stuk.mediatype)
        db.session.commit()
        # Never inline, and never as the type that the sender said: an original may be anything.
        return send_file(pad, mimetype="application/octet-stream", as_attachment=True, download_name=naam, max_age=0)
    zonder = request.args.get("zonder") == "1"
    if zonder and bewijs.kopiewens(sessie, actor, stuk) != bewijs.kopiewens(sessie, actor, stuk, zonder=True):
        leg_vast(sessie, actor, nu, "foto_zonder_afdekking", "bezoek", rij.uid, gegevens={"sha256": stuk.sha256})
        db.session.commit()
    elif leg_deel_vast(sessie, actor, nu, "beeld_gezien", "bezoek", rij.uid, {"sha256": stuk.sha256}):
        db.session.commit()
    inhoud = schermkopie(stuk, zonder=zonder)
    return Response(inhoud, mimetype="image/jpeg", headers={"Content-Disposition": "inline; filename=kopie.jpg"})


@bp.get("/apart")
@vereist("bezoeken.herstellen")
def apart() -> str:
    """What was set apart and which devices miss numbers. Its content may be about people: the reading is logged."""
    return _toon_apart(BeoordeelForm(formdata=None))


def _toon_apart(form: BeoordeelForm, fout_bij: str = "") -> str:
    actor, sessie = huidige_actor(), db.session()
    alles = request.args.get("alles") == "1"
    leg_vast(sessie, actor, klok().nu(), "apart_gelezen", "gemeente", str(actor.gemeente_id))
    pagina = render_template(
        "controles/apart.html",
        rijen=list(sessie.scalars(apart_gezet(actor, alles=alles))),
        gaten=list(sessie.scalars(open_gaten(actor, alles=alles))),
        alles=alles,
        redenen=REDENEN,
        form=form,
        fout_bij=fout_bij,
    )
    db.session.commit()
    return pagina


def _beoordeel(model: type[Quarantaine] | type[Toestelgat], uid: str) -> WerkzeugResponse | tuple[str, int]:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    form = BeoordeelForm()
    rij = haal(sessie, actor, model, uid, "Dit onderdeel")
    if not form.validate_on_submit():
        return _toon_apart(form, str(uid)), 422
    try:
        if isinstance(rij, Quarantaine):
            beoordelen.beoordeel_apart(sessie, actor, nu, rij, form.reden.data)
        else:
            beoordelen.beoordeel_gat(sessie, actor, nu, rij, form.reden.data)
    except OngeldigeInvoer as fout:
        form.reden.errors = [*form.reden.errors, fout.melding]
        return _toon_apart(form, str(uid)), 422
    db.session.commit()
    flash("Uw oordeel is bewaard.", "succes")
    return redirect(url_for("controles.apart"))


@bp.post("/apart/<uuid:uid>")
@vereist("bezoeken.herstellen")
def beoordeel_apart(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Judge something that was set apart."""
    return _beoordeel(Quarantaine, uid)


@bp.post("/gaten/<uuid:uid>")
@vereist("bezoeken.herstellen")
def beoordeel_gat(uid: str) -> WerkzeugResponse | tuple[str, int]:
    """Judge missing numbers of a device."""
    return _beoordeel(Toestelgat, uid)
