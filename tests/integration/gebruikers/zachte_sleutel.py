"""A passkey in software (WebAuthn Level 3, ES256, no attestation), for tests without a browser."""

import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url, encode_cbor

_AANWEZIG, _GECONTROLEERD, _SLEUTEL = 0x01, 0x04, 0x40


class ZachteSleutel:
    """One credential of one site."""

    def __init__(self, rp_id: str = "localhost", oorsprong: str = "http://localhost") -> None:
        self.rp_id, self.oorsprong = rp_id, oorsprong
        self.id = secrets.token_bytes(16)
        self.teller = 0
        self._sleutel = ec.generate_private_key(ec.SECP256R1())

    def _klant(self, soort: str, opties: dict[str, Any]) -> bytes:
        return json.dumps(
            {"type": soort, "challenge": opties["challenge"], "origin": self.oorsprong, "crossOrigin": False}
        ).encode()

    def _gegevens(self, vlaggen: int, extra: bytes = b"") -> bytes:
        self.teller += 1
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([vlaggen]) + self.teller.to_bytes(4, "big") + extra

    def maak(self, opties: dict[str, Any]) -> dict[str, Any]:
        """What ``navigator.credentials.create`` answers."""
        punt = self._sleutel.public_key().public_numbers()
        cose = encode_cbor({1: 2, 3: -7, -1: 1, -2: punt.x.to_bytes(32, "big"), -3: punt.y.to_bytes(32, "big")})
        extra = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cose
        gegevens = self._gegevens(_AANWEZIG | _GECONTROLEERD | _SLEUTEL, extra)
        return self._antwoord(
            clientDataJSON=self._klant("webauthn.create", opties),
            attestationObject=encode_cbor({"fmt": "none", "attStmt": {}, "authData": gegevens}),
        )

    def bewijs(self, opties: dict[str, Any], *, gecontroleerd: bool = True) -> dict[str, Any]:
        """What ``navigator.credentials.get`` answers."""
        klant = self._klant("webauthn.get", opties)
        gegevens = self._gegevens(_AANWEZIG | (_GECONTROLEERD if gecontroleerd else 0))
        handtekening = self._sleutel.sign(gegevens + hashlib.sha256(klant).digest(), ec.ECDSA(SHA256()))
        return self._antwoord(clientDataJSON=klant, authenticatorData=gegevens, signature=handtekening)

    def _antwoord(self, **delen: bytes) -> dict[str, Any]:
        kenmerk = bytes_to_base64url(self.id)
        inhoud = {naam: bytes_to_base64url(waarde) for naam, waarde in delen.items()}
        return {"id": kenmerk, "rawId": kenmerk, "type": "public-key", "response": inhoud}
