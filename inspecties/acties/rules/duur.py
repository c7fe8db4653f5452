"""How long a visit is expected to take: from earlier visits to that kind of place, or else what is usual for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# With fewer visits one long evening says too much.
MINSTENS = 5
# A visit that is shorter or longer was not recorded as it went; minutes.
KORTST_MIN, LANGST_MIN = 3, 480
_STAP_MIN = 5


@dataclass(frozen=True)
class Duur:
    """Minutes, and in plain Dutch how they were found."""

    minuten: int
    uitleg: str


def verwachte_duur(bezoeken_min: Sequence[float], gebruikelijk_min: int, soort: str) -> Duur:
    """The median of earlier visits in minutes, rounded up to five; with too few what is usual for that kind."""
    telt = [m for m in bezoeken_min if KORTST_MIN <= m <= LANGST_MIN]
    if len(telt) >= MINSTENS:
        minuten = math.ceil(median(telt) / _STAP_MIN) * _STAP_MIN
        return Duur(minuten, f"Midden van {len(telt)} eerdere bezoeken, soort {soort.lower()}"[:160])
    eerder = {0: "nog geen bezoek", 1: "nog maar 1 bezoek"}.get(len(telt), f"nog maar {len(telt)} bezoeken")
    return Duur(gebruikelijk_min, f"Gebruikelijk voor dit soort plek; er is {eerder} om van te leren")
