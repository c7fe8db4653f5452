"""What a quick message to a team may hold. It stands on tablets and on a screen on a wall: no personal data."""

import re

BERICHT_HOOGSTENS = 300

_LANGE_REEKS = re.compile(r"\d(?:[ .\-/]?\d)+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# From eight digits on it may be a citizen service number, a date of birth, a telephone number or an account.
_TE_LANG = 8
_BEL = "Zet geen persoonsgegevens in een bericht; bel de ploeg."
_KLOKTIJDEN = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d)")


def is_bsn_achtig(cijfers: str) -> bool:
    """Whether these eight or nine digits pass the eleven test of the burgerservicenummer."""
    if len(cijfers) not in (8, 9) or not int(cijfers):
        return False
    rij = [int(c) for c in cijfers.zfill(9)]
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(g * c for g, c in zip(gewichten, rij, strict=True)) % 11 == 0


def maak_tekst(tekst: str) -> str:
    """The message with single spaces and without invisible characters at its ends."""
    return " ".join(tekst.split())


def bezwaar_tegen_bericht(tekst: str) -> str | None:
    """Why this message can not be sent, in plain Dutch; None where it can. ``tekst`` as ``maak_tekst`` gives it."""
    if not tekst:
        return "Schrijf een bericht."
    if len(tekst) > BERICHT_HOOGSTENS:
        return f"Een bericht heeft hoogstens {BERICHT_HOOGSTENS} tekens; dit zijn er {len(tekst)}."
    if _EMAIL.search(tekst):
        return f"Er staat een e-mailadres in. {_BEL}"
    # Times of the clock are what messages are about: they are no long number, also not side by side.
    for reeks in _LANGE_REEKS.findall(_KLOKTIJDEN.sub("x", tekst)):
        cijfers = re.sub(r"\D", "", reeks)
        if is_bsn_achtig(cijfers):
            return f"Er staat een getal in dat een burgerservicenummer kan zijn. {_BEL}"
        if len(cijfers) >= _TE_LANG:
            return f"Er staat een lang nummer in, zoals een telefoonnummer of geboortedatum. {_BEL}"
    return None
