"""Whether a chosen password is too easy to guess: length over composition (OWASP ASVS 5.0, 6.2)."""

import re
from collections.abc import Iterable

MINIMUM = 12
MAXIMUM = 200
MINSTE_VERSCHILLENDE = 5

# What people type when a form asks for twelve characters. Compared without capitals, digits and signs.
_GEWOON = frozenset(
    (
        "wachtwoord",
        "wachtwoordwachtwoord",
        "password",
        "passwordpassword",
        "welkom",
        "welkomwelkom",
        "gemeente",
        "inspecties",
        "inspectie",
        "qwerty",
        "qwertyuiop",
        "qwertyuiopasdf",
        "azerty",
        "letmein",
        "iloveyou",
        "admin",
        "administrator",
        "beheerder",
        "geheim",
        "geheimgeheim",
        "zomer",
        "winter",
        "herfst",
        "lente",
        "handhaving",
        "toezicht",
        "amsterdam",
        "feyenoord",
        "changeme",
        "changemenow",
        "trustno",
    )
)
_RIJEN = ("abcdefghijklmnopqrstuvwxyz", "0123456789" * 2, "qwertyuiopasdfghjklzxcvbnm")


def _letters(tekst: str) -> str:
    return "".join(t for t in tekst.lower() if t.isalpha())


# What people write for a letter.
_LEES_ALS = str.maketrans("013457@$!", "oieastasi")
_STAART = re.compile(r"[\d!?.@#$%&*_+-]*$")


def gewone_vormen(wachtwoord: str) -> set[str]:
    """The password as lists of known ones hold it: without capitals, 0 read as o, without signs at its end."""
    laag = wachtwoord.lower()
    staart = _STAART.search(laag)
    begin = laag[: staart.start()] if staart else laag
    gelezen = begin.translate(_LEES_ALS) + laag[len(begin) :]
    return {vorm for heel in (laag, gelezen, laag.translate(_LEES_ALS)) for vorm in (heel, heel.rstrip("!?.@#$%&*_+-"))}


def stam_van(wachtwoord: str) -> str:
    """The word that is left of 'W3lkom2024!!': read as letters, without what stands behind it."""
    laag = wachtwoord.lower()
    return _STAART.sub("", laag).translate(_LEES_ALS)


# What is left must be a word: a letter or three with a long number behind them is no password with decoration.
KLEINSTE_STAM = 4
_VERSIERING = re.compile(r"[\d\W_]")


def _stam_van_herhaling(tekst: str) -> str:
    """'aap' of 'aapaapaap'; the text itself where it repeats nothing."""
    lengte = (tekst + tekst).find(tekst, 1)
    return tekst[:lengte] if 0 < lengte < len(tekst) else tekst


def _zonder_versiering(tekst: str) -> set[str]:
    """The text with ever less of the digits and signs before and behind it: what 'pass1' was in 'pass1984!' too."""
    begin = len(tekst) - len(re.sub(r"^[\d\W_]+", "", tekst))
    einde = len(re.sub(r"[\d\W_]+$", "", tekst))
    return {tekst[a:b] for a in {0, begin} for b in range(max(einde, a), len(tekst) + 1)}


def gelekte_vormen(wachtwoord: str) -> set[str]:
    """What people begin with when they have to make a leaked password longer than it is, or different.

    Without capitals and accents of writing, digits read as letters, without a year, digits or signs around it, not
    twice, not backwards, and without the signs between.
    """
    laag = wachtwoord.lower()
    uit: set[str] = set()
    for vorm in {laag, _VERSIERING.sub("", laag)} | {laag.translate(_LEES_ALS)} | _zonder_versiering(laag):
        for kaal in {vorm, vorm.translate(_LEES_ALS), vorm.strip("!?.@#$%&*_+- ").translate(_LEES_ALS)}:
            enkel = _stam_van_herhaling(kaal)
            uit |= {kaal, enkel, kaal[::-1], enkel[::-1]}
    return {vorm for vorm in uit if len(vorm) >= KLEINSTE_STAM}


def bezwaar(wachtwoord: str, over_wie: Iterable[str] = ()) -> str:
    """Why this password will not do, in Dutch; '' when it will. ``over_wie``: words that belong to the person."""
    if not MINIMUM <= len(wachtwoord) <= MAXIMUM:
        return f"Gebruik een wachtwoord van {MINIMUM} tot {MAXIMUM} tekens. Een zin van een paar woorden werkt goed."
    laag = wachtwoord.lower()
    if len(set(laag)) < MINSTE_VERSCHILLENDE:
        return "Dit wachtwoord heeft te weinig verschillende tekens. Kies bijvoorbeeld een zin van een paar woorden."
    if _letters(laag) in _GEWOON or any(laag in rij for rij in _RIJEN):
        return "Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld een zin van een paar woorden."
    for woord in over_wie:
        for deel in re.split(r"[^\w]+|_", woord.lower()):
            # What is left without the name must still be a password.
            if len(deel) >= 4 and deel in laag and len(laag.replace(deel, "")) < MINIMUM:
                return "Uw naam of e-mailadres is makkelijk te raden. Kies een wachtwoord dat daar niet op lijkt."
    return ""
