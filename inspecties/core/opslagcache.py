"""Local copies of what a bucket holds, so that what wants a path keeps working. Anything here may go any time.

A reader holds the lock of a name for a moment together with other readers; who destroys or makes room holds it alone.
So no copy comes back of what was destroyed, and a copy that was just handed out stays for a while.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from inspecties.core.opslag import is_naam, maak_map, schijf

_SLOTEN = "sloten"
# Longer than the longest work that reads paths: a full dossier may take half an hour.
RUST_S = 3600
# What a killed process was writing.
_HALF_S = 24 * 3600
_RUIM_TOT, _MEET_ELKE = 0.9, 0.05


@dataclass
class Cache:
    """Copies under ``wortel``, by their name in the store; at most ``grens`` bytes, and what was used just now."""

    wortel: Path
    grens: int
    # Since the last count, by this process; the first one counts at once.
    _erbij: int = field(default=-1, init=False)

    @contextmanager
    def slot(self, naam: str, *, alleen: bool) -> Iterator[None]:
        """Hold this name (and some others), alone or with other readers."""
        with self._open_slot(naam) as fd:
            fcntl.flock(fd, fcntl.LOCK_EX if alleen else fcntl.LOCK_SH)
            yield

    @contextmanager
    def _open_slot(self, naam: str) -> Iterator[int]:
        with schijf():
            maak_map(self.wortel / _SLOTEN)
            fd = os.open(self.wortel / _SLOTEN / naam[-64:-62], os.O_RDWR | os.O_CREAT, 0o640)
        try:
            yield fd
        finally:
            os.close(fd)

    def gebruik(self, naam: str) -> bool:
        """Whether there is a copy; from now on it counts as just used."""
        try:
            os.utime(self.wortel / naam)
        except FileNotFoundError:
            return False
        return True

    def erbij(self, grootte: int) -> None:
        """A copy came; make room where that is needed. Hold no lock."""
        eerste = self._erbij < 0
        self._erbij = max(self._erbij, 0) + grootte
        if eerste or self._erbij >= self.grens * _MEET_ELKE:
            self._erbij = 0
            self.ruim()

    def ruim(self) -> None:
        """Throw away what was used longest ago, until there is room, and what was left half."""
        nu, gevonden = time.time(), list[tuple[float, int, str]]()
        for pad in self.wortel.glob("*/[0-9a-f][0-9a-f]/*"):
            with contextlib.suppress(FileNotFoundError):
                s, naam = pad.stat(), pad.relative_to(self.wortel).as_posix()
                if is_naam(naam):
                    gevonden.append((s.st_mtime, s.st_size, naam))
                elif nu - s.st_mtime > _HALF_S:
                    pad.unlink()
        totaal = sum(grootte for _, grootte, _ in gevonden)
        if totaal <= self.grens:
            return
        for gebruikt, grootte, naam in sorted(gevonden):
            if totaal <= self.grens * _RUIM_TOT or nu - gebruikt < RUST_S:
                return
            if self._gooi_weg(naam, gebruikt):
                totaal -= grootte

    def _gooi_weg(self, naam: str, gebruikt: float) -> bool:
        with self._open_slot(naam) as fd:
            try:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            pad = self.wortel / naam
            with contextlib.suppress(FileNotFoundError):
                if pad.stat().st_mtime > gebruikt:
                    return False
                pad.unlink()
        return True
