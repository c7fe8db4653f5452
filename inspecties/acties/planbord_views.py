"""Pages and JSON of the planning board."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.wrappers import Response as FlaskResponse
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from inspecties.acties.forms import MetVersie
from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie
from inspecties.acties.operations import controleer_versie, eis_concept
from inspecties.acties.planbord_beeld import als_json, lees_planbord
from inspecties.acties.planbord_feiten import lees_bord
from inspecties.acties.planbord_operaties import Zet, doe_zet, laatste_zet, lees_uid
from inspecties.acties.planbord_uren import als_velden, lees_tijd, lees_uren, zet_uren
from inspecties.acties.planbord_zoeken import (
    begin_zoektocht,
    breek_af,
    is_bezig,
    laatste_zoektocht,
    start,
    stop_zoektocht,
)
from inspecties.acties.queries import deelnames_van, ploegen_van_actie
from inspecties.acties.rules.gegevens import binnen_dienst
from inspecties.acties.views import haal_actie
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database import db
from inspecties.web.formulieren import verzonden
from inspecties.web.foutpaginas import probleem
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("planbord", __name__, url_prefix="/acties")
api = Blueprint("planbord_api", __name__, url_prefix="/api/acties")

Pagina = str | Response | tuple[str, int]
ZETTEN = ("verplaats", "uit", "vast", "los", "ongedaan", "tijden")
UIT = "uit"


def _beeld(sessie: Session, actie: Actie, gekozen: str = "") -> dict[str, Any]:
    """What the board's template needs."""
    actor, nu = huidige_actor(), klok().nu()
    zoek = laatste_zoektocht(sessie, actor, actie)
    beeld = lees_planbord(sessie, actor, actie, nu)
    open_ = actie.toestand in {"concept", "in_uitvoering"}
    stand = gereedheid(sessie, actor, actie, nu) if actie.toestand in {"concept", "gereed"} else None
    return {
        "actie": actie,
        "beeld": beeld,
        "open": open_,
        "zoek": zoek,
        "bezig": zoek is not None and is_bezig(zoek, nu),
        "terug": laatste_zet(sessie, actor, actie) if open_ else None,
        "gereed": stand,
        "gekozen": gekozen,
        "form": MetVersie(formdata=None),
        "uit": UIT,
        "lokale_datum": lokale_datum,
    }


def _toon(uid: UUID, fout: str = "") -> str:
    sessie = db.session()
    actie = haal_actie(uid)
    gekozen = verzonden().get("stop", "")[:36]
    return render_template("acties/planbord.html", fout=fout, **_beeld(sessie, actie, gekozen))


@bp.get("/<uuid:uid>/planbord")
@vereist("acties.plannen", alleen_lezen=True)
def toon(uid: UUID) -> str:
    """The board: what is in no team, the teams in time, what still stands in the way."""
    return _toon(uid)


def _lees_zet(actie: Actie, velden: dict[str, Any]) -> Zet:
    """One act from a form or from JSON. Raises OngeldigeInvoer naming the field."""
    soort = velden.get("soort")
    if soort not in ZETTEN:
        raise OngeldigeInvoer("Kies verplaatsen, uit de ploeg, vastzetten, losmaken of ongedaan maken.", "soort")
    if soort in {"ongedaan", "tijden"}:
        return Zet(str(soort))
    stop = lees_uid(velden.get("stop"), "stop")
    ploeg = velden.get("ploeg")
    if soort == "uit" or ploeg in {UIT, None, ""}:
        return Zet("verplaats" if soort == "uit" else str(soort), stop)
    minuut, plek = velden.get("minuut"), velden.get("plek")
    if minuut is not None and (isinstance(minuut, bool) or not isinstance(minuut, int) or not 0 <= minuut < 5000):
        raise OngeldigeInvoer("Zet de stop neer op de tijdas.", "minuut")
    niet_voor = None
    if tijd := str(velden.get("tijd") or "").strip():
        moment = binnen_dienst(actie.begin_op, actie.eind_op, lees_tijd(tijd, "tijd"), "tijd")
        niet_voor = lees_bord(db.session(), huidige_actor(), actie, klok().nu()).minuut(moment)
    return Zet(str(soort), stop, lees_uid(ploeg, "ploeg"), _plek(plek), minuut, niet_voor)


def _plek(ruw: Any) -> int | None:
    if ruw is None or not str(ruw).strip():
        return None
    tekst = str(ruw).strip()
    if not tekst.isascii() or not tekst.isdigit() or not 1 <= int(tekst[:6]) <= 999:
        raise OngeldigeInvoer("De plek is een getal vanaf 1, zoals 2. Laat leeg voor achteraan.", "plek")
    return int(tekst)


