"""How long a request may take to come in, once it has a thread: who drips does not keep one.

In production nginx gathers a body before it passes it on, and nothing here ever waits. Without it the limits are: no
byte for ``STIL_S``, slower than ``BYTES_PER_S`` after the first ``BEGIN_S``, and never more than ``HOOGSTENS`` threads
that wait at once for who is slow. Who is over a limit is hung up on without an answer, as a network does that fails: a
tablet keeps what it has and goes on later where it was.
"""

import contextlib
import errno
import select
import socket
import threading
import time
from typing import Any

from gunicorn.http.unreader import SocketUnreader

STIL_S = 30.0
BEGIN_S = 60.0
# A piece of a photo (1 MB) over the worst network that is still one.
BYTES_PER_S = 4096
# Seconds of waiting in one request that make it a slow one.
TRAAG_NA_S = 2.0
# Of the threads of ``dienst.server``, with as many for streams and as many left for who is quick.
HOOGSTENS = 8


class Plaatsen:
    """How many threads of this process wait for who is slow."""

    def __init__(self) -> None:
        self._slot, self._bezet = threading.Lock(), 0

    def neem(self) -> bool:
        """Take a place, if there is one."""
        with self._slot:
            if self._bezet >= HOOGSTENS:
                return False
            self._bezet += 1
            return True

    def geef(self) -> None:
        """Give it back."""
        with self._slot:
            self._bezet -= 1


class Lijn(SocketUnreader):  # type: ignore[misc]  # gunicorn ships no types
    """Reads what a client sends, and hangs up on who keeps a thread waiting."""

    def __init__(self, sok: socket.socket, plaatsen: Plaatsen) -> None:
        super().__init__(sok)
        self._plaatsen, self._traag = plaatsen, False
        self.begin()

    def begin(self) -> None:
        """A request gets its thread."""
        self._sinds, self._binnen, self._gewacht = time.monotonic(), 0, 0.0

    def klaar(self) -> None:
        """The thread goes to another."""
        if self._traag:
            self._traag = False
            self._plaatsen.geef()

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next bytes. Raises ConnectionResetError after hanging up."""
        self._wacht()
        deel: bytes = super().chunk(size_hint)
        self._binnen += len(deel)
        return deel

    def _wacht(self) -> None:
        nu = time.monotonic()
        uiterlijk = min(nu + STIL_S, self._sinds + BEGIN_S + self._binnen / BYTES_PER_S)
        # gunicorn sets a time of its own where it throws away what nobody read.
        eigen = self.sock.gettimeout()
        if eigen is not None:
            uiterlijk = min(uiterlijk, nu + eigen)
        if not self._traag:
            if self._komt_er(min(uiterlijk - nu, TRAAG_NA_S - self._gewacht)):
                self._gewacht += time.monotonic() - nu
                return
            self._traag = self._plaatsen.neem()
        if not (self._traag and self._komt_er(uiterlijk - time.monotonic())):
            self._hang_op()

    def _komt_er(self, seconden: float) -> bool:
        kijker = select.poll()
        kijker.register(self.sock, select.POLLIN)
        return bool(kijker.poll(max(0.0, seconden) * 1000))

    def _hang_op(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        # As where the client went away: gunicorn says nothing of it.
        raise ConnectionResetError(errno.ECONNRESET, "client too slow")


def lijn_van(conn: Any, plaatsen: Plaatsen) -> Lijn:
    """The reader of this connection, that was initialized; made at its first request."""
    lijn = conn.parser.unreader
    if not isinstance(lijn, Lijn):
        lijn = conn.parser.unreader = Lijn(conn.sock, plaatsen)
    return lijn
