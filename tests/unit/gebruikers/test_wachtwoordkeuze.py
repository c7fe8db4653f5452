"""What is too easy to guess is refused with the reason; a sentence is fine."""

import pytest

from inspecties.gebruikers.rules.wachtwoordkeuze import bezwaar

WIE = ("Joke van Vliet", "j.vanvliet@markerwaard.example")


@pytest.mark.parametrize(
    "goed", ["vier losse woorden samen", "xK9$mq2Lr#7w", "de boot vaart op dinsdag", "ĳsvogel aan de Vecht"]
)
def test_zin_of_willekeur_mag(goed: str) -> None:
    assert bezwaar(goed, WIE) == ""


@pytest.mark.parametrize(
    ("slecht", "reden"),
    [
        ("te kort", "12 tot 200"),
        ("x" * 201, "12 tot 200"),
        ("aaaaaaaaaaaaaa", "verschillende tekens"),
        ("121212121212", "verschillende tekens"),
        ("Wachtwoord2026!", "makkelijk te raden"),
        ("Gemeente-2026", "makkelijk te raden"),
        ("qwertyuiopas", "makkelijk te raden"),
        ("012345678901", "makkelijk te raden"),
        ("Vanvliet2026!", "naam of e-mailadres"),
        ("markerwaard1234", "naam of e-mailadres"),
    ],
)
def test_te_raden_mag_niet(slecht: str, reden: str) -> None:
    assert reden in bezwaar(slecht, WIE)


def test_naam_in_een_lange_zin_mag_wel() -> None:
    assert bezwaar("vanvliet fietst graag door de regen", WIE) == ""
