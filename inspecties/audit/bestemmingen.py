"""Where heads of the chain go: a file that is only added to, mail, or syslog (RFC 5424; over TLS by RFC 5425)."""

import fcntl
import os
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from inspecties.core.fouten import InspectiesFout, OngeldigeInvoer
from inspecties.core.mailadres import controleer_adres
from inspecties.core.mailserver import is_eigen_machine

# RFC 5424: facility 13 (log audit), severity 5 (notice).
_PRIORITEIT = 13 * 8 + 5
_WACHT_S = 10
_SLUIT_S = 2
VORMEN = (
    "bestand:/map/koppen.jsonl, mail:adres@gemeente.nl, syslog+tls://server:6514, syslog:///dev/log, "
    "syslog://server:514 of syslog+tcp://server:601 (die laatste twee zonder TLS)"
)
# Scheme -> what it is, and the port where none is named.
_SCHEMAS = {"syslog": ("udp", 514), "syslog+tcp": ("tcp", 601), "syslog+tls": ("tls", 6514)}


class BestemmingFout(InspectiesFout):
    """A head could not be stored there."""


@dataclass(frozen=True)
class Bestemming:
    """One place. ``soort``: bestand, mail, tls, tcp, udp or unix; ``waar``: path, address or host, with a ``poort``."""

    soort: str
    waar: str
    poort: int = 0

    @property
    def naam(self) -> str:
        """As people call it, and as it is noted what went there."""
        if self.soort in {"bestand", "mail"}:
            return f"{self.soort} {self.waar}"
        return f"syslog {self.waar}" + (f":{self.poort} ({self.soort})" if self.poort else "")

    @property
    def mee_te_lezen(self) -> bool:
        """Whether it goes over a network without TLS."""
        return self.soort in {"udp", "tcp"} and not is_eigen_machine(self.waar)


def lees_bestemmingen(tekst: str) -> list[Bestemming]:
    """From INSPECTIES_AUDIT_KOP_NAAR, with commas between. Raises OngeldigeInvoer with what would be right."""
    return [_lees(deel.strip()) for deel in tekst.split(",") if deel.strip()]


def _lees(tekst: str) -> Bestemming:
    fout = OngeldigeInvoer(f"'{tekst}' is geen plek voor koppen. Kies uit: {VORMEN}.")
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
    if delen.scheme not in _SCHEMAS or delen.path.strip("/") or delen.query or delen.username:
        raise fout
    soort, gewoon = _SCHEMAS[delen.scheme]
    try:
        poort = delen.port or gewoon
    except ValueError:
        raise fout from None
    if not delen.hostname:
        raise fout
    return Bestemming(soort, delen.hostname, poort)


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


def stuur_syslog(waar: Bestemming, regels: Sequence[str], nu: datetime, ca: str = "") -> None:
    """Send each line as a message; TCP and TLS with its length before it (RFC 6587, RFC 5425). Raises BestemmingFout.

    ``ca``: file with the certificates to trust, '' for those of the system. The name of the server is checked. UDP
    gives no answer: a message that is lost on the way is not noticed.
    """
    berichten = [syslogbericht(regel, nu, socket.gethostname()) for regel in regels]
    try:
        if waar.soort in {"tcp", "tls"}:
            with socket.create_connection((waar.waar, waar.poort), timeout=_WACHT_S) as lijn:
                if waar.soort == "tls":
                    _stuur_over_tls(lijn, waar.waar, berichten, ca)
                else:
                    lijn.sendall(_met_lengte(berichten))
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
    except ssl.SSLCertVerificationError as fout:
        raise BestemmingFout(
            f"Het certificaat van syslog op {waar.waar} is niet te vertrouwen ({fout.verify_message}). Er is niets "
            "verstuurd. Is de uitgever van uzelf? Zet INSPECTIES_AUDIT_KOP_CA op het bestand met diens certificaat."
        ) from fout
    except OSError as fout:
        raise BestemmingFout(f"Syslog op {waar.waar} neemt de kop niet aan: {fout.strerror or fout}.") from fout


def _met_lengte(berichten: Sequence[bytes]) -> bytes:
    return b"".join(b"%d %b" % (len(bericht), bericht) for bericht in berichten)


def _stuur_over_tls(lijn: socket.socket, host: str, berichten: Sequence[bytes], ca: str) -> None:
    context = ssl.create_default_context(cafile=ca or None)
    with context.wrap_socket(lijn, server_hostname=host) as veilig:
        veilig.sendall(_met_lengte(berichten))
        veilig.settimeout(_SLUIT_S)
        try:
            # Says that this was all, and hears it where the server refused after all.
            veilig.unwrap()
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError, ConnectionError, TimeoutError):
            # It hung up without a word, which RFC 5425 lets it do.
            return
