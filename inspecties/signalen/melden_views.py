"""The intake of a signal in the office, and from a device."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.core.actor import Actor
from inspecties.core.fouten import NietAangemeld, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.core.zoeken import zoektekst
from inspecties.database import db, haal
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen import queries
from inspecties.signalen.concept import open_concept, verzegel
from inspecties.signalen.forms_melden import Meldform
from inspecties.signalen.melden import Intake, hash_van, neem_in, neem_inzending
from inspecties.signalen.melden_invoer import lees_inzending, lees_json
from inspecties.signalen.melder import Meldergegevens
from inspecties.signalen.operations import Melding
from inspecties.signalen.rules.indicatoren import GROEPEN, KAART
from inspecties.signalen.rules.nummers import persoonsnummers
from inspecties.web.formulieren import keuzes
from inspecties.web.foutpaginas import probleem
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

bp = Blueprint("signaalmelden", __name__)
NIEUW = "/signalen/nieuw"
POGINGEN = 4
VERLOPEN = "Uw sessie was verlopen. Er is nog niets verzonden: kijk de tekst na en verstuur hem opnieuw."


def _mag_zoeken(actor: Actor) -> bool:
    """Known places are only offered to who may see them; others write down where it is."""
    return rol_mag(actor.rol, "locaties.lezen")


def _gekozen_locatie(actor: Actor, form: Meldform) -> Risicolocatie | None:
    if not form.locatie.data or not _mag_zoeken(actor):
        return None
    return haal(db.session(), actor, Risicolocatie, form.locatie.data, "De gekozen locatie")


def _toon(
    form: Meldform, gekozen: Risicolocatie | None, *, gezocht: bool = False, let_op: str = "", nummers: str = ""
) -> str:
    actor = huidige_actor()
    zoeken = gezocht and _mag_zoeken(actor)
    gevonden = queries.zoek_locaties(db.session(), actor, zoektekst(form.zoek.data)) if zoeken else []
    if gekozen is not None and gekozen not in gevonden:
        gevonden = [gekozen, *gevonden]
    form.locatie.choices = keuzes(
        ((str(x.uid), f"{x.naam}, {x.adresregel} {x.woonplaats}".strip()) for x in gevonden), "Geen van deze"
    )
    return render_template(
        "signalen/melden.html",
        form=form,
        gevonden=gevonden,
        gezocht=zoeken,
        mag_zoeken=_mag_zoeken(actor),
        groepen=GROEPEN,
        kaart=KAART,
        let_op=let_op,
        nummers=nummers,
    )


def _intake(form: Meldform, locatie: Risicolocatie | None) -> Intake:
    return Intake(
        melding=Melding(
            datum=form.datum.data,
            bron=form.bron.data,
            vorm=form.vorm.data,
            urgentie=form.urgentie.data,
            tekst=form.tekst.data,
            waar=form.waar.data or "",
            indicatoren=form.indicatoren.data or [],
            locatie=locatie,
        ),
        bewaar_naam=form.bewaar_naam.data,
        terugkoppeling=form.terugkoppeling.data,
        melder=Meldergegevens(
            naam=(form.melder_naam.data or "").strip(),
            contact=(form.melder_contact.data or "").strip(),
            hoedanigheid=(form.melder_hoedanigheid.data or "").strip(),
        ),
        betrokkenen=form.betrokkenen.data or "",
    )


@bp.route(NIEUW, methods=["GET", "POST"])
@vereist("signalen.melden")
def nieuw() -> str | WerkzeugResponse | tuple[str, int]:
    """Report a signal; with ``?locatie=<uid>`` about a known place."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    if request.method == "GET":
        form = Meldform()
        form.datum.data = lokale_datum(nu)
        form.locatie.data = request.args.get("locatie", "")
        return _toon(form, _gekozen_locatie(actor, form))
    if request.form.get("concept"):
        return _hervat(open_concept(sleutelbos(), nu, request.form["concept"]))
    form = Meldform()
    gekozen = _gekozen_locatie(actor, form)
    if "zoeken" in request.form:
        return _toon(form, gekozen, gezocht=True)
    if form.validate():
        nummers = persoonsnummers(f"{form.tekst.data}\n{form.waar.data or ''}")
        if nummers and "nagekeken" not in request.form:
            return _toon(form, gekozen, gezocht=bool(form.zoek.data), nummers=" en ".join(nummers)), 422
        try:
            signaal = neem_in(sessie, actor, nu, sleutelbos(), _intake(form, gekozen))
        except OngeldigeInvoer as fout:
            sessie.rollback()
            gekozen = _gekozen_locatie(actor, form)
            form.meld_fout(fout.veld, fout.melding)
        else:
            nummer, dringend = signaal.nummer, signaal.urgentie == "direct_gevaar"
            sessie.commit()
            # For who is logged in now, so that the next person at this desk does not see it.
            session["gemeld"] = {"nummer": nummer, "dringend": dringend, "sessie": actor.sessie_id}
            return redirect(url_for("signaalmelden.gemeld"))
    return _toon(form, gekozen, gezocht=bool(form.zoek.data)), 422


