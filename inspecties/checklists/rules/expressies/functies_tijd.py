"""Functions on dates and times, always in the visit's own time (the offset of the context's ``nu``)."""

import math
import re
from datetime import date

from inspecties.checklists.rules.expressies.waarden import (
    Waarde,
    datum_en_tijd,
    iso_moment,
    naar_tekst,
)

_TIJD = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_EPOCH = date(1970, 1, 1).toordinal()
_DAG_MS = 86_400_000
_MAANDEN = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_DAGEN = ["ma", "di", "wo", "do", "vr", "za", "zo"]


def datum(waarde: Waarde, verschil_min: int) -> str:
    """YYYY-MM-DD out of a text or a number of days, '' when it is no date."""
    gevonden = datum_en_tijd(waarde, verschil_min)
    return gevonden[0].isoformat() if gevonden else ""


def datum_tijd(waarde: Waarde, verschil_min: int) -> str:
    """dateTime out of a text or a number of days, '' when it is no date."""
    gevonden = datum_en_tijd(waarde, verschil_min)
    return iso_moment(*gevonden, verschil_min) if gevonden else ""


def decimaal(waarde: Waarde, verschil_min: int) -> float:
    """Days since 1970-01-01T00:00:00Z with the time of day as fraction."""
    gevonden = datum_en_tijd(waarde, verschil_min)
    if gevonden is None:
        return math.nan
    dag, ms = gevonden
    return ((dag.toordinal() - _EPOCH) * _DAG_MS + ms - verschil_min * 60_000) / _DAG_MS


def dagdeel(tekst: str, verschil_min: int) -> float:
    """Fraction of the day of a time (12:00 is 0.5) or of a dateTime."""
    treffer = _TIJD.fullmatch(tekst)
    if treffer:
        uur, minuut, seconde = treffer.groups()
        return (int(uur) * 3600 + int(minuut) * 60 + int(seconde or 0)) / 86_400
    gevonden = datum_en_tijd(tekst, verschil_min)
    return gevonden[1] / _DAG_MS if gevonden else math.nan


def opgemaakt(waarde: Waarde, opmaak: str, verschil_min: int) -> str:
    """ODK format-date(-time): %Y %y %m %n %b %d %e %a %H %h %M %S %3 and %%; '' when it is no date."""
    gevonden = datum_en_tijd(waarde, verschil_min)
    if gevonden is None or naar_tekst(waarde) == "":
        return ""
    dag, ms = gevonden
    uur, rest = divmod(ms, 3_600_000)
    minuut, rest = divmod(rest, 60_000)
    seconde, milli = divmod(rest, 1000)
    tekens = {
        "Y": f"{dag.year:04d}",
        "y": f"{dag.year % 100:02d}",
        "m": f"{dag.month:02d}",
        "n": str(dag.month),
        "b": _MAANDEN[dag.month - 1],
        "d": f"{dag.day:02d}",
        "e": str(dag.day),
        "a": _DAGEN[dag.weekday()],
        "H": f"{uur:02d}",
        "h": str(uur),
        "M": f"{minuut:02d}",
        "S": f"{seconde:02d}",
        "3": f"{milli:03d}",
        "%": "%",
    }
    return re.sub(r"%(.)", lambda t: tekens.get(t.group(1), t.group()), opmaak)
