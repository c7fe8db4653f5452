"""Where heads of the chain go: a file that is only added to, mail, or syslog (RFC 5424)."""

import fcntl
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.mailadres import controleer_adres

# RFC 5424: facility 13 (log audit), severity 5 (notice).
_PRIORITEIT = 13 * 8 + 5
_WACHT_S = 10
_VORMEN = "bestand:/map/koppen.jsonl, mail:adres@gemeente.nl, syslog://server:514, syslog+tcp://server:601 of syslog:///dev/log"


class BestemmingFout(InspectiesFout):
    """A head could not be stored there."""


@dataclass(frozen=True)
class Bestemming:
    """One place. ``soort``: bestand, mail, udp, tcp or unix; ``waar``: path, address or host; ``poort`` of a host."""

    soort: str
    waar: str
    poort: int = 0


def lees_bestemmingen(tekst: str) -> list[Bestemming]:
    """From INSPECTIES_AUDIT_KOP_NAAR, with commas between. Raises OngeldigeInvoer with what would be right."""
    return [_lees(deel.strip()) for deel in tekst.split(",") if deel.strip()]


def _lees(tekst: str) -> Bestemming:
    fout = OngeldigeInvoer(f"'{tekst}' is geen plek voor koppen. Kies uit: {_VORMEN}.")
    if tekst.startswith("bestand:"):
        pad = tekst.removeprefix("bestand:")
        if not pad.startswith("/") or pad.endswith("/"):
            raise fout
        return Bestemming("bestand", pad)
    if tekst.startswith("mail:"):
        return Bestemming("mail", controleer_adres(tekst.removeprefix("mail:")))
    delen = urlsplit(tekst)
    if delen.scheme == "syslog" and not delen.netloc and delen.path.startswith("/"):
        return Bestemming("unix", delen.path)
    if delen.scheme not in {"syslog", "syslog+tcp"} or delen.path.strip("/") or delen.query or delen.username:
        raise fout
    try:
        poort = delen.port or (601 if delen.scheme == "syslog+tcp" else 514)
    except ValueError:
        raise fout from None
    if not delen.hostname:
        raise fout
    return Bestemming("tcp" if delen.scheme == "syslog+tcp" else "udp", delen.hostname, poort)


def schrijf_bestand(pad: Path, regels: Sequence[str]) -> None:
    """Add lines, on the disk before this returns. Readable by the owner alone; never written over.

    Raises BestemmingFout.
    """
    nieuw = not pad.exists()
    try:
        nummer = os.open(pad, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            fcntl.flock(nummer, fcntl.LOCK_EX)
            inhoud = "".join(f"{regel}\n" for regel in regels).encode()
            if _breekt_af(pad):
                # A disk that was full in the middle of a line: the next one stands on its own.
                inhoud = b"\n" + inhoud
            while inhoud:
                inhoud = inhoud[os.write(nummer, inhoud) :]
            os.fsync(nummer)
        finally:
            os.close(nummer)
        if nieuw:
            _bewaar_map(pad.parent)
    except OSError as fout:
        raise BestemmingFout(f"De kop is niet te schrijven in {pad}: {fout.strerror}.") from fout


def _breekt_af(pad: Path) -> bool:
    with pad.open("rb") as bestand:
        if not bestand.seek(0, os.SEEK_END):
            return False
        bestand.seek(-1, os.SEEK_END)
        return bestand.read(1) != b"\n"


def _bewaar_map(map_: Path) -> None:
    nummer = os.open(map_, os.O_RDONLY)
    try:
        os.fsync(nummer)
    finally:
        os.close(nummer)


def syslogbericht(regel: str, nu: datetime, host: str) -> bytes:
    """One message of RFC 5424, without structured data."""
    moment = nu.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    naam = "".join(t for t in host if "!" <= t <= "~")[:255] or "-"
    return f"<{_PRIORITEIT}>1 {moment} {naam} inspecties {os.getpid()} auditkop - {regel}".encode()


def stuur_syslog(waar: Bestemming, regels: Sequence[str], nu: datetime) -> None:
    """Send each line as a message; TCP with its length before it (RFC 6587). Raises BestemmingFout.

    UDP gives no answer: a message that is lost on the way is not noticed.
    """
    berichten = [syslogbericht(regel, nu, socket.gethostname()) for regel in regels]
    try:
        if waar.soort == "tcp":
            with socket.create_connection((waar.waar, waar.poort), timeout=_WACHT_S) as lijn:
                for bericht in berichten:
                    lijn.sendall(f"{len(bericht)} ".encode() + bericht)
            return
        if waar.soort == "unix":
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as lijn:
                lijn.connect(waar.waar)
                for bericht in berichten:
                    lijn.send(bericht)
            return
        familie, _, _, _, adres = socket.getaddrinfo(waar.waar, waar.poort, type=socket.SOCK_DGRAM)[0]
        with socket.socket(familie, socket.SOCK_DGRAM) as lijn:
            for bericht in berichten:
                lijn.sendto(bericht, adres)
    except OSError as fout:
        raise BestemmingFout(f"Syslog op {waar.waar} neemt de kop niet aan: {fout.strerror or fout}.") from fout
