"""Security headers stand on every response, errors included (sync-and-trust.md, promise 30)."""

import pytest

from inspecties.core.rechten import Rol
from tests.wereld import Wereld


@pytest.mark.parametrize(
    "pad", ["/", "/aanmelden", "/bestaat-niet", "/gezond", "/.well-known/security.txt", "/api/csrf"]
)
@pytest.mark.parametrize("binnen", [True, False])
def test_elk_antwoord_draagt_de_koppen(wereld: Wereld, pad: str, binnen: bool) -> None:
    client = wereld.client(Rol.COORDINATOR) if binnen else wereld.app.test_client()
    koppen = client.get(pad).headers
    beleid = koppen["Content-Security-Policy"]
    assert "script-src 'self';" in beleid
    assert "unsafe" not in beleid
    assert "frame-ancestors 'none'" in beleid
    assert koppen["X-Content-Type-Options"] == "nosniff"
    assert koppen["Referrer-Policy"] == "same-origin"
    assert koppen["Cache-Control"] == "no-store"
    assert "Permissions-Policy" in koppen


def test_gezond_zegt_welke_database(wereld: Wereld, database: str) -> None:
    antwoord = wereld.app.test_client().get("/gezond")
    assert antwoord.get_json()["status"] == "ok"
    assert antwoord.get_json()["database"] == database


def test_onbekend_adres_onder_api_is_een_probleemdocument(wereld: Wereld) -> None:
    antwoord = wereld.app.test_client().get("/api/bestaat-niet")
    assert antwoord.status_code == 404
    assert antwoord.content_type == "application/problem+json"
    assert antwoord.get_json()["status"] == 404


def test_security_txt_is_nog_geldig(wereld: Wereld) -> None:
    tekst = wereld.app.test_client().get("/.well-known/security.txt").get_data(as_text=True)
    assert "Contact: https://" in tekst
    assert "Expires: 2027-" in tekst
