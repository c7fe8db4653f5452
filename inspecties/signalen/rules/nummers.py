"""Numbers in free text that point to a person: found so that they go where fewer people read them.

The citizen service number (BSN) has nine digits that pass the eleven-test (weights 9..2 and -1). The field app does the
same in ``static/src/veld/signaal/nummers.js``; the cases of both stand in ``tests/vectors/persoonsnummers.json``.
"""

import re

# Written whole, in threes, or as 1234.56.789.
_BSN = re.compile(r"(?<!\d)(?:\d{9}|(\d{3})([ .-])(\d{3})\2(\d{3})|\d{4}([ .-])\d{2}\5\d{3})(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}(?:[ ]?\d){10}\b")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[a-zA-Z]{2,}")
# Ten digits that begin with 0, or a country's code and at least eight digits; spaces or dashes between.
_TELEFOON = re.compile(r"(?<![\d+])(?:(?:\+\d{1,3}|00[1-9]\d)(?:[ -]?\d){8,11}|0[1-9](?:[ -]?\d){8})(?!\d)")

# In this order: what one found is out of the text for the next.
SOORTEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("een rekeningnummer", _IBAN),
    ("een e-mailadres", _EMAIL),
    ("een telefoonnummer", _TELEFOON),
)


def is_bsn(cijfers: str) -> bool:
    """Whether nine digits pass the eleven-test."""
    if len(cijfers) != 9 or not (cijfers.isascii() and cijfers.isdigit()) or cijfers == "000000000":
        return False
    gewichten = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(int(c) * g for c, g in zip(cijfers, gewichten, strict=True)) % 11 == 0


def bevat_bsn(tekst: str) -> bool:
    """Whether a number that looks like a BSN stands in the text."""
    return any(is_bsn(re.sub(r"\D", "", treffer.group())) for treffer in _BSN.finditer(tekst))


def persoonsnummers(tekst: str) -> list[str]:
    """What kinds of numbers of persons stand in the text, in words; a BSN is apart (``bevat_bsn``)."""
    gevonden = []
    for naam, patroon in SOORTEN:
        tekst, aantal = patroon.subn(" ", tekst)
        if aantal:
            gevonden.append(naam)
    return gevonden
