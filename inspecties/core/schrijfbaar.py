"""Text that the fonts of a document can show: the rest is named by its code, never dropped."""

import unicodedata
from collections.abc import Mapping
from typing import Any

# What the fonts inside typst (Libertinus Serif, DejaVu Sans Mono, New Computer Modern) all have glyphs for together.
_BEREIKEN = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x386, 0x386),
    (0x388, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x1E9E, 0x1E9E),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)


def _past(teken: str) -> bool:
    code = ord(teken)
    return teken == "\n" or any(laag <= code <= hoog for laag, hoog in _BEREIKEN)


def maak_regel_schrijfbaar(tekst: str) -> str:
    """The text with each character that a document can not show written as ``[U+1F600]``; tabs become spaces."""
    schoon = unicodedata.normalize("NFC", tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
    return "".join(t if _past(t) else f"[U+{ord(t):04X}]" for t in schoon)


def maak_schrijfbaar(waarde: Any) -> Any:
    """The same for every text in a JSON value; keys stay."""
    if isinstance(waarde, str):
        return maak_regel_schrijfbaar(waarde)
    if isinstance(waarde, Mapping):
        return {sleutel: maak_schrijfbaar(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [maak_schrijfbaar(deel) for deel in waarde]
    return waarde
