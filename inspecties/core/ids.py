"""Identifiers that go into URLs and between systems."""

from uuid import UUID

import uuid_utils.compat as uuid_utils


def nieuw_id() -> UUID:
    """A new UUIDv7 (RFC 9562): ordered by creation, so that indexes stay compact. Never used to order operations."""
    return uuid_utils.uuid7()


def lees_id(tekst: str) -> UUID | None:
    """The UUID in ``tekst``, or None where it is not one."""
    try:
        return UUID(tekst)
    except (ValueError, AttributeError, TypeError):
        return None
