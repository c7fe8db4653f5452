"""How long a proof that it is still the same person holds, and by what it can be given."""

from datetime import datetime, timedelta

GELDIG = timedelta(minutes=5)
WIJZEN: dict[str, str] = {"wachtwoord": "Wachtwoord", "passkey": "Passkey"}


def geldt_nog(op: datetime | None, nu: datetime) -> bool:
    """Whether a proof given at ``op`` still holds. One from the future (a clock that was set back) does not."""
    return op is not None and timedelta(0) <= nu - op <= GELDIG
