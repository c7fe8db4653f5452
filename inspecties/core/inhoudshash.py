"""One hash for the same content, however its keys were ordered."""

import hashlib
from typing import Any

import rfc8785


def inhoudshash(inhoud: Any) -> str:
    """SHA-256 (hex) of the canonical JSON (RFC 8785); a number that JSON cannot hold counts as its text."""
    try:
        ruw = rfc8785.dumps(inhoud)
    except (rfc8785.FloatDomainError, rfc8785.IntegerDomainError):
        ruw = repr(inhoud).encode()
    return hashlib.sha256(ruw).hexdigest()
