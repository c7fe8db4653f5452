"""Expressions of a form in plain Dutch: "als vraag 12 'Ja' is". For paper, for whoever reviews a checklist.

Words only; what holds is up to the evaluators. Every expression gets words, at worst those of its functions.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from inspecties.checklists.rules.uitleg_logica import (
    MAX_DIEPTE,
    Aangekruist,
    Boom,
    Gelijk,
    InBlok,
    Logica,
    Logicus,
    Overig,
    Samen,
    Vast,
    Vergelijking,
    fn,
)
from inspecties.checklists.rules.vorm import Knoop, loop

MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
# More conditions than this are told as a list.
_IN_EEN_ZIN = 3
_REKENTEKENS = {"+": "+", "-": "\u2212", "*": "\u00d7", "div": ":"}
_VERGELIJKEN = {
    ">": "meer dan {}",
    "<": "minder dan {}",
    ">=": "{} of meer",
    "<=": "{} of minder",
    "=": "gelijk aan {}",
}
_IN_DE_TIJD = {">": "na {}", "<": "voor {}", ">=": "{} of later", "<=": "{} of eerder", "=": "{}"}
_TEKSTTOETS = {
    "contains": ("bevat", "de tekst {}"),
    "starts-with": ("begint", "met {}"),
    "ends-with": ("eindigt", "op {}"),
    "regex": ("heeft", "de goede vorm"),
}


def leg_uit(definitie: Mapping[str, Any], boom: Boom, nummers: Mapping[str, str] | None = None) -> str:
    """A condition as a clause with "als". ``nummers``: what a question is called on paper, such as "vraag 12"."""
    return Uitleg(definitie, nummers or {}).als(boom)


def som_op(delen: Iterable[str], woord: str) -> str:
    """'a, b of c'."""
    lijst = list(delen)
    return lijst[0] if len(lijst) == 1 else f"{', '.join(lijst[:-1])} {woord} {lijst[-1]}"


def getal_in_woorden(waarde: float) -> str:
    """'1,5': a decimal comma and no trailing zeros."""
    return f"{waarde:.10f}".rstrip("0").rstrip(".").replace(".", ",")


def _datum(tekst: str) -> str | None:
    try:
        dag = date.fromisoformat(tekst[:10])
    except ValueError:
        return None
    return f"{dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


class Uitleg:
    """Words for the expressions of one form, with the names that its questions have where the words will stand."""

    def __init__(self, definitie: Mapping[str, Any], nummers: Mapping[str, str], taal: str = "nl") -> None:
        self._knopen: dict[str, Knoop] = {k.naam: k for k in loop(definitie["kinderen"])}
        self._keuzelijsten = definitie.get("keuzelijsten", {})
        self._nummers = nummers
        self._taal = taal
        self._logicus = Logicus(self._knopen, self._is_zichtbaar)
        self._diep = 0
        self._zelf: str | None = None

    # -- conditions

    def logica(self, boom: Boom) -> Logica:
        """The condition, simplified."""
        return self._logicus.van(boom)

    def als(self, boom: Boom, zelf: str | None = None) -> str:
        """A clause: "als vraag 12 'Ja' is"; "altijd" or "nooit" where it depends on nothing.

        ``zelf``: the question that ``.`` is.
        """
        vorige, self._zelf = self._zelf, zelf or self._zelf
        try:
            return self._als(self.logica(boom))
        finally:
            self._zelf = vorige

    def gevolg_als(self, naam: str) -> str:
        """When the consequence of a question fires, as a clause; see ``cel`` for what holds without ``gevolg_als``."""
        knoop = self._knopen[naam]
        if "gevolg_als" in knoop.node:
            return self.als(knoop.node["gevolg_als"], naam)
        if knoop.type == "select_one":
            return self.als({"op": "=", "a": [{"op": "zelf"}, {"op": "tekst", "w": "ja"}]}, naam)
        if knoop.type in {"integer", "decimal", "range"}:
            return self.als({"op": ">", "a": [{"op": "zelf"}, {"op": "getal", "w": 0}]}, naam)
        return "als hier iets ingevuld is"

    def _als(self, deel: Logica) -> str:
        if isinstance(deel, Vast):
            return "altijd" if deel.waar else "nooit"
        if isinstance(deel, Samen) and not deel.en and len(deel.delen) > _IN_EEN_ZIN:
            return "als minstens een van deze dingen klopt: " + "; ".join(self._zin(d) for d in deel.delen)
        return "als " + self._bijzin(deel)

    def _bijzin(self, deel: Logica, binnen: bool = False) -> str:
        if isinstance(deel, Samen):
            tekst = f" {'en' if deel.en else 'of'} ".join(self._bijzin(d, True) for d in deel.delen)
            return f"({tekst})" if binnen else tekst
        onderwerp, werkwoord, rest = self._delen(deel)
        if isinstance(deel, InBlok):
            return f"{onderwerp} {werkwoord} {rest}"
        return " ".join(filter(None, (onderwerp, rest, werkwoord)))

    def _zin(self, deel: Logica) -> str:
        if isinstance(deel, Samen):
            return f" {'en' if deel.en else 'of'} ".join(self._zin(d) for d in deel.delen)
        onderwerp, werkwoord, rest = self._delen(deel)
        return " ".join(filter(None, (onderwerp, werkwoord, rest)))

    def _delen(self, deel: Logica) -> tuple[str, str, str]:
        """Subject, verb and the rest: Dutch puts the verb last in a clause and second in a sentence."""
        match deel:
            case Gelijk():
                delen = self._gelijk(deel)
            case Aangekruist():
                namen = som_op((self._keuze(deel.vraag, w) for w in deel.waarden), "of")
                bij = f"bij {self.noem(deel.vraag)}" if deel.vraag else "hier"
                delen = bij, "is", f"{namen} {'niet ' if deel.niet else ''}aangekruist"
            case Vergelijking():
                delen = self._vergelijking(deel)
            case InBlok():
                soort = "geen van de blokken" if deel.niet else "een van de blokken"
                delen = f"bij {soort} {self._label(deel.groep)}", "geldt", f"dat {self._bijzin(deel.deel)}"
            case Vast():
                delen = "dit", "geldt", "altijd" if deel.waar else "nooit"
            case Samen():
                delen = "dit", "geldt", f"dat {self._bijzin(deel)}"
            case Overig():
                delen = self._overig(deel.boom, deel.niet)
        return delen

    def _gelijk(self, deel: Gelijk) -> tuple[str, str, str]:
        if deel.waarden == ("",):
            return self.noem(deel.vraag), "is", "ingevuld" if deel.niet else "leeg"
        waarden = som_op((self._keuze(deel.vraag, w) for w in deel.waarden), "of")
        return self.noem(deel.vraag), "is", f"niet {waarden}" if deel.niet else waarden

    def _vergelijking(self, deel: Vergelijking) -> tuple[str, str, str]:
        tijd = any(self._is_tijd(boom) for boom in (deel.links, deel.rechts))
        vorm = (_IN_DE_TIJD if tijd else _VERGELIJKEN)[deel.teken]
        if fn(deel.links, "count-selected") and deel.rechts["op"] == "getal":
            aantal = vorm.replace("gelijk aan ", "precies ").format(self.waarde(deel.rechts))
            bij = f"bij {self.waarde(deel.links['a'][0])}"
            return bij, "is", f"{'niet ' if deel.niet else ''}{aantal} aangekruist"
        rest = vorm.format(self._kant(deel.rechts))
        return self._kant(deel.links), "is", f"niet {rest}" if deel.niet else rest

    def _overig(self, boom: Boom, niet: bool) -> tuple[str, str, str]:
        ontkend = "niet " if niet else ""
        if boom["op"] == "fn" and boom["naam"] in _TEKSTTOETS:
            werkwoord, rest = _TEKSTTOETS[boom["naam"]]
            return self.waarde(boom["a"][0]), werkwoord, ontkend + rest.format(self.waarde(boom["a"][1]))
        if boom["op"] in {"ref", "zelf"}:
            return self.waarde(boom), "is", "leeg" if niet else "ingevuld"
        return self.waarde(boom), "is", f"{ontkend}waar"

    def _is_tijd(self, boom: Boom) -> bool:
        if fn(boom, "today", "now", "date", "date-time"):
            return True
        naam = boom.get("naam") if boom["op"] == "ref" else None
        return naam in self._knopen and self._knopen[naam].type in {"date", "dateTime", "time"}

    # -- names

    def noem(self, naam: str | None) -> str:
        """What a question is called: its number on paper, else its label."""
        if naam is None:
            return "dit antwoord"
        return self._nummers.get(naam) or self._label(naam)

    def _is_zichtbaar(self, naam: str) -> bool:
        return naam in self._nummers or self._knopen[naam].type != "calculate"

    def _label(self, naam: str) -> str:
        knoop = self._knopen.get(naam)
        tekst = self.vertaald(knoop.node.get("label")) if knoop else ""
        return f"'{tekst or naam}'"

    def vertaald(self, teksten: Mapping[str, str] | None) -> str:
        """A text in the language of the words, else in the first there is."""
        teksten = teksten or {}
        return teksten.get(self._taal) or next(iter(teksten.values()), "")

    def _keuze(self, vraag: str | None, waarde: str) -> str:
        vraag = vraag or self._zelf
        lijst = self._knopen[vraag].node.get("keuzelijst", "") if vraag in self._knopen else ""
        keuzes = {k["naam"]: self.vertaald(k.get("label")) for k in self._keuzelijsten.get(lijst, [])}
        return f"'{keuzes.get(waarde) or waarde}'"

    # -- values

    def waarde(self, boom: Boom) -> str:
        """A value in words, as the object of a sentence."""
        self._diep += 1
        try:
            return self._waarde(boom) if self._diep <= MAX_DIEPTE * 3 else "een berekening"
        finally:
            self._diep -= 1

    def _waarde(self, boom: Boom) -> str:
        op = boom["op"]
        vast = {"zelf": "dit antwoord", "plaats": "het nummer van dit blok"}.get(op)
        if vast is not None:
            return vast
        if op in _REKENTEKENS:
            return f" {_REKENTEKENS[op]} ".join(self._factor(deel) for deel in boom["a"])
        maak = _WAARDEN.get(op)
        return maak(self, boom) if maak else f"(ja of nee: {self._bijzin(self.logica(boom))})"

    def _kant(self, boom: Boom) -> str:
        """One side of a comparison; what has a comma in it between brackets."""
        tekst = self.waarde(boom)
        return f"({tekst})" if fn(boom, "if", "coalesce") else tekst

    def _factor(self, boom: Boom) -> str:
        tekst = self.waarde(boom)
        return f"({tekst})" if boom["op"] in _REKENTEKENS or fn(boom, "if", "int", "round") else tekst

    def _verwijzing(self, boom: Boom) -> str:
        inhoud = self._logicus.inhoud(boom)
        if inhoud is not None and not self._logicus.is_verzameling(boom):
            return self.waarde(inhoud)
        if self._logicus.is_verzameling(boom):
            knoop = self._knopen[boom["naam"]]
            blok = self._label(knoop.naam if knoop.soort == "herhaling" else knoop.keten[-1])
            return (
                f"alle blokken {blok}"
                if knoop.soort == "herhaling"
                else f"{self.noem(knoop.naam)} in de blokken {blok}"
            )
        return self.noem(boom["naam"])

    def _functie(self, boom: Boom) -> str:
        naam, a = boom["naam"], boom["a"]
        maak = _FUNCTIES.get(naam)
        if maak is not None:
            return maak(self, a)
        if naam in {"not", "selected", "contains", "starts-with", "ends-with", "regex", "true", "false", "boolean"}:
            return f"(ja of nee: {self.als(boom)})"
        return f"{naam}({'; '.join(self.waarde(deel) for deel in a)})"

    def _als_dan(self, a: list[Boom]) -> str:
        als, dan, anders = self.als(a[0]), self.waarde(a[1]), self.waarde(a[2])
        return f"{dan}, {als}" if anders == "leeg" else f"{dan}, {als}, en anders {anders}"

    def _grens(self, a: list[Boom], woord: str, grens: str) -> str:
        if len(a) == 1:
            return f"het {woord} van {self.waarde(a[0])}"
        if len(a) == 2 and a[0]["op"] == "getal":
            return f"{self.waarde(a[1])}, maar nooit {grens} dan {self.waarde(a[0])}"
        return f"het {woord} van {som_op((self.waarde(d) for d in a), 'en')}"


_WAARDEN: dict[str, Callable[[Uitleg, Boom], str]] = {
    "getal": lambda _u, boom: getal_in_woorden(boom["w"]),
    "tekst": lambda _u, boom: f"'{boom['w']}'" if boom["w"] else "leeg",
    "ref": lambda u, boom: u._verwijzing(boom),
    "kolom": lambda _u, boom: f"'{boom['naam']}' van de keuze",
    "neg": lambda u, boom: f"\u2212{u._factor(boom['a'][0])}",
    "mod": lambda u, boom: "de rest van " + " : ".join(u._factor(deel) for deel in boom["a"]),
    "fn": lambda u, boom: u._functie(boom),
}


def _eerste(u: Uitleg, a: list[Boom]) -> str:
    return u.waarde(a[0])


def _dag(u: Uitleg, a: list[Boom]) -> str:
    return (_datum(str(a[0]["w"])) if a[0]["op"] == "tekst" else None) or u.waarde(a[0])


_FUNCTIES: dict[str, Callable[[Uitleg, list[Boom]], str]] = {
    "if": Uitleg._als_dan,
    "min": lambda u, a: u._grens(a, "kleinste", "meer"),
    "max": lambda u, a: u._grens(a, "grootste", "minder"),
    "sum": lambda u, a: f"de som van {u.waarde(a[0])}",
    "count": lambda u, a: f"het aantal van {u.waarde(a[0])}".replace("van alle blokken", "blokken"),
    "count-non-empty": lambda u, a: f"hoe vaak {u.waarde(a[0])} is ingevuld",
    "count-selected": lambda u, a: f"het aantal kruisjes bij {u.waarde(a[0])}",
    "selected-at": lambda u, a: f"de keuze met nummer {u.waarde(a[1])} (geteld vanaf 0) van {u.waarde(a[0])}",
    "coalesce": lambda u, a: f"{u.waarde(a[0])}, en als dat leeg is {u.waarde(a[1])}",
    "concat": lambda u, a: " met daarachter ".join(u.waarde(d) for d in a),
    "join": lambda u, a: f"{som_op((u.waarde(d) for d in a[1:]), 'en')}, met {u.waarde(a[0])} ertussen",
    "int": lambda u, a: f"{u._factor(a[0])}, naar beneden afgerond",
    "floor": lambda u, a: f"{u._factor(a[0])}, naar beneden afgerond",
    "ceiling": lambda u, a: f"{u._factor(a[0])}, naar boven afgerond",
    "round": lambda u, a: f"{u._factor(a[0])}, afgerond" + (f" op {u.waarde(a[1])} decimalen" if len(a) > 1 else ""),
    "abs": lambda u, a: f"{u._factor(a[0])} zonder minteken",
    "sqrt": lambda u, a: f"de wortel van {u._factor(a[0])}",
    "string-length": lambda u, a: f"het aantal tekens van {u.waarde(a[0])}",
    "today": lambda _u, _a: "de dag van vandaag",
    "now": lambda _u, _a: "dit moment",
    "date": _dag,
    "date-time": _dag,
    "format-date": _eerste,
    "format-date-time": _eerste,
    "number": _eerste,
    "string": _eerste,
    "once": _eerste,
    "normalize-space": _eerste,
    "boolean-from-string": _eerste,
    "jr:choice-name": _eerste,
    "indexed-repeat": lambda u, a: f"{u.waarde(a[0])} in blok {u.waarde(a[-1])}",
    "pulldata": lambda u, a: f"de waarde uit de lijst {u.waarde(a[0])}",
    "position": lambda _u, _a: "het nummer van dit blok",
}
