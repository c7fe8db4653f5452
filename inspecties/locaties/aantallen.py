"""Numbers of a location: persons registered (BRP, the number only) and licensed capacity, with source and date."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokale_datum
from inspecties.locaties.geschiedenis import leg_wijzigingen_vast
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Locatieaantal
from inspecties.locaties.rules.feiten import keur_aantal


def leg_aantal_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    locatie: Risicolocatie,
    soort: str,
    waarde: int | None,
    bron: str,
    peildatum: date,
) -> Locatieaantal:
    """Write a number down; the location carries it from now on. ``waarde`` None: it is not known any more.

    Raises OngeldigeInvoer naming the field.
    """
    keur_aantal(soort, waarde, peildatum, lokale_datum(nu))
    if not bron.strip():
        raise OngeldigeInvoer("Schrijf waar u dit van weet, zoals 'BRP' of 'vergunning 2024-118'.", "bron")
    if len(bron.strip()) > 160:
        raise OngeldigeInvoer(f"De bron is te lang: {len(bron.strip())} tekens, 160 is het meeste.", "bron")
    rij = Locatieaantal(
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie.id,
        soort=soort,
        waarde=waarde,
        bron=bron.strip(),
        peildatum=peildatum,
        vastgelegd_op=nu,
        door_id=actor.gebruiker_id,
    )
    sessie.add(rij)
    oud = getattr(locatie, soort)
    setattr(locatie, soort, waarde)
    locatie.gewijzigd_op = nu
    sessie.flush()
    leg_wijzigingen_vast(sessie, actor, nu, [(locatie.id, {soort: oud}, {soort: waarde})], reden=bron.strip())
    leg_vast(sessie, actor, nu, "aantal_vastgelegd", "risicolocatie", locatie.uid, gegevens={"soort": soort})
    return rij
