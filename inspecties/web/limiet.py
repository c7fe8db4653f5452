"""Rate limits."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse_many

V = TypeVar("V", bound=Callable[..., Any])

limiter = Limiter(get_remote_address, headers_enabled=False)
# What counts as one kind of attempt, wherever it is made.
AANMELDEN = "aanmelden"


def _limiet() -> str:
    return str(current_app.extensions["instellingen"].aanmelden_limiet)


def _sleutel(email: str) -> str:
    # With the address in it, so that nobody can lock a colleague out from elsewhere.
    return f"{get_remote_address()}|{email.strip().lower()[:254]}"


def _adres_en_account() -> str:
    return _sleutel(request.form.get("email", ""))


def _geen_poging() -> bool:
    return request.method != "POST"


def limiet_aanmelden(view: V) -> V:
    """Limit login attempts per address and account together."""
    per_account = limiter.shared_limit(_limiet, scope=AANMELDEN, key_func=_adres_en_account, exempt_when=_geen_poging)
    return cast("V", per_account(view))


def tel_poging(email: str) -> None:
    """Count a wrong password that was typed elsewhere as an attempt to log in."""
    for maat in parse_many(_limiet()):
        limiter.limiter.hit(maat, _sleutel(email), AANMELDEN)


def pogingen_op(email: str) -> bool:
    """Whether this account has no attempts left from this address for now."""
    return not all(limiter.limiter.test(maat, _sleutel(email), AANMELDEN) for maat in parse_many(_limiet()))


def limiet_openbaar(view: V) -> V:
    """Limit what one address may ask of a page without login: nobody tries out its links."""
    return cast("V", limiter.limit("30 per minute;300 per hour")(view))
