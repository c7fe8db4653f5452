"""Evaluates a bound tree. No ``eval``: a walk over the JSON of ARCHITECTUUR.md."""

import math
from collections.abc import Callable
from typing import Any, Protocol

from inspecties.checklists.rules.expressies import functies_tekst, functies_tijd
from inspecties.checklists.rules.expressies.waarden import (
    Waarde,
    naar_getal,
    naar_tekst,
    naar_waar,
    vergelijk,
)

Boom = dict[str, Any]


class Omgeving(Protocol):
    """What an evaluation asks of its surroundings."""

    verschil_min: int  # the visit's UTC offset, minutes

    @property
    def nu(self) -> str:
        """The moment, ISO 8601."""

    @property
    def vandaag(self) -> str:
        """The day, YYYY-MM-DD."""

    @property
    def zelf(self) -> str:
        """The own answer, as text."""

    def ref(self, naam: str, diepte: int) -> Waarde:
        """The answer (text) or, over several instances, the relevant answers in order."""

    def ref_lijst(self, naam: str, diepte: int) -> list[str]:
        """As ``ref``, always as a node-set; a node that is not relevant is not in it."""

    def ref_op_plaats(self, naam: str, plaatsen: list[float], diepte: int) -> str:
        """indexed-repeat: the answer in the instance with these places (from 1), below ``diepte`` own instances."""

    def plaats(self, niveau: int) -> float:
        """Place (from 1) of the own instance at this level of nesting."""

    def kolom(self, naam: str) -> str:
        """Column of the choice that is being filtered."""

    def keuzelabel(self, vraag: str, waarde: str) -> str:
        """Label of a choice of that question, '' when there is none."""

    def opzoeken(self, bestand: str, kolom: str, sleutelkolom: str, sleutel: str) -> str:
        """pulldata."""


def bereken(boom: Boom, omg: Omgeving) -> Waarde:
    """The value of a tree."""
    return _OPERATIES[boom["op"]](boom, omg)


def _constante(boom: Boom, _omg: Omgeving) -> Waarde:
    w = boom["w"]
    return w if isinstance(w, str) else float(w)


def _rekenkundig(boom: Boom, omg: Omgeving) -> Waarde:
    a, b = (naar_getal(bereken(deel, omg), omg.verschil_min) for deel in boom["a"])
    return REKENEN[boom["op"]](a, b)


def _vergelijking(boom: Boom, omg: Omgeving) -> Waarde:
    links, rechts = boom["a"]
    return vergelijk(boom["op"], bereken(links, omg), bereken(rechts, omg), omg.verschil_min)


def _deel_door(a: float, b: float) -> float:
    """XPath div: by zero is infinite or NaN."""
    if b != 0:
        return a / b
    return math.nan if a == 0 or math.isnan(a) else math.copysign(math.inf, a) * math.copysign(1.0, b)


def _rest(a: float, b: float) -> float:
    """XPath mod: the sign of the left side."""
    return math.nan if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b) else math.fmod(a, b)


REKENEN: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": _deel_door,
    "mod": _rest,
}


def _getallen(a: list[Boom], omg: Omgeving) -> list[float]:
    """Every number of the arguments; a node-set gives all its nodes."""
    uit: list[float] = []
    for deel in a:
        waarden = omg.ref_lijst(deel["naam"], deel["diepte"]) if deel["op"] == "ref" else [bereken(deel, omg)]
        uit += [naar_getal(w, omg.verschil_min) for w in waarden]
    return uit


def _uiterste(kies: Callable[[list[float]], float]) -> "Functie":
    def functie(a: list[Boom], omg: Omgeving) -> Waarde:
        getallen = _getallen(a, omg)
        return math.nan if not getallen or any(math.isnan(g) for g in getallen) else kies(getallen)

    return functie


def _som(a: list[Boom], omg: Omgeving) -> Waarde:
    totaal = 0.0
    for getal in _getallen(a, omg):
        totaal += getal
    return totaal


