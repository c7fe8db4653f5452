"""Encryption of single fields, and keyed hashes by which equal values find each other without being readable.

AES-256-GCM (NIST SP 800-38D) with a fresh nonce per value; the context (table and public id) is bound to the
ciphertext, so that a value cannot be moved to another row. The stored text names its key, so that keys can be rotated.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_VORM = "v1"
AFGELEID = "basis"


class SleutelFout(Exception):
    """A value cannot be read: its key is not here, or it was changed or moved. The message is for the administrator."""


def _leid_af(geheim: bytes, doel: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=b"inspecties", info=doel.encode()).derive(geheim)


@dataclass(frozen=True)
class Sleutelbos:
    """The keys by name, the newest first. The oldest makes the keyed hashes, so that a new key leaves links whole."""

    sleutels: Mapping[str, bytes]

    def versleutel(self, tekst: str, context: str) -> str:
        """Ciphertext as ``v1.<key>.<base64url>``; the empty text stays empty."""
        if not tekst:
            return ""
        naam, sleutel = next(iter(self.sleutels.items()))
        nonce = secrets.token_bytes(_NONCE)
        geheim = AESGCM(_leid_af(sleutel, "veld")).encrypt(nonce, tekst.encode(), context.encode())
        return f"{_VORM}.{naam}.{base64.urlsafe_b64encode(nonce + geheim).decode()}"

    def ontsleutel(self, opgeslagen: str, context: str) -> str:
        """The text. Raises SleutelFout where the key is missing or the value does not belong to this context."""
        if not opgeslagen:
            return ""
        delen = opgeslagen.split(".")
        if len(delen) != 3 or delen[0] != _VORM:
            raise SleutelFout("Een versleuteld veld heeft niet de verwachte vorm.")
        sleutel = self.sleutels.get(delen[1])
        if sleutel is None:
            raise SleutelFout(f"De sleutel '{delen[1]}' ontbreekt in INSPECTIES_VELDSLEUTELS.")
        ruw = base64.urlsafe_b64decode(delen[2])
        try:
            return AESGCM(_leid_af(sleutel, "veld")).decrypt(ruw[:_NONCE], ruw[_NONCE:], context.encode()).decode()
        except InvalidTag:
            raise SleutelFout("Een versleuteld veld is gewijzigd of hoort bij een ander gegeven.") from None

    def wis_af(self, soort: str, waarde: str) -> str:
        """The keyed hash (HMAC-SHA-256, hex) of a normalised value: equal values of one kind have equal hashes."""
        sleutel = _leid_af(list(self.sleutels.values())[-1], "kenmerk")
        return hmac.new(sleutel, f"{soort}\0{waarde}".encode(), hashlib.sha256).hexdigest()


def lees_sleutelbos(veldsleutels: str, secret_key: str) -> Sleutelbos:
    """From ``naam:base64url,...`` (newest first, 32 bytes each), or derived from the secret where it is empty.

    Raises ValueError with what is wrong.
    """
    if not veldsleutels.strip():
        return Sleutelbos({AFGELEID: _leid_af(secret_key.encode(), "velden")})
    bos: dict[str, bytes] = {}
    for deel in veldsleutels.split(","):
        naam, dubbelepunt, waarde = deel.strip().partition(":")
        if not dubbelepunt or not naam.isalnum() or naam in bos:
            raise ValueError("elke sleutel is naam:waarde, met een eigen naam van letters en cijfers")
        try:
            ruw = base64.urlsafe_b64decode(waarde + "=" * (-len(waarde) % 4))
        except ValueError:
            raise ValueError(f"de waarde van sleutel '{naam}' is geen base64url") from None
        if len(ruw) != 32:
            raise ValueError(f"sleutel '{naam}' is {len(ruw)} bytes; dat moeten er 32 zijn")
        bos[naam] = ruw
    return Sleutelbos(bos)
