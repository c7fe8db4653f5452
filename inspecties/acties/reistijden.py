"""Travel times from a routing service that answers as OSRM does (``/table/v1/driving``), as ``core.buitendienst`` asks.

Where it fails the planner goes on with straight lines and says so.
"""

import json
import math
from collections.abc import Sequence

from inspecties.acties.rules.reis import Punt
from inspecties.core.buitendienst import STORINGEN, Buitendienst
from inspecties.locaties.rules.coordinaten import naar_wgs84

TIJD_S = 4.0
MAX_BYTES = 4 * 1024 * 1024
# The usual limit of such a service.
MAX_PUNTEN = 100
STORING = "De reistijden zijn geschat: de dienst voor reistijden gaf geen bruikbaar antwoord."


class ReisStoring(Exception):
    """The service gave no usable answer; the message says why, for the log."""


class Reisdienst:
    """The service at ``url``. Raises ValueError for an address that it may not speak to."""

    def __init__(self, url: str, tijd_s: float = TIJD_S) -> None:
        self._dienst = Buitendienst(url, tijd_s, MAX_BYTES)

    def tabel(self, punten: Sequence[Punt]) -> list[list[float | None]]:
        """Minutes from each place (RD metres) to each; None where there is no road. Raises ReisStoring."""
        if len(punten) > MAX_PUNTEN:
            raise ReisStoring(f"meer dan {MAX_PUNTEN} plekken")
        graden = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in (naar_wgs84(*p) for p in punten))
        try:
            antwoord = json.loads(self._dienst.lees(f"table/v1/driving/{graden}?annotations=duration"))
            if antwoord["code"] != "Ok":
                raise ReisStoring("code is niet Ok")
            rijen = antwoord["durations"]
            uit = [[_minuten(cel) for cel in rij] for rij in rijen]
        except (*STORINGEN, ValueError, KeyError, TypeError, RecursionError) as fout:
            raise ReisStoring(f"{type(fout).__name__}: {fout}"[:200]) from fout
        if len(uit) != len(punten) or any(len(rij) != len(punten) for rij in uit):
            raise ReisStoring("de tabel heeft een andere maat")
        return uit


def _minuten(cel: object) -> float | None:
    if cel is None:
        return None
    if isinstance(cel, bool) or not isinstance(cel, (int, float)) or not math.isfinite(cel) or not 0 <= cel < 86_400:
        raise ValueError("geen reistijd")
    return round(cel / 60, 2)
