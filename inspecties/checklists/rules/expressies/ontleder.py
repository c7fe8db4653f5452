"""Recursive parser of the XPath subset. The result is a raw tree; ``koppelen`` resolves names to questions."""

from typing import Any

from inspecties.checklists.rules.expressies.fouten import Expressiefout
from inspecties.checklists.rules.expressies.woorden import Woord, splits

Boom = dict[str, Any]

MAX_DIEPTE = 60
_NIVEAUS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)


def ontleed(uitdrukking: str) -> Boom:
    """The tree of an expression, with `pad` nodes for paths; raises Expressiefout."""
    return _Ontleder(splits(uitdrukking)).alles()


class _Ontleder:
    def __init__(self, woorden: list[Woord]) -> None:
        self._woorden = woorden
        self._plek = 0
        self._diepte = 0

    def alles(self) -> Boom:
        if not self._woorden:
            raise Expressiefout("De uitdrukking is leeg.")
        boom = self._niveau(0)
        over = self._kijk()
        if over is not None:
            if over.soort == "teken" and over.tekst == ")":
                raise Expressiefout("Er is een ) te veel.", over.positie)
            raise Expressiefout(
                f"'{over.tekst}' hoort hier niet; ontbreekt er een operator of een komma?", over.positie
            )
        return boom

    def _kijk(self) -> Woord | None:
        return self._woorden[self._plek] if self._plek < len(self._woorden) else None

    def _is(self, soort: str, tekst: str) -> bool:
        woord = self._kijk()
        return woord is not None and woord.soort == soort and woord.tekst == tekst

    def _neem(self) -> Woord:
        woord = self._kijk()
        if woord is None:
            raise Expressiefout("De uitdrukking houdt te vroeg op: er ontbreekt een waarde.")
        self._plek += 1
        return woord

    def _niveau(self, niveau: int) -> Boom:
        if niveau == len(_NIVEAUS):
            return self._teken()
        links = self._niveau(niveau + 1)
        while (woord := self._kijk()) is not None and woord.soort == "op" and woord.tekst in _NIVEAUS[niveau]:
            self._plek += 1
            links = {"op": woord.tekst, "a": [links, self._niveau(niveau + 1)]}
        return links

    def _teken(self) -> Boom:
        if self._is("op", "-"):
            self._plek += 1
            self._dieper()
            binnen = self._teken()
            self._diepte -= 1
            if binnen["op"] == "getal":
                return {"op": "getal", "w": -binnen["w"]}
            return {"op": "neg", "a": [binnen]}
        waarde = self._waarde()
        if self._is("op", "|"):
            raise Expressiefout("De operator | (vereniging) wordt niet ondersteund.", self._neem().positie)
        return waarde

    def _dieper(self) -> None:
        self._diepte += 1
        if self._diepte > MAX_DIEPTE:
            raise Expressiefout(f"De uitdrukking is dieper genest dan {MAX_DIEPTE} niveaus.")

    def _waarde(self) -> Boom:
        woord = self._neem()
        match woord.soort, woord.tekst:
            case "getal", tekst:
                boom: Boom = {"op": "getal", "w": _getal(tekst)}
            case "tekst", tekst:
                boom = {"op": "tekst", "w": tekst}
            case "ref", naam:
                boom = {"op": "ref", "naam": naam, "plek": woord.positie}
            case "naam", naam:
                boom = self._aanroep(woord) if self._is("teken", "(") else self._pad([naam], woord)
            case "teken", "(":
                self._dieper()
                boom = self._niveau(0)
                self._diepte -= 1
                self._sluit("(", woord)
            case "teken", ("." | ".." | "/") as begin:
                boom = self._pad([begin], woord)
            case "op", tekst:
                raise Expressiefout(f"Voor '{tekst}' ontbreekt een waarde.", woord.positie)
            case _, tekst:
                raise Expressiefout(f"'{tekst}' hoort hier niet.", woord.positie)
        return self._zonder_vervolg(boom)

    def _sluit(self, open_teken: str, bij: Woord) -> None:
        if not self._is("teken", ")"):
            woord = self._kijk()
            if woord is None:
                raise Expressiefout(f"Het haakje {open_teken} wordt niet gesloten.", bij.positie)
            raise Expressiefout(f"Hier werd een ) of een komma verwacht, niet '{woord.tekst}'.", woord.positie)
        self._plek += 1

    def _aanroep(self, naam: Woord) -> Boom:
        haakje = self._neem()
        self._dieper()
        argumenten: list[Boom] = []
        if not self._is("teken", ")"):
            argumenten.append(self._niveau(0))
            while self._is("teken", ","):
                self._plek += 1
                argumenten.append(self._niveau(0))
        self._diepte -= 1
        self._sluit("(", haakje)
        return {"op": "fn", "naam": naam.tekst, "a": argumenten, "plek": naam.positie}

    def _zonder_vervolg(self, boom: Boom) -> Boom:
        """Refuses what XPath allows after a value and this subset does not."""
        woord = self._kijk()
        if woord is not None and woord.soort == "teken" and woord.tekst in {"[", "/"}:
            waarde = f"{boom['naam']}()" if boom["op"] == "fn" else "een waarde"
            wat = "Een voorwaarde tussen [ ]" if woord.tekst == "[" else f"Een pad achter {waarde}"
            raise Expressiefout(f"{wat} wordt niet ondersteund.", woord.positie)
        return boom

    def _pad(self, delen: list[str], begin: Woord) -> Boom:
        """A location path of names, ``.`` and ``..``; resolved against the form when names are bound."""
        verwacht_naam = delen[0] == "/"
        while verwacht_naam or self._is("teken", "/"):
            if not verwacht_naam:
                self._plek += 1
            if self._is("teken", "/"):
                raise Expressiefout("Het pad '//' wordt niet ondersteund.", begin.positie)
            woord = self._neem()
            if woord.soort == "ref":
                raise Expressiefout("In een pad kan geen ${...} staan.", woord.positie)
            if woord.soort != "naam" and woord.tekst not in {".", ".."}:
                raise Expressiefout(f"In een pad hoort hier een naam, niet '{woord.tekst}'.", woord.positie)
            delen.append(woord.tekst)
            verwacht_naam = False
        if delen == ["."]:
            return {"op": "zelf"}
        return {"op": "pad", "delen": delen, "plek": begin.positie}


def _getal(tekst: str) -> float | int:
    waarde = float(tekst)
    return int(waarde) if waarde.is_integer() and abs(waarde) < 2**53 else waarde
