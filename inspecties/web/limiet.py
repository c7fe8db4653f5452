"""Rate limits."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

V = TypeVar("V", bound=Callable[..., Any])

limiter = Limiter(get_remote_address, headers_enabled=False)


def _limiet() -> str:
    return str(current_app.extensions["instellingen"].aanmelden_limiet)


def _adres_en_account() -> str:
    # With the address in it, so that nobody can lock a colleague out from elsewhere.
    return f"{get_remote_address()}|{request.form.get('email', '').strip().lower()[:254]}"


def _geen_poging() -> bool:
    return request.method != "POST"


def limiet_aanmelden(view: V) -> V:
    """Limit login attempts per address and account together."""
    per_account = limiter.limit(_limiet, key_func=_adres_en_account, exempt_when=_geen_poging)
    return cast("V", per_account(view))


def limiet_openbaar(view: V) -> V:
    """Limit what one address may ask of a page without login: nobody tries out its links."""
    return cast("V", limiter.limit("30 per minute;300 per hour")(view))
