"""Can these conditions hold together? A proof that they can not, or answers with which they may.

Method: the conditions are evaluated with sets of possible values (``dekking_waarden``) in place of answers that are not
chosen yet, calculations included. When one is certainly false the branch is closed. Otherwise an answer that it reads
is split into cases that together cover everything a person can enter: every choice of the list and nothing; for a
number nothing, each number it is compared with and the stretches between them; for a text nothing, each text it is
compared with and any other. A question that is not asked counts as empty, so an answer that is chosen adds the
conditions under which its question is asked. When every branch closes, the conditions contradict each other: that is a
proof. It stops after a fixed number of steps and then proves nothing. Answers in other instances of a repeat, dates and
today() stay open.
"""

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from inspecties.checklists.rules import dekking_waarden as w
from inspecties.checklists.rules.blik import Blik, Context
from inspecties.checklists.rules.cellen import Cellen
from inspecties.checklists.rules.dekking_waarden import ALLES, LEEG, Alternatief, Waarden
from inspecties.checklists.rules.expressies.rekenen import Boom
from inspecties.checklists.rules.expressies.waarden import getal_naar_tekst, naar_getal
from inspecties.checklists.rules.vorm import Knoop, Vorm

GETALTYPEN = frozenset({"integer", "decimal", "range"})
ZONDER_ANTWOORD = frozenset({"note"})
# A variable: an answer, or one choice of a question with several (name, choice).
Variabele = str | tuple[str, str]
Toewijzing = dict[Variabele, Alternatief]
MAX_STAPPEN = 1500
STAPPEN_TUSSENDOOR = 50
MAX_KANDIDATEN = 3


@dataclass(frozen=True, slots=True)
class Voorwaarde:
    """A condition with where it stands: ``van`` is the question or group whose cell holds it."""

    boom: Boom
    van: str
    kolom: str


@dataclass(slots=True)
class Oordeel:
    """``onmogelijk`` is proven; ``kandidaten`` are answers that may satisfy the conditions, surest first."""

    onmogelijk: bool
    kandidaten: list[Toewijzing] = field(default_factory=list)


