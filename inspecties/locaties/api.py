"""JSON of the map: locations by bounding box and the vector background."""

from typing import Any

from flask import Blueprint, Response, json, request, url_for

from inspecties.core.klok import lokale_datum
from inspecties.database.basis import db
from inspecties.database.bereik import select_voor
from inspecties.database.typen import geojson_punt
from inspecties.locaties import kaartvragen
from inspecties.locaties.filters import lees_filter, lees_heel_getal, lees_vak
from inspecties.locaties.models import Kaartachtergrond, Risicolocatie
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locaties_api", __name__, url_prefix="/api")

GEOJSON = "application/geo+json"


def eigenschappen(locatie: Risicolocatie) -> dict[str, Any]:
    """What a map or a GIS wants to know of a location."""
    bezocht = locatie.laatste_bezoek_op
    return {
        "id": str(locatie.uid),
        "naam": locatie.naam,
        "adres": locatie.adresregel,
        "type": locatie.locatietype.code,
        "type_naam": locatie.locatietype.naam,
        "status": locatie.status,
        "status_naam": STATUSNAMEN[locatie.status],
        "laatste_bezoek": lokale_datum(bezocht).isoformat() if bezocht else None,
        "url": url_for("locaties.toon", uid=locatie.uid),
    }


def _feature(locatie: Risicolocatie) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(locatie.uid),
        "geometry": geojson_punt(locatie.lon, locatie.lat),
        "properties": eigenschappen(locatie),
    }


def _tros(tros: kaartvragen.Tros) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": geojson_punt(tros.lon, tros.lat),
        "properties": {"tros": True, "aantal": tros.aantal},
    }


def _antwoord(features: list[dict[str, Any]], totaal: int) -> Response:
    inhoud = {"type": "FeatureCollection", "features": features, "totaal": totaal}
    return Response(json.dumps(inhoud), content_type=GEOJSON)


@bp.get("/locaties")
@vereist("locaties.lezen", alleen_lezen=True)
def locaties() -> Response:
    """Locations in a box as GeoJSON; clusters (``tros``, ``aantal``) below zoom 17. ``totaal`` counts the whole box.

    Without ``zoom`` every location comes by itself, by name, at most ``limiet``.
    """
    actor, sessie = huidige_actor(), db.session()
    filter_ = lees_filter(request.args, klok().nu())
    vak = lees_vak(request.args.get("bbox", ""))
    zoom = lees_heel_getal(request.args.get("zoom", "18"), "zoom", 0, 30)
    limiet = lees_heel_getal(request.args.get("limiet", str(kaartvragen.MAX_LOS)), "limiet", 1, kaartvragen.MAX_LOS)
    if zoom >= kaartvragen.LOS_VANAF_ZOOM:
        gevonden = kaartvragen.los(sessie, actor, filter_, vak, limiet)
        totaal = len(gevonden)
        if totaal == limiet:
            totaal = kaartvragen.tel_in(sessie, actor, filter_, vak)
        return _antwoord([_feature(r) for r in gevonden], totaal)
    trossen = kaartvragen.trossen(sessie, actor, filter_, vak, zoom)
    enkel = {r.id: r for r in kaartvragen.op_ids(sessie, actor, [t.id for t in trossen if t.id is not None])}
    features = [_feature(enkel[t.id]) if t.id is not None and t.id in enkel else _tros(t) for t in trossen]
    return _antwoord(features, sum(t.aantal for t in trossen))


@bp.get("/achtergrond")
@vereist("locaties.lezen", alleen_lezen=True)
def achtergrond() -> Response:
    """The gemeente's vector background as GeoJSON. It holds no personal data; the browser keeps it and asks anew."""
    rij = db.session.scalars(select_voor(huidige_actor(), Kaartachtergrond)).one_or_none()
    inhoud = rij.geojson if rij else {"type": "FeatureCollection", "features": []}
    antwoord = Response(json.dumps(inhoud, sort_keys=True), content_type=GEOJSON)
    antwoord.headers["Cache-Control"] = "private, no-cache"
    antwoord.add_etag()
    antwoord.make_conditional(request)
    return antwoord
