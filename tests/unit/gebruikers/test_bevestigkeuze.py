"""What a person is asked to prove themselves with is what that person has."""

import pytest

from inspecties.gebruikers.bevestigen import Keuze


@pytest.mark.parametrize(
    ("keuze", "vraag", "fout"),
    [
        (Keuze(wachtwoord=True, app=False, passkey=False), "Typ uw wachtwoord", "Dit wachtwoord klopt niet."),
        (Keuze(wachtwoord=False, app=True, passkey=False), "met de code uit uw app dat", "Deze code klopt niet, of"),
        (
            Keuze(wachtwoord=False, app=False, passkey=True),
            "met uw passkey dat",
            "niets te typen. Bevestig met uw passkey",
        ),
        (
            Keuze(wachtwoord=False, app=True, passkey=True),
            "met uw passkey of de code uit uw app dat",
            "Deze code klopt",
        ),
        (Keuze(wachtwoord=True, app=True, passkey=False), "app of uw wachtwoord dat", "Dit wachtwoord of deze code"),
        (
            Keuze(wachtwoord=False, app=False, passkey=False, dienst=True),
            "met het account van de gemeente dat",
            "niets te typen. Bevestig met het account",
        ),
        (
            Keuze(wachtwoord=False, app=True, passkey=True, dienst=True),
            "met uw passkey, de code uit uw app of het account van de gemeente dat",
            "Deze code klopt niet, of de code is al gebruikt.",
        ),
    ],
)
def test_de_vraag_noemt_wat_iemand_heeft(keuze: Keuze, vraag: str, fout: str) -> None:
    assert vraag in keuze.vraag
    assert fout in keuze.klopt_niet
    for zin in (keuze.vraag, keuze.klopt_niet):
        assert zin.endswith("Er is nog niets vastgelegd.")
