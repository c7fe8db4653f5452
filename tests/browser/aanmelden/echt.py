"""A server that is not the demo: a second factor is forced. With what else a test of logging in needs."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

INSPECTIES = str(Path(sys.executable).parent / "inspecties")
WACHTWOORD = "vier kale paarden op het dak"


@dataclass
class Echt:
    """By name: browsers make no passkeys for an IP address."""

    poort: int
    data: Path

    @property
    def adres(self) -> str:
        return f"http://localhost:{self.poort}"

    def laat_halve_minuut_voorbijgaan(self) -> None:
        """For the codes of apps, in no time: the one that was used may be used again."""
        with closing(sqlite3.connect(self.data / "inspecties.db")) as database, database:
            database.execute("UPDATE totpgeheim SET laatste_stap = laatste_stap - 2")


@contextmanager
def echte_dienst(data: Path, rollen: tuple[str, ...], **instellingen: str) -> Iterator[Echt]:
    """Start it, with a gemeente (9903) and somebody of each of these roles."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = int(s.getsockname()[1])
    omgeving = {n: w for n, w in os.environ.items() if not n.startswith("INSPECTIES_")}
    omgeving |= {"INSPECTIES_SECRET_KEY": "s" * 48, "INSPECTIES_DATA": str(data)}
    omgeving["INSPECTIES_BASISADRES"] = f"http://localhost:{poort}"
    omgeving |= {f"INSPECTIES_{naam.upper()}": waarde for naam, waarde in instellingen.items()}
    with (data / "dienst.log").open("ab") as logboek:
        proces = subprocess.Popen(
            [INSPECTIES, "serve", "--port", str(poort)], env=omgeving, stdout=logboek, stderr=logboek
        )
    try:
        _wacht_tot_gezond(proces, poort, data)
        for rol in rollen:
            opdracht = [INSPECTIES, "gebruiker", "toevoegen", f"{rol}@proef.example", "--naam", f"Proef {rol}"]
            opdracht += ["--rol", rol, "--gemeente", "Proef", "--gemeentecode", "9903", "--wachtwoord", WACHTWOORD]
            subprocess.run(opdracht, env=omgeving, check=True, capture_output=True)
        yield Echt(poort, data)
    finally:
        proces.terminate()
        proces.wait(timeout=30)


def _wacht_tot_gezond(proces: subprocess.Popen[bytes], poort: int, data: Path) -> None:
    einde = time.monotonic() + 120
    while time.monotonic() < einde and proces.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{poort}/gezond", timeout=2) as antwoord:
                if antwoord.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("de dienst startte niet:\n" + (data / "dienst.log").read_text()[-4000:])


def nu_met_rust() -> int:
    """Now, with time left to type a code before its half minute is over."""
    rest = 30 - time.time() % 30
    if rest < 8:
        time.sleep(rest + 0.1)
    return int(time.time())