def _lijst(deel: Boom, omg: Omgeving) -> list[str]:
    return omg.ref_lijst(deel["naam"], deel["diepte"])


def _rond(a: list[Boom], omg: Omgeving) -> Waarde:
    getal = _g(a[0], omg)
    plaatsen = _heel(_g(a[1], omg)) if len(a) > 1 else 0.0
    if math.isnan(getal) or math.isinf(getal) or math.isnan(plaatsen) or abs(plaatsen) > 15:
        return getal if not math.isnan(plaatsen) else math.nan
    macht = float(10 ** abs(int(plaatsen)))
    if plaatsen < 0:
        return math.floor(getal / macht + 0.5) * macht
    groot = getal * macht
    return math.floor(groot + 0.5) / macht if not math.isinf(groot) else getal


def _heel(getal: float) -> float:
    return getal if math.isnan(getal) or math.isinf(getal) else float(math.trunc(getal))


def _naar_beneden(getal: float) -> float:
    return getal if math.isnan(getal) or math.isinf(getal) else float(math.floor(getal))


def _naar_boven(getal: float) -> float:
    return getal if math.isnan(getal) or math.isinf(getal) else float(math.ceil(getal))


def _wortel(getal: float) -> float:
    return math.nan if math.isnan(getal) or getal < 0 else math.sqrt(getal)


def _t(deel: Boom, omg: Omgeving) -> str:
    return naar_tekst(bereken(deel, omg))


def _g(deel: Boom, omg: Omgeving) -> float:
    return naar_getal(bereken(deel, omg), omg.verschil_min)


def _w(deel: Boom, omg: Omgeving) -> bool:
    return naar_waar(bereken(deel, omg))


def _samen(a: list[Boom], omg: Omgeving) -> Waarde:
    scheiding = _t(a[0], omg)
    delen: list[str] = []
    for deel in a[1:]:
        delen += _lijst(deel, omg) if deel["op"] == "ref" else [_t(deel, omg)]
    return scheiding.join(delen)


def _geindexeerd(a: list[Boom], omg: Omgeving) -> Waarde:
    return omg.ref_op_plaats(a[0]["naam"], [_g(n, omg) for n in a[2::2]], a[0]["diepte"])


def _tekstfunctie(functie: Callable[..., Waarde]) -> "Functie":
    """A function of texts only."""
    return lambda a, omg: functie(*(_t(deel, omg) for deel in a))


def _getalfunctie(functie: Callable[[float], float]) -> "Functie":
    return lambda a, omg: functie(_g(a[0], omg))


def _deel(functie: Callable[..., str]) -> "Functie":
    """A text and one or two numbers."""
    return lambda a, omg: functie(_t(a[0], omg), *(_g(deel, omg) for deel in a[1:]))


def _tijdfunctie(functie: Callable[[Waarde, int], Waarde]) -> "Functie":
    return lambda a, omg: functie(bereken(a[0], omg), omg.verschil_min)


def _opmaak(a: list[Boom], omg: Omgeving) -> Waarde:
    return functies_tijd.opgemaakt(bereken(a[0], omg), _t(a[1], omg), omg.verschil_min)


Functie = Callable[[list[Boom], Omgeving], Waarde]

