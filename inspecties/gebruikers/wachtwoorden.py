"""Passwords: argon2id with the library's current parameters, length over composition (OWASP ASVS 6.2)."""

import secrets
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.gebruikers.rules.wachtwoordkeuze import MAXIMUM, MINIMUM, bezwaar

_hasher = PasswordHasher()
# Verified against when there is no such user, so that the time taken tells nothing.
_NIEMAND = _hasher.hash("er is hier niemand met dit adres")


def maak_hash(wachtwoord: str) -> str:
    """Argon2id hash of a new password. Raises OngeldigeInvoer where it is too short or too long."""
    if not MINIMUM <= len(wachtwoord) <= MAXIMUM:
        raise OngeldigeInvoer(f"Gebruik een wachtwoord van {MINIMUM} tot {MAXIMUM} tekens.", "wachtwoord")
    return _hasher.hash(wachtwoord)


def klopt(wachtwoord_hash: str, wachtwoord: str) -> bool:
    """Whether the password fits; takes as long without a user (empty hash) as with one."""
    try:
        goed = _hasher.verify(wachtwoord_hash or _NIEMAND, wachtwoord[:MAXIMUM])
    except (VerificationError, InvalidHashError):
        return False
    return goed and bool(wachtwoord_hash)


def is_verouderd(wachtwoord_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than the present ones."""
    return _hasher.check_needs_rehash(wachtwoord_hash)


def keur(wachtwoord: str, over_wie: Iterable[str]) -> None:
    """Raise OngeldigeInvoer when a person's own choice is too easy to guess; ``over_wie``: their name and address."""
    reden = bezwaar(wachtwoord, over_wie)
    if reden:
        raise OngeldigeInvoer(reden, "nieuw")


def willekeurig() -> str:
    """A password that nobody knows, for an account that waits for its owner to choose one."""
    return secrets.token_urlsafe(48)
