"""Where signals were, for the map's squares. No text, no date, no reporter leaves this function."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Risicolocatie
from inspecties.signalen.models import Signaal

DAGEN = 365


def signaalplekken(sessie: Session, actor: Actor, nu: datetime) -> list[tuple[float, float, int]]:
    """x and y (RD, metres) and the place of every signal of the last year that has a location."""
    opdracht = (
        select_voor(actor, Signaal)
        .join(Risicolocatie, Risicolocatie.id == Signaal.locatie_id)
        .where(Signaal.ontvangen_op >= nu - timedelta(days=DAGEN), Risicolocatie.gemeente_id == actor.gemeente_id)
        .with_only_columns(Risicolocatie.x, Risicolocatie.y, Risicolocatie.id)
    )
    return [(float(x), float(y), int(plek)) for x, y, plek in sessie.execute(opdracht)]
