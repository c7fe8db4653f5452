"""Which functions an expression may call, and with how many arguments."""

from dataclasses import dataclass

_VEEL = 1000


@dataclass(frozen=True, slots=True)
class Functie:
    """The number of arguments; ``verzameling``: a single argument must be a reference."""

    minimaal: int
    maximaal: int
    verzameling: bool = False

    @property
    def aantal_tekst(self) -> str:
        """The demand in words, for a message."""
        if self.maximaal == _VEEL:
            return f"minstens {self.minimaal} {_argument(self.minimaal)}"
        if self.minimaal == self.maximaal:
            return f"{self.minimaal} {_argument(self.minimaal)}"
        return f"{self.minimaal} tot {self.maximaal} argumenten"


def _argument(aantal: int) -> str:
    return "argument" if aantal == 1 else "argumenten"


FUNCTIES: dict[str, Functie] = {
    "selected": Functie(2, 2),
    "selected-at": Functie(2, 2),
    "count-selected": Functie(1, 1),
    "count": Functie(1, 1, verzameling=True),
    "count-non-empty": Functie(1, 1, verzameling=True),
    "sum": Functie(1, 1, verzameling=True),
    "min": Functie(1, _VEEL),
    "max": Functie(1, _VEEL),
    "if": Functie(3, 3),
    "coalesce": Functie(2, 2),
    "once": Functie(1, 1),
    "regex": Functie(2, 2),
    "concat": Functie(1, _VEEL),
    "join": Functie(2, _VEEL),
    "string": Functie(1, 1),
    "string-length": Functie(1, 1),
    "substr": Functie(2, 3),
    "substring": Functie(2, 3),
    "substring-before": Functie(2, 2),
    "substring-after": Functie(2, 2),
    "contains": Functie(2, 2),
    "starts-with": Functie(2, 2),
    "ends-with": Functie(2, 2),
    "normalize-space": Functie(1, 1),
    "translate": Functie(3, 3),
    "number": Functie(1, 1),
    "int": Functie(1, 1),
    "round": Functie(1, 2),
    "floor": Functie(1, 1),
    "ceiling": Functie(1, 1),
    "abs": Functie(1, 1),
    "sqrt": Functie(1, 1),
    "boolean": Functie(1, 1),
    "boolean-from-string": Functie(1, 1),
    "not": Functie(1, 1),
    "true": Functie(0, 0),
    "false": Functie(0, 0),
    "date": Functie(1, 1),
    "date-time": Functie(1, 1),
    "today": Functie(0, 0),
    "now": Functie(0, 0),
    "format-date": Functie(2, 2),
    "format-date-time": Functie(2, 2),
    "decimal-date-time": Functie(1, 1),
    "decimal-time": Functie(1, 1),
    "position": Functie(1, 1),
    "indexed-repeat": Functie(3, _VEEL),
    "jr:choice-name": Functie(2, 2),
    "pulldata": Functie(4, 4),
}

NIET_ONDERSTEUND: dict[str, str] = {
    "random": "een antwoord moet later na te rekenen zijn",
    "randomize": "een antwoord moet later na te rekenen zijn",
    "uuid": "een antwoord moet later na te rekenen zijn",
    "instance": "externe lijsten kunnen alleen met pulldata()",
    "jr:itext": "gebruik jr:choice-name()",
    "search": "zet de keuzes op het blad choices",
}
