"""How long a team drives: straight lines with a detour, or a table that somebody measured."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

# RD metres.
Punt = tuple[float, float]


def sleutel(punt: Punt) -> str:
    """How a table names a place: whole metres, so that a stored table and a database agree."""
    return f"{punt[0]:.0f},{punt[1]:.0f}"


@dataclass(frozen=True)
class Reis:
    """Minutes between places. ``tabel`` (from, to) -> minutes goes before the straight line with its detour."""

    omweg: float = 1.3
    meter_per_minuut: float = 500.0
    tabel: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def minuten(self, van: Punt, naar: Punt) -> int:
        """Whole minutes, rounded up: nobody is told to be there too early."""
        if van == naar:
            return 0
        gemeten = self.tabel.get((sleutel(van), sleutel(naar)))
        lengte = self.omweg * math.dist(van, naar) / self.meter_per_minuut if gemeten is None else gemeten
        return math.ceil(lengte - 1e-6)