class Redeneerder:
    """Reasons about one form."""

    def __init__(self, vorm: Vorm, mag_verder: Callable[[], bool], *, met_beperkingen: bool = False) -> None:
        self.vorm = vorm
        self._mag_verder = mag_verder
        self._met_beperkingen = met_beperkingen
        context = Context.van({"nu": "2000-01-01T00:00:00Z"})
        # Only for functions of their arguments alone: nothing that asks the context gets that far.
        self._omgeving = Blik(Cellen(vorm), context)

    # -- conditions

    def voorwaarden_van(self, naam: str) -> list[Voorwaarde]:
        """Under which conditions a question is asked: its own and those of what it stands in."""
        uit: list[Voorwaarde] = []
        knoop: Knoop | None = self.vorm.knopen[naam]
        while knoop is not None:
            if "relevant" in knoop.node:
                uit.append(Voorwaarde(eigen_ref(knoop.node["relevant"], knoop), knoop.naam, "relevant"))
            knoop = self.vorm.knopen[knoop.ouder] if knoop.ouder is not None else None
        return uit[::-1]

    def gevolgvoorwaarden(self, naam: str) -> list[Voorwaarde]:
        """Under which conditions the consequence of a question holds."""
        knoop = self.vorm.knopen[naam]
        als = knoop.node.get("gevolg_als") or _vanzelf(knoop)
        return [*self.voorwaarden_van(naam), Voorwaarde(eigen_ref(als, knoop), naam, "gevolg_als")]

    def kern(self, voorwaarden: list[Voorwaarde]) -> list[Voorwaarde]:
        """A smallest part of contradicting conditions that still contradicts itself."""
        over = list(voorwaarden)
        for voorwaarde in voorwaarden:
            zonder = [v for v in over if v is not voorwaarde]
            if zonder and self.beoordeel(zonder).onmogelijk:
                over = zonder
        return over

    # -- search

    def beoordeel(self, voorwaarden: list[Voorwaarde]) -> Oordeel:
        """See the module."""
        oordeel = Oordeel(onmogelijk=True)
        stapel: list[tuple[Toewijzing, list[Boom]]] = [({}, [v.boom for v in voorwaarden])]
        stappen = 0
        while stapel:
            toewijzing, bomen = stapel.pop()
            stappen += 1
            if stappen > MAX_STAPPEN or (stappen % STAPPEN_TUSSENDOOR == 0 and not self._mag_verder()):
                oordeel.onmogelijk = False
                break
            open_ = self._nog_open(bomen, toewijzing)
            if open_ is None:
                continue
            variabele = self._kies(open_, toewijzing)
            if variabele is None:
                oordeel.onmogelijk = False
                oordeel.kandidaten.append(toewijzing)
                if len(oordeel.kandidaten) >= MAX_KANDIDATEN or not open_:
                    break
                continue
            for geval in reversed(self._gevallen(variabele, open_, toewijzing)):
                stapel.append(({**toewijzing, variabele: geval}, [*open_, *self._gevolgen(variabele, geval)]))
        return oordeel

    def _nog_open(self, bomen: list[Boom], toewijzing: Toewijzing) -> list[Boom] | None:
        """The conditions that are not certain yet; None when one is certainly false."""
        open_: list[Boom] = []
        for boom in bomen:
            waar = w.waarheid(self.waarden(boom, toewijzing))
            if waar == {False}:
                return None
            if len(waar) == 2:
                open_ += boom["a"] if boom["op"] == "and" else [boom]
        return open_

    def _kies(self, open_: list[Boom], toewijzing: Toewijzing) -> Variabele | None:
        """The next answer to split: one that is free, else one whose case a condition cuts in pieces."""
        deelbaar: Variabele | None = None
        for boom in open_:
            for variabele in dict.fromkeys(self._variabelen(boom)):
                if variabele not in toewijzing:
                    return variabele
                if deelbaar is None and isinstance(variabele, str) and toewijzing[variabele][0] in {"bereik", "niet"}:
                    knoop = self.vorm.knopen[variabele]
                    if len(_binnen(toewijzing[variabele], self._gevuld(knoop, [boom]))) > 1:
                        deelbaar = variabele
        return deelbaar

    def _gevolgen(self, variabele: Variabele, geval: Alternatief) -> list[Boom]:
        """What must hold as well when this answer is chosen."""
        naam = variabele if isinstance(variabele, str) else variabele[0]
        if geval in (LEEG, ("w", False)):
            return []
        knoop = self.vorm.knopen[naam]
        extra = [v.boom for v in self.voorwaarden_van(naam)]
        if self._met_beperkingen and "beperking" in knoop.node:
            extra.append(eigen_ref(knoop.node["beperking"], knoop))
        return extra

    # -- answers

    def _gevallen(self, variabele: Variabele, open_: list[Boom], toewijzing: Toewijzing) -> list[Alternatief]:
        """Cases that together cover all that can be entered."""
        if not isinstance(variabele, str):
            return [("w", True), ("w", False)]
        knoop = self.vorm.knopen[variabele]
        if variabele in toewijzing:
            return _binnen(toewijzing[variabele], self._gevuld(knoop, open_))
        if knoop.type in ZONDER_ANTWOORD:
            return [LEEG]
        return [*self._gevuld(knoop, open_), *([] if _is_gekozen(knoop, toewijzing) else [LEEG])]

    def _gevuld(self, knoop: Knoop, open_: list[Boom]) -> list[Alternatief]:
        """Every answer but an empty one."""
        if knoop.type == "select_one":
            return [("t", naam) for naam in self._namen(knoop)]
        if knoop.type == "acknowledge":
            return [("t", "OK")]
        literalen = {waarde for boom in open_ for waarde in self._literalen(boom)}
        if knoop.type in GETALTYPEN:
            return _stukken(knoop, sorted(g for g in literalen if isinstance(g, float)))
        teksten = {t for t in literalen if isinstance(t, str) and t} if knoop.type == "text" else set()
        return [*(("t", t) for t in sorted(teksten)), ("niet", frozenset(teksten))]

    def _namen(self, knoop: Knoop) -> list[str]:
        return list(self.vorm.keuzes.get(knoop.node.get("keuzelijst", ""), {}))

    def _enkel(self, boom: Boom) -> Knoop | None:
        """The question of a reference to one answer, None for a node-set."""
        knoop = self.vorm.knopen[boom["naam"]]
        return knoop if knoop.soort == "vraag" and len(knoop.keten) == boom["diepte"] else None

    def _keuze(self, boom: Boom) -> tuple[str, str] | None:
        """The variable of ``selected(${meerdere}, 'a')``."""
        if boom["op"] == "fn" and boom["naam"] == "selected" and boom["a"][0]["op"] == "ref":
            knoop = self._enkel(boom["a"][0])
            tweede = boom["a"][1]
            if knoop is not None and knoop.type == "select_multiple" and tweede["op"] == "tekst":
                return knoop.naam, tweede["w"].strip()
        return None

    def _variabelen(self, boom: Boom) -> Iterator[Variabele]:
        keuze = self._keuze(boom)
        if keuze is not None:
            yield keuze
            return
        if boom["op"] == "ref":
            knoop = self._enkel(boom)
            if knoop is None:
                return
            if "berekening" not in knoop.node:
                yield knoop.naam
            elif knoop.type == "calculate":
                yield from self._variabelen(knoop.node["berekening"])
            return
        if boom["op"] == "fn" and boom["naam"] in w.OMGEVING:
            return
        for deel in boom.get("a", ()):
            yield from self._variabelen(deel)

    def _literalen(self, boom: Boom) -> Iterator[str | float]:
        if boom["op"] == "getal":
            yield float(boom["w"])
        elif boom["op"] == "tekst":
            yield boom["w"]
            getal = naar_getal(boom["w"])
            if not math.isnan(getal):
                yield getal
        elif boom["op"] == "ref":
            knoop = self._enkel(boom)
            if knoop is not None and "berekening" in knoop.node:
                yield from self._literalen(knoop.node["berekening"])
        for deel in boom.get("a", ()):
            yield from self._literalen(deel)

    # -- values

    def waarden(self, boom: Boom, toewijzing: Toewijzing) -> Waarden:
        """Every value that the tree may have with these answers."""
        match boom["op"]:
            case "getal":
                uit = frozenset[Alternatief]({("g", float(boom["w"]))})
            case "tekst":
                uit = frozenset[Alternatief]({("t", boom["w"])})
            case "ref":
                uit = self._antwoord(boom, toewijzing)
            case "zelf" | "kolom" | "plaats":
                uit = ALLES
            case "and" | "or" as op:
                uit = self._keten(op, boom["a"], toewijzing)
            case "fn":
                uit = self._functie(boom, toewijzing)
            case _:
                uit = w.pas_toe(boom, [self.waarden(a, toewijzing) for a in boom["a"]], self._omgeving)
        return uit

    def _keten(self, op: str, delen: list[Boom], toewijzing: Toewijzing) -> Waarden:
        beslist = op == "or"
        uit = {not beslist}
        for deel in delen:
            waar = w.waarheid(self.waarden(deel, toewijzing))
            if waar == {beslist}:
                return w.als_waarden({beslist})
            if beslist in waar:
                uit.add(beslist)
        return w.als_waarden(uit)

    def _functie(self, boom: Boom, toewijzing: Toewijzing) -> Waarden:
        naam, argumenten = boom["naam"], boom["a"]
        if naam in w.OMGEVING:
            return ALLES
        keuze = self._keuze(boom)
        if keuze is not None:
            return self._gekozen(keuze, toewijzing)
        if naam == "if":
            waar = w.waarheid(self.waarden(argumenten[0], toewijzing))
            takken = [argumenten[1] if ja else argumenten[2] for ja in sorted(waar)]
            return w.samen(self.waarden(tak, toewijzing) for tak in takken)
        if naam == "not":
            return w.als_waarden(not ja for ja in w.waarheid(self.waarden(argumenten[0], toewijzing)))
        delen = [self.waarden(a, toewijzing) for a in argumenten]
        if naam in w.KNOPEN and any(
            a["op"] == "ref" and LEEG in deel for a, deel in zip(argumenten, delen, strict=True)
        ):
            return ALLES
        return w.pas_toe(boom, delen, self._omgeving)

    def _gekozen(self, keuze: tuple[str, str], toewijzing: Toewijzing) -> Waarden:
        naam, wat = keuze
        if toewijzing.get(naam) == LEEG or wat not in self._namen(self.vorm.knopen[naam]):
            return w.ONWAAR
        bekend = toewijzing.get(keuze)
        return w.BEIDE if bekend is None else frozenset({bekend})

    def _antwoord(self, boom: Boom, toewijzing: Toewijzing) -> Waarden:
        knoop = self._enkel(boom)
        if knoop is None:
            return ALLES
        if knoop.naam in toewijzing:
            return frozenset({toewijzing[knoop.naam]})
        if "berekening" in knoop.node:
            return self._berekend(knoop, toewijzing)
        if knoop.type in ZONDER_ANTWOORD:
            return frozenset({LEEG})
        if knoop.type == "select_one":
            return w.samen([frozenset({LEEG}), frozenset(("t", naam) for naam in self._namen(knoop))])
        return frozenset({("niet", frozenset[str]())}) if _is_gekozen(knoop, toewijzing) else ALLES

    def _berekend(self, knoop: Knoop, toewijzing: Toewijzing) -> Waarden:
        if knoop.type != "calculate":
            return ALLES
        uit = w.berekend(self.waarden(knoop.node["berekening"], toewijzing))
        return w.samen([uit, frozenset({LEEG})]) if self.voorwaarden_van(knoop.naam) else uit


