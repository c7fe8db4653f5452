"""What counts as an answer per type of question: stored value, its text in expressions, and what is wrong with it."""

import re
from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.expressies.functies_tekst import keuzes
from inspecties.checklists.rules.expressies.waarden import getal_naar_tekst, ontleed_datum

_GETAL = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_TIJD = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_DATUM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_TEKST = 20_000


@dataclass(frozen=True, slots=True)
class Antwoord:
    """``waarde`` as stored, ``tekst`` as expressions see it, ``fout`` in Dutch or None."""

    waarde: Any
    tekst: str
    fout: str | None = None


LEEG = Antwoord(None, "")


def lees_antwoord(node: dict[str, Any], namen: dict[str, Any], waarde: Any) -> Antwoord:
    """Reads a value; ``namen`` holds the names of the choices. Never raises: the fault is in the answer."""
    if waarde is None or waarde in ("", []):
        return LEEG
    soort = node.get("type", "")
    lezer = _LEZERS.get(soort, _tekst)
    antwoord = lezer(node, waarde)
    if antwoord.fout is None and soort in {"select_one", "select_multiple", "rank"}:
        onbekend = [k for k in keuzes(antwoord.tekst) if k not in namen] if soort != "select_one" else []
        if soort == "select_one" and antwoord.tekst not in namen:
            onbekend = [antwoord.tekst]
        if onbekend:
            return Antwoord(waarde, antwoord.tekst, f"'{onbekend[0]}' staat niet in de lijst met keuzes.")
    return antwoord


def _plat(waarde: Any) -> str:
    """Text of a value of a kind that was not expected."""
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, bool):
        return "true" if waarde else "false"
    if isinstance(waarde, int | float):
        return getal_naar_tekst(float(waarde))
    if isinstance(waarde, list):
        return " ".join(_plat(w) for w in waarde)
    return ""


def _tekst(_node: dict[str, Any], waarde: Any) -> Antwoord:
    tekst = _plat(waarde)
    if isinstance(waarde, list | dict):
        return Antwoord(waarde, tekst, "Vul hier tekst in.")
    if len(tekst) > MAX_TEKST:
        return Antwoord(waarde, tekst, f"Dit antwoord is langer dan {MAX_TEKST} tekens.")
    return Antwoord(tekst, tekst)


def _getal(waarde: Any) -> float | None:
    if isinstance(waarde, bool):
        return None
    if isinstance(waarde, int | float):
        getal = float(waarde)
        return getal if abs(getal) < 1e15 else None
    if isinstance(waarde, str) and _GETAL.fullmatch(waarde.strip()):
        return float(waarde.strip().replace(",", "."))
    return None


def netjes(getal: float) -> int | float:
    """A whole number as int, so that JSON shows 3 and not 3.0."""
    return int(getal) if getal.is_integer() and abs(getal) < 2**53 else getal


def _decimaal(_node: dict[str, Any], waarde: Any) -> Antwoord:
    getal = _getal(waarde)
    if getal is None:
        return Antwoord(waarde, _plat(waarde), "Vul een getal in.")
    return Antwoord(netjes(getal), getal_naar_tekst(getal))


def _heel(node: dict[str, Any], waarde: Any) -> Antwoord:
    antwoord = _decimaal(node, waarde)
    if antwoord.fout is not None or not isinstance(antwoord.waarde, int):
        return Antwoord(antwoord.waarde, antwoord.tekst, "Vul een heel getal in, zonder komma.")
    return antwoord


def _bereik(node: dict[str, Any], waarde: Any) -> Antwoord:
    antwoord = _decimaal(node, waarde)
    if antwoord.fout is not None:
        return antwoord
    parameters = node.get("parameters", {})
    begin, eind, stap = (float(parameters[k]) for k in ("start", "end", "step"))
    getal = float(antwoord.waarde)
    laag, hoog = min(begin, eind), max(begin, eind)
    stappen = (getal - begin) / stap
    if not laag <= getal <= hoog or abs(stappen - round(stappen)) > 1e-9:
        van, tot, per = (getal_naar_tekst(g) for g in (laag, hoog, abs(stap)))
        return Antwoord(
            antwoord.waarde, antwoord.tekst, f"Kies een getal van {van} tot en met {tot}, in stappen van {per}."
        )
    return antwoord


