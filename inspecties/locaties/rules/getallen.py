"""Numbers as Dutch people and their spreadsheets write them."""

import re

_GETAL = re.compile(r"^[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,2})?$")
_DUIZENDTALLEN = re.compile(r"^[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?$")


class GeenGetal(ValueError):
    """The text is no number; ``args[0]`` says in Dutch what would be right."""


def lees_getal(tekst: str, *, groot: bool = False) -> float:
    """'5,25' or '5.25' -> 5.25. ``groot``: a number of which '145.700' can only mean 145700
    (metres, counts); that is refused, because it reads as 145,7 to others.

    Raises GeenGetal.
    """
    tekst = tekst.strip()
    duizend = _DUIZENDTALLEN.match(tekst)
    if duizend is not None and (groot or len(re.findall(r"[.,]", tekst)) > 1):
        teken = duizend[1]
        kaal = tekst.replace(teken, "").replace(",", ".")
        raise GeenGetal(f"'{tekst}' heeft een '{teken}' voor de duizendtallen; laat die weg: {kaal}")
    if not _GETAL.match(tekst):
        raise GeenGetal(f"'{tekst[:40]}' is geen getal; gebruik bijvoorbeeld {'145700' if groot else '5,25'}")
    return float(tekst.replace(",", "."))
