"""A bound tree as text again, the way an author writes it in a cell of the form."""

from collections.abc import Callable
from typing import Any

from inspecties.checklists.rules.expressies.waarden import getal_naar_tekst

Boom = dict[str, Any]

# As in XPath: what binds weaker gets brackets inside what binds stronger.
_STERKTE = {
    **dict.fromkeys(("or",), 1),
    **dict.fromkeys(("and",), 2),
    **dict.fromkeys(("=", "!="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "div", "mod"), 6),
    "neg": 7,
}


def als_tekst(boom: Boom) -> str:
    """``{"op": "=", ...}`` as ``${deur} = 'nee'``."""
    return _schrijf(boom, 0)


def _schrijf(boom: Boom, buiten: int) -> str:
    op = boom["op"]
    if op in _STERKTE:
        eigen = _STERKTE[op]
        if op == "neg":
            tekst = f"-{_schrijf(boom['a'][0], eigen)}"
        else:
            # Read from the left: the right side of a - (b - c) needs its brackets.
            eerste, *rest = boom["a"]
            tekst = f" {op} ".join([_schrijf(eerste, eigen), *(_schrijf(deel, eigen + 1) for deel in rest)])
        return f"({tekst})" if eigen < buiten else tekst
    if op == "fn" and boom["naam"] == "jr:choice-name":
        # Its second part is the name of a question, which an author writes as a reference in quotes.
        return f"jr:choice-name({_schrijf(boom['a'][0], 0)}, '${{{boom['a'][1]['w']}}}')"
    if op == "fn":
        return f"{boom['naam']}({', '.join(_schrijf(deel, 0) for deel in boom['a'])})"
    return _BLADEREN[op](boom)


def _tekst(boom: Boom) -> str:
    return f"'{boom['w']}'" if "'" not in boom["w"] else f'"{boom["w"]}"'


_BLADEREN: dict[str, Callable[[Boom], str]] = {
    "getal": lambda boom: getal_naar_tekst(float(boom["w"])),
    "tekst": _tekst,
    "ref": lambda boom: f"${{{boom['naam']}}}",
    "zelf": lambda _boom: ".",
    "kolom": lambda boom: str(boom["naam"]),
    "plaats": lambda _boom: "position(..)",
}
