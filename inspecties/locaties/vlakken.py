"""Outlines of the building and the parcel of a location."""

from datetime import datetime

from geoalchemy2 import WKTElement
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Locatievlak
from inspecties.locaties.rules.feiten import VLAKSOORTEN
from inspecties.locaties.rules.vlakken import lees_vlak


def _bestaand(sessie: Session, actor: Actor, locatie: Risicolocatie, soort: str) -> Locatievlak | None:
    return sessie.scalars(
        select_voor(actor, Locatievlak).where(Locatievlak.locatie_id == locatie.id, Locatievlak.soort == soort)
    ).first()


def zet_vlak(
    sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, soort: str, tekst: str, bron: str
) -> Locatievlak:
    """The outline of the building or the parcel, in the place of the one that was there.

    ``tekst``: GeoJSON or WKT, in degrees (4326) or RD metres (28992). Raises OngeldigeInvoer naming the field.
    """
    if soort not in VLAKSOORTEN:
        raise OngeldigeInvoer("Kies: pand of perceel.", "soort")
    if not bron.strip():
        raise OngeldigeInvoer("Schrijf waar de omtrek vandaan komt, zoals 'BAG' of 'Kadaster'.", "bron")
    if len(bron.strip()) > 160:
        raise OngeldigeInvoer(f"De bron is te lang: {len(bron.strip())} tekens, 160 is het meeste.", "bron")
    lezing = lees_vlak(tekst, locatie.x, locatie.y)
    rij = _bestaand(sessie, actor, locatie, soort)
    if rij is None:
        rij = Locatievlak(gemeente_id=actor.gemeente_id, locatie_id=locatie.id, soort=soort)
        sessie.add(rij)
    rij.geom = WKTElement(lezing.vlak.wkt, srid=28992)
    rij.oppervlakte_m2, rij.bron, rij.vastgelegd_op = lezing.oppervlakte_m2, bron.strip(), nu
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "omtrek_vastgelegd",
        "risicolocatie",
        locatie.uid,
        gegevens={"soort": soort, "oppervlakte_m2": lezing.oppervlakte_m2},
    )
    return rij


def haal_vlak_weg(sessie: Session, actor: Actor, nu: datetime, vlak: Locatievlak, locatie: Risicolocatie) -> None:
    """Take an outline away: it was drawn wrong, or belongs elsewhere."""
    sessie.delete(vlak)
    leg_vast(sessie, actor, nu, "omtrek_weggehaald", "risicolocatie", locatie.uid, gegevens={"soort": vlak.soort})
