"""Acts on reports of nuisance around a location; never who reported."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.locaties.correcties import als_json, bewaar_correctie
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Overlastmelding
from inspecties.locaties.rules.feiten import OverlastGegevens, keur_overlast

VELDEN = tuple(OverlastGegevens.__dataclass_fields__)


def leg_overlast_vast(
    sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, gegevens: OverlastGegevens
) -> Overlastmelding:
    """A report of nuisance at this location. Raises OngeldigeInvoer naming the field."""
    gekeurd = keur_overlast(gegevens, lokale_datum(nu))
    rij = Overlastmelding(
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie.id,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
        **asdict(gekeurd),
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "overlast_vastgelegd", "risicolocatie", locatie.uid, gegevens={"overlast": str(rij.uid)}
    )
    return rij


def haal_overlast_weg(sessie: Session, actor: Actor, nu: datetime, melding: Overlastmelding, reden: str) -> None:
    """Take away a report that was not right; what stood there is kept with the reason. Raises OngeldigeInvoer."""
    oud = als_json(melding, VELDEN)
    bewaar_correctie(sessie, actor, nu, melding, melding.locatie_id, "verwijderd", oud, reden)
    sessie.delete(melding)
    leg_vast(sessie, actor, nu, "overlast_weggehaald", "overlastmelding", melding.uid)
