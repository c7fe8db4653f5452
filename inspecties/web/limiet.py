"""Rate limits."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits import parse, parse_many

from inspecties.core.fouten import InspectiesFout
from inspecties.web.bekend_toestel import toestel_van

V = TypeVar("V", bound=Callable[..., Any])

limiter = Limiter(get_remote_address, headers_enabled=False)
# What counts as one kind of attempt, wherever it is made.
AANMELDEN = "aanmelden"
_MISLUKT, _REM, _BESTANDEN = "mislukt", "rem", "bestanden"
# Only counted, never reached.
_TELLER = parse("1000000 per hour")
# From so many failures in an hour, over all addresses together -> how often a browser that the account does not know
# may still try. It grows and never becomes zero; a browser in which the account logged in before is left alone.
REM = ((200, parse("1 per minute")), (60, parse("2 per minute")), (20, parse("6 per minute")))
TE_VEEL = "U haalde in korte tijd veel bestanden op. Wacht een minuut en probeer het opnieuw."
TE_VAAK = "Op dit account wordt te vaak geprobeerd aan te melden. Wacht een minuut en probeer het opnieuw."


class TeVaak(InspectiesFout):
    """Too many attempts; a moment later it may be tried again."""

    status = 429


def _limiet() -> str:
    return str(current_app.extensions["instellingen"].aanmelden_limiet)


def _sleutel(email: str) -> str:
    # With the address in it, so that nobody can lock a colleague out from elsewhere; and where the browser is known to
    # the account with that browser instead, so that nobody can from the same office either.
    toestel = toestel_van(email) if email else ""
    return f"{toestel or get_remote_address()}|{email.strip().lower()[:254]}"


def _adres_en_account() -> str:
    return _sleutel(request.form.get("email", ""))


def _geen_poging() -> bool:
    return request.method != "POST"


def limiet_aanmelden(view: V) -> V:
    """Limit login attempts per address and account together."""
    per_account = limiter.shared_limit(_limiet, scope=AANMELDEN, key_func=_adres_en_account, exempt_when=_geen_poging)
    return cast("V", per_account(view))


def tel_poging(email: str) -> None:
    """Count a wrong password or code that was typed elsewhere as an attempt to log in."""
    for maat in parse_many(_limiet()):
        limiter.limiter.hit(maat, _sleutel(email), AANMELDEN)


def pogingen_op(email: str) -> bool:
    """Whether this account has no attempts left from this address for now."""
    return not all(limiter.limiter.test(maat, _sleutel(email), AANMELDEN) for maat in parse_many(_limiet()))


def tel_mislukt(email: str) -> None:
    """Note a failed attempt on an account, wherever it came from."""
    limiter.limiter.hit(_TELLER, email.strip().lower()[:254], _MISLUKT)


def rem_af(email: str) -> None:
    """Slow down guessing at one account from many addresses. Raises TeVaak, but never in a browser it knows."""
    sleutel = email.strip().lower()[:254]
    mislukt = _TELLER.amount - limiter.limiter.get_window_stats(_TELLER, sleutel, _MISLUKT).remaining
    maat = next((m for vanaf, m in REM if mislukt >= vanaf), None)
    if maat is not None and not toestel_van(email) and not limiter.limiter.hit(maat, sleutel, _REM):
        raise TeVaak(TE_VAAK)


def limiet_openbaar(view: V) -> V:
    """Limit what one address may ask of a page without login: nobody tries out its links."""
    return cast("V", limiter.limit("30 per minute;300 per hour")(view))


def limiet_vragen(view: V) -> V:
    """Limit what one address may ask before logging in, where a whole office may sit behind that address."""
    return cast("V", limiter.limit("300 per minute;3000 per hour")(view))


def _is_bestand(antwoord: Response) -> bool:
    bijlage = antwoord.headers.get("Content-Disposition", "").startswith("attachment")
    return antwoord.status_code < 300 and (bijlage or antwoord.mimetype == "application/pdf")


def plaats_bestandslimiet(app: Flask) -> None:
    """Limit how many files one person fetches: nobody carries off everything, or makes hundreds of PDFs at once.

    A view that gave a file is known from then on, and closed before its work by who fetched too many.
    """
    geven: set[str] = set()

    def over(doe: Callable[..., bool]) -> bool:
        inst, actor = current_app.extensions["instellingen"], current_user.actor
        sleutel = f"{actor.gemeente_id}|{actor.gebruiker_id}"
        # Each of them counts, also where another one is reached already.
        uit = [doe(maat, sleutel, _BESTANDEN) for maat in parse_many(str(inst.bestanden_limiet))]
        return all(uit)

    @app.before_request
    def _voor() -> None:
        if request.endpoint in geven and current_user.is_authenticated and not over(limiter.limiter.test):
            raise TeVaak(TE_VEEL)

    @app.after_request
    def _na(antwoord: Response) -> Response:
        if _is_bestand(antwoord) and request.endpoint and current_user.is_authenticated:
            geven.add(request.endpoint)
            over(limiter.limiter.hit)
        return antwoord
