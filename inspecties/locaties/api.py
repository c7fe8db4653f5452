"""JSON of the map: locations by bounding box and the vector background."""

import gzip
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, json, request, url_for
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.basis import db
from inspecties.database.bereik import select_voor
from inspecties.database.typen import geojson_punt
from inspecties.locaties import kaartlagen, kaartvragen
from inspecties.locaties.filters import lees_filter, lees_heel_getal, lees_vak
from inspecties.locaties.models import Kaartachtergrond, Risicolocatie
from inspecties.web.poort import huidige_actor, klok, vereist

bp = Blueprint("locaties_api", __name__, url_prefix="/api")

GEOJSON = "application/geo+json"
# Below this many bytes the headers weigh more than what compressing saves.
_KLEIN = 1_000
# Stands in an address for the location that is filled in.
GEEN_UID = UUID(int=0)


def eigenschappen(locatie: Risicolocatie) -> dict[str, Any]:
    """What the map shows of one location, without its priority."""
    return kaartlagen.eigenschappen(locatie, None, klok().nu(), url_for("locaties.toon", uid=locatie.uid))


def features_van(sessie: Session, actor: Actor, locaties: Sequence[Risicolocatie]) -> list[dict[str, Any]]:
    """GeoJSON features of locations, with what the layers of the map say of them."""
    nu = klok().nu()
    urgentie = kaartlagen.prioriteiten(sessie, actor, [r.id for r in locaties])
    # One address is built and filled in: building two thousand takes longer than reading them.
    adres = url_for("locaties.toon", uid=GEEN_UID)
    return [
        {
            "type": "Feature",
            "id": str(r.uid),
            "geometry": geojson_punt(r.lon, r.lat),
            "properties": kaartlagen.eigenschappen(r, urgentie.get(r.id), nu, adres.replace(str(GEEN_UID), str(r.uid))),
        }
        for r in locaties
    ]


def _tros(tros: kaartvragen.Tros) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": geojson_punt(tros.lon, tros.lat),
        "properties": {"tros": True, "aantal": tros.aantal},
    }


def geojson(features: list[dict[str, Any]], **leden: Any) -> Response:
    """A FeatureCollection with extra members, compressed for who can read that.

    Compressed here and nowhere else: what the answer holds next to what the asker sent (a search word) is not secret
    from the asker, and it carries no token that somebody could guess at by its length (BREACH).
    """
    inhoud = json.dumps({"type": "FeatureCollection", "features": features, **leden}).encode()
    antwoord = Response(inhoud, content_type=GEOJSON)
    antwoord.vary.add("Accept-Encoding")
    if len(inhoud) >= _KLEIN and request.accept_encodings["gzip"] > 0:
        antwoord.data = gzip.compress(inhoud, compresslevel=5, mtime=0)
        antwoord.content_encoding = "gzip"
    return antwoord


@bp.get("/locaties")
@vereist("locaties.lezen", alleen_lezen=True)
def locaties() -> Response:
    """Locations in a box as GeoJSON; clusters (``tros``, ``aantal``) below zoom 17. ``totaal`` counts the whole box,
    where there are thousands by whole grid cells.

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
        return geojson(features_van(sessie, actor, gevonden), totaal=totaal)
    beeld = kaartvragen.trossen(sessie, actor, filter_, vak, zoom)
    trossen = beeld.trossen
    los = kaartvragen.op_ids(sessie, actor, [t.id for t in trossen if t.id is not None])
    enkel = {r.id: f for r, f in zip(los, features_van(sessie, actor, los), strict=True)}
    features = [enkel[t.id] if t.id is not None and t.id in enkel else _tros(t) for t in trossen]
    extra = {} if beeld.volledig else {"volledig": False}
    return geojson(features, totaal=sum(t.aantal for t in trossen), **extra)


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
