"""Sets of values that an expression may have while some answers are still open.

A set is a frozenset of alternatives, each a tuple: ``("t", text)``, ``("g", number)``, ``("w", truth)``,
``("bereik", low, high)`` (the text of an answered number strictly between the two), ``("niet", texts)`` (a text that is
not empty and not one of these) or ``("alles",)``. A set always holds every value that is really possible, so what is
absent is impossible; it may hold more.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Any

from inspecties.checklists.rules.expressies.rekenen import Boom, Omgeving, bereken
from inspecties.checklists.rules.expressies.waarden import (
    Waarde,
    getal_naar_tekst,
    naar_getal,
    naar_tekst,
    naar_waar,
    ontleed_datum,
    vergelijk,
)

Alternatief = tuple[Any, ...]
Waarden = frozenset[Alternatief]

ALLES: Waarden = frozenset({("alles",)})
LEEG: Alternatief = ("t", "")
WAAR: Waarden = frozenset({("w", True)})
ONWAAR: Waarden = frozenset({("w", False)})
BEIDE = WAAR | ONWAAR
VERGELIJKINGEN = frozenset({"=", "!=", "<", "<=", ">", ">="})
MAX_ALTERNATIEVEN = 60
_MAX_PRODUCT = 240
_VAST = frozenset({"t", "g", "w"})
# Their outcome depends on the moment, the place or other nodes than the values of their arguments.
OMGEVING = frozenset(
    {
        *("once", "today", "now", "indexed-repeat", "jr:choice-name", "pulldata", "count", "count-non-empty"),
        *("date-time", "format-date", "format-date-time", "decimal-date-time", "decimal-time"),
    }
)
# Of a reference they take the node, and a question that is not asked is no node: not the same as an empty answer.
KNOPEN = frozenset({"sum", "min", "max", "join"})


def van(waarde: Waarde) -> Alternatief:
    """The alternative of one known value."""
    if isinstance(waarde, bool):
        return ("w", waarde)
    if isinstance(waarde, float):
        return ("g", math.nan if math.isnan(waarde) else waarde)
    return ("t", naar_tekst(waarde))


def waarheid(waarden: Waarden) -> frozenset[bool]:
    """Which truth values the set may stand for."""
    uit: set[bool] = set()
    for alternatief in waarden:
        soort = alternatief[0]
        if soort == "alles":
            return frozenset({True, False})
        uit.add(naar_waar(alternatief[1]) if soort in _VAST else True)
    return frozenset(uit)


def als_waarden(waar: Iterable[bool]) -> Waarden:
    """Truth values as a set of values."""
    return frozenset(("w", w) for w in waar)


def berekend(waarden: Waarden) -> Waarden:
    """What a calculation leaves as answer: text; what is no number is empty."""
    uit: set[Alternatief] = set()
    for alternatief in waarden:
        if alternatief[0] == "g":
            getal = alternatief[1]
            uit.add(("t", "" if math.isnan(getal) or math.isinf(getal) else getal_naar_tekst(getal)))
        elif alternatief[0] == "w":
            uit.add(("t", naar_tekst(alternatief[1])))
        else:
            uit.add(alternatief)
    return frozenset(uit)


def samen(delen: Iterable[Waarden]) -> Waarden:
    """The union, ALLES when it grows too large."""
    uit = frozenset[Alternatief]().union(*delen)
    return ALLES if ("alles",) in uit or len(uit) > MAX_ALTERNATIEVEN else uit


def pas_toe(boom: Boom, argumenten: Sequence[Waarden], omgeving: Omgeving) -> Waarden:
    """The outcomes of an operator or function on these sets."""
    op = boom["op"]
    producten = math.prod(len(a) for a in argumenten)
    if producten > _MAX_PRODUCT:
        return BEIDE if op in VERGELIJKINGEN else ALLES
    if op in VERGELIJKINGEN:
        links, rechts = argumenten
        return als_waarden(w for a in links for b in rechts for w in _vergelijk(op, a, b))
    if any(a[0] not in _VAST for deel in argumenten for a in deel):
        return ALLES
    uit = set()
    for keuze in itertools.product(*argumenten):
        uit.add(van(bereken({**boom, "a": [_constante(a) for a in keuze]}, omgeving)))
        if len(uit) > MAX_ALTERNATIEVEN:
            return ALLES
    return frozenset(uit)


def _constante(alternatief: Alternatief) -> Boom:
    soort, waarde = alternatief
    if soort == "w":
        return {"op": "fn", "naam": "true" if waarde else "false", "a": []}
    return {"op": "tekst" if soort == "t" else "getal", "w": waarde}


def _vergelijk(op: str, a: Alternatief, b: Alternatief) -> frozenset[bool]:
    if a[0] in _VAST and b[0] in _VAST:
        if _heeft_zone(a) or _heeft_zone(b):
            return frozenset({True, False})  # what it is in numbers depends on the place of the visit
        return frozenset({vergelijk(op, a[1], b[1])})
    if a[0] == "alles" or b[0] == "alles":
        return frozenset({True, False})
    if op in {"=", "!="}:
        kan = _kan_gelijk(a, b)
        return kan if op == "=" else frozenset(not w for w in kan)
    return _ordening(op, _grenzen(a), _grenzen(b))


def _heeft_zone(a: Alternatief) -> bool:
    return a[0] == "t" and "T" in a[1] and ontleed_datum(a[1], 0) is not None


def _kan_gelijk(a: Alternatief, b: Alternatief) -> frozenset[bool]:
    """Whether two answers of which at least one is not known exactly may be equal, and may differ."""
    if b[0] not in _VAST:
        a, b = b, a
    onbekend = frozenset({True, False})
    if a[0] not in _VAST and b[0] not in _VAST:
        disjunct = a[0] == b[0] == "bereik" and (a[2] <= b[1] or b[2] <= a[1])
        return frozenset({False}) if disjunct else onbekend
    vaag, vast = (b, a) if a[0] in _VAST else (a, b)
    if vast[0] == "w":
        return frozenset({vast[1] is True})  # an answer that is there counts as true
    if vaag[0] == "niet":
        nooit = vast[0] == "t" and (vast[1] == "" or vast[1] in vaag[1])
        return frozenset({False}) if nooit else onbekend
    getal = naar_getal(vast[1])
    buiten = math.isnan(getal) or not vaag[1] < getal < vaag[2]
    return frozenset({False}) if buiten else onbekend


def _grenzen(a: Alternatief) -> tuple[float, float, bool] | None:
    """Low, high and whether they are excluded; NaN for what is no number, None when unknown."""
    if a[0] == "bereik":
        return a[1], a[2], True
    if a[0] == "niet":
        return None
    getal = naar_getal(a[1])
    return getal, getal, False


def _ordening(
    op: str, links: tuple[float, float, bool] | None, rechts: tuple[float, float, bool] | None
) -> frozenset[bool]:
    if any(grens is not None and math.isnan(grens[0]) for grens in (links, rechts)):
        return frozenset({False})
    if links is None or rechts is None:
        return frozenset({True, False})
    if op in {">", ">="}:
        links, rechts = rechts, links
    strikt = op in {"<", ">"}
    open_ = links[2] or rechts[2]
    uit = set()
    # links < rechts: always true when every left lies below every right, never when none does.
    if links[0] < rechts[1] or (links[0] == rechts[1] and not open_ and not strikt):
        uit.add(True)
    altijd = links[1] < rechts[0] or (links[1] == rechts[0] and (open_ or not strikt))
    if not altijd:
        uit.add(False)
    return frozenset(uit)