@bp.get("/signalen/gemeld")
@vereist("signalen.melden", alleen_lezen=True)
def gemeld() -> str | WerkzeugResponse:
    """The number of what was just sent and what happens next. No line in the audit log: it would tell who reported."""
    wat = session.get("gemeld")
    if not wat or wat["sessie"] != huidige_actor().sessie_id:
        return redirect(url_for("signaalmelden.nieuw"))
    return render_template("signalen/melden_klaar.html", nummer=wat["nummer"], dringend=wat["dringend"], kaart=KAART)


def _hervat(velden: MultiDict[str, str] | None) -> str | tuple[str, int]:
    """The form with what was typed before the login was over; nothing has been sent."""
    if velden is None:
        form = Meldform(formdata=None)
        form.datum.data = lokale_datum(klok().nu())
        return _toon(
            form, None, let_op="De bewaarde tekst is niet meer te openen. Schrijf het signaal opnieuw op."
        ), 422
    form = Meldform(formdata=velden)
    if form.locatie.data and not _mag_zoeken(huidige_actor()):
        form.locatie.data = ""
    return _toon(form, _gekozen_locatie(huidige_actor(), form), let_op=VERLOPEN)


@bp.errorhandler(NietAangemeld)
@bp.errorhandler(CSRFError)
def verlopen(fout: Exception) -> WerkzeugResponse:
    """A login or form that is over loses nothing of what was typed."""
    db.session.rollback()
    if request.path != NIEUW:
        return _als_elders(fout)
    if request.method != "POST":
        return redirect(url_for("gebruikers.aanmelden", volgende=request.full_path.rstrip("?")))
    bos, nu = sleutelbos(), klok().nu()
    velden = open_concept(bos, nu, request.form["concept"]) if request.form.get("concept") else None
    if current_user.is_authenticated and rol_mag(current_user.actor.rol, "signalen.melden"):
        return make_response(_hervat(velden or request.form), 422)
    zegel = request.form.get("concept") or verzegel(bos, nu, request.form.items(multi=True))
    return make_response(render_template("signalen/melden_verlopen.html", concept=zegel, kaart=KAART), 401)


def _als_elders(fout: Exception) -> Response:
    if isinstance(fout, CSRFError):
        return probleem(400, "Dit verzoek klopt niet", "De sessie is vernieuwd. Vraag een nieuw token.", code="csrf")
    return probleem(401, "Niet aangemeld", "Meld u eerst aan.", code="niet_aangemeld")


@bp.post("/api/signalen")
@vereist("signalen.melden")
def inzending() -> Response:
    """A signal from a device, with the number that makes sending it twice harmless."""
    actor, nu, bos = huidige_actor(), klok().nu(), sleutelbos()
    op_id, inhoud = lees_inzending(lees_json(request.get_data(cache=False)))
    hash_ = hash_van(inhoud.kern)
    for poging in range(POGINGEN):
        sessie = db.session()
        try:
            uit = neem_inzending(sessie, actor, nu, bos, op_id, hash_, inhoud.intake)
            sessie.commit()
            break
        except IntegrityError:
            # A parallel copy of the same message was just ahead.
            sessie.rollback()
            if poging == POGINGEN - 1:
                raise
    ontvangst: dict[str, Any] = {"op_id": str(op_id), "hash": hash_, "nummer": uit.nummer}
    if not uit.andere_inhoud:
        return jsonify(ontvangst)
    return probleem(
        409,
        "Andere melding onder hetzelfde nummer",
        "De server had onder dit nummer al een andere melding. Beide zijn bewaard, elk als een eigen signaal.",
        code="andere_inhoud",
        **ontvangst,
    )
