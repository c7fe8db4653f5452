"""Numbers in free text that point to a person: found so that they go where fewer people read them.

The citizen service number (BSN) has nine digits that pass the eleven-test (weights 9..2 and -1). The field app does the
same in ``static/src/veld/signaal/nummers.js``; the cases of both stand in ``tests/vectors/persoonsnummers.json``.
"""

import re

# Written whole, in threes, or as 1234.56.789.
_BSN = re.compile(r"(?<!\d)(?:\d{9}|(\d{3})([ .-])(\d{3})\2(\d{3})|\d{4}([ .-])\d{2}\5\d{3})(?!\d)")
# Dutch numbers with 0 or +31, with spaces or dashes; and other countries' with + and at least eight digits.
_TELEFOON = re.compile(r"(?<![\d+])(?:\+\d{1,3}|00\d{2}|0)(?:[ -]?\(?\d\)?){8,11}(?!\d)")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[a-zA-Z]{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[ ]?[A-Z]{4}(?:[ ]?\d){10}\b")

SOORTEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("een telefoonnummer", _TELEFOON),
    ("een e-mailadres", _EMAIL),
    ("een rekeningnummer", _IBAN),
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
    return [naam for naam, patroon in SOORTEN if patroon.search(tekst)]
