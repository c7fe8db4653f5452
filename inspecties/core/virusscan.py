"""Asking ClamAV's daemon (clamd, INSTREAM) about a file before it is kept.

Configured, it is asked about every file; what it does not call clean is not taken: a scanner that is away, too slow or
does not answer as it should means that nothing is stored and the sender tries again. A scanner that hangs holds a few
threads and no more: who comes on top of ``TEGELIJK`` hears at once that it is busy. Not configured, nothing is asked:
files of others leave only as a download then, and pictures are made anew.
"""

import io
import socket
import struct
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO
from urllib.parse import urlsplit

import structlog

from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.mailserver import is_eigen_machine

# Of the threads of a process; clamd itself takes ten at once unless told.
TEGELIJK = 4
# Seconds to wait for one of those places: a photo takes a tenth of one.
PLEK_S = 2.0
VERBIND_S = 5.0
_STUK = 256 * 1024
_ANTWOORD_BYTES = 4096
_log = structlog.get_logger("inspecties.virusscan")


class Besmet(OngeldigeInvoer):
    """The scanner found something (422); nothing was kept."""


class ScannerWeg(InspectiesFout):
    """Nobody can say whether the file is clean (503); nothing was kept, and sending it again may work."""

    status = 503


class ScannerDruk(ScannerWeg):
    """As many are being judged as may at once (503); nothing was kept, and sending it again works."""


@dataclass(frozen=True)
class Scanner:
    """Where clamd listens: a socket file, or a port of this machine."""

    pad: str = ""
    host: str = ""
    poort: int = 0
    tijd_s: float = 60.0
    plekken: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(TEGELIJK), compare=False)

    def _verbind(self) -> socket.socket:
        if not self.pad:
            return socket.create_connection((self.host, self.poort), min(VERBIND_S, self.tijd_s))
        lijn = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            lijn.settimeout(min(VERBIND_S, self.tijd_s))
            lijn.connect(self.pad)
        except BaseException:
            lijn.close()
            raise
        return lijn

    def _vraag(self, bron: IO[bytes]) -> str:
        """Clamd's verdict on what is read from ``bron``. Raises OSError, TimeoutError too when it takes too long."""
        uiterlijk = time.monotonic() + self.tijd_s
        with self._verbind() as lijn:
            _stuur(lijn, b"zINSTREAM\0", uiterlijk)
            while stuk := bron.read(_STUK):
                _stuur(lijn, struct.pack(">I", len(stuk)) + stuk, uiterlijk)
            _stuur(lijn, struct.pack(">I", 0), uiterlijk)
            antwoord = b""
            while b"\0" not in antwoord and len(antwoord) < _ANTWOORD_BYTES:
                lijn.settimeout(_rest(uiterlijk))
                if not (deel := lijn.recv(_ANTWOORD_BYTES)):
                    break
                antwoord += deel
        return antwoord.partition(b"\0")[0].decode("utf-8", "replace").strip()

    def keur(self, bron: IO[bytes], veld: str = "bestand") -> None:
        """Raises Besmet, ScannerWeg or ScannerDruk; returns only for what clamd calls OK. Reads ``bron`` to its end."""
        if not self.plekken.acquire(timeout=PLEK_S):
            _log.error("virusscanner te druk", tegelijk=TEGELIJK)
            raise ScannerDruk(
                "De virusscanner heeft het te druk. Het bestand is niet opgeslagen. Probeer het straks opnieuw."
            )
        try:
            oordeel = self._vraag(bron)
        except OSError as fout:
            _log.error("virusscanner niet bereikbaar", fout=type(fout).__name__)
            oordeel = ""
        finally:
            self.plekken.release()
        if oordeel == "stream: OK":
            return
        if oordeel.startswith("stream: ") and oordeel.endswith(" FOUND"):
            # The name of what was found, never that of the file: that may name a person.
            gevonden = oordeel.removeprefix("stream: ").removesuffix(" FOUND")[:100]
            _log.warning("besmet bestand geweigerd", gevonden=gevonden)
            raise Besmet(
                "De virusscanner vond iets schadelijks in dit bestand. Het is niet opgeslagen. "
                "Vraag de afzender om een schoon bestand.",
                veld,
            )
        if oordeel:
            _log.error("virusscanner gaf geen oordeel", antwoord=oordeel[:100])
        raise ScannerWeg("De virusscanner antwoordt niet. Het bestand is niet opgeslagen. Probeer het later opnieuw.")


def _rest(uiterlijk: float) -> float:
    """Seconds that are left of the time for all of it. Raises TimeoutError where there are none."""
    over = uiterlijk - time.monotonic()
    if over <= 0:
        raise TimeoutError("scanner too slow")
    return over


def _stuur(lijn: socket.socket, inhoud: bytes, uiterlijk: float) -> None:
    lijn.settimeout(_rest(uiterlijk))
    lijn.sendall(inhoud)


def lees_scanner(tekst: str) -> Scanner | None:
    """From ``unix:/run/clamav/clamd.ctl`` or ``tcp://127.0.0.1:3310``; None for ''. Raises ValueError, in Dutch.

    Only on this machine: the protocol has no encryption, and what is sent are files about people.
    """
    if not tekst.strip():
        return None
    delen = urlsplit(tekst.strip())
    if delen.scheme == "unix" and delen.path.startswith("/"):
        return Scanner(pad=delen.path)
    try:
        poort = delen.port
    except ValueError:
        poort = None
    if delen.scheme == "tcp" and poort and is_eigen_machine(delen.hostname or "") and not delen.path:
        return Scanner(host=delen.hostname or "", poort=poort)
    raise ValueError("schrijf unix:/run/clamav/clamd.ctl, of tcp://127.0.0.1:3310 voor een scanner op deze machine")


# The scanner of this process, as the settings say.
_GEBRUIKT: list[Scanner] = []


def gebruik_scanner(scanner: Scanner | None) -> None:
    """From here on every file is asked about at this scanner; None: at none."""
    _GEBRUIKT[:] = [scanner] if scanner else []


def is_in_gebruik() -> bool:
    """Whether files are judged here."""
    return bool(_GEBRUIKT)


def keur_bestand(bron: IO[bytes] | Path | bytes, veld: str = "bestand") -> None:
    """Have the scanner judge a file, where there is one; an open file is put back at its beginning.

    Raises Besmet, ScannerWeg or ScannerDruk.
    """
    if not _GEBRUIKT:
        return
    if isinstance(bron, Path):
        with bron.open("rb") as bestand:
            _GEBRUIKT[0].keur(bestand, veld)
    elif isinstance(bron, bytes):
        _GEBRUIKT[0].keur(io.BytesIO(bron), veld)
    else:
        _GEBRUIKT[0].keur(bron, veld)
        bron.seek(0)
