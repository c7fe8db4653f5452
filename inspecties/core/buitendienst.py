"""Asking one configured service outside, over the standard library.

It speaks to one host only, over https (http only to this machine itself), follows no redirect, and stops at a deadline
and a size.
"""

import ssl
import time
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

_EIGEN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
# What can go wrong on the way; ``GeenAntwoord`` is an OSError.
STORINGEN = (OSError, HTTPException)


class GeenAntwoord(OSError):
    """The service answered with something that is not used; the message says why, for the log."""


class Buitendienst:
    """The service at ``url``. Raises ValueError for an address that it may not speak to."""

    def __init__(self, url: str, tijd_s: float, max_bytes: int) -> None:
        delen = urlsplit(url)
        host = delen.hostname or ""
        if delen.username or delen.query or delen.fragment or not host:
            raise ValueError("geef alleen een host en eventueel een pad")
        if delen.scheme != "https" and not (delen.scheme == "http" and host in _EIGEN_MACHINE):
            raise ValueError("begin met https://")
        self._veilig, self._host, self._poort = delen.scheme == "https", host, delen.port
        self._pad, self._tijd_s, self._max_bytes = delen.path.rstrip("/"), tijd_s, max_bytes

    def lees(self, pad: str, soort: str = "application/json") -> bytes:
        """The answer at ``pad`` below the address, asked for as ``soort``. Raises one of STORINGEN."""
        return self._vraag("GET", pad, {"Accept": soort}, None)

    def stuur(self, pad: str, velden: Mapping[str, str], koppen: Mapping[str, str]) -> bytes:
        """The answer to a form that is sent to ``pad`` below the address. Raises one of STORINGEN."""
        soort = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        return self._vraag("POST", pad, soort | dict(koppen), urlencode(velden).encode("ascii"))

    def _vraag(self, methode: str, pad: str, koppen: dict[str, str], inhoud: bytes | None) -> bytes:
        uiterlijk = time.monotonic() + self._tijd_s
        verbinding: HTTPConnection
        if self._veilig:
            context = ssl.create_default_context()
            verbinding = HTTPSConnection(self._host, self._poort, timeout=self._tijd_s, context=context)
        else:
            verbinding = HTTPConnection(self._host, self._poort, timeout=self._tijd_s)
        try:
            kop = koppen | {"Accept-Encoding": "identity"}
            verbinding.request(methode, f"{self._pad}/{pad}", body=inhoud, headers=kop)
            antwoord = verbinding.getresponse()
            # A redirect is no answer: it could lead anywhere.
            if antwoord.status != 200:
                raise GeenAntwoord(f"HTTP {antwoord.status}")
            delen, omvang = [], 0
            while deel := antwoord.read1(65_536):
                omvang += len(deel)
                delen.append(deel)
                if omvang > self._max_bytes:
                    raise GeenAntwoord("antwoord te groot")
                if time.monotonic() > uiterlijk:
                    raise GeenAntwoord("antwoord te laat")
            return b"".join(delen)
        finally:
            verbinding.close()
