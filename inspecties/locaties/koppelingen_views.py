"""Pages of links: a panel per location, the network around one, the clusters of the gemeente, and what is elsewhere."""

from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, current_app, json, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import db, haal
from inspecties.database.bereik import select_voor
from inspecties.database.typen import geojson_punt
from inspecties.gebruikers.models import Gebruiker, Gemeente
from inspecties.gebruikers.verband_queries import delende_partners
from inspecties.locaties import kaart as kaarten
from inspecties.locaties import koppelingen, koppelingen_queries
from inspecties.locaties.kenmerken_models import VervallenKenmerk
from inspecties.locaties.koppelingen_beeld import teken
from inspecties.locaties.koppelingen_verband import PER_PAGINA, Elders, toon_elders
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.koppeling import KOPPELSOORTEN
from inspecties.locaties.rules.status import STATUSNAMEN
from inspecties.web.poort import huidige_actor, klok, sleutelbos, vereist

bp = Blueprint("koppelingen", __name__)

# Room around the outermost places of the small map, in degrees of longitude and latitude (about 300 m).
_RAND_LON, _RAND_LAT = 0.0045, 0.0027
_GEOJSON = "application/geo+json"


@bp.app_context_processor
def _namen() -> dict[str, Any]:
    return {"koppelsoorten": KOPPELSOORTEN}


def paneel(sessie: Session, actor: Actor, locatie: Risicolocatie, nu: datetime) -> dict[str, Any] | None:
    """Features and links on the page of a location; values for who may read them."""
    del nu
    if not rol_mag(actor.rol, "locaties.lezen"):
        return None
    bos = sleutelbos()
    mag_waarden = koppelingen.mag_waarden(actor)
    mag_elders = rol_mag(actor.rol, "koppelingen.elders")
    eigen = koppelingen_queries.eigen_kenmerken(sessie, actor, locatie) if mag_waarden else []
    return {
        "koppelingen": koppelingen.van_locatie(sessie, actor, bos, locatie),
        "kenmerken": [(k, koppelingen.lees_waarde(bos, k)) for k in eigen],
        "vervallen": _vervallen(sessie, actor, locatie) if mag_waarden else [],
        "mag_waarden": mag_waarden,
        "mag_vastleggen": rol_mag(actor.rol, "koppelingen.vastleggen"),
        "partners": [p.gemeente for p in delende_partners(sessie, actor)] if mag_elders else [],
    }


def _vervallen(sessie: Session, actor: Actor, locatie: Risicolocatie) -> list[dict[str, Any]]:
    opdracht = (
        select_voor(actor, VervallenKenmerk)
        .join(Gebruiker, Gebruiker.id == VervallenKenmerk.vervallen_door_id, isouter=True)
        .where(VervallenKenmerk.locatie_id == locatie.id)
        .order_by(VervallenKenmerk.vervallen_op.desc())
        .with_only_columns(VervallenKenmerk, Gebruiker.naam)
    )
    bos = sleutelbos()
    return [
        {"rij": rij, "waarde": koppelingen.lees_waarde(bos, rij), "door": naam or "het systeem"}
        for rij, naam in sessie.execute(opdracht)
    ]


@bp.get("/locaties/koppelingen")
@vereist("koppelingen.lezen")
def lijst() -> str:
    """Clusters of linked locations, the largest first."""
    actor, sessie = huidige_actor(), db.session()
    soort = request.args.get("soort", "")
    soort = soort if soort in KOPPELSOORTEN else ""
    overzicht = koppelingen.overzicht(sessie, actor, sleutelbos(), soort, request.args.get("pagina", 1, type=int))
    leg_vast(
        sessie,
        actor,
        klok().nu(),
        "koppelingen_gelezen",
        "gemeente",
        sessie.scalars(select(Gemeente.uid).where(Gemeente.id == actor.gemeente_id)).one(),
        gegevens={"soort": soort, "bladzijde": overzicht.pagina},
    )
    mag_elders = rol_mag(actor.rol, "koppelingen.elders")
    pagina = render_template(
        "koppelingen/lijst.html",
        overzicht=overzicht,
        soort=soort,
        mag_elders=mag_elders,
        partners=[p.gemeente for p in delende_partners(sessie, actor)] if mag_elders else [],
    )
    sessie.commit()
    return pagina


