"""What this service signs, it signs with SHA-256: the frameworks' own default is SHA-1 (ASVS 11.4.1)."""

import base64
import re

import pytest
from flask import Flask

from inspecties.core.rechten import Rol
from tests.integration.gebruikers.test_aanmelden import meld_aan, token_van
from tests.wereld import Wereld, csrf


def _bits(waarde: str) -> int:
    """Length of the signature of what itsdangerous signed: the part after the last dot."""
    deel = re.split(r"[.]", waarde)[-1]
    return len(base64.urlsafe_b64decode(deel + "=" * (-len(deel) % 4))) * 8


@pytest.mark.parametrize("database", ["spatialite"], indirect=True)
def test_elke_handtekening_heeft_256_bits(app: Flask, wereld: Wereld) -> None:
    client = app.test_client()
    getekend = {"token voor het aanmelden": token_van(client)}
    assert meld_aan(client, wereld.een.emails[Rol.JURIST]).status_code == 302
    getekend["token van een formulier"] = csrf(client)
    for naam in ("inspecties", "inspecties_toestel"):
        koekje = client.get_cookie(naam)
        assert koekje is not None
        getekend[naam] = koekje.value
    assert {naam: _bits(waarde) for naam, waarde in getekend.items()} == dict.fromkeys(getekend, 256)
