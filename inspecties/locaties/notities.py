"""Notes about a location: added, and struck through instead of deleted."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Notitie

MAX_TEKENS = 4000


def schrijf_notitie(sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, tekst: str) -> Notitie:
    """A note of this actor. Raises OngeldigeInvoer at 'tekst'."""
    kaal = tekst.strip()
    if not kaal:
        raise OngeldigeInvoer("Schrijf eerst iets op.", "tekst")
    if len(kaal) > MAX_TEKENS:
        raise OngeldigeInvoer(f"De notitie is te lang: {len(kaal)} tekens, {MAX_TEKENS} is het meeste.", "tekst")
    notitie = Notitie(
        gemeente_id=actor.gemeente_id, locatie_id=locatie.id, tekst=kaal, door_id=actor.gebruiker_id, op=nu
    )
    sessie.add(notitie)
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "notitie_geschreven", "risicolocatie", locatie.uid, gegevens={"notitie": str(notitie.uid)}
    )
    return notitie


def haal_door(sessie: Session, actor: Actor, nu: datetime, notitie: Notitie) -> None:
    """Strike a note through; its text stays readable. Raises Conflict where that was done already."""
    if notitie.ingetrokken_op is not None:
        raise Conflict("Deze notitie is al doorgehaald.")
    notitie.ingetrokken_op = nu
    leg_vast(sessie, actor, nu, "notitie_doorgehaald", "locatienotitie", notitie.uid)


def zet_terug(sessie: Session, actor: Actor, nu: datetime, notitie: Notitie) -> None:
    """Undo the striking through. Raises Conflict where the note is not struck through."""
    if notitie.ingetrokken_op is None:
        raise Conflict("Deze notitie is niet doorgehaald.")
    notitie.ingetrokken_op = None
    leg_vast(sessie, actor, nu, "notitie_teruggezet", "locatienotitie", notitie.uid)
