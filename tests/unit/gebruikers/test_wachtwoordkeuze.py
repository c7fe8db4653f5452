"""What is too easy to guess is refused with the reason; a sentence is fine."""

import gzip
import runpy
from pathlib import Path

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.rules.wachtwoordkeuze import MINIMUM, bezwaar
from inspecties.gebruikers.wachtwoorden import keur

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


@pytest.mark.parametrize(
    "wachtwoord",
    [
        "Welkom2024!!",
        "w3lk0m123456",
        "Zomervakantie",
        "Amsterdam2025!",
        "WachtwoordWelkom",
        "1qaz2wsx3edc",
        "P@ssw0rd12345",
    ],
)
def test_wat_op_de_lijst_staat_kan_niet(wachtwoord: str) -> None:
    with pytest.raises(OngeldigeInvoer):
        keur(wachtwoord, ())


@pytest.mark.parametrize("wachtwoord", ["vier kale paarden op het dak", "kV7#pq0-LmzTt2x", "zomer op het natte terras"])
def test_wat_niemand_zou_raden_kan_wel(wachtwoord: str) -> None:
    keur(wachtwoord, ("Jan Jansen", "jan@gemeente.example"))


def test_de_lijst_is_wat_haar_maker_maakt() -> None:
    """And holds more than the three thousand of ASVS 6.2.4, each as long as we ask."""
    naam = wachtwoorden.LIJSTEN / "maak.py"
    maker = runpy.run_path(str(naam))
    tekst: bytes = maker["inhoud"]()
    assert gzip.decompress(wachtwoorden.LIJST.read_bytes()) == tekst
    regels = tekst.decode().split()
    assert len(regels) > 3000
    assert min(map(len, regels)) >= MINIMUM


def test_eigen_lijst_van_de_gemeente(tmp_path: Path) -> None:
    lijst = tmp_path / "gelekt.txt"
    lijst.write_text("Blauwe Lampenkap 77\n", encoding="utf-8")
    keur("blauwe lampenkap 77", ())
    wachtwoorden.gebruik_lijst(str(lijst))
    try:
        with pytest.raises(OngeldigeInvoer, match="lijst"):
            keur("blauwe lampenkap 77", ())
    finally:
        wachtwoorden.gebruik_lijst("")
