"""The recovery key of a gemeente: tablets wrap their data key to its public half; the private half lies in a safe.

Wrapping: RSA-OAEP with SHA-256 (``veld/crypto/sleutels.js``, ``soort: "herstel"``). The private half leaves this
program only as encrypted PKCS#8 in PEM (RFC 5208, RFC 8018), which openssl reads too.
"""

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, padding, serialization
from cryptography.hazmat.primitives.asymmetric import padding as asymmetrisch
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.gebruikers.models import Gemeente

BITS = 3072
# What the library writes itself has 2,048 rounds; a file that may lie in a drawer for ten years gets more.
RONDEN = 1_000_000
MINIMALE_WACHTZIN = 20

_OAEP = asymmetrisch.OAEP(asymmetrisch.MGF1(hashes.SHA256()), hashes.SHA256(), None)

# Object identifiers, DER: PBES2 and PBKDF2 (RFC 8018, A.4 and A.2), hmacWithSHA256 (RFC 8018, B.1.2), aes256-CBC-PAD.
_PBES2 = bytes.fromhex("06092a864886f70d01050d")
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")
_AES256_CBC = bytes.fromhex("060960864801650304012a")
_NIETS = b"\x05\x00"


def maak_prive() -> rsa.RSAPrivateKey:
    """A new key pair of ``BITS`` bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS)


def _b64url(waarde: int) -> str:
    """Base64url of a whole number without leading zeros (RFC 7518, 2)."""
    return base64.urlsafe_b64encode(waarde.to_bytes((waarde.bit_length() + 7) // 8, "big")).rstrip(b"=").decode()


def _getal(tekst: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(tekst + "=" * (-len(tekst) % 4)), "big")


def kid_van(publiek: rsa.RSAPublicKey) -> str:
    """Name of a public key: its RFC 7638 thumbprint, so that the same key never has two names."""
    n = publiek.public_numbers()
    kern = json.dumps({"e": _b64url(n.e), "kty": "RSA", "n": _b64url(n.n)}, separators=(",", ":"), sort_keys=True)
    return base64.urlsafe_b64encode(hashlib.sha256(kern.encode()).digest()).rstrip(b"=").decode()


def openbaar_jwk(publiek: rsa.RSAPublicKey) -> dict[str, Any]:
    """The public half as the tablets get it (RFC 7517)."""
    n = publiek.public_numbers()
    return {
        "kty": "RSA",
        "alg": "RSA-OAEP-256",
        "kid": kid_van(publiek),
        "n": _b64url(n.n),
        "e": _b64url(n.e),
        "key_ops": ["encrypt"],
        "ext": True,
    }


def lees_openbaar(jwk: Mapping[str, Any]) -> rsa.RSAPublicKey:
    """The public key in a JWK. Raises OngeldigeInvoer where it is none, too short, or holds the private half too."""
    if "d" in jwk:
        raise OngeldigeInvoer(
            "Dit bestand bevat ook het geheime deel. Gebruik het openbare bestand en bewaar dit veilig."
        )
    try:
        publiek = rsa.RSAPublicNumbers(_getal(jwk["e"]), _getal(jwk["n"])).public_key()
    except (KeyError, TypeError, ValueError) as fout:
        raise OngeldigeInvoer("Dit is geen openbare herstelsleutel. Verwacht: JSON met kty RSA, n en e.") from fout
    if jwk.get("kty") != "RSA" or publiek.key_size < BITS:
        raise OngeldigeInvoer(f"De herstelsleutel moet een RSA-sleutel van ten minste {BITS} bits zijn.")
    return publiek


def _der(soort: int, inhoud: bytes) -> bytes:
    lengte = len(inhoud)
    if lengte < 0x80:
        return bytes([soort, lengte]) + inhoud
    getal = lengte.to_bytes((lengte.bit_length() + 7) // 8, "big")
    return bytes([soort, 0x80 | len(getal)]) + getal + inhoud


def _rij(*delen: bytes) -> bytes:
    return _der(0x30, b"".join(delen))


def schrijf_prive(prive: rsa.RSAPrivateKey, wachtzin: bytes) -> bytes:
    """The private half as encrypted PKCS#8 PEM: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC.

    Raises OngeldigeInvoer for a passphrase of fewer than ``MINIMALE_WACHTZIN`` bytes.
    """
    if len(wachtzin) < MINIMALE_WACHTZIN:
        raise OngeldigeInvoer(
            f"De wachtzin van de herstelsleutel heeft ten minste {MINIMALE_WACHTZIN} tekens: "
            "neem zes of meer gewone woorden.",
            "wachtzin",
        )
    kaal = prive.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    zout, iv = os.urandom(16), os.urandom(16)
    sleutel = PBKDF2HMAC(hashes.SHA256(), 32, zout, RONDEN).derive(wachtzin)
    vulling = padding.PKCS7(128).padder()
    sluiter = Cipher(AES256(sleutel), CBC(iv)).encryptor()
    dicht = sluiter.update(vulling.update(kaal) + vulling.finalize()) + sluiter.finalize()
    ronden = _der(0x02, RONDEN.to_bytes((RONDEN.bit_length() + 8) // 8, "big"))
    afleiding = _rij(_PBKDF2, _rij(_der(0x04, zout), ronden, _rij(_HMAC_SHA256, _NIETS)))
    der = _rij(_rij(_PBES2, _rij(afleiding, _rij(_AES256_CBC, _der(0x04, iv)))), _der(0x04, dicht))
    tekst = base64.encodebytes(der).replace(b"\n", b"")
    regels = b"\n".join(tekst[i : i + 64] for i in range(0, len(tekst), 64))
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + regels + b"\n-----END ENCRYPTED PRIVATE KEY-----\n"


def _uit_jwk(tekst: bytes) -> rsa.RSAPrivateKey:
    try:
        jwk = json.loads(tekst)
        e, n, d, p, q, dp, dq, qi = (_getal(jwk[naam]) for naam in ("e", "n", "d", "p", "q", "dp", "dq", "qi"))
        return rsa.RSAPrivateNumbers(p, q, d, dp, dq, qi, rsa.RSAPublicNumbers(e, n)).private_key()
    except (KeyError, TypeError, ValueError) as fout:
        raise OngeldigeInvoer("Dit bestand is geen herstelsleutel: het geheime deel ontbreekt.", "sleutel") from fout


def laad_prive(pem: bytes, wachtzin: bytes) -> rsa.RSAPrivateKey:
    """The private half from its file. Raises OngeldigeInvoer for a wrong passphrase or another kind of file.

    A JWK without encryption is read too, whatever the passphrase: the demo keeps its key like that, for invented data.
    """
    if pem.lstrip().startswith(b"{"):
        return _uit_jwk(pem)
    if b"-----BEGIN ENCRYPTED PRIVATE KEY-----" not in pem:
        raise OngeldigeInvoer(
            "Dit bestand is geen versleutelde herstelsleutel. De eerste regel hoort te zijn: "
            "-----BEGIN ENCRYPTED PRIVATE KEY-----.",
            "sleutel",
        )
    if not wachtzin:
        raise OngeldigeInvoer("Vul de wachtzin van de herstelsleutel in.", "wachtzin")
    try:
        sleutel = serialization.load_pem_private_key(pem, wachtzin)
    except ValueError as fout:
        raise OngeldigeInvoer(
            "De wachtzin van de herstelsleutel klopt niet, of het bestand is beschadigd.", "wachtzin"
        ) from fout
    if not isinstance(sleutel, rsa.RSAPrivateKey):
        raise OngeldigeInvoer("De herstelsleutel hoort een RSA-sleutel te zijn.", "sleutel")
    return sleutel


def pak_uit(prive: rsa.RSAPrivateKey, verpakking: Mapping[str, Any]) -> bytes:
    """The 32 bytes of a vault's data key from its ``herstel`` wrapping.

    Raises OngeldigeInvoer when the key does not fit.
    """
    try:
        if verpakking["soort"] != "herstel" or verpakking["alg"] != "RSA-OAEP-256":
            raise OngeldigeInvoer("Deze verpakking is niet voor de herstelsleutel gemaakt.")
        datasleutel = prive.decrypt(base64.b64decode(verpakking["data"], validate=True), _OAEP)
    except (KeyError, TypeError, ValueError) as fout:
        kid = verpakking.get("kid") or "onbekend"
        raise OngeldigeInvoer(
            f"Deze herstelsleutel past niet. Het toestel gebruikte de sleutel met kenmerk {kid}; "
            f"dit bestand heeft kenmerk {kid_van(prive.public_key())}.",
            "sleutel",
        ) from fout
    if len(datasleutel) != 32:
        raise OngeldigeInvoer("In deze verpakking zit geen sleutel van een toestel.")
    return datasleutel


def past_bij(prive: rsa.RSAPrivateKey, jwk: Mapping[str, Any]) -> bool:
    """Whether what a tablet wraps to this public key opens with this private one, tried with a real wrapping."""
    proef = os.urandom(32)
    dicht = lees_openbaar(jwk).encrypt(proef, _OAEP)
    try:
        return prive.decrypt(dicht, _OAEP) == proef
    except ValueError:
        return False


def zet_herstelsleutel(
    sessie: Session, actor: Actor, nu: datetime, gemeente: Gemeente, publiek: rsa.RSAPublicKey
) -> str | None:
    """Make this the key to which tablets of the gemeente wrap from now on. Answers the name of the one before.

    Tablets that hold a wrapping to the old key renew it when they are unlocked with a connection; until then only the
    old private half opens them, so it has to be kept.
    """
    oud: str | None = (gemeente.herstel_jwk or {}).get("kid")
    nieuw = openbaar_jwk(publiek)
    if oud == nieuw["kid"]:
        raise OngeldigeInvoer("Deze herstelsleutel is al in gebruik.")
    gemeente.herstel_jwk = nieuw
    gegevens = {"van": oud, "naar": nieuw["kid"]}
    leg_vast(sessie, actor, nu, "herstelsleutel_gezet", "gemeente", gemeente.uid, gegevens=gegevens)
    return oud
