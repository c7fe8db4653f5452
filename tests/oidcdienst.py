"""A real login service (OpenID Connect) in a process of its own, and a person who logs in there."""

import html
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.postserver import vrije_poort

KOPPEN = {"Content-Type": "application/x-www-form-urlencoded"}


class Oidcdienst:
    """The service on loopback."""

    def __init__(self, poort: int) -> None:
        self.poort = poort
        self.uitgever = f"http://127.0.0.1:{poort}"

    def vraag(self, methode: str, pad: str, inhoud: str = "", soort: str = "") -> tuple[int, str, str]:
        """(status, Location, body)."""
        verbinding = HTTPConnection("127.0.0.1", self.poort, timeout=20)
        try:
            verbinding.request(methode, pad, inhoud or None, {"Content-Type": soort} if soort else {})
            antwoord: HTTPResponse = verbinding.getresponse()
            return antwoord.status, antwoord.getheader("Location") or "", antwoord.read().decode()
        finally:
            verbinding.close()

    def zet(self, onderwerp: str, **claims: Any) -> None:
        """What the service says of this person from now on; a claim of the token itself is overwritten too."""
        status, _, tekst = self.vraag("PUT", f"/users/{quote(onderwerp)}", json.dumps(claims), "application/json")
        assert status == 204, tekst

    def log_in(self, adres: str, onderwerp: str) -> str:
        """Log in at the page to which the application sent the browser; where the browser goes back to."""
        delen = urlsplit(html.unescape(adres))
        assert f"{delen.scheme}://{delen.netloc}" == self.uitgever
        inhoud = urlencode({"sub": onderwerp})
        status, terug, tekst = self.vraag("POST", f"{delen.path}?{delen.query}", inhoud, KOPPEN["Content-Type"])
        assert status == 302, re.sub(r"<[^>]+>", " ", tekst)[:400]
        return terug


@contextmanager
def oidcdienst(poort: int = 0) -> Iterator[Oidcdienst]:
    """Start the service, with a key of its own, and wait until it answers."""
    dienst = Oidcdienst(poort or vrije_poort())
    # A process of its own: importing it warns, and a warning is an error here.
    opdracht = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(dienst.poort)]
    proces = subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                dienst.vraag("GET", "/jwks")
                break
            except OSError:
                assert proces.poll() is None, "de aanmelddienst startte niet"
                time.sleep(0.1)
        yield dienst
    finally:
        proces.terminate()
        proces.wait(20)
