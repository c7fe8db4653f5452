"""gunicorn's worker with threads, but a thread begins only when the whole head of a request is there.

Otherwise as many slow clients as there are threads stop the service (slowloris). In production nginx holds them off
too; this also protects who runs without it. What is left: a body that comes in drops holds a thread, for at most
``BODY_STIL_S`` after every drop; nginx gathers bodies before it passes them on.
"""

import contextlib
import selectors
import socket
import struct
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

# Seconds for the whole head of a request, whatever comes in between.
KOP_S = 10.0
# Seconds without any byte of a body.
BODY_STIL_S = 30
# More than gunicorn takes in all fields together; it answers 400 itself.
MAX_KOP = 1024 * 1024
_EINDE = b"\r\n\r\n"


class GeduldigeWerker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """Reads heads in the main loop, where a waiting connection costs nothing but its socket."""

    def accept(self, listener: Any) -> None:
        """Take a connection; its first request is read before a thread is asked for."""
        try:
            sok, adres = listener.accept()
        except OSError:
            # Gone again before it was taken.
            return
        sok.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", BODY_STIL_S, 0))
        self.nr_conns += 1
        self._wacht(TConn(self.cfg, sok, adres, listener.getsockname()))

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
        conn.parser.unreader.unread(conn.kop)
        conn.kop, conn.data_ready = b"", True
        self.enqueue_req(conn)
