"""Splits an expression into tokens, after the disambiguation rules of XPath 1.0 section 3.7."""

import re
from dataclasses import dataclass

from inspecties.checklists.rules.expressies.fouten import Expressiefout

MAX_LENGTE = 8_000

_NAAM = r"[^\W\d][\w.\-]*"
_PATROON = re.compile(
    rf"""
    (?P<ruimte>\s+)
  | (?P<ref>\$\{{\s*[^}}]*\}})
  | (?P<getal>\d+(?:\.\d*)?|\.\d+)
  | (?P<tekst>"[^"]*"|'[^']*')
  | (?P<teken>\.\.|!=|<=|>=|[()\[\],./|+\-*=<>@])
  | (?P<naam>{_NAAM}(?::{_NAAM})?)
    """,
    re.VERBOSE,
)
_AANHALINGSTEKENS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_WOORDOPERATOREN = {"and", "or", "div", "mod"}


@dataclass(frozen=True, slots=True)
class Woord:
    """One token: ``soort`` is getal, tekst, ref, naam, op (an operator) or teken (punctuation)."""

    soort: str
    tekst: str
    positie: int


def _is_operator(soort: str, tekst: str, vorige: Woord | None) -> bool:
    """XPath 3.7: after an operand ``*`` is multiplication and a name is an operator; elsewhere they are not."""
    na_operand = vorige is not None and not (
        vorige.soort == "op" or (vorige.soort == "teken" and vorige.tekst in {"(", "[", ",", "/", "@"})
    )
    if soort == "naam":
        return na_operand and tekst in _WOORDOPERATOREN
    return tekst in {"+", "-", "=", "!=", "<", "<=", ">", ">=", "|"} or (tekst == "*" and na_operand)


def splits(uitdrukking: str) -> list[Woord]:
    """The tokens of an expression; raises Expressiefout at the first character that fits nothing."""
    if len(uitdrukking) > MAX_LENGTE:
        raise Expressiefout(f"De uitdrukking is langer dan {MAX_LENGTE} tekens.")
    tekst = uitdrukking.translate(_AANHALINGSTEKENS)
    woorden: list[Woord] = []
    plek = 0
    while plek < len(tekst):
        treffer = _PATROON.match(tekst, plek)
        if treffer is None:
            teken = tekst[plek]
            if teken in "\"'":
                raise Expressiefout(f"Een tekst die met {teken} begint, wordt niet afgesloten.", plek + 1)
            if tekst.startswith("${", plek):
                raise Expressiefout("Na ${ ontbreekt de sluitende }.", plek + 1)
            raise Expressiefout(f"Het teken {teken!r} hoort hier niet.", plek + 1)
        soort = treffer.lastgroup or ""
        inhoud = treffer.group()
        if soort in {"teken", "naam"} and _is_operator(soort, inhoud, woorden[-1] if woorden else None):
            soort = "op"
        if soort == "ref":
            inhoud = inhoud[2:-1].strip()
        elif soort == "tekst":
            inhoud = inhoud[1:-1]
        if soort != "ruimte":
            woorden.append(Woord(soort, inhoud, plek + 1))
        plek = treffer.end()
    return woorden
