"""Legal hold: stop the destruction of a case with everything that goes with it, and let it go on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.audit.bewaren import geldig_slot
from inspecties.audit.models_bewaren import Bewaarslot
from inspecties.audit.operations import leg_vast
from inspecties.controles.models import Bezoek
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.ids import lees_id
from inspecties.database import haal, select_voor
from inspecties.dossiers.models import Dossier
from inspecties.locaties.models import Risicolocatie

# kind -> (model, endpoint of its page, how it is called, how it is called in a sentence)
SOORTEN: dict[str, tuple[type[Dossier] | type[Bezoek] | type[Risicolocatie] | type[Actie], str, str, str]] = {
    "dossier": (Dossier, "dossiers.dossier", "Dossier", "dit dossier"),
    "bezoek": (Bezoek, "controles.bezoek", "Bezoek", "dit bezoek"),
    "locatie": (Risicolocatie, "locaties.toon", "Locatie", "deze locatie"),
    "actie": (Actie, "acties.toon", "Actie", "deze actie"),
}


@dataclass(frozen=True)
class Doel:
    """What a hold lies on, or could lie on."""

    soort: str
    uid: UUID
    naam: str
    woorden: str
    endpoint: str


def doel_van(sessie: Session, actor: Actor, soort: str, uid: UUID | str) -> Doel:
    """The object, where this actor may see it. Raises NietGevonden."""
    if soort not in SOORTEN:
        raise NietGevonden("Dit soort gegeven kent geen stopzetting.")
    model, endpoint, kop, woorden = SOORTEN[soort]
    object_ = haal(sessie, actor, model, uid, "Dit gegeven")
    if isinstance(object_, Dossier):
        naam = f"{kop} {object_.nummer}"
    elif isinstance(object_, Risicolocatie):
        naam = f"{kop} {object_.adresregel}"
    elif isinstance(object_, Bezoek):
        naam = f"{kop} aan {object_.locatie.adresregel}"
    else:
        naam = f"{kop} {object_.naam}"
    return Doel(soort, object_.uid, naam, woorden, endpoint)


def stel_in(sessie: Session, actor: Actor, nu: datetime, doel: Doel, reden: str) -> Bewaarslot:
    """Stop the destruction. Raises OngeldigeInvoer without a reason, Conflict where it is stopped already."""
    schoon = " ".join(reden.split())
    if not schoon or len(schoon) > 500:
        raise OngeldigeInvoer("Schrijf op waarom, in hoogstens 500 tekens. Noem daarbij geen namen.", "reden")
    if geldig_slot(sessie, actor, doel.soort, doel.uid) is not None:
        raise Conflict(f"De vernietiging van {doel.woorden} is al stopgezet.")
    rij = Bewaarslot(
        gemeente_id=actor.gemeente_id,
        object_soort=doel.soort,
        object_uid=str(doel.uid),
        reden=schoon,
        gezet_op=nu,
        gezet_door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    leg_vast(sessie, actor, nu, "vernietiging_stopgezet", doel.soort, doel.uid)
    return rij


def hef_op(sessie: Session, actor: Actor, nu: datetime, doel: Doel, reden: str) -> None:
    """Let the terms run again. Raises OngeldigeInvoer without a reason, Conflict where nothing was stopped."""
    schoon = " ".join(reden.split())
    if not schoon or len(schoon) > 500:
        raise OngeldigeInvoer("Schrijf op waarom, in hoogstens 500 tekens. Noem daarbij geen namen.", "reden")
    slot = geldig_slot(sessie, actor, doel.soort, doel.uid)
    if slot is None:
        raise Conflict(f"De vernietiging van {doel.woorden} was niet stopgezet.")
    slot.opgeheven_op = nu
    leg_vast(sessie, actor, nu, "vernietiging_hervat", doel.soort, doel.uid, grondslag=schoon)


def lopende(sessie: Session, actor: Actor) -> list[tuple[Bewaarslot, Doel | None]]:
    """All holds, newest first; without its object where this actor may not see that."""
    opdracht = select_voor(actor, Bewaarslot).where(Bewaarslot.opgeheven_op.is_(None)).order_by(Bewaarslot.id.desc())
    uit: list[tuple[Bewaarslot, Doel | None]] = []
    for slot in sessie.scalars(opdracht):
        try:
            uit.append((slot, doel_van(sessie, actor, slot.object_soort, slot.object_uid)))
        except NietGevonden:
            uit.append((slot, None))
    return uit


def slot_op(sessie: Session, gemeente_id: int, soort: str, uid: str) -> Bewaarslot | None:
    """The hold on an object whose page is being shown."""
    schoon = lees_id(uid)
    if schoon is None:
        return None
    return sessie.scalars(
        select(Bewaarslot).where(
            Bewaarslot.gemeente_id == gemeente_id,
            Bewaarslot.object_soort == soort,
            Bewaarslot.object_uid == str(schoon),
            Bewaarslot.opgeheven_op.is_(None),
        )
    ).first()
