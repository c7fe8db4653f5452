"""When an embargo may end, and what somebody in a team is told while it holds."""

from datetime import datetime

from inspecties.core.fouten import OngeldigeInvoer

# While the shift is being planned or waits; once it runs, teams must see where to go.
TE_ZETTEN = frozenset({"concept", "gereed"})


def controleer_embargo(tot: datetime | None, begin_op: datetime, nu: datetime) -> None:
    """Raise OngeldigeInvoer, naming ``dag``, where an embargo until ``tot`` makes no sense; None takes it away."""
    if tot is None:
        return
    if tot > begin_op:
        raise OngeldigeInvoer("Het embargo eindigt uiterlijk als de dienst begint. Kies een eerder moment.", "dag")
    if tot <= nu:
        raise OngeldigeInvoer("Dit moment is al voorbij. Kies een later moment, of haal het embargo weg.", "dag")


def loopt(tot: datetime | None, nu: datetime) -> bool:
    """Whether an embargo until ``tot`` holds now; at that very moment it is over."""
    return tot is not None and tot > nu
