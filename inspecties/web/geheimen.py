"""The secrets with which cookies and links are signed: the old ones still read, the newest signs, all with SHA-256."""

import hashlib

from flask import Flask, current_app
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import Signer


def geheimen() -> list[str]:
    """In the order that itsdangerous wants: the oldest first, the one that signs last."""
    oud: list[str] = list(current_app.config.get("SECRET_KEY_FALLBACKS") or [])
    return [*reversed(oud), str(current_app.secret_key)]


class _Sessiekoekje(SecureCookieSessionInterface):
    """Flask's own, with another hash than its default of SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


def teken_met_sha256(app: Flask) -> None:
    """Sign the session cookie, tokens of forms and every other token with HMAC-SHA-256."""
    app.session_interface = _Sessiekoekje()
    # The tokens of forms are made by a library that gives no choice: what it does not say is taken from here.
    Signer.default_digest_method = staticmethod(hashlib.sha256)