def _datum(_node: dict[str, Any], waarde: Any) -> Antwoord:
    tekst = _plat(waarde)
    if not isinstance(waarde, str) or not _DATUM.fullmatch(tekst) or ontleed_datum(tekst, 0) is None:
        return Antwoord(waarde, tekst, "Vul een bestaande datum in, zoals 2026-11-21.")
    return Antwoord(tekst, tekst)


def _tijd(_node: dict[str, Any], waarde: Any) -> Antwoord:
    tekst = _plat(waarde)
    if not isinstance(waarde, str) or not _TIJD.fullmatch(tekst):
        return Antwoord(waarde, tekst, "Vul een tijd in, zoals 18:30.")
    return Antwoord(tekst, tekst)


def _moment(_node: dict[str, Any], waarde: Any) -> Antwoord:
    tekst = _plat(waarde)
    if not isinstance(waarde, str) or len(tekst) < 16 or ontleed_datum(tekst, 0) is None:
        return Antwoord(waarde, tekst, "Vul een datum met tijd in, zoals 2026-11-21T18:30.")
    return Antwoord(tekst, tekst)


def _keuze(_node: dict[str, Any], waarde: Any) -> Antwoord:
    if not isinstance(waarde, str):
        return Antwoord(waarde, _plat(waarde), "Kies een van de keuzes.")
    return Antwoord(waarde, waarde)


def _keuzen(_node: dict[str, Any], waarde: Any) -> Antwoord:
    if isinstance(waarde, str):
        waarde = keuzes(waarde)
    if not isinstance(waarde, list) or not all(isinstance(w, str) for w in waarde):
        return Antwoord(waarde, _plat(waarde), "Geef de gekozen keuzes als lijst.")
    return Antwoord(waarde, " ".join(waarde))


def _bestanden(_node: dict[str, Any], waarde: Any) -> Antwoord:
    lijst = [waarde] if isinstance(waarde, str) else waarde
    if not isinstance(lijst, list) or not all(isinstance(w, str) for w in lijst):
        return Antwoord(waarde, _plat(waarde), "Hier hoort een opname of foto.")
    return Antwoord(lijst, " ".join(lijst))


def _punt(_node: dict[str, Any], waarde: Any) -> Antwoord:
    if isinstance(waarde, str):
        delen = [_getal(deel) for deel in waarde.split(" ") if deel]
        waarde_uit: Any = waarde
        if len(delen) >= 2 and None not in delen:
            waarde_uit = {"lat": delen[0], "lon": delen[1], "nauwkeurigheid_m": delen[3] if len(delen) > 3 else None}
    else:
        waarde_uit = waarde
    if isinstance(waarde_uit, dict):
        lat, lon = _getal(waarde_uit.get("lat")), _getal(waarde_uit.get("lon"))
        if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
            straal = _getal(waarde_uit.get("nauwkeurigheid_m")) or 0.0
            return Antwoord(waarde_uit, f"{getal_naar_tekst(lat)} {getal_naar_tekst(lon)} 0 {getal_naar_tekst(straal)}")
    return Antwoord(waarde, _plat(waarde), "Hier hoort een plek op de kaart: breedte en lengte in graden.")


def _akkoord(_node: dict[str, Any], waarde: Any) -> Antwoord:
    if waarde is True or waarde == "OK":
        return Antwoord("OK", "OK")
    if waarde is False:
        return LEEG
    return Antwoord(waarde, _plat(waarde), "Zet hier een vinkje, of laat het leeg.")


_LEZERS = {
    "integer": _heel,
    "decimal": _decimaal,
    "range": _bereik,
    "date": _datum,
    "time": _tijd,
    "dateTime": _moment,
    "select_one": _keuze,
    "select_multiple": _keuzen,
    "rank": _keuzen,
    "geopoint": _punt,
    "image": _bestanden,
    "audio": _bestanden,
    "acknowledge": _akkoord,
}
