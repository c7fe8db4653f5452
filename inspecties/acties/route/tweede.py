"""Start, await and end the second process."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from inspecties.acties.route.opgave import Opgave, type_route
from inspecties.acties.route.werker import schrijf_vraag


@dataclass(frozen=True, slots=True)
class Antwoord:
    """Routes per class; ``op_tijd`` is False when the clock cut the search or the process gave no answer."""

    routes: tuple[tuple[int, type_route], ...]
    op_tijd: bool


class TweedeProces:
    """PyVRP beside the own search, on the second core. A fresh interpreter: a fork of a threaded service is not safe."""

    def __init__(self, opgave: Opgave, zaad: int, zetten: int, seconden: float) -> None:
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
            self.proces.stdin.write(schrijf_vraag(opgave, zaad, zetten, seconden))
            self.proces.stdin.close()
        self.proces.stdin = None

    def wacht(self, seconden: float) -> Antwoord:
        """The answer, or an empty one when it is not there in time."""
        try:
            uit, _ = self.proces.communicate(timeout=max(0.01, seconden))
            gelezen = json.loads(uit)
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            self.stop()
            return Antwoord((), op_tijd=False)
        routes = tuple((int(k), tuple(int(i) for i in r)) for k, r in gelezen["routes"])
        return Antwoord(routes, bool(gelezen["op_tijd"]))

    def stop(self) -> None:
        """End the process; harmless when it has ended."""
        self.proces.kill()
        self.proces.communicate()
