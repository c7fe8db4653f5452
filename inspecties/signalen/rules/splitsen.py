"""Cutting the text of a signal in two without losing a word."""

import re
from collections.abc import Collection

# A piece ends after the white space that follows the end of a sentence, or after a line.
_STUK = re.compile(r".+?(?:(?<=[.!?])\s+|\n\s*|\Z)", re.DOTALL)


def stukken(tekst: str) -> list[str]:
    """The sentences and lines of a text, in order; put together they are the text again, to the letter."""
    kaal = tekst.strip()
    return _STUK.findall(kaal) if kaal else []


def verdeel(tekst: str, gekozen: Collection[int]) -> tuple[str, str]:
    """What stays and what goes, by the number of the piece (from 0). Every word is in exactly one of both."""
    delen = stukken(tekst)
    blijft = "".join(deel for nr, deel in enumerate(delen) if nr not in gekozen)
    gaat = "".join(deel for nr, deel in enumerate(delen) if nr in gekozen)
    return blijft.strip(), gaat.strip()
