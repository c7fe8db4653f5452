"""What an ID token must say before it is believed (OpenID Connect Core 1.0, section 3.1.3.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

# Signed with the key of the service. None of the symmetric ones: who has the client secret could then sign.
ALGORITMEN = ("RS256", "PS256", "ES256")
# Clocks of two machines differ.
SPELING_S = 60
AANVRAAG_GELDIG = timedelta(minutes=10)
# How recently somebody must have logged in at the service for that to prove who acts now.
VERS_S = 300


class TokenOngeldig(Exception):
    """The token is not believed. The text is for the log, in few words and without what the token holds."""


@dataclass(frozen=True)
class Bewijs:
    """Who the service says logged in, and how."""

    uitgever: str
    onderwerp: str
    email: str
    email_bevestigd: bool
    naam: str
    groepen: frozenset[str]
    sterk: bool
    aangemeld_s: int | None


def _getal(claims: Mapping[str, Any], naam: str) -> int | None:
    waarde = claims.get(naam)
    if isinstance(waarde, bool) or not isinstance(waarde, int | float):
        return None
    return int(waarde)


def _woorden(waarde: Any) -> frozenset[str]:
    if isinstance(waarde, str):
        return frozenset({waarde})
    return frozenset(w for w in waarde if isinstance(w, str)) if isinstance(waarde, list) else frozenset()


def controleer_claims(claims: Mapping[str, Any], uitgever: str, client: str, nonce: str, nu: datetime) -> None:
    """Raises TokenOngeldig unless these claims are of this issuer, for us, for this login and of now."""
    if claims.get("iss") != uitgever:
        raise TokenOngeldig("uitgever")
    voor = _woorden(claims.get("aud"))
    if client not in voor or (len(voor) > 1 and claims.get("azp") != client) or claims.get("azp", client) != client:
        raise TokenOngeldig("ontvanger")
    if not nonce or claims.get("nonce") != nonce:
        raise TokenOngeldig("nonce")
    tot, gemaakt, vanaf = (_getal(claims, naam) for naam in ("exp", "iat", "nbf"))
    nu_s = nu.timestamp()
    if tot is None or gemaakt is None or nu_s > tot + SPELING_S:
        raise TokenOngeldig("verlopen")
    if gemaakt > nu_s + SPELING_S or (vanaf is not None and vanaf > nu_s + SPELING_S):
        raise TokenOngeldig("uit de toekomst")
    onderwerp = claims.get("sub")
    if not isinstance(onderwerp, str) or not 0 < len(onderwerp) <= 255:
        raise TokenOngeldig("onderwerp")


def lees_bewijs(
    claims: Mapping[str, Any], groepenclaim: str, acr: frozenset[str], *, email_vertrouwd: bool = False
) -> Bewijs:
    """What checked claims say. ``acr``: the values that stand for two factors; "mfa" in amr (RFC 8176) does too."""
    email, naam = claims.get("email"), claims.get("name")
    return Bewijs(
        uitgever=str(claims["iss"]),
        onderwerp=str(claims["sub"]),
        email=email.strip().lower() if isinstance(email, str) else "",
        email_bevestigd=claims.get("email_verified") is True or email_vertrouwd,
        naam=" ".join(naam.split())[:120] if isinstance(naam, str) else "",
        groepen=_woorden(claims.get(groepenclaim)),
        sterk="mfa" in _woorden(claims.get("amr")) or claims.get("acr") in acr,
        aangemeld_s=_getal(claims, "auth_time"),
    )


def is_vers(bewijs: Bewijs, nu: datetime) -> bool:
    """Whether the person logged in at the service just now, and not some time ago in another tab."""
    if bewijs.aangemeld_s is None:
        return False
    return -SPELING_S <= nu.timestamp() - bewijs.aangemeld_s <= VERS_S
