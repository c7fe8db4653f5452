"""JSON of the map: locations by bounding box and the vector background."""

from typing import Any

import shapely
from flask import Blueprint, Response, json, request, url_for
from sqlalchemy import select

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.database.bereik import select_voor
from inspecties.database.typen import geojson_punt
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties import queries
from inspecties.locaties.filters import lees_filter, lees_vak
from inspecties.locaties.models import Kaartachtergrond, Risicolocatie
from inspecties.locaties.rules.coordinaten import naar_wgs84
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locaties_api", __name__, url_prefix="/api")

GEOJSON = "application/geo+json"


def _eigenschappen(locatie: Risicolocatie) -> dict[str, Any]:
    return {
        "id": str(locatie.uid),
        "naam": locatie.naam,
        "adres": locatie.adresregel,
        "type": locatie.locatietype.code,
        "type_naam": locatie.locatietype.naam,
        "status": locatie.status,
        "status_naam": STATUSNAMEN[locatie.status],
        "laatste_bezoek": locatie.laatste_bezoek_op.date().isoformat() if locatie.laatste_bezoek_op else None,
        "url": url_for("locaties.toon", uid=locatie.uid),
    }


def _feature(locatie: Risicolocatie) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(locatie.uid),
        "geometry": geojson_punt(locatie.lon, locatie.lat),
        "properties": _eigenschappen(locatie),
    }


def _antwoord(features: list[dict[str, Any]], **extra: Any) -> Response:
    return Response(json.dumps({"type": "FeatureCollection", "features": features, **extra}), content_type=GEOJSON)


@bp.get("/locaties")
@vereist("locaties.lezen", alleen_lezen=True)
def locaties() -> Response:
    """Locations in a box as GeoJSON; clusters (``aantal``) below zoom 15."""
    actor = huidige_actor()
    filter_ = lees_filter(request.args, klok().nu())
    vak = lees_vak(request.args.get("bbox", ""))
    tekst = request.args.get("zoom", "18")
    if not tekst.isdigit() or int(tekst) > 30:
        raise OngeldigeInvoer("zoom moet een heel getal van 0 tot 30 zijn.", "zoom")
    zoom = int(tekst)
    sessie = db.session()
    if zoom >= queries.LOS_VANAF_ZOOM:
        gevonden = queries.los(sessie, actor, filter_, vak)
        return _antwoord([_feature(r) for r in gevonden], afgekapt=len(gevonden) == queries.MAX_LOS)
    trossen = queries.trossen(sessie, actor, filter_, vak, zoom)
    enkel = {r.id: r for r in queries.op_ids(sessie, actor, [t["id"] for t in trossen if t["id"] is not None])}
    features = [
        _feature(enkel[t["id"]])
        if t["id"] in enkel
        else {
            "type": "Feature",
            "geometry": geojson_punt(t["lon"], t["lat"]),
            "properties": {"tros": True, "aantal": t["aantal"]},
        }
        for t in trossen
    ]
    return _antwoord(features, afgekapt=False)


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


def grenzen_van(gemeente_id: int) -> tuple[float, float, float, float]:
    """Bounds of the gemeente in degrees; of the Netherlands where no boundary is known."""
    wkt = db.session.scalar(select(Gemeente.grens_wkt).where(Gemeente.id == gemeente_id))
    if not wkt:
        return 3.3, 50.7, 7.3, 53.6
    minx, miny, maxx, maxy = shapely.from_wkt(wkt).bounds
    return (*naar_wgs84(minx, miny), *naar_wgs84(maxx, maxy))
