"""Home page: machtigingen that wait for a signature."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.machtiging_queries import lijst_van
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.start.kaartje import Kaartje


def te_ondertekenen(sessie: Session, actor: Actor, nu: datetime) -> list[Kaartje]:
    """How many wait for whoever signs; urgent when an action begins within a day."""
    if not rol_mag(actor.rol, "machtigingen.ondertekenen"):
        return []
    rijen = lijst_van(sessie, actor, ["ter_ondertekening"])
    if not rijen:
        return []
    haast = any(rij.stop and (rij.stop.actie.begin_op - nu).total_seconds() < 24 * 3600 for rij in rijen)
    zin = "Een ploeg kan een woning pas in als er een handtekening staat."
    return [
        Kaartje(
            "Machtigingen te ondertekenen", zin, len(rijen), haast, "machtigingen.lijst", {}, "Naar de machtigingen"
        )
    ]
