"""A line to the database that can be cut, and laid again on the same port."""

import contextlib
import socket
import threading


class Leiding:
    """Listens on a loopback port of its own and passes bytes on to ``naar``."""

    def __init__(self, naar: int) -> None:
        self.naar = naar
        self.poort = 0
        self._deur: socket.socket | None = None
        self._lijnen: list[socket.socket] = []
        self._draden: list[threading.Thread] = []

    def leg(self) -> None:
        """Take connections, on the same port as before."""
        self._deur = socket.socket()
        self._deur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._deur.bind(("127.0.0.1", self.poort))
        self._deur.listen(64)
        self.poort = int(self._deur.getsockname()[1])
        threading.Thread(target=self._neem_aan, args=(self._deur,), daemon=True).start()

    def knip(self) -> None:
        """Refuse who connects, and break off who is connected."""
        if self._deur is not None:
            # Wakes who waits in accept, which a close does not.
            with contextlib.suppress(OSError):
                self._deur.shutdown(socket.SHUT_RDWR)
            self._deur.close()
        for lijn in self._lijnen:
            with contextlib.suppress(OSError):
                lijn.shutdown(socket.SHUT_RDWR)
        self._lijnen.clear()
        for draad in self._draden:
            draad.join(10)
        self._draden.clear()

    def _neem_aan(self, deur: socket.socket) -> None:
        while True:
            try:
                binnen, _ = deur.accept()
            except OSError:
                return
            buiten = socket.create_connection(("127.0.0.1", self.naar))
            self._lijnen += [binnen, buiten]
            for van, naar in ((binnen, buiten), (buiten, binnen)):
                draad = threading.Thread(target=_pomp, args=(van, naar), daemon=True)
                self._draden.append(draad)
                draad.start()


def _pomp(van: socket.socket, naar: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while stuk := van.recv(65_536):
            naar.sendall(stuk)
    # The other half of the pair still waits in its own recv, which a close would not wake.
    with contextlib.suppress(OSError):
        naar.shutdown(socket.SHUT_RDWR)
    van.close()