@bp.post("/<uuid:uid>/planbord/zetten")
@vereist("acties.plannen")
def zetten(uid: UUID) -> Pagina:
    """One act on the board by form, for who works without script."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = MetVersie()
    try:
        controleer_versie(actie, form.gezien)
        wat = doe_zet(sessie, actor, nu, actie, _lees_zet(actie, request.form.to_dict()))
    except InspectiesFout as fout:
        sessie.rollback()
        return _toon(uid, fout.melding), fout.status
    sessie.commit()
    flash(wat, "succes")
    return redirect(url_for("planbord.toon", uid=uid))


@bp.post("/<uuid:uid>/planbord/zoeken")
@vereist("acties.plannen")
def zoeken(uid: UUID) -> Pagina:
    """Let the planner divide and order everything that is not locked."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    form = MetVersie()
    try:
        controleer_versie(actie, form.gezien)
        zoek_uid = begin_zoektocht(sessie, actor, nu, actie).uid
    except InspectiesFout as fout:
        sessie.rollback()
        return _toon(uid, fout.melding), fout.status
    sessie.commit()
    start(current_app._get_current_object(), actor, uid, zoek_uid)  # type: ignore[attr-defined]  # LocalProxy
    return redirect(url_for("planbord.toon", uid=uid))


@bp.post("/<uuid:uid>/planbord/stoppen")
@vereist("acties.plannen")
def stoppen(uid: UUID) -> Pagina:
    """Stop the search that is under way."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    zoek = laatste_zoektocht(sessie, actor, haal_actie(uid))
    if zoek is not None:
        zoek_uid = zoek.uid
        stop_zoektocht(sessie, actor, nu, zoek)
        sessie.commit()
        breek_af(zoek_uid)
    return redirect(url_for("planbord.toon", uid=uid))


def _antwoord(sessie: Session, actie: Actie, **extra: Any) -> dict[str, Any]:
    delen = _beeld(sessie, actie)
    html = render_template("acties/planbord_bord.html", **delen)
    return als_json(delen["beeld"], actie.versie) | {"html": html} | extra


@api.get("/<uuid:uid>/planbord")
@vereist("acties.plannen", alleen_lezen=True)
def stand(uid: UUID) -> FlaskResponse:
    """The board as it stands."""
    return jsonify(_antwoord(db.session(), haal_actie(uid)))


@api.post("/<uuid:uid>/planbord")
@vereist("acties.plannen")
def zet(uid: UUID) -> FlaskResponse:
    """One act; the answer is the board with new times and what breaks. 409 with both versions when it was older."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    inhoud = request.get_json(silent=True)
    if (
        not isinstance(inhoud, dict)
        or isinstance(inhoud.get("versie"), bool)
        or not isinstance(inhoud.get("versie"), int)
    ):
        raise OngeldigeInvoer('Stuur {"versie": ..., "soort": ..., "stop": ...}.', "versie")
    try:
        controleer_versie(actie, inhoud["versie"])
        wat = doe_zet(sessie, actor, nu, actie, _lees_zet(actie, inhoud))
    except Conflict as fout:
        sessie.rollback()
        nu_zo = _antwoord(sessie, haal_actie(uid))
        gevraagd = {naam: inhoud.get(naam) for naam in ("versie", "soort", "stop", "ploeg", "plek", "minuut", "tijd")}
        return probleem(409, "Niet gedaan", fout.melding, veld=fout.veld, bord=nu_zo, gevraagd=gevraagd)
    antwoord = _antwoord(sessie, actie, gedaan=wat)
    sessie.commit()
    return jsonify(antwoord)


@api.get("/<uuid:uid>/planbord/zoektocht")
@vereist("acties.plannen", alleen_lezen=True, vanzelf=True)
def zoektocht(uid: UUID) -> FlaskResponse:
    """How far the last search is."""
    sessie, nu = db.session(), klok().nu()
    zoek = laatste_zoektocht(sessie, huidige_actor(), haal_actie(uid))
    if zoek is None:
        return jsonify({"stand": "geen", "fase": "", "melding": "", "seconden": 0})
    bezig = is_bezig(zoek, nu)
    return jsonify(
        {
            "stand": zoek.stand if bezig or zoek.stand != "bezig" else "mislukt",
            "fase": zoek.fase,
            "melding": zoek.melding,
            "seconden": round((nu - zoek.begonnen_op).total_seconds(), 1),
        }
    )


@bp.route("/<uuid:uid>/planbord/uren", methods=["GET", "POST"])
@vereist("acties.plannen")
def uren(uid: UUID) -> Pagina:
    """Hours and breaks per team, maxima of partners, where everybody leaves from."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    actie = haal_actie(uid)
    eis_concept(actie)
    form, fout, veld, status = MetVersie(), "", "", 200
    velden = als_velden(sessie, actor, actie)
    if request.method == "POST":
        velden |= {naam: waarde[:200] for naam, waarde in request.form.items()}
        try:
            controleer_versie(actie, form.gezien)
            zet_uren(sessie, actor, nu, actie, lees_uren(sessie, actor, actie, velden))
        except (Conflict, OngeldigeInvoer) as mis:
            sessie.rollback()
            fout, veld, status = mis.melding, mis.veld or "", mis.status
            actie = haal_actie(uid)
        else:
            sessie.commit()
            flash("De uren en pauzes zijn opgeslagen.", "succes")
            return redirect(url_for("planbord.toon", uid=uid))
    return (
        render_template(
            "acties/planbord_uren.html",
            actie=actie,
            ploegen=ploegen_van_actie(sessie, actor, actie),
            deelnames=deelnames_van(sessie, actor, actie),
            velden=velden,
            form=MetVersie(formdata=None),
            fout=fout,
            fout_veld=veld,
            lokale_datum=lokale_datum,
        ),
        status,
    )
