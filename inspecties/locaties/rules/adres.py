"""Addresses: how people type them and when two are the same."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_POSTCODE = re.compile(r"^([1-9][0-9]{3})\s*([A-Za-z]{2})$")
# Number, letter and addition: '12', '12a', '12A-bis', '12A3', '12-3', '12 bis'.
_HUISNUMMER = re.compile(r"^([0-9]{1,5})\s*(?:-?\s*([A-Za-z])([0-9]{1,4})?)?(?:\s*[-/ ]\s*([A-Za-z0-9]{1,4}))?$")
_MET_TOEVOEGING = re.compile(r"^([0-9]{1,5})\s*[-/ ]\s*([A-Za-z0-9]{1,4})$")
_MAANDEN = "jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec"
_DATUM = re.compile(
    rf"^[0-9]{{1,2}}[-/. ](?:{_MAANDEN})[a-z]*\.?(?:[-/. ][0-9]{{2,4}})?$"
    rf"|^(?:{_MAANDEN})[a-z]*\.?[-/. ][0-9]{{1,4}}$"
    r"|^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T][0-9:.]+)?$",
    re.IGNORECASE,
)
# Excel counts days from 30 December 1899; these numbers lie between 2000 and 2050. House numbers that high do not exist
# in practice, a date that lost its format does.
_EXCEL_BEGIN = date(1899, 12, 30)
_EXCEL_DATUMGETALLEN = range(36_526, 55_153)


@dataclass(frozen=True, slots=True)
class Huisnummer:
    """BAG's three parts of a house number."""

    nummer: int
    letter: str = ""
    toevoeging: str = ""


def lees_postcode(tekst: str) -> str | None:
    """'8291 ab' -> '8291AB'; None where it is no Dutch postcode."""
    gevonden = _POSTCODE.match(tekst.strip())
    return f"{gevonden[1]}{gevonden[2].upper()}" if gevonden else None


def fout_door_excel(tekst: str) -> str | None:
    """What happened to a house number such as '3-5' that a spreadsheet took for a date, in Dutch; None otherwise."""
    tekst = tekst.strip()
    if _DATUM.match(tekst):
        return f"'{tekst}' is door Excel in een datum veranderd; maak de kolom tekst en typ bijvoorbeeld 3-5"
    kaal = tekst.removesuffix(".0")
    if kaal.isascii() and kaal.isdigit() and int(kaal) in _EXCEL_DATUMGETALLEN:
        dag = _EXCEL_BEGIN + timedelta(days=int(kaal))
        return (
            f"'{tekst}' lijkt een datum die Excel als getal bewaart ({dag:%d-%m-%Y}); "
            f"typ het huisnummer opnieuw als tekst, misschien {dag.day}-{dag.month}"
        )
    return None


def lees_huisnummer(tekst: str) -> Huisnummer | None:
    """'12', '12a', '12-3', '12 A-bis' in BAG's parts; None where it is none of these."""
    tekst = tekst.strip().removesuffix(".0")
    gevonden = _HUISNUMMER.match(tekst)
    if gevonden is not None and gevonden[3] and gevonden[4]:
        return None
    if gevonden is not None:
        nummer = Huisnummer(int(gevonden[1]), (gevonden[2] or "").upper(), gevonden[3] or gevonden[4] or "")
    else:
        los = _MET_TOEVOEGING.match(tekst)
        if los is None:
            return None
        nummer = Huisnummer(int(los[1]), "", los[2])
    return nummer if nummer.nummer else None


def adressleutel(postcode: str, huisnummer: int | None, letter: str = "", toevoeging: str = "") -> str | None:
    """What makes two addresses the same; None where there is no complete address."""
    if not postcode or huisnummer is None:
        return None
    return "|".join((postcode.upper(), str(huisnummer), letter.upper(), toevoeging.upper()))
