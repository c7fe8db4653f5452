"""Acts on single risk locations."""

from datetime import datetime
from typing import Any

from geoalchemy2 import WKTElement
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Kaartachtergrond, Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.rules.adres import Huisnummer, adressleutel
from inspecties.locaties.rules.coordinaten import fout_in_rd, naar_wgs84
from inspecties.locaties.rules.status import STATUSNAMEN


def voeg_locatie_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    *,
    naam: str,
    locatietype: Locatietype,
    x: float,
    y: float,
    straat: str = "",
    huisnummer: Huisnummer | None = None,
    postcode: str = "",
    woonplaats: str = "",
    bron: str = "",
    notitie: str = "",
    veiligheid: str = "",
) -> Risicolocatie:
    """A new location at an RD point. Raises OngeldigeInvoer for a wrong point, Conflict for a live double."""
    fout = fout_in_rd(x, y)
    if fout:
        raise OngeldigeInvoer(fout[0].upper() + fout[1:] + ".", "x")
    nummer = huisnummer or Huisnummer(0)
    sleutel = adressleutel(postcode, nummer.nummer or None, nummer.letter, nummer.toevoeging)
    if sleutel is not None:
        dubbel = sessie.scalars(
            select_voor(actor, Risicolocatie).where(
                Risicolocatie.adressleutel == sleutel,
                Risicolocatie.locatietype_id == locatietype.id,
                Risicolocatie.status != "uit_beeld",
            )
        ).first()
        if dubbel is not None:
            raise Conflict(f"Op dit adres staat al een locatie van dit type: {dubbel.naam}.", "postcode")
    lon, lat = naar_wgs84(x, y)
    locatie = Risicolocatie(
        gemeente_id=actor.gemeente_id,
        naam=naam,
        locatietype_id=locatietype.id,
        straat=straat,
        huisnummer=nummer.nummer or None,
        huisletter=nummer.letter,
        toevoeging=nummer.toevoeging,
        postcode=postcode,
        woonplaats=woonplaats,
        adressleutel=sleutel,
        x=x,
        y=y,
        lon=lon,
        lat=lat,
        geom=WKTElement(f"POINT({x} {y})", srid=28992),
        status="in_beeld",
        bron=bron,
        notitie=notitie,
        veiligheid=veiligheid,
        aangemaakt_op=nu,
        gewijzigd_op=nu,
    )
    sessie.add(locatie)
    sessie.flush()
    _leg_status_vast(sessie, actor, nu, locatie, "", "Toegevoegd")
    leg_vast(sessie, actor, nu, "locatie_toegevoegd", "risicolocatie", locatie.uid)
    return locatie


def wijzig_status(sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, naar: str, reden: str) -> None:
    """Give a location another status, with the reason. Raises OngeldigeInvoer naming the field."""
    if naar not in STATUSNAMEN:
        raise OngeldigeInvoer(f"Kies een status uit: {', '.join(STATUSNAMEN.values())}.", "status")
    if naar == locatie.status:
        raise OngeldigeInvoer(f"De status is al '{STATUSNAMEN[naar]}'.", "status")
    if not reden.strip():
        raise OngeldigeInvoer("Schrijf kort waarom de status verandert.", "reden")
    van, locatie.status, locatie.gewijzigd_op = locatie.status, naar, nu
    _leg_status_vast(sessie, actor, nu, locatie, van, reden.strip())
    leg_vast(
        sessie, actor, nu, "locatiestatus_gewijzigd", "risicolocatie", locatie.uid, gegevens={"van": van, "naar": naar}
    )


def _leg_status_vast(sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, van: str, reden: str) -> None:
    sessie.add(
        Locatiestatus(
            gemeente_id=actor.gemeente_id,
            locatie_id=locatie.id,
            van=van,
            naar=locatie.status,
            reden=reden,
            door_id=actor.gebruiker_id,
            op=nu,
        )
    )


def zet_achtergrond(sessie: Session, actor: Actor, nu: datetime, geojson: dict[str, Any]) -> Kaartachtergrond:
    """Store the vector background of the actor's gemeente (a GeoJSON FeatureCollection in EPSG:4326).

    Raises OngeldigeInvoer where it is no FeatureCollection.
    """
    if geojson.get("type") != "FeatureCollection" or not isinstance(geojson.get("features"), list):
        raise OngeldigeInvoer("De kaartachtergrond moet een GeoJSON FeatureCollection zijn.", "geojson")
    rij = sessie.scalars(select_voor(actor, Kaartachtergrond)).one_or_none()
    if rij is None:
        rij = Kaartachtergrond(gemeente_id=actor.gemeente_id, geojson=geojson, gewijzigd_op=nu)
        sessie.add(rij)
    else:
        rij.geojson, rij.gewijzigd_op = geojson, nu
    sessie.flush()
    leg_vast(sessie, actor, nu, "kaartachtergrond_gezet", "kaartachtergrond", rij.uid)
    return rij
