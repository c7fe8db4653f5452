"""The column ``type``: which questions there are, and what other tools call them."""

import re
from dataclasses import dataclass

TYPEN = {
    "text",
    "integer",
    "decimal",
    "select_one",
    "select_multiple",
    "date",
    "time",
    "dateTime",
    "geopoint",
    "image",
    "audio",
    "barcode",
    "note",
    "calculate",
    "acknowledge",
    "range",
    "rank",
}
KEUZETYPEN = {"select_one", "select_multiple", "rank"}
_ALIAS = {
    "int": "integer",
    "string": "text",
    "photo": "image",
    "datetime": "dateTime",
    "gps": "geopoint",
    "location": "geopoint",
    "trigger": "acknowledge",
    "calculation": "calculate",
}
_KEUZE = re.compile(
    r"(?P<soort>select_one|select one from|select one|select1|select_multiple|select all that apply from"
    r"|select all that apply|select multiple from|select multiple|rank)"
    r"\s+(?P<lijst>\S.*)",
    re.IGNORECASE,
)
_GRENS = re.compile(r"(begin|end)[_ ]+(\S.*)", re.IGNORECASE)
_GROEPEN = {"group": "groep", "repeat": "herhaling"}
_NAAM = re.compile(r"[^\W\d][\w.\-]*")

PARAMETERS = {
    "range": {"start", "end", "step"},
    "image": {"max-pixels"},
    "audio": {"quality"},
    "geopoint": {"capture-accuracy", "warning-accuracy", "allow-mock-accuracy"},
    "text": {"rows"},
}


@dataclass(frozen=True, slots=True)
class Soort:
    """What a row is: ``begin``/``einde`` of a groep or herhaling, or a ``vraag``; ``fout`` when it is not supported."""

    rol: str
    type: str = ""
    lijst: str = ""
    fout: str = ""


def lees_type(tekst: str) -> Soort:
    """The meaning of a cell in the column type."""
    kaal = " ".join(tekst.split())
    grens = _GRENS.fullmatch(kaal)
    if grens:
        soort = _GROEPEN.get(grens.group(2).lower())
        if soort is None:
            return Soort("", fout=f"Het type '{kaal}' wordt niet ondersteund; wel begin/end group en begin/end repeat.")
        return Soort("begin" if grens.group(1).lower() == "begin" else "einde", soort)
    keuze = _KEUZE.fullmatch(kaal)
    if keuze:
        return _keuze(kaal, keuze.group("soort").lower(), keuze.group("lijst"))
    for naam in (kaal, _ALIAS.get(kaal.lower(), ""), kaal.lower()):
        if naam in TYPEN and naam not in KEUZETYPEN:
            return Soort("vraag", naam)
    if kaal.lower() in {"select_one", "select_multiple", "rank"}:
        return Soort("", fout=f"Noem achter {kaal} de keuzelijst, zoals '{kaal} jno'.")
    return Soort("", fout=f"Het type '{kaal}' wordt niet ondersteund.")


def _keuze(kaal: str, soort: str, lijst: str) -> Soort:
    if lijst.endswith((" or_other", " or specify other")):
        return Soort(
            "", fout="or_other wordt niet ondersteund: maak een keuze 'anders' en een tekstvraag met relevant."
        )
    if lijst.startswith("${"):
        return Soort("", fout="Kiezen uit een herhaling (select met ${...}) wordt niet ondersteund.")
    if not _NAAM.fullmatch(lijst):
        return Soort("", fout=f"'{lijst}' in '{kaal}' is geen naam van een keuzelijst.")
    if soort == "rank":
        return Soort("vraag", "rank", lijst)
    enkel = soort in {"select_one", "select one from", "select one", "select1"}
    return Soort("vraag", "select_one" if enkel else "select_multiple", lijst)


def is_naam(tekst: str) -> bool:
    """Whether a text may name a question or a list: a letter or _, then letters, digits, _, - and dots."""
    return _NAAM.fullmatch(tekst) is not None
