"""The page on which a jurist says which places and visits a dossier is about."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from inspecties.controles.models import Bezoek
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database import db, haal
from inspecties.dossiers import samenstelling
from inspecties.dossiers.beeld import bezoekdatum
from inspecties.dossiers.bewijs_views import lees_dossier
from inspecties.dossiers.werk import OPEN
from inspecties.locaties.models import Risicolocatie
from inspecties.web.formulieren import Formulier
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("samenstelling", __name__)

Antwoord = WerkzeugResponse | tuple[str, int]
# What is asked -> (kind of thing, what it is called, the act, what is said when it is done).
_DADEN: dict[str, tuple[type[Any], str, Callable[..., None], str]] = {
    "locatie_erbij": (Risicolocatie, "De locatie", samenstelling.voeg_locatie_toe, "De locatie staat in het dossier."),
    "locatie_weg": (Risicolocatie, "De locatie", samenstelling.haal_locatie_weg, "De locatie is weggehaald."),
    "bezoek_erbij": (Bezoek, "Het bezoek", samenstelling.voeg_bezoek_toe, "Het bezoek staat in het dossier."),
    "bezoek_weg": (Bezoek, "Het bezoek", samenstelling.haal_bezoek_weg, "Het bezoek is weggehaald."),
}


def _toon(uid: str, fout: str = "", status: int = 200) -> Antwoord:
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    dossier = lees_dossier(uid, "locaties en bezoeken")
    zoek = request.args.get("zoek", "").strip()
    pagina = render_template(
        "dossiers/bewijs_samenstelling.html",
        dossier=dossier,
        eigenaren=samenstelling.eigenaren(sessie, actor, dossier.locaties, nu),
        zoek=zoek,
        gevonden=samenstelling.zoek_locaties(sessie, actor, dossier, zoek),
        andere=samenstelling.andere_bezoeken(sessie, actor, dossier),
        datum_van=bezoekdatum,
        mag=dossier.toestand in OPEN,
        fout=fout,
        open_bij=f"{request.form.get('wat', '')}{request.form.get('doel', '')}" if fout else "",
        reden=request.form.get("reden", ""),
    )
    db.session.commit()
    return pagina, status


@bp.get("/dossiers/<uuid:uid>/bewijs/samenstelling")
@vereist("dossiers.bewerken")
def toon(uid: str) -> Antwoord:
    """Places and visits of a dossier, and what could be added."""
    return _toon(uid)


@bp.post("/dossiers/<uuid:uid>/bewijs/samenstelling")
@vereist("dossiers.bewerken")
def wijzig(uid: str) -> Antwoord:
    """Add or take away one place or visit, with a reason."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    if not Formulier().validate_on_submit():
        return _toon(uid, "Deze pagina stond te lang open. Probeer het opnieuw.", 422)
    daad = _DADEN.get(request.form.get("wat", ""))
    if daad is None:
        return _toon(uid, "Kies wat u wilt toevoegen of weghalen.", 422)
    model, naam, doe, melding = daad
    dossier = lees_dossier(uid, "locaties en bezoeken")
    ding = haal(sessie, actor, model, request.form.get("doel", ""), naam)
    try:
        doe(sessie, actor, nu, dossier, ding, request.form.get("reden", ""))
    except (OngeldigeInvoer, Conflict) as fout:
        db.session.rollback()
        return _toon(uid, fout.melding, fout.status)
    db.session.commit()
    flash(melding, "succes")
    return redirect(url_for("samenstelling.toon", uid=uid))
