"""The hash chain of the audit log: pure functions.

Each row's hash is the SHA-256 of the RFC 8785 canonical JSON of its content and the hash of the row before it, so that
altering, dropping or reordering rows breaks every later hash. The head (last seq and hash) is kept apart, which shows
truncation. Who can write in the database can make all of that anew; heads that were stored elsewhere (``rules_koppen``)
show that too.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    inhoud = vars(regel) | {
        "moment": regel.moment.astimezone(UTC).isoformat(timespec="microseconds"),
        "vorige_hash": vorige_hash,
    }
    return hashlib.sha256(rfc8785.dumps(inhoud)).hexdigest()


@dataclass(frozen=True)
class Breuk:
    """The first row where the chain does not hold."""

    seq: int
    uitleg: str


def controleer_keten(
    regels: Iterable[tuple[Regel, str, str]],
    kop_seq: int,
    kop_hash: str,
    bewaard: Mapping[int, str] | None = None,
) -> Breuk | None:
    """Verify rows (content, previous hash, hash) in order of seq against the separately kept head.

    ``bewaard``: seq -> hash of heads that were stored elsewhere; they also show a chain that was made anew as a whole.
    """
    koppen = bewaard or {}
    verwacht_seq, vorige, goed_tot = 1, BEGIN_HASH, 0
    for regel, vorige_hash, hash_ in regels:
        if regel.seq != verwacht_seq:
            return Breuk(verwacht_seq, f"regel {verwacht_seq} ontbreekt; {regel.seq} volgt")
        if vorige_hash != vorige:
            return Breuk(regel.seq, "verwijst niet naar de regel ervoor")
        if bereken_hash(regel, vorige_hash) != hash_:
            return Breuk(regel.seq, "de inhoud past niet bij de hash")
        elders = koppen.get(regel.seq)
        if elders is not None and elders != hash_:
            return Breuk(
                goed_tot + 1,
                f"de keten is herschreven: bij regel {regel.seq} hoort een andere hash dan elders is bewaard; "
                f"de eerste gewijzigde regel ligt van {goed_tot + 1} tot en met {regel.seq}",
            )
        if elders is not None:
            goed_tot = regel.seq
        verwacht_seq, vorige = regel.seq + 1, hash_
    return _te_kort(verwacht_seq - 1, vorige, (kop_seq, kop_hash), max(koppen, default=0), goed_tot)


def _te_kort(laatste: int, hash_: str, kop: tuple[int, str], elders: int, zeker: int) -> Breuk | None:
    """A log that ends too early: before a head that was stored elsewhere, or before its own head."""
    if elders > laatste:
        uitleg = (
            f"het logboek eindigt bij {laatste}, maar elders is bewaard dat er {elders} regels waren; "
            f"zeker ongewijzigd is het tot en met regel {zeker}"
        )
    elif (laatste, hash_) != kop:
        uitleg = f"het logboek eindigt bij {laatste}, maar er zijn {kop[0]} regels geschreven"
    else:
        return None
    return Breuk(laatste + 1, uitleg)
