"""A condition of a form as plain logic: negations pushed inwards, calculations nobody sees written out.

``uitleg`` puts the outcome into words. Nothing here evaluates an answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inspecties.checklists.rules.vorm import Knoop

Boom = Mapping[str, Any]

# Calculations may call each other; a form that gets this deep is told by name instead.
MAX_DIEPTE = 12
_TEKENS = {"=", "!=", "<", "<=", ">", ">="}
_DOORGEVEN = {"boolean", "boolean-from-string", "number", "once"}
_GESPIEGELD = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Vast:
    """Always true, or never."""

    waar: bool


@dataclass(frozen=True)
class Gelijk:
    """The answer to a question (None: this one) is one of these texts; '' stands for empty."""

    vraag: str | None
    waarden: tuple[str, ...]
    niet: bool = False


@dataclass(frozen=True)
class Aangekruist:
    """One of these choices is ticked at a question where several may be."""

    vraag: str | None
    waarden: tuple[str, ...]
    niet: bool = False


@dataclass(frozen=True)
class Vergelijking:
    """Two values with a sign between them."""

    links: Boom
    teken: str
    rechts: Boom
    niet: bool = False


@dataclass(frozen=True)
class InBlok:
    """The condition holds in one of the instances of a repeat (``niet``: in none of them)."""

    groep: str
    deel: "Logica"
    niet: bool = False


@dataclass(frozen=True)
class Overig:
    """A value taken as true or false."""

    boom: Boom
    niet: bool = False


@dataclass(frozen=True)
class Samen:
    """All of these hold (``en``) or at least one."""

    en: bool
    delen: tuple["Logica", ...]


Logica = Vast | Gelijk | Aangekruist | Vergelijking | InBlok | Overig | Samen


def fn(boom: Boom, *namen: str) -> bool:
    """Whether this is a call of one of these functions."""
    return boom["op"] == "fn" and boom["naam"] in namen


def _naam(boom: Boom) -> str | None:
    """The question that is read; None is the question itself."""
    return str(boom["naam"]) if boom["op"] == "ref" else None


def _letterlijk(boom: Boom) -> str | None:
    if boom["op"] == "tekst":
        return str(boom["w"])
    if boom["op"] == "getal":
        return f"{boom['w']:g}"
    return None


class Logicus:
    """Makes logic of expressions of one form. ``zichtbaar``: whether a calculation is on the paper itself."""

    def __init__(self, knopen: Mapping[str, Knoop], zichtbaar: Callable[[str], bool]) -> None:
        self._knopen = knopen
        self._zichtbaar = zichtbaar

    def van(self, boom: Boom, niet: bool = False, diepte: int = 0) -> Logica:
        """The logic of an expression, or of its opposite."""
        soort = boom["naam"] if boom["op"] == "fn" else boom["op"]
        if diepte > MAX_DIEPTE:
            return Overig(boom, niet)
        if soort in {"and", "or"}:
            return voeg_samen((soort == "and") != niet, (self.van(deel, niet, diepte) for deel in boom["a"]))
        if soort in _TEKENS:
            return self._vergelijking(boom["a"][0], soort, boom["a"][1], niet, diepte)
        if soort in {"not", *_DOORGEVEN}:
            return self.van(boom["a"][0], niet != (soort == "not"), diepte)
        return self._losse(boom, niet, diepte)

    def _losse(self, boom: Boom, niet: bool, diepte: int) -> Logica:
        if fn(boom, "true", "false"):
            return Vast((boom["naam"] == "true") != niet)
        if fn(boom, "selected"):
            return self._aangekruist(boom, niet)
        if fn(boom, "if"):
            dan, anders = (self.van(deel, False, diepte + 1) for deel in boom["a"][1:])
            if isinstance(dan, Vast) and isinstance(anders, Vast):
                return self._keus(boom["a"][0], dan.waar, anders.waar, niet, diepte)
        return Overig(boom, niet)

    def inhoud(self, boom: Boom) -> Boom | None:
        """The calculation behind a reference that stands nowhere on the paper."""
        if boom["op"] != "ref":
            return None
        knoop = self._knopen.get(boom["naam"])
        if knoop is None or self._zichtbaar(knoop.naam):
            return None
        berekening: Boom | None = knoop.node.get("berekening")
        return berekening

    def is_verzameling(self, boom: Boom) -> bool:
        """Whether a reference means all instances of a repeat."""
        knoop = self._knopen.get(boom["naam"]) if boom["op"] == "ref" else None
        return knoop is not None and (knoop.soort == "herhaling" or len(knoop.keten) > boom.get("diepte", 0))

    def _aangekruist(self, boom: Boom, niet: bool) -> Logica:
        bron, waarde = boom["a"][0], _letterlijk(boom["a"][1])
        if bron["op"] not in {"ref", "zelf"} or waarde is None:
            return Overig(boom, niet)
        naam = _naam(bron)
        knoop = self._knopen.get(naam) if naam else None
        soort = Gelijk if knoop is not None and knoop.type == "select_one" else Aangekruist
        return soort(naam, (waarde,), niet)

    def _keus(self, als: Boom, dan: bool, anders: bool, niet: bool, diepte: int) -> Logica:
        if dan == anders:
            return Vast(dan != niet)
        return self.van(als, dan == niet, diepte + 1)

    def _vergelijking(self, links: Boom, teken: str, rechts: Boom, niet: bool, diepte: int) -> Logica:
        if _letterlijk(links) is not None and _letterlijk(rechts) is None:
            links, teken, rechts = rechts, _GESPIEGELD[teken], links
        while fn(links, "number", "string", "once"):
            links = links["a"][0]
        waarde = _letterlijk(rechts)
        if waarde is not None and diepte <= MAX_DIEPTE:
            uitgeschreven = self._schrijf_uit(links, teken, rechts, niet, diepte)
            if uitgeschreven is not None:
                return uitgeschreven
            vraag = links["op"] in {"ref", "zelf"} and not self.is_verzameling(links)
            if vraag and teken in {"=", "!="} and rechts["op"] == "tekst":
                return Gelijk(_naam(links), (waarde,), (teken == "!=") != niet)
        if teken == "!=":
            return Vergelijking(links, "=", rechts, not niet)
        return Vergelijking(links, teken, rechts, niet)

    def _schrijf_uit(self, links: Boom, teken: str, rechts: Boom, niet: bool, diepte: int) -> Logica | None:
        """A comparison with a fixed value of something that is calculated: the condition behind it."""
        if fn(links, "if"):
            uitkomsten = [_uitkomst(deel, teken, rechts) for deel in links["a"][1:]]
            if None not in uitkomsten:
                return self._keus(links["a"][0], bool(uitkomsten[0]), bool(uitkomsten[1]), niet, diepte)
        if fn(links, "sum") and teken == ">" and rechts.get("w") == 0 and self.is_verzameling(links["a"][0]):
            binnen = self.inhoud(links["a"][0])
            if binnen is not None and fn(binnen, "if"):
                deel = self._schrijf_uit(binnen, teken, rechts, False, diepte + 1)
                if deel is not None:
                    return InBlok(self._knopen[links["a"][0]["naam"]].keten[-1], deel, niet)
        binnen = self.inhoud(links)
        if binnen is not None and not self.is_verzameling(links):
            return self._vergelijking(binnen, teken, rechts, niet, diepte + 1)
        return None


def _uitkomst(boom: Boom, teken: str, rechts: Boom) -> bool | None:
    """Whether a fixed value meets a comparison; None where it is no fixed value."""
    links = _letterlijk(boom)
    if links is None:
        return None
    if teken in {"=", "!="}:
        return (links == _letterlijk(rechts)) == (teken == "=")
    try:
        a, b = float(links), float(rechts["w"])
    except ValueError:
        return False
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[teken]


def voeg_samen(en: bool, delen: Iterable[Logica]) -> Logica:
    """All or one of these, with double ones, fixed ones and conditions on the same question taken together."""
    plat: list[Logica] = []
    for deel in delen:
        if isinstance(deel, Samen) and deel.en == en:
            plat += deel.delen
        elif isinstance(deel, Vast):
            if deel.waar != en:
                return deel
        else:
            plat.append(deel)
    kort: list[Logica] = []
    for deel in plat:
        vorige = next((k for k in kort if _past_bij(k, deel, en)), None)
        if vorige is not None and isinstance(deel, Gelijk | Aangekruist) and isinstance(vorige, Gelijk | Aangekruist):
            waarden = tuple(dict.fromkeys([*vorige.waarden, *deel.waarden]))
            kort[kort.index(vorige)] = replace(vorige, waarden=waarden)
        elif deel not in kort:
            kort.append(deel)
    kort = _zonder_overbodige(kort) if en else kort
    if not kort:
        return Vast(en)
    return kort[0] if len(kort) == 1 else Samen(en, tuple(kort))


def _past_bij(een: Logica, ander: Logica, en: bool) -> bool:
    """``is a`` or ``is b`` is one condition; so is ``not a`` and ``not b``. Empty stays a condition of its own."""
    if not isinstance(een, Gelijk | Aangekruist) or type(een) is not type(ander):
        return False
    zelfde = isinstance(ander, Gelijk | Aangekruist) and (een.vraag, een.niet) == (ander.vraag, ander.niet)
    return zelfde and een.niet == en and "" not in (*een.waarden, *getattr(ander, "waarden", ()))


def _zonder_overbodige(delen: list[Logica]) -> list[Logica]:
    """Where an answer must be something, it need not be said what it is not."""
    zeker = {d.vraag: set(d.waarden) for d in delen if isinstance(d, Gelijk) and not d.niet and "" not in d.waarden}
    gekruist = {d.vraag for d in delen if isinstance(d, Aangekruist) and not d.niet}
    uit = []
    for deel in delen:
        if isinstance(deel, Gelijk) and deel.niet:
            if deel.vraag in zeker and not zeker[deel.vraag] & set(deel.waarden):
                continue
            if deel.waarden == ("",) and deel.vraag in gekruist:
                continue
        uit.append(deel)
    return uit
