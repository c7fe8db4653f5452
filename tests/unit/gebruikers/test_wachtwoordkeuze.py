"""What is too easy to guess is refused with the reason; a sentence is fine."""

import gzip
import runpy
import string
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.gebruikers import wachtwoorden
from inspecties.gebruikers.rules.wachtwoordkeuze import MINIMUM, bezwaar
from inspecties.gebruikers.wachtwoorden import keur


def mag(wachtwoord: str) -> bool:
    """Whether somebody may choose this."""
    try:
        keur(wachtwoord, ())
    except OngeldigeInvoer:
        return False
    return True


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


LEKKEN = FREQUENCY_LISTS["passwords"]


def test_wat_gelekt_is_kan_niet() -> None:
    """ASVS 6.2.12: each of the list that is long enough, as it leaked and with capitals."""
    lang = [w for w in LEKKEN if len(w) >= MINIMUM]
    assert len(LEKKEN) == 30_000
    assert len(lang) > 200
    goed = [w for heel in lang for w in (heel, heel.upper()) if mag(w)]
    assert goed == []


@pytest.mark.parametrize(
    "maak",
    [
        lambda w: f"{w.capitalize()}2024".ljust(MINIMUM, "!"),
        lambda w: f"{w}{'1234567890'[: max(2, MINIMUM - len(w))]}",
        lambda w: w * (MINIMUM // len(w) + 1),
        lambda w: f"{w[::-1]}-1984-!!!!",
        lambda w: f"!!1984{w.upper()}".ljust(MINIMUM, "."),
        lambda w: w.translate(str.maketrans("oeas", "0345")) + "2024!!!!!",
        lambda w: f"{w}-{w}-{w}",
    ],
)
def test_wat_mensen_van_een_gelekt_wachtwoord_maken_ook_niet(maak) -> None:
    woorden = [w for w in LEKKEN[::53] if w.isascii() and w.isalpha() and len(w) >= 4]
    assert len(woorden) > 300
    assert [maak(w) for w in woorden if mag(maak(w))] == []


def test_de_lekken_worden_pas_gelezen_als_iemand_een_wachtwoord_kiest() -> None:
    """A command that chooses none starts without them."""
    code = "import sys, inspecties.gebruikers.wachtwoorden; sys.exit('zxcvbn' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_wat_een_kluis_maakt_kan_wel() -> None:
    """Fixed draws of twelve signs, as a manager of passwords makes them."""
    trek = Random(7)
    tekens = string.ascii_letters + string.digits + "-_!#"
    assert all(mag("".join(trek.choices(tekens, k=MINIMUM))) for _ in range(2000))


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
        with pytest.raises(OngeldigeInvoer, match="uitgelekt"):
            keur("blauwe lampenkap 77", ())
    finally:
        wachtwoorden.gebruik_lijst("")
