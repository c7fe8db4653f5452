"""One run of the retention terms at a time, and none while a backup is put back.

A second run would judge and take away the same files as the first; a restore would bring back rows of which the run
is just destroying the files.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspecties.core.fouten import Conflict

BEZET = "De bewaartermijnen worden al uitgevoerd, of er wordt een backup teruggezet. Probeer het straks opnieuw."
_NAAM = "bewaartermijnen.slot"


@contextmanager
def alleen_wij(data: Path, melding: str = BEZET) -> Iterator[None]:
    """Held for as long as it takes; it ends with the process, however that ends. Raises Conflict with this message."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / _NAAM).open("a") as bestand:
        try:
            fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(melding) from None
        yield
