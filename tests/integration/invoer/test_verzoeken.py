"""What is wrong about a request itself, whatever it is for: depth, packing, and where it wants to be sent on to."""

import pytest
from werkzeug.test import EnvironBuilder

from inspecties.core.rechten import Rol
from inspecties.gebruikers.inloggen import veilig_doel
from inspecties.web.inhoud import MAX_DELEN, MAX_DIEPTE, Verzoek, te_diep
from tests.wereld import Wereld, csrf

KWAAD = (
    "//kwaad.example", "///kwaad.example", "////kwaad.example", "/\\kwaad.example", "\\\\kwaad.example",
    "\\/kwaad.example", "/\t/kwaad.example", "/\n/kwaad.example", "/\r\n/kwaad.example", "\t//kwaad.example",
    " //kwaad.example", "https://kwaad.example", "HTTPS:kwaad.example", "http:/kwaad.example", "https:///kwaad.example",
    "//kwaad.example:80", "//localhost@kwaad.example", "//kwaad.example\\@localhost", "javascript:alert(1)",
    "java\tscript:alert(1)", "data:text/html,x", "kwaad.example", "@kwaad.example", "//[::1]", "//[",
    "\x01//kwaad.example",
)  # fmt: skip


def test_niemand_wordt_weggestuurd(wereld: Wereld) -> None:
    """Whoever logs in by a link of a stranger ends on a page of ours."""
    mis = []
    with wereld.app.test_request_context("/"):
        for doel in KWAAD:
            uit = veilig_doel(doel)
            weg = uit.replace("\\", "/").translate({9: None, 10: None, 13: None}).lstrip("\x00\x01 ")
            if not weg.startswith("/") or weg.startswith("//"):
                mis.append((doel, uit))
        assert [veilig_doel(d) for d in ("/locaties?x=1#y", "/%2F/x", "/%09/x")] == [
            "/locaties?x=1#y",
            "/%2F/x",
            "/%09/x",
        ]
    assert mis == []


def test_te_diepe_inhoud_is_geen_storing(wereld: Wereld) -> None:
    """JSON that is nested a hundred thousand times, and JSON just deeper than anybody needs."""
    client = wereld.client(Rol.COORDINATOR)
    token = csrf(client)
    paden = [
        regel.rule
        for regel in wereld.app.url_map.iter_rules()
        if regel.rule.startswith("/api/") and "POST" in (regel.methods or ()) and not regel.arguments
    ]
    assert len(paden) > 5
    for pad in paden:
        for lijf in (
            "[" * 100_000,
            '{"a":' * 100_000,
            "[" * 900 + "]" * 900,
            '{"a":' * 900 + "1" + "}" * 900,
            "1" * 50_000,
        ):
            koppen = {"X-CSRFToken": token}
            antwoord = client.post(pad, data=lijf, content_type="application/json", headers=koppen)
            assert antwoord.status_code < 500, (pad, lijf[:10])
            assert antwoord.mimetype in {"application/problem+json", "application/json"}, pad


def test_inhoud_in_te_veel_delen_wordt_niet_gelezen() -> None:
    """A list of so many lists takes a hundred times its size in memory."""

    def lees(aantal: int) -> object:
        lijf = b"[" + b"[]," * (aantal - 2) + b"{}]"
        return Verzoek(
            EnvironBuilder(method="POST", data=lijf, content_type="application/json").get_environ()
        ).get_json(silent=True)

    assert lees(MAX_DELEN) is not None
    assert lees(MAX_DELEN + 1) is None


@pytest.mark.parametrize("maak", [lambda x: [x], lambda x: {"a": x}])
def test_diepte(maak: object) -> None:
    inhoud: object = 1
    for _ in range(MAX_DIEPTE):
        inhoud = maak(inhoud)  # type: ignore[operator]  # one of the two above
    assert not te_diep(inhoud)
    assert te_diep(maak(inhoud))  # type: ignore[operator]  # one of the two above
    assert not te_diep("tekst")
