"""Whose signature is believed: a key that the service publishes, by a kind of signature that is expected. No other."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from inspecties.gebruikers.oidc_dienst import Aanmelddienst
from inspecties.gebruikers.rules.oidc import TokenOngeldig

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
DOCUMENT = {
    "issuer": "https://i.example",
    "authorization_endpoint": "https://i.example/a",
    "token_endpoint": "https://i.example/t",
    "jwks_uri": "https://i.example/k",
}
ZEGT: dict[str, Any] = {"iss": "https://i.example", "aud": "wij", "sub": "s", "nonce": "n"}


def sleutel(kid: str) -> RSAKey:
    return RSAKey.generate_key(2048, parameters={"kid": kid})


VAN_DIENST, VAN_ANDER, VOLGENDE = sleutel("k1"), sleutel("k1"), sleutel("k2")


class Dienst(Aanmelddienst):
    """A service that publishes these keys, and counts how often it is asked for them."""

    keren = 0
    bekend: tuple[RSAKey, ...] = (VAN_DIENST,)

    def _haal(self, pad: str) -> dict[str, Any]:
        if pad != "k":
            return dict(DOCUMENT)
        self.keren += 1
        return {"keys": [s.as_dict(private=False) for s in self.bekend]}


def dienst() -> Dienst:
    return Dienst("https://i.example", "wij", "g")


def teken(met: Any, alg: str = "RS256", **kop: Any) -> str:
    return jwt.encode({"alg": alg, "kid": "k1"} | kop, ZEGT, met, algorithms=[alg])


def deel(inhoud: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(inhoud).encode()).decode().rstrip("=")


def met_geheim(geheim: bytes) -> str:
    """By hand: the library refuses to make a secret of a public key."""
    inhoud = f"{deel({'alg': 'HS256', 'kid': 'k1'})}.{deel(ZEGT)}"
    hand = hmac.new(geheim, inhoud.encode(), hashlib.sha256).digest()
    return f"{inhoud}.{base64.urlsafe_b64encode(hand).decode().rstrip('=')}"


def anders_dan_getekend() -> str:
    kop, _, hand = teken(VAN_DIENST).split(".")
    return f"{kop}.{deel(ZEGT | {'sub': 'een ander'})}.{hand}"


VALS: dict[str, str] = {
    "zonder handtekening": f"{deel({'alg': 'none'})}.{deel(ZEGT)}.",
    "zonder handtekening, met de sleutel genoemd": f"{deel({'alg': 'none', 'kid': 'k1'})}.{deel(ZEGT)}.",
    "met de publieke sleutel als geheim": met_geheim(VAN_DIENST.as_pem(private=False)),
    "met ons eigen geheim": met_geheim(b"g"),
    "door een ander, onder dezelfde naam": teken(VAN_ANDER),
    "met een soort die niet verwacht wordt": teken(VAN_DIENST, "RS512"),
    "met de sleutel in het token zelf": teken(VAN_ANDER, kid="eigen", jwk=VAN_ANDER.as_dict(private=False)),
    "met een adres voor de sleutel": teken(VAN_ANDER, kid="eigen", jku="https://kwaad.example/k"),
    "na het tekenen veranderd": anders_dan_getekend(),
    "geen token": "onzin",
    "leeg": "",
}


def test_een_token_van_de_dienst_wordt_geloofd() -> None:
    assert dienst()._ontcijfer(NU, teken(VAN_DIENST)) == ZEGT


@pytest.mark.parametrize("hoe", VALS)
def test_een_vals_token_wordt_niet_geloofd(hoe: str) -> None:
    with pytest.raises(TokenOngeldig, match="handtekening"):
        dienst()._ontcijfer(NU, VALS[hoe])


def test_een_nieuwe_sleutel_wordt_gehaald_en_een_verzonnen_niet_telkens() -> None:
    """The service changes its key: the next login works. Who makes up key ids does not have us ask all day."""
    wij = dienst()
    wij._ontcijfer(NU, teken(VAN_DIENST))
    assert wij.keren == 1
    wij.bekend = (VOLGENDE,)
    later = NU + timedelta(minutes=2)
    assert wij._ontcijfer(later, teken(VOLGENDE, kid="k2")) == ZEGT
    assert wij.keren == 2
    # What the service withdrew is believed no longer.
    with pytest.raises(TokenOngeldig):
        wij._ontcijfer(later, teken(VAN_DIENST))
    for nummer in range(20):
        with pytest.raises(TokenOngeldig):
            wij._ontcijfer(later, teken(VAN_ANDER, kid=f"verzonnen-{nummer}"))
    assert wij.keren == 2
    with pytest.raises(TokenOngeldig):
        wij._ontcijfer(later + timedelta(minutes=1), teken(VAN_ANDER, kid="nog een"))
    assert wij.keren == 3


def test_sleutels_die_de_dienst_introk_gelden_hoogstens_een_uur() -> None:
    wij = dienst()
    wij._ontcijfer(NU, teken(VAN_DIENST))
    wij.bekend = (VOLGENDE,)
    with pytest.raises(TokenOngeldig):
        wij._ontcijfer(NU + timedelta(hours=1), teken(VAN_DIENST))
