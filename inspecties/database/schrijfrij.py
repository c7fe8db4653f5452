"""SQLite has one writer: who writes waits in a row, in the order in which they came.

SQLite's own busy handler lets waiters try again at moments of their own. At the end of a shift, with 50 tablets that
send, somebody is then passed over and over until their time is up, while on average nobody waits two seconds.
"""

import threading
from collections import deque
from typing import Any

from sqlalchemy import Connection, Engine, event

GEDULD_S = 15.0
_HOUDT = "schrijfrij"


class Schrijfrij:
    """The row of one process. Whoever has the turn gives it to the next in row, not to whoever asks at that moment."""

    def __init__(self) -> None:
        self._slot = threading.Lock()
        self._bezet = False
        self._wachtenden: deque[threading.Event] = deque()

    @property
    def lengte(self) -> int:
        """How many wait."""
        with self._slot:
            return len(self._wachtenden)

    def neem(self, geduld_s: float = GEDULD_S) -> bool:
        """Wait for the turn; False where it did not come in time."""
        with self._slot:
            if not self._bezet:
                self._bezet = True
                return True
            beurt = threading.Event()
            self._wachtenden.append(beurt)
        if beurt.wait(geduld_s):
            return True
        with self._slot:
            if beurt.is_set():
                return True  # It came at the last moment.
            self._wachtenden.remove(beurt)
            return False

    def geef(self) -> None:
        """Give the turn to the next."""
        with self._slot:
            if self._wachtenden:
                self._wachtenden.popleft().set()
            else:
                self._bezet = False


def zet_in_rij(engine: Engine) -> Schrijfrij:
    """Let the transactions of this engine wait for their turn; those that only read do not ask for one."""
    rij = Schrijfrij()

    def einde(verbinding: Connection) -> None:
        # Just before SQLite ends the transaction: the next one waits for that in `BEGIN`, a few milliseconds.
        geef_beurt(verbinding.info, rij)

    def terug(_dbapi: Any, record: Any, _stand: Any) -> None:
        # However a connection came back to the pool, also one that somebody lost without an end.
        geef_beurt(record.info, rij)

    event.listen(engine, "commit", einde)
    event.listen(engine, "rollback", einde)
    event.listen(engine, "reset", terug)
    return rij


def wacht_op_beurt(verbinding: Connection, rij: Schrijfrij) -> None:
    """Before a transaction that may write. Who waited too long tries anyway: SQLite then says what it always said."""
    if not verbinding.info.get(_HOUDT, False):
        verbinding.info[_HOUDT] = rij.neem()


def geef_beurt(info: dict[Any, Any], rij: Schrijfrij) -> None:
    """The turn that this connection has, if it has it, goes to the next."""
    if info.pop(_HOUDT, False):
        rij.geef()
