"""What a stolen table of hashes costs to guess: the parameters of the service, not the light ones of the tests."""

import subprocess
import sys

# OWASP Password Storage Cheat Sheet: argon2id with at least 19 MiB, 2 passes, 1 lane.
MINSTENS_KIB, MINSTENS_KEER = 19 * 1024, 2


def test_een_wachtwoord_krijgt_een_zware_hash() -> None:
    opdracht = "from inspecties.gebruikers.wachtwoorden import maak_hash; print(maak_hash('een lang wachtwoord'))"
    hash_ = subprocess.run([sys.executable, "-c", opdracht], check=True, capture_output=True, text=True).stdout.strip()

    _, soort, _, parameters, zout, _ = hash_.split("$")
    waarden = {naam: int(waarde) for naam, waarde in (p.split("=") for p in parameters.split(","))}
    assert soort == "argon2id"
    assert waarden["m"] >= MINSTENS_KIB
    assert waarden["t"] >= MINSTENS_KEER
    assert len(zout) >= 22  # 128 bits in base64
