"""Acts on single risk locations."""

from datetime import datetime
from typing import Any

from geoalchemy2 import WKTElement
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database.bereik import select_voor
from inspecties.locaties.geschiedenis import leg_wijzigingen_vast
from inspecties.locaties.models import Kaartachtergrond, Locatiestatus, Locatietype, Risicolocatie
from inspecties.locaties.plaats import Grens
from inspecties.locaties.rules.adres import Huisnummer, adressleutel
from inspecties.locaties.rules.coordinaten import fout_in_rd, naar_wgs84
from inspecties.locaties.rules.status import STATUSNAMEN


def _velden(
    sessie: Session,
    actor: Actor,
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
    capaciteit: int | None = None,
    personen_brp: int | None = None,
    adres_id: int | None = None,
) -> dict[str, Any]:
    """Columns of a location. Raises OngeldigeInvoer for a point that can not be right."""
    fout = fout_in_rd(x, y) or Grens.lees(sessie, actor.gemeente_id).fout(x, y)
    if fout:
        raise OngeldigeInvoer(f"{fout[0].upper()}{fout[1:]}.", "x")
    nummer = huisnummer or Huisnummer(0)
    lon, lat = naar_wgs84(x, y)
    return {
        "naam": naam,
        "locatietype_id": locatietype.id,
        "straat": straat,
        "huisnummer": nummer.nummer or None,
        "huisletter": nummer.letter,
        "toevoeging": nummer.toevoeging,
        "postcode": postcode,
        "woonplaats": woonplaats,
        "adressleutel": adressleutel(postcode, nummer.nummer or None, nummer.letter, nummer.toevoeging),
        "adres_id": adres_id,
        "x": x,
        "y": y,
        "lon": lon,
        "lat": lat,
        "bron": bron,
        "notitie": notitie,
        "veiligheid": veiligheid,
        "capaciteit": capaciteit,
        "personen_brp": personen_brp,
    }


def _weiger_dubbel(
    sessie: Session, actor: Actor, sleutel: str | None, locatietype_id: int, behalve: int | None = None
) -> None:
    if sleutel is None:
        return
    opdracht = select_voor(actor, Risicolocatie).where(
        Risicolocatie.adressleutel == sleutel,
        Risicolocatie.locatietype_id == locatietype_id,
        Risicolocatie.status != "uit_beeld",
    )
    if behalve is not None:
        opdracht = opdracht.where(Risicolocatie.id != behalve)
    dubbel = sessie.scalars(opdracht).first()
    if dubbel is not None:
        raise Conflict(f"Op dit adres staat al een locatie van dit type: {dubbel.naam}.", "postcode")


def _schrijf(sessie: Session) -> None:
    """Flush; a double that somebody else made in the meantime is a Conflict too."""
    try:
        sessie.flush()
    except IntegrityError as fout:
        raise Conflict("Een collega voegde net een locatie van dit type op dit adres toe.", "postcode") from fout


def voeg_locatie_toe(sessie: Session, actor: Actor, nu: datetime, **feiten: Any) -> Risicolocatie:
    """A new location at an RD point. ``feiten``: the arguments of ``_velden`` (naam, locatietype, x, y, ...).

    Raises OngeldigeInvoer for a wrong point or one outside the gemeente, Conflict for a live double.
    """
    velden = _velden(sessie, actor, **feiten)
    _weiger_dubbel(sessie, actor, velden["adressleutel"], velden["locatietype_id"])
    locatie = Risicolocatie(
        gemeente_id=actor.gemeente_id,
        geom=WKTElement(f"POINT({velden['x']} {velden['y']})", srid=28992),
        status="in_beeld",
        aangemaakt_op=nu,
        gewijzigd_op=nu,
        **velden,
    )
    sessie.add(locatie)
    _schrijf(sessie)
    _leg_status_vast(sessie, actor, nu, locatie, "", "Toegevoegd")
    leg_vast(sessie, actor, nu, "locatie_toegevoegd", "risicolocatie", locatie.uid)
    return locatie


def wijzig_locatie(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    locatie: Risicolocatie,
    gezien_op: str,
    *,
    reden: str = "",
    aanleiding: str = "wijziging",
    **feiten: Any,
) -> list[str]:
    """Change the facts of a location; gives the columns that changed. ``feiten`` as in ``voeg_locatie_toe``.

    ``gezien_op``: ``gewijzigd_op`` (ISO 8601) as the user saw it. Old and new values go to the history, with ``reden``
    and ``aanleiding`` (a code of AANLEIDINGEN). Raises Conflict when somebody else was first or for
    a live double, OngeldigeInvoer for a wrong point.
    """
    if locatie.gewijzigd_op.isoformat() != gezien_op:
        raise Conflict("Een collega wijzigde deze locatie net. Kijk wat er veranderd is en probeer het opnieuw.")
    velden = _velden(sessie, actor, **feiten)
    anders = sorted(naam for naam, waarde in velden.items() if getattr(locatie, naam) != waarde)
    if not anders:
        return []
    if locatie.status != "uit_beeld":
        _weiger_dubbel(sessie, actor, velden["adressleutel"], velden["locatietype_id"], locatie.id)
    oud = {naam: getattr(locatie, naam) for naam in anders}
    for naam in anders:
        setattr(locatie, naam, velden[naam])
    if {"x", "y"} & set(anders):
        locatie.geom = WKTElement(f"POINT({locatie.x} {locatie.y})", srid=28992)
    locatie.gewijzigd_op = nu
    _schrijf(sessie)
    sessie.refresh(locatie)
    nieuw = {naam: velden[naam] for naam in anders}
    leg_wijzigingen_vast(sessie, actor, nu, [(locatie.id, oud, nieuw)], aanleiding, reden)
    # Names only: the values may say something about a person.
    leg_vast(sessie, actor, nu, "locatie_gewijzigd", "risicolocatie", locatie.uid, gegevens={"velden": anders})
    return anders


def wijzig_status(sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, naar: str, reden: str) -> None:
    """Give a location another status, with the reason. Raises OngeldigeInvoer naming the field, or Conflict."""
    if naar not in STATUSNAMEN:
        raise OngeldigeInvoer(f"Kies een status uit: {', '.join(STATUSNAMEN.values())}.", "status")
    if naar == locatie.status:
        raise OngeldigeInvoer(f"De status is al '{STATUSNAMEN[naar]}'.", "status")
    if not reden.strip():
        raise OngeldigeInvoer("Schrijf kort waarom de status verandert.", "reden")
    if locatie.status == "uit_beeld":
        # The address may have got another live location in the meantime.
        _weiger_dubbel(sessie, actor, locatie.adressleutel, locatie.locatietype_id, locatie.id)
    van, locatie.status, locatie.gewijzigd_op = locatie.status, naar, nu
    _leg_status_vast(sessie, actor, nu, locatie, van, reden.strip())
    _schrijf(sessie)
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
