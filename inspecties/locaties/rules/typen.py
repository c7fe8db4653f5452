"""Kinds of location: the code that a name gives, and what a kind must be."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

MAX_INTERVAL_DAGEN = 3650
MAX_VOLGORDE = 999
MAX_NAAM = 120
MAX_CODE = 60

# What a gemeente or its partner may act with; the codes of ``config/locatietypen.toml``.
INSTRUMENTEN: dict[str, str] = {
    "apv": "APV en vergunning",
    "bbl": "Bouwregels (Bbl)",
    "belastingdienst": "Belastingdienst",
    "bibob": "Wet Bibob",
    "goed_verhuurderschap": "Wet goed verhuurderschap",
    "huisvestingswet": "Huisvestingswet",
    "nla": "Nederlandse Arbeidsinspectie",
    "omgevingsplan": "Omgevingsplan",
    "overbewoning": "Overbewoning",
    "victoria": "Sluiting van een pand",
}


@dataclass(frozen=True, slots=True)
class TypeGegevens:
    """What a beheerder fills in."""

    naam: str
    checklist_code: str
    interval_dagen: int
    volgorde: int
    instrumenten: Sequence[str] = ()
    uit_gebruik: bool = False


def code_van(naam: str, bezet: Collection[str] = ()) -> str:
    """'Café & Club' -> 'cafe_club'; with a number where another kind has that code. '' where no letter is left."""
    los = unicodedata.normalize("NFKD", naam.lower())
    plat = "".join(t for t in los if not unicodedata.combining(t))
    begin = re.sub(r"[^a-z0-9]+", "_", plat).strip("_")[:MAX_CODE].strip("_")
    if not begin or begin not in bezet:
        return begin
    nummer = 2
    while (code := f"{begin[: MAX_CODE - 4]}_{nummer}") in bezet:
        nummer += 1
    return code


def keur_type(gegevens: TypeGegevens, namen: Collection[str], checklists: Collection[str]) -> dict[str, str]:
    """For each field that can not be right a message in Dutch. ``namen``: of the other kinds."""
    fouten: dict[str, str] = {}
    naam = " ".join(gegevens.naam.split())
    if not naam:
        fouten["naam"] = "Geef het type een naam."
    elif len(naam) > MAX_NAAM:
        fouten["naam"] = f"Houd de naam onder de {MAX_NAAM} tekens."
    elif not code_van(naam):
        fouten["naam"] = "Gebruik in de naam minstens één letter of cijfer."
    elif naam.lower() in {n.lower() for n in namen}:
        fouten["naam"] = f"Er is al een type dat '{naam}' heet."
    if gegevens.checklist_code not in checklists:
        fouten["checklist"] = "Kies een checklist die gepubliceerd is."
    if not 1 <= gegevens.interval_dagen <= MAX_INTERVAL_DAGEN:
        fouten["interval_dagen"] = f"Vul een aantal dagen in van 1 tot en met {MAX_INTERVAL_DAGEN}."
    if not 0 <= gegevens.volgorde <= MAX_VOLGORDE:
        fouten["volgorde"] = f"Vul een getal in van 0 tot en met {MAX_VOLGORDE}."
    onbekend = sorted(set(gegevens.instrumenten) - set(INSTRUMENTEN))
    if onbekend:
        fouten["instrumenten"] = f"Dit instrument is niet bekend: {', '.join(onbekend)}."
    return fouten
