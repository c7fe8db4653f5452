"""Where mail is handed in: the address in one setting, read and checked."""

import ipaddress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

Tls = Literal["direct", "starttls", "geen"]
_POORTEN: dict[Tls, int] = {"direct": 465, "starttls": 587, "geen": 25}


@dataclass(frozen=True)
class SmtpAdres:
    """A mail server, how the connection is secured, and who logs in ("": nobody)."""

    host: str
    poort: int
    tls: Tls
    gebruiker: str = ""
    wachtwoord: str = ""


def is_eigen_machine(host: str) -> bool:
    """Whether this is the machine itself: what goes there, nobody else can read."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def lees_smtp_url(url: str) -> SmtpAdres:
    """From ``smtps://user:password@host:465`` or ``smtp://host:587?tls=starttls|geen``.

    Raises ValueError with what is wrong, in Dutch and without the password.
    """
    try:
        delen = urlsplit(url.strip())
        poort = delen.port
    except ValueError:
        raise ValueError("het is geen geldig adres; schrijf smtp://server:587") from None
    vragen = dict(parse_qsl(delen.query))
    if delen.scheme not in {"smtp", "smtps"} or not delen.hostname or delen.path not in {"", "/"}:
        raise ValueError("schrijf smtp://server:587 of smtps://server:465")
    if set(vragen) - {"tls"} or vragen.get("tls", "starttls") not in {"starttls", "geen"}:
        raise ValueError("achter het vraagteken mag alleen tls=starttls of tls=geen")
    if delen.scheme == "smtps" and vragen:
        raise ValueError("bij smtps is de verbinding altijd versleuteld; laat tls= weg")
    tls: Tls = "direct"
    if delen.scheme == "smtp":
        tls = "geen" if vragen.get("tls") == "geen" else "starttls"
    gebruiker, wachtwoord = unquote(delen.username or ""), unquote(delen.password or "")
    if gebruiker and tls == "geen" and not is_eigen_machine(delen.hostname):
        raise ValueError("een wachtwoord gaat niet over een verbinding zonder TLS; gebruik smtps of tls=starttls")
    return SmtpAdres(delen.hostname, poort or _POORTEN[tls], tls, gebruiker, wachtwoord)
