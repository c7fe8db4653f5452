"""An expression tree back to text, as it stands in a form: for people to read and compare."""

from decimal import Decimal
from typing import Any

Boom = dict[str, Any]

# How strongly an operator binds, as in XPath 1.0 section 3.
_KRACHT = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
_TEKEN = 7


def schrijf_uitdrukking(boom: Boom) -> str:
    """The expression as text. Reading it again gives the same tree, but for ``position(..)``, which names its repeat.

    A text with both kinds of quotes cannot be written in XPath 1.0, and so no form holds one.
    """
    return _schrijf(boom, 0)


def _schrijf(boom: Boom, buiten: int) -> str:
    match boom["op"]:
        case "getal":
            uit = format(Decimal(repr(boom["w"])), "f")
        case "tekst":
            uit = f'"{boom["w"]}"' if "'" in boom["w"] else f"'{boom['w']}'"
        case "ref":
            uit = f"${{{boom['naam']}}}"
        case "zelf":
            uit = "."
        case "kolom":
            uit = str(boom["naam"])
        case "plaats":
            uit = f"position(${{{boom['naam']}}})"
        case "fn":
            uit = _aanroep(boom)
        case "neg":
            uit = f"-{_schrijf(boom['a'][0], _TEKEN)}"
        case op:
            uit = _tweezijdig(op, boom["a"], buiten)
    return uit


def _tweezijdig(op: str, delen: list[Boom], buiten: int) -> str:
    kracht = _KRACHT[op]
    # Operators of equal strength are read from the left: only the right side needs brackets then.
    tekst = f"{_schrijf(delen[0], kracht)} {op} {_schrijf(delen[1], kracht + 1)}"
    return f"({tekst})" if kracht < buiten else tekst


def _aanroep(boom: Boom) -> str:
    naam, delen = boom["naam"], boom["a"]
    if naam == "jr:choice-name":
        return f"{naam}({_schrijf(delen[0], 0)}, '${{{delen[1]['w']}}}')"
    return f"{naam}({', '.join(_schrijf(deel, 0) for deel in delen)})"
