"""Travel times from a routing service that answers as OSRM does (``/table/v1/driving``), over the standard library.

It speaks to one configured host only, over https (http only to this machine itself), follows no redirect, and stops at
a deadline and a size. Where it fails the planner goes on with straight lines and says so.
"""

import json
import math
import ssl
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from inspecties.acties.rules.reis import Punt
from inspecties.locaties.rules.coordinaten import naar_wgs84

TIJD_S = 4.0
MAX_BYTES = 4 * 1024 * 1024
# The usual limit of such a service.
MAX_PUNTEN = 100
_EIGEN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
STORING = "De reistijden zijn geschat: de dienst voor reistijden gaf geen bruikbaar antwoord."


class ReisStoring(Exception):
    """The service gave no usable answer; the message says why, for the log."""


class Reisdienst:
    """The service at ``url``. Raises ValueError for an address that it may not speak to."""

    def __init__(self, url: str, tijd_s: float = TIJD_S) -> None:
        delen = urlsplit(url)
        host = delen.hostname or ""
        if delen.username or delen.query or delen.fragment or not host:
            raise ValueError("geef alleen een host en eventueel een pad")
        if delen.scheme != "https" and not (delen.scheme == "http" and host in _EIGEN_MACHINE):
            raise ValueError("begin met https://")
        self._veilig, self._host, self._poort = delen.scheme == "https", host, delen.port
        self._pad, self._tijd_s = delen.path.rstrip("/"), tijd_s

    def tabel(self, punten: Sequence[Punt]) -> list[list[float | None]]:
        """Minutes from each place (RD metres) to each; None where there is no road. Raises ReisStoring."""
        if len(punten) > MAX_PUNTEN:
            raise ReisStoring(f"meer dan {MAX_PUNTEN} plekken")
        graden = ";".join(f"{lon:.6f},{lat:.6f}" for lon, lat in (naar_wgs84(*p) for p in punten))
        try:
            antwoord = json.loads(self._lees(f"{self._pad}/table/v1/driving/{graden}?annotations=duration"))
            if antwoord["code"] != "Ok":
                raise ReisStoring("code is niet Ok")
            rijen = antwoord["durations"]
            uit = [[_minuten(cel) for cel in rij] for rij in rijen]
        except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError) as fout:
            raise ReisStoring(f"{type(fout).__name__}: {fout}"[:200]) from fout
        if len(uit) != len(punten) or any(len(rij) != len(punten) for rij in uit):
            raise ReisStoring("de tabel heeft een andere maat")
        return uit

    def _lees(self, pad: str) -> bytes:
        uiterlijk = time.monotonic() + self._tijd_s
        verbinding: HTTPConnection
        if self._veilig:
            context = ssl.create_default_context()
            verbinding = HTTPSConnection(self._host, self._poort, timeout=self._tijd_s, context=context)
        else:
            verbinding = HTTPConnection(self._host, self._poort, timeout=self._tijd_s)
        try:
            verbinding.request("GET", pad, headers={"Accept": "application/json", "Accept-Encoding": "identity"})
            antwoord = verbinding.getresponse()
            # A redirect is no answer: it could lead anywhere.
            if antwoord.status != 200:
                raise ReisStoring(f"HTTP {antwoord.status}")
            delen, omvang = [], 0
            while deel := antwoord.read1(65_536):
                omvang += len(deel)
                delen.append(deel)
                if omvang > MAX_BYTES:
                    raise ReisStoring("antwoord te groot")
                if time.monotonic() > uiterlijk:
                    raise ReisStoring("antwoord te laat")
            return b"".join(delen)
        finally:
            verbinding.close()


def _minuten(cel: object) -> float | None:
    if cel is None:
        return None
    if isinstance(cel, bool) or not isinstance(cel, (int, float)) or not math.isfinite(cel) or not 0 <= cel < 86_400:
        raise ValueError("geen reistijd")
    return round(cel / 60, 2)
