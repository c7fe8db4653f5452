"""The real server behind a socket that stays, as systemd does it, and tablets that sync with it over the network."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SCRIPT = Path(sys.executable).parent / "inspecties"
GEHEIM = "k" * 40
# What systemd does for a service with a socket: the listening socket is file descriptor 3, and two variables say so.
_ACTIVERING = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()))
os.execv(sys.argv[2], sys.argv[2:])
"""


@dataclass
class Voordeur:
    """A socket that is never closed between two servers: who connects meanwhile waits in its queue."""

    data: Path
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(512)
        self.poort = int(self.socket.getsockname()[1])

    def start(self) -> None:
        """A new server on the same socket and data; returns at once."""
        schoon = {n: w for n, w in os.environ.items() if not n.startswith("INSPECTIES_")}
        nummer = self.socket.fileno()
        with (self.data / "dienst.log").open("ab") as logboek:
            self.servers.append(
                subprocess.Popen(
                    [sys.executable, "-c", _ACTIVERING, str(nummer), str(SCRIPT), "serve", "--data", str(self.data)],
                    env=schoon | {"INSPECTIES_SECRET_KEY": GEHEIM},
                    pass_fds=(nummer,),
                    stdout=logboek,
                    stderr=logboek,
                )
            )

    def stop(self) -> int:
        """SIGTERM, as `systemctl restart` sends it, and wait; the exit code."""
        server = self.servers[-1]
        server.send_signal(signal.SIGTERM)
        return server.wait(timeout=60)

    def sluit(self) -> None:
        for server in self.servers:
            if server.poll() is None:
                server.kill()
                server.wait(timeout=30)
        self.socket.close()


@dataclass
class Antwoord:
    """As much of an answer as a tablet looks at."""

    status_code: int
    inhoud: bytes

    def get_json(self) -> Any:
        return json.loads(self.inhoud)


@dataclass
class Netklant:
    """A device on the network with a session of its own: each request on a connection of its own."""

    poort: int
    koekje: str
    geweigerd: int = 0
    afgebroken: int = 0

    def _vraag(
        self, methode: str, pad: str, lijf: bytes | None = None, koppen: dict[str, str] | None = None
    ) -> Antwoord:
        lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=60)
        try:
            lijn.request(methode, pad, lijf, {"Cookie": self.koekje, **(koppen or {})})
            antwoord = lijn.getresponse()
            lijf_terug = antwoord.read()
            if nieuw := antwoord.getheader("Set-Cookie"):
                self.koekje = nieuw.split(";")[0]
            return Antwoord(antwoord.status, lijf_terug)
        except ConnectionRefusedError:
            self.geweigerd += 1
            raise
        except (OSError, http.client.HTTPException):
            self.afgebroken += 1
            raise
        finally:
            lijn.close()

    def get(self, pad: str) -> Antwoord:
        return self._vraag("GET", pad)

    def post(self, pad: str, json: dict[str, Any], headers: dict[str, str]) -> Antwoord:
        koppen = {"Content-Type": "application/json", **headers}
        return self._vraag("POST", pad, _json(json), koppen)


def _json(inhoud: dict[str, Any]) -> bytes:
    return json.dumps(inhoud).encode()


def wacht_tot(klaar: Any, seconden: float = 60) -> None:
    """Until this is true. Raises TimeoutError."""
    einde = time.monotonic() + seconden
    while not klaar():
        if time.monotonic() > einde:
            raise TimeoutError
        time.sleep(0.05)