def _binnen(geval: Alternatief, delen: list[Alternatief]) -> list[Alternatief]:
    """The pieces of a stretch of numbers, or of all texts but some, that together cover it."""
    if geval[0] == "niet":
        andere = [d for d in delen if d[0] == "t" and d[1] not in geval[1]]
        return [*andere, ("niet", geval[1] | {d[1] for d in andere})]
    _, laag, hoog = geval
    uit: list[Alternatief] = []
    for deel in delen:
        if deel[0] == "bereik":
            eigen = (max(laag, deel[1]), min(hoog, deel[2]))
            if eigen[0] < eigen[1]:
                uit.append(("bereik", *eigen))
        elif laag < float(deel[1]) < hoog:
            uit.append(deel)
    return uit


def _is_gekozen(knoop: Knoop, toewijzing: Toewijzing) -> bool:
    """Whether one of several choices was picked already."""
    return any(isinstance(v, tuple) and v[0] == knoop.naam and a == ("w", True) for v, a in toewijzing.items())


def eigen_ref(boom: Boom, knoop: Knoop) -> Boom:
    """The tree with ``.`` written as a reference to the question itself."""
    if boom["op"] == "zelf":
        return {"op": "ref", "naam": knoop.naam, "diepte": len(knoop.keten)}
    if "a" not in boom:
        return boom
    return {**boom, "a": [eigen_ref(deel, knoop) for deel in boom["a"]]}