@bp.get("/locaties/koppelingen/elders")
@vereist("koppelingen.elders")
def elders() -> str:
    """Which features of the own gemeente also occur at a partner, and whom to call. Both logs tell."""
    actor, sessie = huidige_actor(), db.session()
    partners = delende_partners(sessie, actor)
    bladzijde = max(1, request.args.get("pagina", 1, type=int))
    gevonden, totaal = toon_elders(sessie, actor, klok().nu(), pagina=bladzijde)
    pagina = render_template(
        "koppelingen/elders.html",
        rijen=_met_waarden(sessie, actor, gevonden),
        partners=partners,
        totaal=totaal,
        pagina=bladzijde,
        paginas=max(1, -(-totaal // PER_PAGINA)),
    )
    sessie.commit()
    return pagina


def _met_waarden(sessie: Session, actor: Actor, lijst_: list[Elders]) -> list[dict[str, Any]]:
    """The own side of each match: the own value and the own locations."""
    bos = sleutelbos()
    dingen = {(e.soort, e.sleutel) for e in lijst_}
    kenmerken = koppelingen_queries.kenmerken_van(sessie, actor, dingen)
    locaties = koppelingen_queries.locaties_op_id(sessie, actor, {i for e in lijst_ for i in e.locatie_ids})
    uit = []
    for e in lijst_:
        kenmerk = kenmerken.get((e.soort, e.sleutel))
        waarde = koppelingen.lees_waarde(bos, kenmerk) if kenmerk else e.sleutel
        hier = [locaties[i] for i in e.locatie_ids if i in locaties]
        uit.append({"elders": e, "waarde": waarde, "locaties": hier})
    return uit


@bp.get("/locaties/<uuid:uid>/koppelingen")
@vereist("koppelingen.lezen")
def toon(uid: UUID) -> str:
    """The network around a location: picture, map and the same in a table; and what occurs elsewhere."""
    actor, sessie, nu = huidige_actor(), db.session(), klok().nu()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    mag_elders = rol_mag(actor.rol, "koppelingen.elders")
    # First: it writes in the logs of two gemeenten, in the order that both keep to.
    gevonden = toon_elders(sessie, actor, nu, locatie.id)[0] if mag_elders else []
    leg_vast(sessie, actor, nu, "koppelingen_gelezen", "risicolocatie", locatie.uid)
    net = koppelingen.net_rond(sessie, actor, sleutelbos(), locatie)
    html, _ = _kaart(locatie, net)
    pagina = render_template(
        "koppelingen/net.html",
        locatie=locatie,
        net=net,
        tekening=teken(net),
        kaart=html,
        elders=_met_waarden(sessie, actor, gevonden),
        partners=delende_partners(sessie, actor) if mag_elders else [],
        mag_elders=mag_elders,
    )
    sessie.commit()
    return pagina


def _kaart(locatie: Risicolocatie, net: koppelingen.Net) -> tuple[str, str]:
    lons, lats = [r.lon for r in net.locaties], [r.lat for r in net.locaties]
    return kaarten.maak_kaart(
        (min(lons) - _RAND_LON, min(lats) - _RAND_LAT, max(lons) + _RAND_LON, max(lats) + _RAND_LAT),
        [
            kaarten.achtergrondlaag(url_for("locaties_api.achtergrond")),
            kaarten.koppellaag(url_for("koppelingen.geojson", uid=locatie.uid)),
        ],
        tegels_url=current_app.extensions["instellingen"].tegels_url,
        rustig=True,
    )


@bp.get("/locaties/<uuid:uid>/koppelingen/kaart.js")
@vereist("koppelingen.lezen", alleen_lezen=True)
def kaartscript(uid: UUID) -> Response:
    """The script of the small map."""
    actor, sessie = huidige_actor(), db.session()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    script = _kaart(locatie, koppelingen.net_rond(sessie, actor, None, locatie))[1]
    return Response(script, content_type="text/javascript; charset=utf-8")


def _eigenschappen(locatie: Risicolocatie) -> dict[str, Any]:
    """What the card on the map tells of a place."""
    bezocht = locatie.laatste_bezoek_op
    return {
        "id": str(locatie.uid),
        "naam": locatie.naam,
        "adres": locatie.adresregel,
        "type_naam": locatie.locatietype.naam,
        "status": locatie.status,
        "status_naam": STATUSNAMEN[locatie.status],
        "laatste_bezoek": lokale_datum(bezocht).isoformat() if bezocht else None,
        "url": url_for("locaties.toon", uid=locatie.uid),
    }


@bp.get("/api/locaties/<uuid:uid>/koppelingen")
@vereist("koppelingen.lezen", alleen_lezen=True)
def geojson(uid: UUID) -> Response:
    """The network as GeoJSON: a point per location, a line from each to the next at which the same was seen.

    Kinds and dates, no values: those stand on the page, where reading them is written down.
    """
    actor, sessie = huidige_actor(), db.session()
    locatie = haal(sessie, actor, Risicolocatie, uid, "De locatie")
    net = koppelingen.net_rond(sessie, actor, None, locatie)
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "id": str(r.uid),
            "geometry": geojson_punt(r.lon, r.lat),
            "properties": {**_eigenschappen(r), "nummer": i + 1, "hier": r.id == locatie.id},
        }
        for i, r in enumerate(net.locaties)
    ]
    inhoud = {"type": "FeatureCollection", "features": [*_lijnen(net), *features], "totaal": len(net.locaties)}
    return Response(json.dumps(inhoud), content_type=_GEOJSON)


def _lijnen(net: koppelingen.Net) -> list[dict[str, Any]]:
    """One line per pair of places that follow each other in time, with every kind that links them so."""
    paren: dict[tuple[int, int], list[koppelingen.Getoond]] = {}
    plek = {r.id: r for r in net.locaties}
    for g in net.koppelingen:
        ids = [p.locatie.id for p in g.plekken]
        for van, naar in pairwise(ids):
            paren.setdefault((min(van, naar), max(van, naar)), []).append(g)
    return [
        {
            "type": "Feature",
            "geometry": {
                "type": "LineString",
                "coordinates": [[plek[i].lon, plek[i].lat] for i in paar],
            },
            "properties": {
                "soorten": list(dict.fromkeys(g.naam for g in lijst_)),
                "zwak": all(g.zwak for g in lijst_),
                "sinds": min(g.sinds for g in lijst_).isoformat(),
            },
        }
        for paar, lijst_ in paren.items()
    ]
