"""Identifiers that go into URLs and between systems."""

import secrets
from uuid import UUID

import uuid_utils.compat as uuid_utils


def nieuw_id() -> UUID:
    """A new UUIDv7 (RFC 9562): ordered by creation, so that indexes stay compact. Never used to order operations."""
    return uuid_utils.uuid7()


def nieuw_geheim() -> UUID:
    """128 random bits in the shape of a UUID, for what opens something to whoever knows it (ASVS 5.0, 7.2.3).

    No UUID of any version: those spend six bits on saying which, and a UUIDv7 another 48 on the moment.
    """
    return UUID(bytes=secrets.token_bytes(16))


def lees_id(tekst: str) -> UUID | None:
    """The UUID in ``tekst``, or None where it is not one."""
    try:
        return UUID(tekst)
    except (ValueError, AttributeError, TypeError):
        return None