def _vanzelf(knoop: Knoop) -> Boom:
    """What a consequence without gevolg_als asks (ARCHITECTUUR.md): ja, a number above 0, or any other answer."""
    zelf: Boom = {"op": "zelf"}

    def tekst(waarde: str) -> Boom:
        return {"op": "tekst", "w": waarde}

    if knoop.type == "select_one":
        return {"op": "=", "a": [zelf, tekst("ja")]}
    if knoop.type in GETALTYPEN:
        return {"op": ">", "a": [zelf, {"op": "getal", "w": 0}]}
    ontken = ("", "false", "0", "nee") if knoop.type == "calculate" else ("",)
    return {"op": "and", "a": [{"op": "!=", "a": [zelf, tekst(waarde)]} for waarde in ontken]}


def _stukken(knoop: Knoop, literalen: list[float]) -> list[Alternatief]:
    """Each number that is compared with, and the open stretches between them."""
    grenzen = [-math.inf, *literalen, math.inf]
    uit: list[Alternatief] = []
    for laag, hoog in itertools.pairwise(grenzen):
        leeg_stuk = knoop.type == "integer" and math.isfinite(laag) and math.isfinite(hoog)
        if laag < hoog and not (leeg_stuk and math.floor(laag) + 1 >= hoog):
            uit.append(("bereik", laag, hoog))
    vast = [("t", getal_naar_tekst(g)) for g in literalen if knoop.type != "integer" or g.is_integer()]
    return [*vast, *uit]


def waarde_voor(alternatief: Alternatief, knoop: Knoop) -> Any:
    """An answer that a person could enter for this case, None for nothing."""
    soort = alternatief[0]
    if soort == "t":
        if alternatief[1] != "" and knoop.type in GETALTYPEN:
            getal = float(alternatief[1])
            return int(getal) if getal.is_integer() else getal
        return alternatief[1] or None
    if soort == "bereik":
        return _tussen(alternatief[1], alternatief[2], geheel=knoop.type != "decimal")
    return None


def _tussen(laag: float, hoog: float, *, geheel: bool) -> float:
    if math.isinf(laag) and math.isinf(hoog):
        return 1
    if math.isinf(hoog):
        return math.floor(laag) + 1
    if math.isinf(laag):
        return math.ceil(hoog) - 1
    return math.floor(laag) + 1 if geheel else (laag + hoog) / 2
