"""A certificate of its own for a TLS server of the tests on loopback."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class Kaart:
    """``pem``: file with key and certificate, for the server; ``uitgever``: file with what to trust."""

    pem: Path
    uitgever: Path

    def voor_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pem)
        return context


def maak_kaart(map_: Path, dagen: int = 40, namen: Sequence[str] = ("localhost",), sinds: int = -1) -> Kaart:
    """Signed by itself, for these names, from ``sinds`` days ago until ``dagen`` from now."""
    sleutel = ec.generate_private_key(ec.SECP256R1())
    naam = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, namen[0])])
    nu = datetime.now(UTC)
    kaart = (
        x509.CertificateBuilder()
        .subject_name(naam)
        .issuer_name(naam)
        .public_key(sleutel.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(nu + timedelta(days=sinds))
        .not_valid_after(nu + timedelta(days=dagen))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in namen]), critical=False)
        .sign(sleutel, hashes.SHA256())
    )
    stam = f"{namen[0]}_{dagen}"
    uit = Kaart(map_ / f"{stam}.pem", map_ / f"{stam}_uitgever.pem")
    publiek = kaart.public_bytes(serialization.Encoding.PEM)
    vorm = serialization.PrivateFormat.PKCS8
    prive = sleutel.private_bytes(serialization.Encoding.PEM, vorm, serialization.NoEncryption())
    uit.pem.write_bytes(prive + publiek)
    uit.uitgever.write_bytes(publiek)
    return uit
