"""Tells whether a service runs on a data folder: a lock that ends with the processes that hold it, however they end."""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from inspecties.core.fouten import Conflict

_NAAM = ".dienst"


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
    """Held as long as a service runs here, by its workers too; several may. Raises Conflict during a restore."""
    return _slot(data, fcntl.LOCK_SH, "Er wordt een backup teruggezet. Start de dienst daarna.")


def dienst_staat_stil(data: Path) -> AbstractContextManager[None]:
    """Held while data is put back. Raises Conflict while a service runs here."""
    return _slot(data, fcntl.LOCK_EX, "De dienst draait. Stop die eerst en zet daarna de backup terug.")
