"""JSON of the map's tools: what lies nearest or in an area, the areas themselves, and where signals come from."""

from typing import Any

from flask import Blueprint, Response, current_app, request

from inspecties.audit.operations import leg_vast
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.database.bereik import haal
from inspecties.locaties import gebieden, kaartvragen
from inspecties.locaties.api import features_van, geojson
from inspecties.locaties.filters import lees_filter, lees_heel_getal
from inspecties.locaties.kaartblik import blik
from inspecties.locaties.kaartlagen import SIGNAALPLEKKEN, Signaalbron
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.coordinaten import naar_rd, naar_wgs84
from inspecties.locaties.rules.gebied import GEBIEDSOORTEN, lees_punt
from inspecties.locaties.rules.kaartwarmte import Vak, warmtevakken
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("kaart_api", __name__, url_prefix="/api/kaart")

MAX_DICHTBIJ = 50


@bp.get("/dichtstbij")
@vereist("locaties.lezen", alleen_lezen=True)
def dichtstbij() -> Response:
    """The nearest locations to ``punt`` (lon,lat), ten unless ``aantal`` says otherwise, each with ``afstand_m``."""
    actor, sessie = huidige_actor(), db.session()
    filter_ = lees_filter(request.args, klok().nu())
    x, y = naar_rd(*lees_punt(request.args.get("punt", ""), "punt"))
    aantal = lees_heel_getal(request.args.get("aantal", "10"), "aantal", 1, MAX_DICHTBIJ)
    gevonden = kaartvragen.dichtstbij(sessie, actor, filter_, x, y, aantal)
    features = features_van(sessie, actor, [r for r, _ in gevonden])
    for feature, (_, afstand) in zip(features, gevonden, strict=True):
        feature["properties"]["afstand_m"] = round(afstand)
    return geojson(features, totaal=len(features))


@bp.get("/locatie/<uuid:uid>")
@vereist("locaties.lezen")
def locatie(uid: str) -> dict[str, Any]:
    """The score and the last events of one location. It tells what its page tells, so it is an audit line too."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    gekozen = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    leg_vast(sessie, actor, nu, "locatie_gelezen", "risicolocatie", gekozen.uid)
    inhoud = blik(sessie, actor, gekozen, nu)
    sessie.commit()
    return inhoud


@bp.get("/selectie")
@vereist("locaties.lezen", alleen_lezen=True)
def selectie() -> Response:
    """The locations in an area (``vlak``, ``midden`` and ``straal``, or ``gebied``), by name, at most 200."""
    actor, sessie = huidige_actor(), db.session()
    filter_ = lees_filter(request.args, klok().nu())
    gekozen = gebieden.lees_selectie(sessie, actor, request.args)
    if gekozen is None:
        raise OngeldigeInvoer("Geef een gebied: 'vlak', 'midden' met 'straal', of 'gebied'.", "vlak")
    gevonden, totaal = gebieden.locaties_in(sessie, actor, filter_, gekozen.vlak)
    melding = gebieden.te_veel(totaal) if totaal > gebieden.MAX_ACTIE else ""
    return geojson(
        features_van(sessie, actor, gevonden),
        totaal=totaal,
        zin=gekozen.zin,
        te_veel=melding,
        vlak=gebieden.als_geojson(gekozen.vlak),
    )


@bp.get("/gebieden")
@vereist("locaties.lezen", alleen_lezen=True)
def gebiedsvormen() -> Response:
    """Action areas and districts of the gemeente."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "id": str(g.uid),
            "geometry": gebieden.als_geojson(gebieden.vlak_van(g)),
            "properties": {"id": str(g.uid), "soort": g.soort, "soort_naam": GEBIEDSOORTEN[g.soort], "naam": g.naam},
        }
        for g in gebieden.gebieden_van(db.session(), huidige_actor())
    ]
    return geojson(features)


def _vierkant(vak: Vak) -> dict[str, Any]:
    x, y, z = vak.x, vak.y, vak.zijde
    hoeken = [(x, y), (x + z, y), (x + z, y + z), (x, y + z), (x, y)]
    ring = [[round(graad, 6) for graad in naar_wgs84(*hoek)] for hoek in hoeken]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"klasse": vak.klasse, "tekst": f"{vak.tekst} signalen"},
    }


@bp.get("/signaalwarmte")
@vereist("signalen.lezen", alleen_lezen=True)
def signaalwarmte() -> Response:
    """Squares with many signals in the last year; small counts are never shown (rules.kaartwarmte)."""
    bron: Signaalbron | None = current_app.extensions.get(SIGNAALPLEKKEN)
    plekken = bron(db.session(), huidige_actor(), klok().nu()) if bron else []
    return geojson([_vierkant(vak) for vak in warmtevakken(plekken)])
