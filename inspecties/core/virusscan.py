"""Asking ClamAV's daemon (clamd, INSTREAM) about a file before it is kept.

Configured, it is asked about every file; what it does not call clean is not taken: a scanner that is away, too slow or
does not answer as it should means that nothing is stored and the sender tries again. Not configured, nothing is asked:
files of others leave only as a download then, and pictures are made anew.
"""

import io
import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import structlog

from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.mailserver import is_eigen_machine

_STUK = 256 * 1024
_ANTWOORD_BYTES = 4096
_log = structlog.get_logger("inspecties.virusscan")


class Besmet(OngeldigeInvoer):
    """The scanner found something (422); nothing was kept."""


class ScannerWeg(InspectiesFout):
    """Nobody can say whether the file is clean (503); nothing was kept, and sending it again may work."""

    status = 503


@dataclass(frozen=True)
class Scanner:
    """Where clamd listens: a socket file, or a port of this machine."""

    pad: str = ""
    host: str = ""
    poort: int = 0
    tijd_s: float = 60.0

    def _verbind(self) -> socket.socket:
        if not self.pad:
            return socket.create_connection((self.host, self.poort), self.tijd_s)
        lijn = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            lijn.settimeout(self.tijd_s)
            lijn.connect(self.pad)
        except BaseException:
            lijn.close()
            raise
        return lijn

    def _vraag(self, bron: IO[bytes]) -> str:
        """Clamd's verdict on what is read from ``bron``. Raises OSError, TimeoutError too when it takes too long."""
        uiterlijk = time.monotonic() + self.tijd_s
        with self._verbind() as lijn:
            lijn.sendall(b"zINSTREAM\0")
            while stuk := bron.read(_STUK):
                lijn.sendall(struct.pack(">I", len(stuk)) + stuk)
                if time.monotonic() > uiterlijk:
                    raise TimeoutError("scanner too slow")
            lijn.sendall(struct.pack(">I", 0))
            antwoord = b""
            while b"\0" not in antwoord and len(antwoord) < _ANTWOORD_BYTES:
                if time.monotonic() > uiterlijk:
                    raise TimeoutError("scanner too slow")
                if not (deel := lijn.recv(_ANTWOORD_BYTES)):
                    break
                antwoord += deel
        return antwoord.partition(b"\0")[0].decode("utf-8", "replace").strip()

    def keur(self, bron: IO[bytes], veld: str = "bestand") -> None:
        """Raises Besmet or ScannerWeg; returns only for what clamd calls OK. Reads ``bron`` to its end."""
        try:
            oordeel = self._vraag(bron)
        except OSError as fout:
            _log.error("virusscanner niet bereikbaar", fout=type(fout).__name__)
            oordeel = ""
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

    Raises Besmet or ScannerWeg.
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
