"""Acts on permits of a location."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.database.bereik import select_voor
from inspecties.locaties.correcties import als_json, bewaar_correctie
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Vergunning
from inspecties.locaties.rules.feiten import VergunningGegevens, keur_reden, keur_vergunning

VELDEN = tuple(VergunningGegevens.__dataclass_fields__)


def _weiger_dubbel(sessie: Session, actor: Actor, locatie_id: int, g: VergunningGegevens, behalve: int = 0) -> None:
    if not g.nummer:
        return
    dubbel = sessie.scalars(
        select_voor(actor, Vergunning).where(
            Vergunning.locatie_id == locatie_id, Vergunning.nummer == g.nummer, Vergunning.id != behalve
        )
    ).first()
    if dubbel is not None:
        raise Conflict(f"Deze locatie heeft al een vergunning met dit nummer ({dubbel.soort}).", "nummer")


def leg_vergunning_vast(
    sessie: Session, actor: Actor, nu: datetime, locatie: Risicolocatie, gegevens: VergunningGegevens
) -> Vergunning:
    """A permit of this location.

    Raises OngeldigeInvoer naming the field, and Conflict (field 'nummer') where the location has one with this number.
    """
    gekeurd = keur_vergunning(gegevens, lokale_datum(nu))
    _weiger_dubbel(sessie, actor, locatie.id, gekeurd)
    rij = Vergunning(
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie.id,
        vastgelegd_op=nu,
        gewijzigd_op=nu,
        door_id=actor.gebruiker_id,
        **asdict(gekeurd),
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "vergunning_vastgelegd",
        "risicolocatie",
        locatie.uid,
        gegevens={"vergunning": str(rij.uid), "status": rij.status},
    )
    return rij


def wijzig_vergunning(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    vergunning: Vergunning,
    gegevens: VergunningGegevens,
    reden: str,
    gezien_op: str,
) -> list[str]:
    """Change what is known of a permit, with the reason; gives the columns that changed.

    ``gezien_op``: ``gewijzigd_op`` (ISO 8601) as the user saw it. Raises OngeldigeInvoer, or Conflict when somebody
    else was first or the number is another permit's.
    """
    if vergunning.gewijzigd_op.isoformat() != gezien_op:
        raise Conflict("Een collega wijzigde deze vergunning net. Kijk wat er veranderd is en probeer het opnieuw.")
    gekeurd = keur_vergunning(gegevens, lokale_datum(nu))
    anders = [veld for veld in VELDEN if getattr(vergunning, veld) != getattr(gekeurd, veld)]
    if not anders:
        return []
    _weiger_dubbel(sessie, actor, vergunning.locatie_id, gekeurd, vergunning.id)
    oud = als_json(vergunning, anders)
    bewaar_correctie(sessie, actor, nu, vergunning, vergunning.locatie_id, "gewijzigd", oud, reden)
    for veld in anders:
        setattr(vergunning, veld, getattr(gekeurd, veld))
    vergunning.gewijzigd_op = nu
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "vergunning_gewijzigd", "vergunning", vergunning.uid, gegevens={"velden": sorted(anders)}
    )
    return anders


def trek_vergunning_in(
    sessie: Session, actor: Actor, nu: datetime, vergunning: Vergunning, intrekdatum: date, reden: str
) -> None:
    """Withdraw a permit from a day on, with the reason. Raises Conflict where it is not a granted one."""
    if vergunning.status != "verleend":
        raise Conflict("Alleen een verleende vergunning kan worden ingetrokken.", "intrekdatum")
    if vergunning.geldig_vanaf is not None and intrekdatum < vergunning.geldig_vanaf:
        raise OngeldigeInvoer("Deze dag ligt voor de eerste dag van de vergunning.", "intrekdatum")
    keur_reden(reden)
    gegevens = VergunningGegevens(**{veld: getattr(vergunning, veld) for veld in VELDEN} | {"intrekdatum": None})
    gekeurd = keur_vergunning(
        VergunningGegevens(**asdict(gegevens) | {"status": "ingetrokken", "intrekdatum": intrekdatum}),
        lokale_datum(nu),
    )
    oud = als_json(vergunning, ("status", "intrekdatum"))
    bewaar_correctie(sessie, actor, nu, vergunning, vergunning.locatie_id, "gewijzigd", oud, reden)
    vergunning.status, vergunning.intrekdatum, vergunning.gewijzigd_op = gekeurd.status, gekeurd.intrekdatum, nu
    sessie.flush()
    leg_vast(
        sessie,
        actor,
        nu,
        "vergunning_ingetrokken",
        "vergunning",
        vergunning.uid,
        gegevens={"per": intrekdatum.isoformat()},
    )
