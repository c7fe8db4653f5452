"""The real server outside the demo, as a process that can be killed, and a device on the network that talks to it."""

import contextlib
import http.client
import json as json_
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.soak.dienstproces import kinderen

GEHEIM = "k" * 40
_START_S = 150
# As the console script does, of the code that this proof is of.
_INSPECTIES = (sys.executable, "-c", "from inspecties.cli import main; main()")


@dataclass
class Werkdienst:
    """``inspecties serve`` on this data; starting again uses the same port. ``meer``: other settings."""

    data: Path
    database_url: str = ""
    meer: dict[str, str] = field(default_factory=dict)
    poort: int = 0
    _proces: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def logboek(self) -> Path:
        return self.data / "dienst.log"

    @property
    def omgeving(self) -> dict[str, str]:
        schoon = {n: w for n, w in os.environ.items() if not n.startswith("INSPECTIES_")}
        eigen = {"INSPECTIES_SECRET_KEY": GEHEIM, "INSPECTIES_DATA": str(self.data)}
        if self.database_url:
            eigen["INSPECTIES_DATABASE_URL"] = self.database_url
        return schoon | eigen | self.meer

    @property
    def leeft(self) -> bool:
        return self._proces is not None and self._proces.poll() is None

    def begin(self) -> None:
        """Start; returns at once."""
        if not self.poort:
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                self.poort = int(s.getsockname()[1])
        with self.logboek.open("ab") as logboek:
            opdracht = [*_INSPECTIES, "serve", "--port", str(self.poort)]
            self._proces = subprocess.Popen(opdracht, env=self.omgeving, stdout=logboek, stderr=logboek)

    def start(self) -> None:
        """Start and wait until it answers."""
        self.begin()
        self.wacht_op_antwoord()

    def wacht_op_antwoord(self) -> None:
        """Until /gezond says yes. Raises RuntimeError with the end of the log."""
        einde = time.monotonic() + _START_S
        while time.monotonic() < einde and self.leeft:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Lijn(self.poort).vraag("GET", "/gezond").status_code == 200:
                    return
            time.sleep(0.1)
        raise RuntimeError("de dienst antwoordt niet:\n" + self.logboek.read_text()[-4000:])

    def dood(self) -> None:
        """SIGKILL to the server and everything it started, at once."""
        proces = self._proces
        assert proces is not None
        for nummer in [proces.pid, *kinderen(proces.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(nummer, signal.SIGKILL)
        proces.wait(timeout=30)
        self._proces = None

    def stop(self) -> None:
        """End it as systemd does, and wait."""
        if self._proces is not None:
            self._proces.terminate()
            self._proces.wait(timeout=60)
            self._proces = None

    def doe(self, *argumenten: str) -> subprocess.CompletedProcess[str]:
        """One command on this installation."""
        return subprocess.run(
            [*_INSPECTIES, *argumenten],
            env=self.omgeving,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )


@dataclass
class Antwoord:
    """As much of an answer as a device looks at; the names are those of Flask's test client."""

    status_code: int
    inhoud: bytes
    headers: dict[str, str]

    def get_json(self) -> Any:
        return json_.loads(self.inhoud)

    def get_data(self, *, as_text: bool = False) -> Any:
        return self.inhoud.decode() if as_text else self.inhoud


@dataclass
class Lijn:
    """A device with a session of its own: each request on a connection of its own.

    Speaks as Flask's test client does, so that ``Tablet`` and ``Tus`` of the tests run on it. Statuses are counted, and
    with ``tijden`` the seconds of each request are kept per path without ids.
    """

    poort: int
    koekje: str = ""
    statussen: Counter[int] = field(default_factory=Counter)
    afgebroken: int = 0
    tijden: list[tuple[str, float]] = field(default_factory=list)

    def vraag(
        self, methode: str, pad: str, lijf: bytes | None = None, koppen: dict[str, str] | None = None
    ) -> Antwoord:
        """One request. Raises OSError or HTTPException where no whole answer came."""
        lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=120)
        begin = time.monotonic()
        try:
            lijn.request(methode, pad, lijf, {"Cookie": self.koekje, **(koppen or {})})
            antwoord = lijn.getresponse()
            inhoud = antwoord.read()
        except (OSError, http.client.HTTPException):
            self.afgebroken += 1
            raise
        finally:
            lijn.close()
        self.statussen[antwoord.status] += 1
        soort = f"{methode} /" + "/".join(pad.partition("?")[0].split("/")[1:3])
        self.tijden.append((soort, time.monotonic() - begin))
        if nieuw := antwoord.getheader("Set-Cookie"):
            self.koekje = nieuw.split(";")[0]
        return Antwoord(antwoord.status, inhoud, dict(antwoord.getheaders()))

    def get(self, pad: str) -> Antwoord:
        return self.vraag("GET", pad)

    def head(self, pad: str, headers: dict[str, str]) -> Antwoord:
        return self.vraag("HEAD", pad, None, headers)

    def post(self, pad: str, json: Any = None, data: bytes = b"", headers: dict[str, str] | None = None) -> Antwoord:
        if json is None:
            return self.vraag("POST", pad, data, headers)
        koppen = {"Content-Type": "application/json"} | (headers or {})
        return self.vraag("POST", pad, json_.dumps(json).encode(), koppen)

    def patch(self, pad: str, data: bytes, headers: dict[str, str]) -> Antwoord:
        return self.vraag("PATCH", pad, data, headers)
