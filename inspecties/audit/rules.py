"""The hash chain of the audit log: pure functions.

Each row's hash is the SHA-256 of the RFC 8785 canonical JSON of its content and the hash of the row before it, so that
altering, dropping or reordering rows breaks every later hash. The head (last seq and hash) is kept apart, which shows
truncation.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785

BEGIN_HASH = "0" * 64


@dataclass(frozen=True)
class Regel:
    """The content of one audit row, as it is hashed."""

    gemeente_id: int
    seq: int
    moment: datetime
    gebruiker_id: int | None
    rol: str
    handeling: str
    object_soort: str
    object_uid: str
    grondslag: str
    gegevens: dict[str, Any]


def bereken_hash(regel: Regel, vorige_hash: str) -> str:
    """SHA-256 (hex) over the canonical content and the previous hash."""
    inhoud = asdict(regel) | {
        "moment": regel.moment.astimezone(UTC).isoformat(timespec="microseconds"),
        "vorige_hash": vorige_hash,
    }
    return hashlib.sha256(rfc8785.dumps(inhoud)).hexdigest()


@dataclass(frozen=True)
class Breuk:
    """The first row where the chain does not hold."""

    seq: int
    uitleg: str


def controleer_keten(regels: Iterable[tuple[Regel, str, str]], kop_seq: int, kop_hash: str) -> Breuk | None:
    """Verify rows (content, previous hash, hash) in order of seq against the separately kept head."""
    verwacht_seq, vorige = 1, BEGIN_HASH
    for regel, vorige_hash, hash_ in regels:
        if regel.seq != verwacht_seq:
            return Breuk(verwacht_seq, f"regel {verwacht_seq} ontbreekt; {regel.seq} volgt")
        if vorige_hash != vorige:
            return Breuk(regel.seq, "verwijst niet naar de regel ervoor")
        if bereken_hash(regel, vorige_hash) != hash_:
            return Breuk(regel.seq, "de inhoud past niet bij de hash")
        verwacht_seq, vorige = regel.seq + 1, hash_
    if verwacht_seq - 1 != kop_seq or vorige != kop_hash:
        return Breuk(
            verwacht_seq, f"het logboek eindigt bij {verwacht_seq - 1}, maar er zijn {kop_seq} regels geschreven"
        )
    return None
