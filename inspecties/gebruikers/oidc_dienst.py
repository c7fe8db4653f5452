"""Speaking with the gemeente's login service: OpenID Connect, authorization code flow with PKCE.

Where to ask what stands in the service's own document (OpenID Connect Discovery 1.0), which is believed only for
addresses on the host of the issuer that is configured: a document cannot send this server anywhere else.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import structlog
from authlib.oauth2.rfc6749.errors import OAuth2Error  # type: ignore[import-untyped]  # authlib ships no types
from authlib.oauth2.rfc6749.parameters import (  # type: ignore[import-untyped]  # authlib ships no types
    parse_authorization_code_response,
    prepare_grant_uri,
)
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]  # authlib ships no types
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from inspecties.core.buitendienst import STORINGEN, Buitendienst
from inspecties.gebruikers.rules.oidc import ALGORITMEN, TokenOngeldig, controleer_claims

SLEUTEL = "oidc"
_TIJD_S, _MAX_BYTES = 6.0, 512 * 1024
_BEWAAR = timedelta(hours=1)
# An unknown key id is a reason to look for new keys, but not for everybody who makes one up.
_SLEUTELS_RUST = timedelta(minutes=1)
log = structlog.get_logger()


class DienstStoort(Exception):
    """The login service does not answer, or with something that cannot be used."""


@dataclass(frozen=True)
class Aanvraag:
    """One login under way, kept in the browser's session until the service sends the person back."""

    state: str
    nonce: str
    verifier: str
    volgende: str
    tot: int
    # "aanmelden", or "bevestigen" for who is logged in and proves it again.
    doel: str = "aanmelden"

    def als_json(self) -> dict[str, Any]:
        return dict(vars(self))


def lees_aanvraag(ruw: Any) -> Aanvraag | None:
    """What ``als_json`` made; None for anything else."""
    try:
        return Aanvraag(**ruw)
    except TypeError:
        return None


def nieuwe_aanvraag(nu: datetime, geldig: timedelta, volgende: str, doel: str) -> Aanvraag:
    """Fresh secrets for one login (RFC 7636: a verifier of 43 to 128 characters)."""
    return Aanvraag(
        state=secrets.token_urlsafe(24),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        volgende=volgende[:500],
        tot=int((nu + geldig).timestamp()),
        doel=doel,
    )


