"""Start, await and end the second process."""

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from inspecties.acties.route.opgave import Opgave, Plannetje, type_route
from inspecties.acties.route.werker import schrijf_vraag


@dataclass(frozen=True, slots=True)
class Antwoord:
    """The best plan and other good routes; ``op_tijd`` is False when the clock cut the search short."""

    beste: Plannetje | None
    routes: tuple[tuple[int, type_route], ...]
    op_tijd: bool


class TweedeProces:
    """PyVRP on the second core. A fresh interpreter: a fork of a threaded service is not safe."""

    def __init__(self, opgave: Opgave, begin: Plannetje, zaad: int, zetten: int, seconden: float) -> None:
        pad = str(Path(__file__).resolve().parents[3])
        omgeving = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (pad, os.environ.get("PYTHONPATH")) if p)}
        self.proces = subprocess.Popen(
            [sys.executable, "-m", "inspecties.acties.route.werker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=omgeving,
        )
        assert self.proces.stdin is not None
        # A worker that died at once is noticed when its answer is asked.
        with contextlib.suppress(BrokenPipeError):
            self.proces.stdin.write(schrijf_vraag(opgave, begin, zaad, zetten, time.monotonic() + seconden))
            self.proces.stdin.close()
        self.proces.stdin = None
        # Read along: a full pipe would make the worker wait.
        self.uit = b""
        self.lezer = threading.Thread(target=self._lees, daemon=True)
        self.lezer.start()

    def _lees(self) -> None:
        assert self.proces.stdout is not None
        for regel in self.proces.stdout:
            self.uit += regel

    def wacht(self, seconden: float) -> Antwoord:
        """The answer; what there is of it when the time is up, which may be nothing."""
        self.lezer.join(max(0.0, seconden))
        self.stop()
        beste: Plannetje | None = None
        for regel in self.uit.splitlines():
            try:
                gelezen = json.loads(regel)
            except json.JSONDecodeError:
                break  # the line it was writing when it was ended
            beste = tuple(tuple(tuple(int(i) for i in r) for r in klasse) for klasse in gelezen["beste"])
            if "routes" in gelezen:
                routes = tuple((int(k), tuple(int(i) for i in r)) for k, r in gelezen["routes"])
                return Antwoord(beste, routes, bool(gelezen["op_tijd"]))
        return Antwoord(beste, (), op_tijd=False)

    def stop(self) -> None:
        """End the process; harmless when it has ended."""
        self.proces.kill()
        self.lezer.join()
        self.proces.wait()
        if self.proces.stdout is not None:
            self.proces.stdout.close()
