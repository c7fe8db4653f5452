"""The real server with the demo, as `make run` starts it, on either database."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

from playwright.sync_api import Page

WACHTWOORD = "demo-wachtwoord-voor-de-proef"
# The first start fills a year of demo data.
START_SECONDEN = 400


@dataclass
class Demodienst:
    """One running server."""

    data: Path
    database_url: str = ""
    poort: int = 0
    _proces: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self.poort}"

    def start(self) -> None:
        """Start and wait until /gezond answers."""
        if not self.poort:
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                self.poort = int(s.getsockname()[1])
        omgeving = {n: w for n, w in os.environ.items() if not n.startswith("INSPECTIES_")}
        omgeving |= {"INSPECTIES_DEMO_WACHTWOORD": WACHTWOORD, "INSPECTIES_AANMELDEN_LIMIET": "10000 per minute"}
        if self.database_url:
            omgeving["INSPECTIES_DATABASE_URL"] = self.database_url
        opdracht = [str(Path(sys.executable).parent / "inspecties"), "serve", "--demo", "--port", str(self.poort)]
        with (self.data / "dienst.log").open("ab") as logboek:
            self._proces = subprocess.Popen(
                [*opdracht, "--data", str(self.data)], env=omgeving, stdout=logboek, stderr=logboek
            )
        einde = time.monotonic() + START_SECONDEN
        while time.monotonic() < einde:
            if self._proces.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.adres}/gezond", timeout=2) as antwoord:
                    if antwoord.status == 200:
                        return
            except (URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError("de dienst startte niet:\n" + (self.data / "dienst.log").read_text()[-4000:])

    def stop(self) -> None:
        """End it and wait."""
        if self._proces is not None:
            self._proces.terminate()
            self._proces.wait(timeout=30)
            self._proces = None


def bevestig(pagina: Page) -> None:
    """Prove once more who is here, as the app asks before files with persons are given; back to the same page."""
    hier = urlsplit(pagina.url).path
    pagina.goto(f"/account/bevestigen?volgende={hier}")
    pagina.get_by_label("Uw wachtwoord").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Verder").click()
    pagina.wait_for_url(f"**{hier}")


def meld_aan(pagina: Page, dienst: Demodienst, naam: str, gemeente: str = "markerwaard") -> None:
    """Log in through the login page, as the user does."""
    pagina.goto(f"{dienst.adres}/aanmelden")
    pagina.get_by_label("E-mailadres").fill(f"{naam}@{gemeente}.example")
    pagina.get_by_label("Wachtwoord").fill(WACHTWOORD)
    pagina.get_by_role("button", name="Aanmelden").click()
    pagina.wait_for_url(lambda url: "/aanmelden" not in url)
