"""Features by which locations are linked, each in one way of writing, so that equal ones are equal.

The normal form is what is hashed and stored. Normalising a normal form changes nothing.
"""

import re
import unicodedata
from collections.abc import Callable

from inspecties.core.fouten import OngeldigeInvoer

VELD = "waarde"
MAX_INVOER = 80
# Digits that are kept of a bank account (data minimum): enough to recognise, too few to pay.
STAARTCIJFERS = 4

# Kinds whose equality alone says little, and why. Shown with every link that rests on them.
ZWAK: dict[str, str] = {"rekening": "zwakke aanwijzing: 4 cijfers kunnen toeval zijn"}

# Dots, dashes, brackets, slashes, blanks and the like between the characters of a number.
_TUSSEN = re.compile(r"[\s.\-/()\[\]·•_,'’]+|[\u2010-\u2015\u2212]+")
# Joiners and selectors that make one character of several, as in digits that are drawn as a key.
_ONZICHTBAAR = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20e3\ufe00-\ufe0f\ufeff]")

_TELEFOON = (
    "Dit is geen telefoonnummer. Een Nederlands nummer heeft 10 cijfers, zoals 06 12345678; "
    "een buitenlands nummer begint met + en het landnummer, zoals +48 512 345 678."
)
_KENTEKEN = "Dit is geen kenteken. Typ 4 tot 9 letters en cijfers, met of zonder streepjes, zoals AB-123-C."
_REKENING = "Typ de laatste 4 cijfers van de rekening, zoals 4300, of het hele IBAN. Wij bewaren alleen de laatste 4."
_ALIAS = "Typ de naam uit de advertentie, met 2 tot 60 letters of cijfers."

# Dutch service numbers are shorter or longer than the nine digits of a subscriber.
_DIENST = re.compile(r"(?:800|900|906|909)(?:\d{4}|\d{7})")
_NATIONAAL = re.compile(r"[1-9]\d{8}")
_BUITENLANDS = re.compile(r"[1-9]\d{7,14}")


def _gewoon(tekst: str) -> str:
    """Compatible characters made one (full-width digits, keys), invisible ones gone, trimmed."""
    return _ONZICHTBAAR.sub("", unicodedata.normalize("NFKC", tekst)).strip()


def _telefoon(invoer: str) -> str:
    tekst = re.sub(r"^(?:tel|telefoon|mobiel)\s*[.:]\s*", "", _gewoon(invoer), flags=re.IGNORECASE)
    # '+31 (0)6': the zero in brackets is not dialled from abroad.
    tekst = _TUSSEN.sub("", re.sub(r"(?<=\d)\s*\(0\)", "", tekst))
    if tekst.startswith("00"):
        tekst = "+" + tekst[2:]
    plus, cijfers = tekst.startswith("+"), tekst.removeprefix("+")
    if not (cijfers.isascii() and cijfers.isdigit()):
        raise OngeldigeInvoer(_TELEFOON, VELD)
    if not plus:
        if cijfers.startswith("0"):
            cijfers = "31" + cijfers[1:]
        elif len(cijfers) == 9 and cijfers.startswith("6"):
            # A spreadsheet took the zero in front for a number's.
            cijfers = "31" + cijfers
        elif not (len(cijfers) == 11 and cijfers.startswith("31")):
            raise OngeldigeInvoer(_TELEFOON, VELD)
    if cijfers.startswith("31"):
        nationaal = cijfers[2:].removeprefix("0")
        if not (_NATIONAAL.fullmatch(nationaal) or _DIENST.fullmatch(nationaal)):
            raise OngeldigeInvoer(_TELEFOON, VELD)
        return "+31" + nationaal
    if not _BUITENLANDS.fullmatch(cijfers):
        raise OngeldigeInvoer(_TELEFOON, VELD)
    return "+" + cijfers


def _kenteken(invoer: str) -> str:
    tekst = _TUSSEN.sub("", _gewoon(invoer)).upper()
    if not re.fullmatch(r"[A-ZÄÖÜ0-9]{4,9}", tekst) or not any(t.isdigit() for t in tekst):
        raise OngeldigeInvoer(_KENTEKEN, VELD)
    return tekst


def _iban_klopt(iban: str) -> bool:
    """The check digits of ISO 13616: the rearranged number leaves 1 when divided by 97."""
    om = iban[4:] + iban[:4]
    return int("".join(str(int(t, 36)) for t in om)) % 97 == 1


def _rekening(invoer: str) -> str:
    tekst = _TUSSEN.sub("", _gewoon(invoer)).upper()
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", tekst):
        if not _iban_klopt(tekst):
            raise OngeldigeInvoer("Dit IBAN klopt niet: er staat een teken verkeerd. Kijk het na.", VELD)
        tekst = tekst[-STAARTCIJFERS:]
    # A mask as banks print it: 'xx4300', '***4300', or the dots that were taken out above.
    staart = re.fullmatch(rf"[X*]*(\d{{{STAARTCIJFERS}}})", tekst)
    if not staart or not tekst.isascii():
        raise OngeldigeInvoer(_REKENING, VELD)
    return staart[1]


def _alias(invoer: str) -> str:
    tekst = invoer
    # Folding may make characters that fold again; it settles in a step or two.
    for _ in range(8):
        vorig = tekst
        zonder = "".join(
            t for t in _gewoon(tekst).casefold() if unicodedata.category(t)[0] not in {"S", "C"} or t == " "
        )
        tekst = " ".join(unicodedata.normalize("NFKC", zonder).split())
        if tekst == vorig:
            break
    if not 2 <= len(tekst) <= 60 or sum(t.isalnum() for t in tekst) < 2:
        raise OngeldigeInvoer(_ALIAS, VELD)
    return tekst


_REGELS: dict[str, Callable[[str], str]] = {
    "telefoon": _telefoon,
    "alias": _alias,
    "rekening": _rekening,
    "kenteken": _kenteken,
}


def normaliseer(soort: str, invoer: str) -> str:
    """The one way of writing of a feature. Raises OngeldigeInvoer with what would be right, KeyError for no kind."""
    regel = _REGELS[soort]
    if not invoer.strip():
        raise OngeldigeInvoer("Vul in wat u hebt gezien.", VELD)
    if len(invoer) > MAX_INVOER:
        raise OngeldigeInvoer(f"Dit is te lang: houd het bij {MAX_INVOER} tekens.", VELD)
    return regel(invoer)


def leesbaar(soort: str, waarde: str) -> str:
    """A normal form as people write it: '06 1234 5678', '…4300'."""
    if soort == "telefoon" and waarde.startswith("+316") and len(waarde) == 12:
        return f"06 {waarde[4:8]} {waarde[8:]}"
    if soort == "telefoon" and waarde.startswith("+31"):
        return "0" + waarde[3:]
    if soort == "rekening":
        return f"…{waarde}"
    return waarde