_FUNCTIES: dict[str, Functie] = {
    "selected": lambda a, omg: _t(a[1], omg).strip() in functies_tekst.keuzes(_t(a[0], omg)),
    "selected-at": lambda a, omg: functies_tekst.gekozen_op(_t(a[0], omg), _g(a[1], omg)),
    "count-selected": lambda a, omg: float(len(functies_tekst.keuzes(_t(a[0], omg)))),
    "count": lambda a, omg: float(len(_lijst(a[0], omg))),
    "count-non-empty": lambda a, omg: float(sum(1 for w in _lijst(a[0], omg) if w != "")),
    "sum": _som,
    "min": _uiterste(min),
    "max": _uiterste(max),
    "if": lambda a, omg: bereken(a[1] if _w(a[0], omg) else a[2], omg),
    "coalesce": lambda a, omg: _t(a[0], omg) or _t(a[1], omg),
    "once": lambda a, omg: omg.zelf or bereken(a[0], omg),
    "regex": _tekstfunctie(functies_tekst.past),
    "concat": lambda a, omg: "".join(
        "".join(_lijst(deel, omg)) if deel["op"] == "ref" else _t(deel, omg) for deel in a
    ),
    "join": _samen,
    "string": _tekstfunctie(str),
    "string-length": _tekstfunctie(lambda t: float(len(t))),
    "substr": _deel(functies_tekst.substr),
    "substring": _deel(functies_tekst.substring),
    "substring-before": _tekstfunctie(lambda t, bij: t.partition(bij)[0] if bij in t else ""),
    "substring-after": _tekstfunctie(lambda t, bij: t[t.index(bij) + len(bij) :] if bij in t else ""),
    "contains": _tekstfunctie(lambda t, deel: deel in t),
    "starts-with": _tekstfunctie(lambda t, deel: t.startswith(deel)),
    "ends-with": _tekstfunctie(lambda t, deel: t.endswith(deel)),
    "normalize-space": _tekstfunctie(functies_tekst.normaliseer_ruimte),
    "translate": _tekstfunctie(functies_tekst.vertaal),
    "number": lambda a, omg: _g(a[0], omg),
    "int": _getalfunctie(_heel),
    "round": _rond,
    "floor": _getalfunctie(_naar_beneden),
    "ceiling": _getalfunctie(_naar_boven),
    "abs": _getalfunctie(abs),
    "sqrt": _getalfunctie(_wortel),
    "boolean": lambda a, omg: _w(a[0], omg),
    "boolean-from-string": _tekstfunctie(lambda t: t in {"true", "1"}),
    "not": lambda a, omg: not _w(a[0], omg),
    "true": lambda _a, _omg: True,
    "false": lambda _a, _omg: False,
    "date": _tijdfunctie(functies_tijd.datum),
    "date-time": _tijdfunctie(functies_tijd.datum_tijd),
    "today": lambda _a, omg: omg.vandaag,
    "now": lambda _a, omg: omg.nu,
    "format-date": _opmaak,
    "format-date-time": _opmaak,
    "decimal-date-time": _tijdfunctie(functies_tijd.decimaal),
    "decimal-time": lambda a, omg: functies_tijd.dagdeel(_t(a[0], omg), omg.verschil_min),
    "indexed-repeat": _geindexeerd,
    "jr:choice-name": lambda a, omg: omg.keuzelabel(a[1]["w"], _t(a[0], omg)),
    "pulldata": lambda a, omg: omg.opzoeken(_t(a[0], omg), _t(a[1], omg), _t(a[2], omg), _t(a[3], omg)),
}

_OPERATIES: dict[str, Callable[[Boom, Omgeving], Waarde]] = {
    "getal": _constante,
    "tekst": _constante,
    "ref": lambda boom, omg: omg.ref(boom["naam"], boom["diepte"]),
    "zelf": lambda _boom, omg: omg.zelf,
    "kolom": lambda boom, omg: omg.kolom(boom["naam"]),
    "plaats": lambda boom, omg: omg.plaats(boom["niveau"]) if boom["niveau"] else 1.0,
    "fn": lambda boom, omg: _FUNCTIES[boom["naam"]](boom["a"], omg),
    "neg": lambda boom, omg: -_g(boom["a"][0], omg),
    "and": lambda boom, omg: all(_w(deel, omg) for deel in boom["a"]),
    "or": lambda boom, omg: any(_w(deel, omg) for deel in boom["a"]),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), _vergelijking),
    **dict.fromkeys(REKENEN, _rekenkundig),
}
