"""Asking one configured service outside, over the standard library.

It speaks to one host only, over https (http only to this machine itself), follows no redirect, and stops at a deadline
and a size. The name is looked up once per question and that very address is asked, so that a name that changes in
between (DNS rebinding) leads nowhere; an address that is not on the internet is asked only where its host was allowed.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

_EIGEN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
# What can go wrong on the way; ``GeenAntwoord`` is an OSError.
STORINGEN = (OSError, HTTPException)


class GeenAntwoord(OSError):
    """The service answered with something that is not used; the message says why, for the log."""


# Hosts that may stand in an own network, as the settings say (INSPECTIES_INTERNE_DIENSTEN); per process.
_INTERN: set[str] = set()


def sta_intern_toe(hosts: Iterable[str]) -> None:
    """From here on these hosts, and no others, may have an address that is not on the internet."""
    _INTERN.clear()
    _INTERN.update(hosts)


def is_openbaar(adres: str) -> bool:
    """Whether an IP address is one of the internet: not private, link-local (cloud metadata), loopback or reserved."""
    ip = ip_address(adres.partition("%")[0])
    if isinstance(ip, IPv6Address):
        # An IPv4 address in an IPv6 coat leads to the same machine.
        verpakt = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if verpakt is not None:
            return is_openbaar(str(verpakt))
    return ip.is_global and not ip.is_multicast


def _zoek_op(host: str, poort: int) -> str:
    """One address of this host. Raises GeenAntwoord where it has any that may not be asked."""
    adressen = [str(a[4][0]) for a in socket.getaddrinfo(host, poort, type=socket.SOCK_STREAM)]
    if host not in _EIGEN_MACHINE and host not in _INTERN and not all(map(is_openbaar, adressen)):
        raise GeenAntwoord("deze host staat niet op internet; zet hem in INSPECTIES_INTERNE_DIENSTEN als dat klopt")
    return adressen[0]


class _Verbinding(HTTPConnection):
    """A connection to an address that was looked up before; ``context``: with TLS, for the name of the host."""

    def __init__(self, adres: str, host: str, poort: int, tijd_s: float, context: ssl.SSLContext | None) -> None:
        super().__init__(host, poort, timeout=tijd_s)
        self._adres, self._context = adres, context

    def connect(self) -> None:
        lijn: Any = socket.create_connection((self._adres, self.port), self.timeout)
        try:
            self.sock = self._context.wrap_socket(lijn, server_hostname=self.host) if self._context else lijn
        except BaseException:
            lijn.close()
            raise


class Buitendienst:
    """The service at ``url``. Raises ValueError for an address that it may not speak to."""

    def __init__(self, url: str, tijd_s: float, max_bytes: int) -> None:
        if any(teken <= " " or teken == "\x7f" for teken in url):
            raise ValueError("gebruik geen spaties of regeleinden")
        delen = urlsplit(url)
        host = delen.hostname or ""
        if delen.username or delen.query or delen.fragment or not host:
            raise ValueError("geef alleen een host en eventueel een pad")
        if delen.scheme != "https" and not (delen.scheme == "http" and host in _EIGEN_MACHINE):
            raise ValueError("begin met https://")
        self._veilig, self._host, self._poort = delen.scheme == "https", host, delen.port
        self._pad, self._tijd_s, self._max_bytes = delen.path.rstrip("/"), tijd_s, max_bytes

    def lees(self, pad: str, soort: str = "application/json") -> bytes:
        """The answer at ``pad`` below the address, asked for as ``soort``. Raises one of STORINGEN."""
        return self._vraag("GET", pad, {"Accept": soort}, None)

    def stuur(self, pad: str, velden: Mapping[str, str], koppen: Mapping[str, str]) -> bytes:
        """The answer to a form that is sent to ``pad`` below the address. Raises one of STORINGEN."""
        soort = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        return self._vraag("POST", pad, soort | dict(koppen), urlencode(velden).encode("ascii"))

    def _vraag(self, methode: str, pad: str, koppen: dict[str, str], inhoud: bytes | None) -> bytes:
        uiterlijk = time.monotonic() + self._tijd_s
        context = ssl.create_default_context() if self._veilig else None
        poort = self._poort or (443 if self._veilig else 80)
        verbinding = _Verbinding(_zoek_op(self._host, poort), self._host, poort, self._tijd_s, context)
        try:
            kop = koppen | {"Accept-Encoding": "identity"}
            verbinding.request(methode, f"{self._pad}/{pad}", body=inhoud, headers=kop)
            antwoord = verbinding.getresponse()
            # A redirect is no answer: it could lead anywhere.
            if antwoord.status != 200:
                raise GeenAntwoord(f"HTTP {antwoord.status}")
            delen, omvang = [], 0
            while deel := antwoord.read1(65_536):
                omvang += len(deel)
                delen.append(deel)
                if omvang > self._max_bytes:
                    raise GeenAntwoord("antwoord te groot")
                if time.monotonic() > uiterlijk:
                    raise GeenAntwoord("antwoord te laat")
            return b"".join(delen)
        finally:
            verbinding.close()
