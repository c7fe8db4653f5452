"""On the page of an action: where its stops come from. Only for who plans: a team is not told what led to a stop."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.rules.herkomst import HERKOMSTEN
from inspecties.acties.rules.trekking import deel_in_procenten
from inspecties.acties.soorten import actiesoorten
from inspecties.acties.stops_plan import herkomst_van
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag


@dataclass(frozen=True)
class Telling:
    """How many stops came how; ``procent`` by lot, ``gevraagd`` what this kind of action asks (0: nothing)."""

    rijen: tuple[tuple[str, str, int], ...]
    alle: int
    geloot: int
    procent: int
    gevraagd: int


def telling(sessie: Session, actor: Actor, actie: Actie) -> Telling:
    """The stops of an action by how they came into the plan."""
    aantallen = Counter(herkomst_van(sessie, actor, actie).values())
    rijen = tuple((code, naam, aantallen[code]) for code, naam in HERKOMSTEN.items() if aantallen[code])
    alle, geloot = aantallen.total(), aantallen["trekking"]
    gevraagd = actiesoorten()[actie.soort].trekking_procent
    return Telling(rijen, alle, geloot, deel_in_procenten(geloot, alle), gevraagd)


def paneel(sessie: Session, actor: Actor, actie: Actie, _nu: datetime) -> dict[str, Any] | None:
    """The counts, or None for who does not plan or where there is no stop yet."""
    if not rol_mag(actor.rol, "acties.plannen"):
        return None
    uit = telling(sessie, actor, actie)
    return {"telling": uit} if uit.alle else None
