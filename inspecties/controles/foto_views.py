"""One photo in the office: large, with when and where it was taken, and covering parts of it."""

import json

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.audit.operations import leg_vast
from inspecties.controles import bewijs, lakken
from inspecties.controles.forms import LakForm
from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.controles.rules.herkenning import TE_TEKENEN
from inspecties.controles.rules.lakken import REDENEN
from inspecties.controles.rules.vragen import vragen_van
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("fotos", __name__, url_prefix="/bezoeken")


def _zoek(uid: str, sha256: str) -> tuple[Bezoek, Bewijsstuk]:
    actor, sessie = huidige_actor(), db.session()
    rij = haal(sessie, actor, Bezoek, uid, "Het bezoek")
    stuk = bewijs.zoek_bewijs(sessie, actor, rij, sha256)
    if stuk is None:
        raise NietGevonden("Dit bewijsstuk hoort niet bij dit bezoek, of het is nog niet binnen.")
    return rij, stuk


def _naam(rij: Bezoek, stuk: Bewijsstuk) -> str:
    """The question that a photo was taken for."""
    for versie in rij.checklists:
        vraag = vragen_van(versie.definitie).get(stuk.vraag_id)
        if vraag is not None and vraag.label:
            return vraag.label
    return stuk.bestandsnaam


@bp.get("/<uuid:uid>/fotos/<sha256>")
@vereist("bezoeken.lezen")
def foto(uid: str, sha256: str) -> str:
    """One photo. Where an inspector stood and who is on it are personal: the reading is logged."""
    return _toon(uid, sha256, LakForm(formdata=None))


def _toon(uid: str, sha256: str, form: LakForm, fout: str = "") -> str:
    actor, sessie = huidige_actor(), db.session()
    rij, stuk = _zoek(uid, sha256)
    leg_vast(sessie, actor, klok().nu(), "foto_bekeken", "bezoek", rij.uid, gegevens={"sha256": stuk.sha256})
    versies = lakken.versies(sessie, actor, rij.id, stuk.sha256)
    vlakken = lakken.vlakken_van(versies[-1] if versies else None)
    pagina = render_template(
        "controles/foto.html",
        bezoek=rij,
        stuk=stuk,
        naam=_naam(rij, stuk),
        feiten=lakken.feiten_van(sessie, actor, [rij.id]).get((rij.id, stuk.sha256)),
        is_beeld=stuk.mediatype in TE_TEKENEN,
        versies=versies,
        redenen=REDENEN,
        aantal=len(vlakken),
        # What was drawn and refused comes back, so that nobody draws it twice.
        vlakken=form.vlakken.data or json.dumps([vlak.als_json() for vlak in vlakken]),
        form=form,
        fout=fout,
        mag_lakken=lakken.mag_lakken(actor, stuk),
        mag_origineel=rol_mag(actor.rol, "bewijs.origineel"),
    )
    db.session.commit()
    return pagina


@bp.post("/<uuid:uid>/fotos/<sha256>/afdekken")
@vereist("bewijs.afdekken")
def dek_af(uid: str, sha256: str) -> WerkzeugResponse | tuple[str, int]:
    """A new version of what is covered."""
    actor, sessie = huidige_actor(), db.session()
    form = LakForm()
    _, stuk = _zoek(uid, sha256)
    if not form.validate_on_submit():
        return _toon(uid, sha256, form, "Kies waarom u dit afdekt."), 422
    try:
        vlakken = json.loads(form.vlakken.data or "[]")
    except (ValueError, RecursionError):
        form.vlakken.data = None
        return _toon(uid, sha256, form, "De getekende vlakken zijn niet te lezen. Teken ze opnieuw."), 422
    try:
        lakken.lak(
            sessie, actor, klok().nu(), stuk, vlakken, form.reden.data, form.toelichting.data or "", form.gezien.data
        )
    except (OngeldigeInvoer, Conflict) as fout:
        if isinstance(fout, Conflict):
            form.vlakken.data = None
        db.session.rollback()
        return _toon(uid, sha256, form, fout.melding), fout.status
    db.session.commit()
    flash("De afdekking is bewaard. Documenten en partners krijgen vanaf nu deze versie.", "succes")
    return redirect(url_for("fotos.foto", uid=uid, sha256=sha256))
