"""Addresses: how people type them and when two are the same."""

import re
from dataclasses import dataclass

_POSTCODE = re.compile(r"^([1-9]\d{3})\s*([A-Za-z]{2})$")
_HUISNUMMER = re.compile(r"^(\d{1,5})\s*[-/]?\s*([A-Za-z])?(?:\s*[-/ ]\s*([A-Za-z0-9]{1,4}))?$")
_GEGLUURDE_DATUM = re.compile(
    r"^\d{1,2}[-/ ](jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?(?:[-/ ]\d{2,4})?$"
    r"|^(jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?[-/ ]\d{1,4}$"
    r"|^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}(?:[ T]\d.*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Huisnummer:
    """BAG's three parts of a house number."""

    nummer: int
    letter: str = ""
    toevoeging: str = ""


def lees_postcode(tekst: str) -> str | None:
    """'8291 ab' -> '8291AB'; None where it is no Dutch postcode."""
    gevonden = _POSTCODE.match(tekst.strip())
    return f"{gevonden[1]}{gevonden[2].upper()}" if gevonden else None


def is_door_excel_veranderd(tekst: str) -> bool:
    """Whether a house number such as '3-5' was turned into a date by a spreadsheet ('3-mei')."""
    return bool(_GEGLUURDE_DATUM.match(tekst.strip()))


def lees_huisnummer(tekst: str) -> Huisnummer | None:
    """'12', '12a', '12-3', '12 A-bis' in BAG's parts; None where it is none of these."""
    tekst = tekst.strip()
    if tekst.endswith(".0"):
        tekst = tekst[:-2]
    gevonden = _HUISNUMMER.match(tekst)
    if gevonden is None:
        los = re.match(r"^(\d{1,5})\s*[-/ ]\s*([A-Za-z0-9]{1,4})$", tekst)
        if los is None or int(los[1]) == 0:
            return None
        return Huisnummer(int(los[1]), "", los[2])
    if int(gevonden[1]) == 0:
        return None
    return Huisnummer(int(gevonden[1]), (gevonden[2] or "").upper(), gevonden[3] or "")


def adressleutel(postcode: str, huisnummer: int | None, letter: str = "", toevoeging: str = "") -> str | None:
    """What makes two addresses the same; None where there is no complete address."""
    if not postcode or huisnummer is None:
        return None
    return "|".join((postcode.upper(), str(huisnummer), letter.upper(), toevoeging.upper()))
