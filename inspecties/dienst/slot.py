"""Tells whether a service runs on a data folder: a lock that ends with the processes that hold it, however they end."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from inspecties.core.fouten import Conflict
from inspecties.core.opslag import fsync_map

_NAAM = ".dienst"
_HALF = ".herstel-half"


@contextmanager
def _slot(data: Path, soort: int, melding: str) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    with (data / _NAAM).open("a") as bestand:
        try:
            fcntl.flock(bestand, soort | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(melding) from None
        yield


def dienst_draait(data: Path) -> AbstractContextManager[None]:
    """Held as long as a service runs here, by its workers too; several may. Raises Conflict during a restore.

    Also after a restore that was killed in the middle: the database may hold the backup without its new epoch, and
    tablets would then never send again what came after it.
    """
    half = lees_half(data)
    if half is not None:
        raise Conflict(
            f"Een herstel is halverwege gestopt: {half} Draai inspecties herstel opnieuw, met --overschrijf."
        )
    return _slot(data, fcntl.LOCK_SH, "Er wordt een backup teruggezet. Start de dienst daarna.")


def lees_half(data: Path) -> str | None:
    """What a restore that was killed in its middle said about it; None where there was none."""
    try:
        return (data / _HALF).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


@contextmanager
def alles_of_niets(data: Path, uitleg: str, terug: Callable[[], None]) -> Iterator[None]:
    """Around the part of a restore that is more than one act: after an error ``terug`` makes it what it was.

    Killed inside it, no service starts until the restore was done again.
    """
    half = data / _HALF
    with half.open("w", encoding="utf-8") as bestand:
        bestand.write(uitleg)
        bestand.flush()
        os.fsync(bestand.fileno())
    fsync_map(data)
    try:
        yield
    except BaseException:
        terug()
        half.unlink()
        raise
    half.unlink()
    fsync_map(data)


def dienst_staat_stil(data: Path) -> AbstractContextManager[None]:
    """Held while data is put back. Raises Conflict while a service runs here."""
    return _slot(data, fcntl.LOCK_EX, "De dienst draait. Stop die eerst en zet daarna de backup terug.")


def in_handen(slot: Path) -> bool:
    """Whether somebody has this lock for itself. Asked by sharing it for a moment; makes no file."""
    try:
        with slot.open("rb") as bestand:
            fcntl.flock(bestand, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def herstel_bezig(data: Path) -> bool:
    """Whether a restore is under way here."""
    return in_handen(data / _NAAM)
