"""The secrets with which cookies and links are signed: the old ones still read, the newest signs."""

from flask import current_app


def geheimen() -> list[str]:
    """In the order that itsdangerous wants: the oldest first, the one that signs last."""
    oud: list[str] = list(current_app.config.get("SECRET_KEY_FALLBACKS") or [])
    return [*reversed(oud), str(current_app.secret_key)]
