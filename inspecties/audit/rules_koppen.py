"""Heads of the chain that are stored elsewhere: one JSON line each, signed (HMAC-SHA-256), and reading them back. Pure.

Whoever has the database can make the chain anew, head and all. They cannot make a head of last week, and without the
key no line that passes for one.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SOORT = "inspecties-auditkop"
_VELDEN = ("gemeente", "code", "seq", "hash", "moment")


@dataclass(frozen=True)
class Kop:
    """The head of one gemeente's chain at a moment. ``gemeente`` is its public id, ``moment`` ISO 8601 in UTC."""

    gemeente: str
    code: str
    seq: int
    hash: str
    moment: str

    def regel(self, sleutel: bytes) -> str:
        """The JSON line, signed."""
        inhoud: dict[str, Any] = {"soort": _SOORT, "versie": 1} | vars(self)
        return json.dumps(inhoud | {"hmac": _teken(inhoud, sleutel)}, ensure_ascii=True, separators=(",", ":"))


def leid_sleutel_af(ingesteld: str, secret_key: str) -> bytes:
    """The key of the signatures: of its own where one is set, else derived from the application's secret."""
    geheim = (ingesteld or secret_key).encode()
    return HKDF(algorithm=SHA256(), length=32, salt=b"inspecties", info=b"auditkop").derive(geheim)


def _teken(inhoud: dict[str, Any], sleutel: bytes) -> str:
    return hmac.new(sleutel, rfc8785.dumps(inhoud), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Gelezen:
    """What a file with heads holds: gemeente -> seq -> hash; and what is wrong with the file itself, per line."""

    koppen: dict[str, dict[int, str]]
    gebreken: list[str]


def lees_koppen(regels: Iterable[str], sleutel: bytes) -> Gelezen:
    """Read lines that were stored; text around the JSON (syslog, mail) is skipped. Empty lines do not count."""
    koppen: dict[str, dict[int, str]] = {}
    gebreken = []
    for nummer, regel in enumerate(regels, 1):
        # Only what says that it is one of ours: a syslog file holds other lines as well.
        if _SOORT not in regel:
            if regel.strip().startswith("{"):
                gebreken.append(f"regel {nummer}: dit is geen kop van het auditlogboek")
            continue
        inhoud = _ontleed(regel)
        if inhoud is None:
            gebreken.append(f"regel {nummer}: niet te lezen")
            continue
        getekend = str(inhoud.pop("hmac", ""))
        if not hmac.compare_digest(_teken(inhoud, sleutel), getekend):
            gebreken.append(f"regel {nummer}: de handtekening klopt niet")
            continue
        van = koppen.setdefault(str(inhoud["gemeente"]), {})
        if van.setdefault(inhoud["seq"], inhoud["hash"]) != inhoud["hash"]:
            gebreken.append(
                f"regel {nummer}: bij regel {inhoud['seq']} van het logboek staan twee verschillende koppen"
            )
    return Gelezen(koppen, gebreken)


def _ontleed(regel: str) -> dict[str, Any] | None:
    begin, eind = regel.find("{"), regel.rfind("}")
    try:
        inhoud = json.loads(regel[begin : eind + 1])
        rfc8785.dumps(inhoud)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        return None
    goed = (
        isinstance(inhoud, dict)
        and all(veld in inhoud for veld in _VELDEN)
        and isinstance(inhoud["seq"], int)
        and isinstance(inhoud["hash"], str)
        and isinstance(inhoud.get("hmac"), str)
    )
    return inhoud if goed else None