@dataclass
class Aanmelddienst:
    """The configured service. What it says of itself is kept for an hour."""

    uitgever: str
    client: str
    geheim: str
    _slot: Lock = field(default_factory=Lock)
    _document: dict[str, Any] | None = None
    _tot: datetime | None = None
    _sleutels: KeySet | None = None
    _sleutels_van: datetime | None = None

    @property
    def _oorsprong(self) -> str:
        delen = urlsplit(self.uitgever)
        return f"{delen.scheme}://{delen.netloc}"

    def _pad(self, url: Any) -> str:
        """The part after the host of an address that the service gave. Raises DienstStoort for another host."""
        delen = urlsplit(url) if isinstance(url, str) else None
        if delen is None or f"{delen.scheme}://{delen.netloc}" != self._oorsprong or delen.fragment:
            raise DienstStoort("adres op een andere host")
        return delen.path.lstrip("/") + (f"?{delen.query}" if delen.query else "")

    def _json(self, ruw: bytes) -> dict[str, Any]:
        try:
            inhoud = json.loads(ruw)
        except (ValueError, RecursionError) as fout:
            raise DienstStoort("geen JSON") from fout
        if not isinstance(inhoud, dict):
            raise DienstStoort("geen JSON-object")
        return inhoud

    def _haal(self, pad: str) -> dict[str, Any]:
        try:
            return self._json(Buitendienst(self._oorsprong, _TIJD_S, _MAX_BYTES).lees(pad))
        except STORINGEN as fout:
            raise DienstStoort(type(fout).__name__) from fout

    def document(self, nu: datetime) -> dict[str, Any]:
        """What the service says of itself. Raises DienstStoort."""
        with self._slot:
            if self._document is not None and self._tot is not None and nu < self._tot:
                return self._document
        inhoud = self._haal(self._pad(self.uitgever.rstrip("/") + "/.well-known/openid-configuration"))
        if inhoud.get("issuer") != self.uitgever:
            raise DienstStoort("andere uitgever in het document")
        for naam in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self._pad(inhoud.get(naam))
        with self._slot:
            self._document, self._tot = inhoud, nu + _BEWAAR
        return inhoud

    def adres_voor(self, nu: datetime, aanvraag: Aanvraag, terug: str) -> str:
        """Where the browser goes to log in there. Raises DienstStoort."""
        # Who proves it again logs in again there: a session that is still open at the service proves nothing.
        opnieuw = {"prompt": "login", "max_age": "0"} if aanvraag.doel == "bevestigen" else {}
        adres = prepare_grant_uri(
            self.document(nu)["authorization_endpoint"],
            client_id=self.client,
            response_type="code",
            redirect_uri=terug,
            scope="openid email profile",
            state=aanvraag.state,
            nonce=aanvraag.nonce,
            code_challenge=create_s256_code_challenge(aanvraag.verifier),
            code_challenge_method="S256",
            **opnieuw,
        )
        return str(adres)

    def afmeldadres(self, nu: datetime, terug: str) -> str:
        """Where one logs out there too; '' where the service has no such page or does not answer."""
        try:
            adres = self.document(nu).get("end_session_endpoint")
            self._pad(adres)
        except DienstStoort:
            return ""
        # No id_token_hint: it names the person, and this is an address.
        return f"{adres}?{urlencode({'client_id': self.client, 'post_logout_redirect_uri': terug})}"

    def wissel_code(self, nu: datetime, aanvraag: Aanvraag, teruggekomen: str, terug: str) -> Mapping[str, Any]:
        """The checked claims of who came back with this address. Raises TokenOngeldig, DienstStoort."""
        try:
            code = parse_authorization_code_response(teruggekomen, aanvraag.state)["code"]
        except OAuth2Error as fout:
            raise TokenOngeldig(fout.error or "state") from fout
        velden = {"grant_type": "authorization_code", "code": code, "redirect_uri": terug}
        velden["code_verifier"] = aanvraag.verifier
        koppen: dict[str, str] = {}
        document = self.document(nu)
        manieren = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" in manieren:
            # RFC 6749, section 2.3.1: both halves form-encoded first.
            naam = f"{quote(self.client, safe='')}:{quote(self.geheim, safe='')}"
            koppen["Authorization"] = "Basic " + base64.b64encode(naam.encode()).decode("ascii")
        else:
            velden |= {"client_id": self.client, "client_secret": self.geheim}
        try:
            ruw = Buitendienst(self._oorsprong, _TIJD_S, _MAX_BYTES).stuur(
                self._pad(document["token_endpoint"]), velden, koppen
            )
        except STORINGEN as fout:
            # 400: the code was used before, or is not of this login.
            if str(fout).startswith("HTTP 4"):
                raise TokenOngeldig("code geweigerd") from fout
            raise DienstStoort(type(fout).__name__) from fout
        token = self._json(ruw).get("id_token")
        if not isinstance(token, str):
            raise TokenOngeldig("geen id_token")
        claims = self._ontcijfer(nu, token)
        controleer_claims(claims, self.uitgever, self.client, aanvraag.nonce, nu)
        return claims

    def _ontcijfer(self, nu: datetime, token: str) -> dict[str, Any]:
        for opnieuw in (False, True):
            try:
                return dict(jwt.decode(token, self._sleutelbos(nu, opnieuw=opnieuw), list(ALGORITMEN)).claims)
            except (JoseError, ValueError) as fout:
                # The key may be newer than what is kept: look once, and not for every token that somebody sends.
                if opnieuw or not self._mag_opnieuw(nu):
                    raise TokenOngeldig(f"handtekening ({type(fout).__name__})") from fout
        raise TokenOngeldig("handtekening")

    def _mag_opnieuw(self, nu: datetime) -> bool:
        with self._slot:
            return self._sleutels_van is None or nu - self._sleutels_van >= _SLEUTELS_RUST

    def _sleutelbos(self, nu: datetime, *, opnieuw: bool) -> KeySet:
        with self._slot:
            vers = self._sleutels_van is not None and nu - self._sleutels_van < _BEWAAR
            if self._sleutels is not None and vers and not opnieuw:
                return self._sleutels
        inhoud = self._haal(self._pad(self.document(nu)["jwks_uri"]))
        lijst = inhoud.get("keys")
        # Kinds of keys that are not used here are no reason to believe none of them.
        bruikbaar = (
            [s for s in lijst if isinstance(s, dict) and s.get("kty") in {"RSA", "EC"}]
            if isinstance(lijst, list)
            else []
        )
        try:
            sleutels = KeySet.import_key_set({"keys": bruikbaar})
        except (JoseError, ValueError, KeyError) as fout:
            raise DienstStoort("sleutels") from fout
        with self._slot:
            self._sleutels, self._sleutels_van = sleutels, nu
        return sleutels
