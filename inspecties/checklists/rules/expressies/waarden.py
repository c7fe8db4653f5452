"""Conversions between the types of XPath 1.0 (section 3 and 4), and OpenRosa's dates.

A value is ``str``, ``float``, ``bool`` or, for a reference to several repeat instances, ``list[str]`` (a node-set).
Answers are text, as in XForms. One extension of XPath: a text that is an ISO date counts as days since 1970-01-01
wherever a number is asked, so that ``today() - ${datum}`` and ``. <= today()`` mean what the author expects.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone

Waarde = str | float | bool | list[str]

_GETAL = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_DATUM = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_EPOCH = date(1970, 1, 1).toordinal()
_DAG_MS = 86_400_000


def getal_naar_tekst(getal: float) -> str:
    """XPath string(number): no exponent, no trailing zeros, -0 is 0."""
    if math.isnan(getal):
        return "NaN"
    if math.isinf(getal):
        return "Infinity" if getal > 0 else "-Infinity"
    if getal == 0:
        return "0"
    kort = repr(float(getal))
    min_teken, kort = ("-", kort[1:]) if kort.startswith("-") else ("", kort)
    mantisse, _, macht = kort.partition("e")
    heel, _, fractie = mantisse.partition(".")
    fractie = fractie.rstrip("0")
    verschuif = int(macht or 0)
    if verschuif > 0:
        fractie = fractie.ljust(verschuif, "0")
        heel, fractie = heel + fractie[:verschuif], fractie[verschuif:]
    elif verschuif < 0:
        heel, fractie = "0", "0" * (-verschuif - len(heel)) + heel + fractie
    return min_teken + heel + (f".{fractie}" if fractie else "")


def naar_tekst(waarde: Waarde) -> str:
    """XPath string(): of a node-set its first node, of nothing the empty string."""
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, list):
        return waarde[0] if waarde else ""
    return getal_naar_tekst(waarde)


def naar_getal(waarde: Waarde, verschil_min: int = 0) -> float:
    """XPath number(): NaN where the text is no number; an ISO date gives days.

    ``verschil_min`` is the visit's offset from UTC, in minutes.
    """
    if isinstance(waarde, bool):
        return 1.0 if waarde else 0.0
    if isinstance(waarde, int | float):
        return float(waarde)
    tekst = naar_tekst(waarde)
    treffer = _GETAL.fullmatch(tekst)
    if treffer:
        return float(treffer.group(1))
    return dagen(tekst, verschil_min)


def naar_waar(waarde: Waarde) -> bool:
    """XPath boolean(): a text or node-set that is not empty, a number that is neither 0 nor NaN."""
    if isinstance(waarde, bool):
        return waarde
    if isinstance(waarde, str | list):
        return len(waarde) > 0
    return not (waarde == 0 or math.isnan(waarde))


def ontleed_datum(tekst: str, verschil_min: int) -> tuple[date, int] | None:
    """Date and milliseconds of that day, both in the visit's own time; None when the text is no real ISO date."""
    treffer = _DATUM.fullmatch(tekst)
    if treffer is None:
        return None
    jaar, maand, dag, uur, minuut, seconde, fractie, zone = treffer.groups()
    try:
        datum = date(int(jaar), int(maand), int(dag))
    except ValueError:
        return None
    if uur is None:
        return datum, 0
    if int(uur) > 23 or int(minuut) > 59 or int(seconde or 0) > 59:
        return None
    # Milliseconds are cut, not rounded: both evaluators do this on the digits.
    ms = ((int(uur) * 60 + int(minuut)) * 60 + int(seconde or 0)) * 1000 + int((fractie or ".0")[1:4].ljust(3, "0"))
    if zone is not None:
        ms += (verschil_min - zone_minuten(zone)) * 60_000
    over, ms = divmod(ms, _DAG_MS)
    try:
        return datum + timedelta(days=over), ms
    except OverflowError:
        return None


def zone_minuten(zone: str) -> int:
    """Minutes east of UTC of ``Z`` or ``+01:00``."""
    if zone == "Z":
        return 0
    teken = -1 if zone[0] == "-" else 1
    return teken * (int(zone[1:3]) * 60 + int(zone[4:6]))


def dagen(tekst: str, verschil_min: int) -> float:
    """Days since 1970-01-01 of an ISO date or dateTime in the visit's own time, else NaN."""
    gevonden = ontleed_datum(tekst, verschil_min)
    if gevonden is None:
        return math.nan
    datum, ms = gevonden
    return datum.toordinal() - _EPOCH + ms / _DAG_MS


def moment_van(dag_getal: float) -> tuple[date, int] | None:
    """The reverse of ``dagen``: date and milliseconds; None outside the years 1 to 9999."""
    if math.isnan(dag_getal) or math.isinf(dag_getal):
        return None
    heel = math.floor(dag_getal)
    ms = math.floor((dag_getal - heel) * _DAG_MS + 0.5)
    if ms == _DAG_MS:
        heel, ms = heel + 1, 0
    if not 1 <= heel + _EPOCH <= date.max.toordinal():
        return None
    return date.fromordinal(heel + _EPOCH), ms


def datum_en_tijd(waarde: Waarde, verschil_min: int) -> tuple[date, int] | None:
    """A date out of a text (ISO) or a number of days; None when it is neither."""
    if isinstance(waarde, str | list):
        gevonden = ontleed_datum(naar_tekst(waarde), verschil_min)
        if gevonden is not None:
            return gevonden
    return moment_van(naar_getal(waarde, verschil_min))


def iso_moment(datum: date, ms: int, verschil_min: int) -> str:
    """ISO 8601 with milliseconds and the visit's offset."""
    zone = timezone(timedelta(minutes=verschil_min)) if verschil_min else UTC
    moment = datetime(datum.year, datum.month, datum.day, tzinfo=zone) + timedelta(milliseconds=ms)
    return moment.isoformat(timespec="milliseconds")


_GELIJK = {"=", "!="}


def vergelijk(op: str, links: Waarde, rechts: Waarde, verschil_min: int = 0) -> bool:
    """The comparisons of XPath 1.0 section 3.4, node-sets included."""
    if isinstance(links, list) and isinstance(rechts, list):
        return any(_enkel(op, a, b, verschil_min) for a in links for b in rechts)
    if isinstance(links, list):
        if isinstance(rechts, bool):
            return _enkel(op, len(links) > 0, rechts, verschil_min)
        return any(_enkel(op, a, rechts, verschil_min) for a in links)
    if isinstance(rechts, list):
        if isinstance(links, bool):
            return _enkel(op, links, len(rechts) > 0, verschil_min)
        return any(_enkel(op, links, b, verschil_min) for b in rechts)
    return _enkel(op, links, rechts, verschil_min)


def _enkel(op: str, links: Waarde, rechts: Waarde, verschil_min: int) -> bool:
    if op in _GELIJK:
        if isinstance(links, bool) or isinstance(rechts, bool):
            gelijk = naar_waar(links) == naar_waar(rechts)
        elif isinstance(links, str) and isinstance(rechts, str):
            gelijk = links == rechts
        else:
            gelijk = naar_getal(links, verschil_min) == naar_getal(rechts, verschil_min)
        return gelijk if op == "=" else not gelijk
    a, b = naar_getal(links, verschil_min), naar_getal(rechts, verschil_min)
    if op == "<":
        return a < b
    if op == "<=":
        return a <= b
    return a > b if op == ">" else a >= b
