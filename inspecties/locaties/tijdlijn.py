"""What happened at a location, told by every feature that knows something of it.

Features later in the list hang their source in ``app.extensions[BRONNEN]``; this one knows only the status.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.queries import statusgeschiedenis
from inspecties.locaties.rules.status import STATUSNAMEN

BRONNEN = "locatie_tijdlijn"


@dataclass(frozen=True)
class Punt:
    """One event. ``endpoint`` and ``waarden`` lead to its page; '' where it has none.

    ``hele_dag``: only the day is known, the time in ``wanneer`` serves the order. ``doorgehaald``: withdrawn since.
    """

    wanneer: datetime
    soort: str
    titel: str
    tekst: str = ""
    endpoint: str = ""
    waarden: dict[str, Any] = field(default_factory=dict)
    hele_dag: bool = False
    doorgehaald: bool = False


# Gives what this actor may see at this location; nothing where the role may see nothing.
Bron = Callable[[Session, Actor, Risicolocatie], Iterable[Punt]]


def statuspunten(sessie: Session, actor: Actor, locatie: Risicolocatie) -> Iterable[Punt]:
    """The changes of status."""
    for stap in statusgeschiedenis(sessie, actor, locatie):
        door = f" ({stap.door.naam})" if stap.door else ""
        titel = f"Status: {STATUSNAMEN[stap.naar].lower()}" if stap.van else "Locatie toegevoegd"
        yield Punt(stap.op, "status", titel, f"{stap.reden}{door}")


def punten_van(sessie: Session, actor: Actor, locatie: Risicolocatie, bronnen: Iterable[Bron]) -> list[Punt]:
    """One timeline of all sources, the newest first."""
    punten = [punt for bron in (statuspunten, *bronnen) for punt in bron(sessie, actor, locatie)]
    return sorted(punten, key=lambda p: p.wanneer, reverse=True)
