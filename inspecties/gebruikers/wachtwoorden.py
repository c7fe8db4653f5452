"""Passwords: argon2id with the library's current parameters, length over composition (OWASP ASVS 6.2)."""

import gzip
import secrets
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.gebruikers.rules.wachtwoordkeuze import (
    MAXIMUM,
    MINIMUM,
    bezwaar,
    gelekte_vormen,
    gewone_vormen,
    stam_van,
)

LIJSTEN = Path(__file__).resolve().parents[2] / "config" / "wachtwoorden"
LIJST = LIJSTEN / "veelgebruikt.txt.gz"
_eigen_lijst: list[Path] = []
_hasher = PasswordHasher()


@cache
def _niemand() -> str:
    """Verified against when there is no such user, so that the time taken tells nothing."""
    return _hasher.hash("er is hier niemand met dit adres")


def maak_hash(wachtwoord: str) -> str:
    """Argon2id hash of a new password. Raises OngeldigeInvoer where it is too short or too long."""
    if not MINIMUM <= len(wachtwoord) <= MAXIMUM:
        raise OngeldigeInvoer(f"Gebruik een wachtwoord van {MINIMUM} tot {MAXIMUM} tekens.", "wachtwoord")
    return _hasher.hash(wachtwoord)


def klopt(wachtwoord_hash: str, wachtwoord: str) -> bool:
    """Whether the password fits; takes as long without a user (empty hash) as with one.

    One that is longer than any can be is not cut off to one that fits: only as much of it is read as tells that.
    """
    niemand = _niemand()  # asked also where it is not used: the first login of a process tells nothing either
    try:
        goed = _hasher.verify(wachtwoord_hash or niemand, wachtwoord[: MAXIMUM + 1])
    except (VerificationError, InvalidHashError):
        return False
    return goed and bool(wachtwoord_hash)


def is_verouderd(wachtwoord_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than the present ones."""
    return _hasher.check_needs_rehash(wachtwoord_hash)


@cache
def _lees(pad: Path) -> frozenset[str]:
    """The lines of a text file, gzipped or not, in lower case."""
    opener = gzip.open if pad.suffix == ".gz" else open
    with opener(pad, "rt", encoding="utf-8", errors="replace") as bestand:
        return frozenset(regel.strip().lower() for regel in bestand if len(regel.strip()) >= MINIMUM)


@cache
def _stammen() -> frozenset[str]:
    return frozenset((LIJSTEN / "stammen.txt").read_text(encoding="ascii").split())


@cache
def _gelekt() -> frozenset[str]:
    """The thirty thousand passwords that were used most in known leaks."""
    # Here and not above: it costs memory, and only who chooses a password needs it.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # noqa: PLC0415 - only who chooses a password pays for it

    return frozenset(FREQUENCY_LISTS["passwords"])


def gebruik_lijst(pad: str) -> None:
    """From now on refuse what stands in this file too (INSPECTIES_WACHTWOORDLIJST); '' for none."""
    _eigen_lijst[:] = [Path(pad)] if pad else []


def is_bekend(wachtwoord: str) -> bool:
    """Whether this password stands in a shipped list or the gemeente's own, or is a known one with decoration."""
    if stam_van(wachtwoord) in _stammen() or not _gelekt().isdisjoint(gelekte_vormen(wachtwoord)):
        return True
    vormen = gewone_vormen(wachtwoord)
    return any(vorm in lijst for lijst in map(_lees, [LIJST, *_eigen_lijst]) for vorm in vormen)


def keur(wachtwoord: str, over_wie: Iterable[str]) -> None:
    """Raise OngeldigeInvoer when a person's own choice is too easy to guess; ``over_wie``: their name and address."""
    reden = bezwaar(wachtwoord, over_wie)
    if not reden and is_bekend(wachtwoord):
        reden = (
            "Dit wachtwoord lijkt op een wachtwoord dat veel wordt gebruikt of is uitgelekt. "
            "Kies bijvoorbeeld een zin van een paar woorden."
        )
    if reden:
        raise OngeldigeInvoer(reden, "nieuw")


def willekeurig() -> str:
    """A password that nobody knows, for an account that waits for its owner to choose one."""
    return secrets.token_urlsafe(48)
