"""A session is named so that its user knows which device it is."""

import pytest

from inspecties.gebruikers.rules.apparaat import apparaatnaam

MOZILLA = "Mozilla/5.0 "


@pytest.mark.parametrize(
    ("kop", "naam"),
    [
        (MOZILLA + "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome op Windows"),
        (MOZILLA + "(Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge op Windows"),
        (MOZILLA + "(iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari op iPad"),
        (MOZILLA + "(Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome op Android"),
        (MOZILLA + "(X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox op Linux"),
        ("", "Onbekende browser"),
        ("<script>", "Onbekende browser"),
    ],
)
def test_naam(kop: str, naam: str) -> None:
    assert apparaatnaam(kop) == naam
