"""The real server as a process that can be killed, and what lies on its disk afterwards."""

import contextlib
import hashlib
import os
import signal
import sqlite3
from pathlib import Path

import psycopg

from tests.browser.demodienst import Demodienst


class Dienstproces(Demodienst):
    """A ``Demodienst`` whose power can be cut. Starting again uses the same port and the same data."""

    @property
    def leeft(self) -> bool:
        return self._proces is not None

    def dood(self) -> None:
        """SIGKILL to the server and everything it started, at once."""
        proces = self._proces
        assert proces is not None
        nummers = [proces.pid, *kinderen(proces.pid)]
        for nummer in nummers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(nummer, signal.SIGKILL)
        proces.wait(timeout=30)
        self._proces = None

    def vraag(self, sql: str, *waarden: object) -> list[tuple[object, ...]]:
        """Rows, read beside the running server; ``?`` for a value on either database."""
        if self.database_url:
            with psycopg.connect(self.database_url.replace("+psycopg", "")) as lijn:
                return lijn.execute(sql.replace("?", "%s").encode(), waarden).fetchall()
        bestand = sqlite3.connect(f"file:{self.data / 'inspecties.db'}?mode=ro", uri=True, timeout=15)
        with contextlib.closing(bestand):
            return bestand.execute(sql, waarden).fetchall()

    def originelen(self) -> dict[str, int]:
        """SHA-256 of every original in the store -> its size; AssertionError where a file is not what its name says."""
        uit: dict[str, int] = {}
        for pad in self.data.rglob("*"):
            if pad.is_file() and len(pad.name) == 64 and pad.parent.name == pad.name[:2]:
                inhoud = pad.read_bytes()
                assert hashlib.sha256(inhoud).hexdigest() == pad.name, pad
                uit[pad.name] = len(inhoud)
        return uit


def kinderen(ouder: int) -> list[int]:
    """Every process below this one, as it is now."""
    uit: list[int] = []
    for taak in Path("/proc").glob(f"{ouder}/task/*"):
        with contextlib.suppress(OSError):
            for kind in (taak / "children").read_text().split():
                uit += [int(kind), *kinderen(int(kind))]
    return uit
