"""gunicorn's worker with threads, but a thread begins only when the whole head of a request is there.

Otherwise as many slow clients as there are threads stop the service (slowloris). In production nginx holds them off
too; this also protects who runs without it. What comes after the head is read by a thread, as ``geduld`` allows; who
does not read the answer is left after ``ANTWOORD_STIL_S``.
"""

import contextlib
import errno
import selectors
import socket
import struct
import time
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.workers.gthread import TConn, ThreadWorker

from inspecties.dienst.geduld import Plaatsen, lijn_van

# Seconds for the whole head of a request, whatever comes in between.
KOP_S = 10.0
# Seconds in which a client takes nothing of its answer.
ANTWOORD_STIL_S = 30
# Seconds in which a client may hang up too.
AFSCHEID_S = 1.0
# More than gunicorn takes in all fields together; it answers 400 itself.
MAX_KOP = 1024 * 1024
_EINDE = b"\r\n\r\n"


class Verbinding(TConn):  # type: ignore[misc]  # gunicorn ships no types
    """A connection that a thread says goodbye on: gunicorn waits for the other side in its main loop, for all."""

    dicht = False

    def neem_afscheid(self) -> None:
        """Close it in order: what was sent arrives, also when not everything was read."""
        util.close_graceful(self.sock, timeout=AFSCHEID_S)
        self.dicht = True

    def close(self, graceful: bool = False) -> None:
        """Close it now, where that was not done."""
        if not self.dicht:
            util.close(self.sock)


class GeduldigeWerker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Reads heads in the main loop, where a waiting connection costs nothing but its socket."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plaatsen = Plaatsen()

    def accept(self, listener: Any) -> None:
        """Take a connection; its first request is read before a thread is asked for."""
        try:
            sok, adres = listener.accept()
        except OSError:
            # Gone again before it was taken.
            return
        sok.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", ANTWOORD_STIL_S, 0))
        self.nr_conns += 1
        self._wacht(Verbinding(self.cfg, sok, adres, listener.getsockname()))

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """The next request on a connection that was kept open."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._wacht(conn)

    def _wacht(self, conn: Any) -> None:
        conn.sock.setblocking(False)
        conn.kop = b""
        conn.timeout = time.monotonic() + KOP_S
        # The base class closes what stands in this row for too long.
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._lees, conn))

    def _lees(self, conn: Any, _sok: Any) -> None:
        try:
            deel = conn.sock.recv(65_536)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            deel = b""
        conn.kop += deel
        if deel and _EINDE not in conn.kop and len(conn.kop) < MAX_KOP:
            return
        self.poller.unregister(conn.sock)
        with contextlib.suppress(ValueError):
            self.pending_conns.remove(conn)
        if not deel:
            self.nr_conns -= 1
            conn.close()
            return
        conn.init()
        lijn_van(conn, self._plaatsen).unread(conn.kop)
        conn.kop, conn.data_ready = b"", True
        self.enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Answer a request, in a thread."""
        lijn = lijn_van(conn, self._plaatsen)
        lijn.begin()
        try:
            verder = super().handle(conn)
        finally:
            lijn.klaar()
        if not verder:
            conn.neem_afscheid()
        return verder

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer it; a client that takes nothing of the answer is one that went away."""
        try:
            return super().handle_request(req, conn)
        except BlockingIOError as fout:
            raise ConnectionResetError(errno.ECONNRESET, "client does not read") from fout
