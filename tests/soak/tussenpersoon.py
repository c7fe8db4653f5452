"""A bad road between a tablet and the server: a proxy that cuts requests, loses answers and sends copies.

It decides per request by asking ``lot``; what it did stands in ``gedaan``.
"""

import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Ongeluk:
    """What happens to one request.

    ``knip``: the server gets only so many bytes of the body, then both lines are cut. ``zwijg``: the server does its
    work, the answer is thrown away. ``kopieen``: so many copies arrive at the same time as the request itself.
    """

    knip: int | None = None
    zwijg: bool = False
    kopieen: int = 0


@dataclass
class Tussenpersoon:
    """Listens on a free loopback port and passes on to ``poort``, which may change and may be dead for a while."""

    poort: int
    lot: Callable[[str, str, bytes], Ongeluk | None] = lambda *_: None
    # What is put behind the service worker's script: to the browser that is a next version of the app.
    achter_werker: bytes = b""
    gedaan: Counter[str] = field(default_factory=Counter)
    kopieantwoorden: list[bytes] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = field(default=None, repr=False)

    @property
    def adres(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        behandelaar = type("Behandelaar", (_Behandelaar,), {"tussen": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), behandelaar)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def stuur(self, kop: bytes, lijf: bytes) -> bytes:
        """One request to the server; its whole answer, empty when there was none."""
        antwoord = b""
        try:
            with socket.create_connection(("127.0.0.1", self.poort), timeout=60) as lijn:
                lijn.sendall(kop + lijf)
                while deel := lijn.recv(65536):
                    antwoord += deel
        except OSError:
            return b""
        return antwoord

    def stuur_half(self, kop: bytes, begin: bytes) -> None:
        """The beginning of a request, and then nothing: the line is cut."""
        try:
            with socket.create_connection(("127.0.0.1", self.poort), timeout=60) as lijn:
                lijn.sendall(kop + begin)
        except OSError:
            return


class _Behandelaar(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    tussen: Tussenpersoon

    def log_message(self, *_: object) -> None:
        pass

    def _geef_door(self) -> None:
        tussen = self.tussen
        lijf = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        # Whoever asks whether something changed gets the whole of it: it may be changed on the way.
        weg = {"connection", "keep-alive", "if-none-match", "if-modified-since"}
        koppen = [(n, w) for n, w in self.headers.items() if n.lower() not in weg]
        regels = [self.requestline, *(f"{n}: {w}" for n, w in koppen), "Connection: close", "", ""]
        kop = "\r\n".join(regels).encode("latin-1")
        self.close_connection = True
        ongeluk = tussen.lot(self.command, self.path, lijf)
        if ongeluk is not None and ongeluk.knip is not None:
            tussen.gedaan["geknipt"] += 1
            tussen.stuur_half(kop, lijf[: ongeluk.knip])
            self.connection.close()
            return
        if ongeluk is not None and ongeluk.kopieen:
            tussen.gedaan["gekopieerd"] += ongeluk.kopieen
            draden = [
                threading.Thread(target=lambda: tussen.kopieantwoorden.append(tussen.stuur(kop, lijf)))
                for _ in range(ongeluk.kopieen)
            ]
            for draad in draden:
                draad.start()
            antwoord = tussen.stuur(kop, lijf)
            for draad in draden:
                draad.join()
        else:
            antwoord = tussen.stuur(kop, lijf)
        if self.path == "/sw.js" and tussen.achter_werker:
            antwoord = _met_meer(antwoord, tussen.achter_werker)
        if ongeluk is not None and ongeluk.zwijg:
            # Only where the server had answered: else there was nothing to keep from the tablet.
            tussen.gedaan["verzwegen"] += bool(antwoord)
            antwoord = b""
        if antwoord:
            self.wfile.write(antwoord)
        else:
            self.connection.close()

    def do_GET(self) -> None:
        self._geef_door()

    def do_HEAD(self) -> None:
        self._geef_door()

    def do_POST(self) -> None:
        self._geef_door()

    def do_PATCH(self) -> None:
        self._geef_door()

    def do_DELETE(self) -> None:
        self._geef_door()


def _met_meer(antwoord: bytes, meer: bytes) -> bytes:
    """The same answer with this behind its body."""
    kop, _, lijf = antwoord.partition(b"\r\n\r\n")
    regels = [r for r in kop.split(b"\r\n") if not r.lower().startswith((b"content-length:", b"etag:"))]
    return b"\r\n".join([*regels, b"Content-Length: %d" % len(lijf + meer), b"", lijf + meer])
