"""Stand-ins for ClamAV's daemon on the loopback: one reads INSTREAM as clamd does and finds the EICAR test text, the
other keeps whoever asks waiting."""

import contextlib
import socket
import struct
from dataclasses import dataclass, field
from threading import Event, Thread

# In two parts: the whole text in a file would have this repository refused by a real scanner.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def _lees(lijn: socket.socket, aantal: int) -> bytes:
    uit = b""
    while len(uit) < aantal and (deel := lijn.recv(aantal - len(uit))):
        uit += deel
    return uit


@dataclass
class Klamdienst:
    """Listens until ``stop``; ``antwoord``: what it says whatever comes, b"" for hanging up without a word."""

    antwoord: bytes | None = None
    gezien: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._luister = socket.create_server(("127.0.0.1", 0))
        self._draad = Thread(target=self._dien, daemon=True)
        self._draad.start()

    @property
    def adres(self) -> str:
        return f"tcp://127.0.0.1:{self._luister.getsockname()[1]}"

    def _dien(self) -> None:
        while True:
            try:
                lijn, _ = self._luister.accept()
            except OSError:
                return
            with lijn:
                self._antwoord(lijn)

    def _antwoord(self, lijn: socket.socket) -> None:
        assert _lees(lijn, 10) == b"zINSTREAM\0"
        inhoud = b""
        while omvang := struct.unpack(">I", _lees(lijn, 4))[0]:
            inhoud += _lees(lijn, omvang)
        self.gezien.append(inhoud)
        gevonden = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in inhoud else b"stream: OK\0"
        lijn.sendall(gevonden if self.antwoord is None else self.antwoord)

    def stop(self) -> None:
        """End it and wait."""
        self._luister.shutdown(socket.SHUT_RDWR)
        self._luister.close()
        self._draad.join(5)


@dataclass
class Traagdienst:
    """Takes every connection and answers none, or in drops: ``druppel`` a byte at a time, "" for nothing at all."""

    druppel: bytes = b""
    _los: Event = field(default_factory=Event)
    lijnen: list[socket.socket] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._luister = socket.create_server(("127.0.0.1", 0))
        self._draden = [Thread(target=doe, daemon=True) for doe in (self._neem_aan, self._druppel)]
        for draad in self._draden:
            draad.start()

    @property
    def poort(self) -> int:
        return int(self._luister.getsockname()[1])

    def _neem_aan(self) -> None:
        while True:
            try:
                self.lijnen.append(self._luister.accept()[0])
            except OSError:
                return

    def _druppel(self) -> None:
        while self.druppel and not self._los.wait(0.1):
            for lijn in list(self.lijnen):
                with contextlib.suppress(OSError):
                    lijn.sendall(self.druppel)

    def stop(self) -> None:
        """End it; who waits is hung up on."""
        self._los.set()
        self._luister.shutdown(socket.SHUT_RDWR)
        self._luister.close()
        for draad in self._draden:
            draad.join(5)
        for lijn in self.lijnen:
            lijn.close()
