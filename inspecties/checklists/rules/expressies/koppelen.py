"""Binds a raw tree to a form: names become references, functions and their arguments are checked.

The outcome is the EXPR of ARCHITECTUUR.md: plain JSON, the same for the Python and the JavaScript evaluator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from inspecties.checklists.rules.expressies.fouten import Expressiefout
from inspecties.checklists.rules.expressies.functies import FUNCTIES, NIET_ONDERSTEUND
from inspecties.checklists.rules.expressies.regels import normaliseer

Boom = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a name stands in a form."""

    naam: str
    soort: str
    keten: tuple[str, ...]  # the repeats around it, outermost first, without itself
    ouders: tuple[str, ...]  # all groups and repeats around it, outermost first
    type: str = ""
    keuzelijst: str = ""


@dataclass(frozen=True, slots=True)
class Koppelomgeving:
    """What an expression may refer to. ``hier`` is the question that carries it (None: the form itself)."""

    plaatsen: Mapping[str, Plaats]
    hier: Plaats | None = None
    keuzekolommen: frozenset[str] | None = None
    zelf_mag: bool = True
    once_mag: bool = False
    bestanden: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def keten(self) -> tuple[str, ...]:
        return self.hier.keten if self.hier else ()


def gedeeld(een: tuple[str, ...], twee: tuple[str, ...]) -> int:
    """How many repeats two places have in common, from the outside."""
    aantal = 0
    for a, b in zip(een, twee, strict=False):
        if a != b:
            break
        aantal += 1
    return aantal


def koppel(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    """The tree with every name resolved; raises Expressiefout."""
    match boom["op"]:
        case "getal" | "tekst":
            return {"op": boom["op"], "w": boom["w"]}
        case "zelf":
            if not omgeving.zelf_mag or omgeving.hier is None:
                raise Expressiefout("Een punt (.) kan hier niet: de uitdrukking heeft geen eigen antwoord.")
            return {"op": "zelf"}
        case "ref":
            return _ref(boom["naam"], omgeving, boom["plek"])
        case "pad":
            return _pad(boom, omgeving)
        case "fn":
            return _functie(boom, omgeving)
        case op:
            return {"op": op, "a": [koppel(deel, omgeving) for deel in boom["a"]]}


def _ref(naam: str, omgeving: Koppelomgeving, plek: int | None) -> Boom:
    if naam.startswith("last-saved#"):
        raise Expressiefout("last-saved# wordt niet ondersteund.", plek)
    plaats = omgeving.plaatsen.get(naam)
    if plaats is None:
        raise Expressiefout(f"De vraag ${{{naam}}} staat niet in dit formulier.", plek)
    if plaats.soort == "groep":
        raise Expressiefout(f"${{{naam}}} is een groep; verwijs naar een vraag of een herhaling.", plek)
    if plaats.type == "note":
        raise Expressiefout(f"${{{naam}}} is een mededeling en heeft geen antwoord.", plek)
    return {"op": "ref", "naam": naam, "diepte": gedeeld(omgeving.keten, plaats.keten)}


def _pad(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    """Resolves a path of plain names, ``.`` and ``..`` to the question that it leads to."""
    delen: list[str] = boom["delen"]
    plek = boom["plek"]
    if len(delen) == 1 and delen[0] not in {"/", ".", ".."}:
        return _kolom(delen[0], omgeving, plek)
    tekst = "/".join(delen).replace("//", "/")
    doel = _doel(delen, omgeving, plek)
    if not doel:
        raise Expressiefout(f"Het pad '{tekst}' wijst geen vraag aan.", plek)
    plaats = omgeving.plaatsen.get(doel[-1])
    if plaats is None or (*plaats.ouders, plaats.naam) != tuple(doel):
        raise Expressiefout(f"Het pad '{tekst}' leidt niet naar een vraag van dit formulier.", plek)
    if omgeving.hier is not None and plaats.naam == omgeving.hier.naam:
        return koppel({"op": "zelf"}, omgeving)
    return _ref(plaats.naam, omgeving, plek)


def _kolom(naam: str, omgeving: Koppelomgeving, plek: int) -> Boom:
    """A bare name is a column of the choices, and only in a choice_filter."""
    if omgeving.keuzekolommen is None:
        raise Expressiefout(f"'{naam}' is geen waarde; bedoelt u ${{{naam}}} of '{naam}'?", plek)
    if naam not in omgeving.keuzekolommen:
        kolommen = ", ".join(sorted(omgeving.keuzekolommen))
        raise Expressiefout(f"De keuzelijst heeft geen kolom '{naam}' (wel: {kolommen}).", plek)
    return {"op": "kolom", "naam": naam}


def _doel(delen: list[str], omgeving: Koppelomgeving, plek: int) -> list[str]:
    """The names from the form down to what a path points at."""
    if delen[0] == "/":
        huidig: list[str] = []
        rest = delen[2:]  # the first step is the form itself, whatever it is called
    elif omgeving.hier is None:
        raise Expressiefout("Een pad met . of .. kan hier niet.", plek)
    else:
        huidig = [*omgeving.hier.ouders, omgeving.hier.naam]
        rest = delen
    for deel in rest:
        if deel == "..":
            if not huidig:
                raise Expressiefout("Het pad met .. gaat verder omhoog dan het formulier.", plek)
            huidig.pop()
        elif deel != ".":
            huidig.append(deel)
    return huidig


def _functie(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    naam, argumenten, plek = boom["naam"], boom["a"], boom["plek"]
    if naam in NIET_ONDERSTEUND or naam not in FUNCTIES:
        uitleg = f": {NIET_ONDERSTEUND[naam]}" if NIET_ONDERSTEUND.get(naam) else ""
        raise Expressiefout(f"De functie {naam}() wordt niet ondersteund{uitleg}.", plek)
    functie = FUNCTIES[naam]
    if not functie.minimaal <= len(argumenten) <= functie.maximaal:
        raise Expressiefout(f"{naam}() vraagt {functie.aantal_tekst}, hier staan er {len(argumenten)}.", plek)
    bijzonder = _BIJZONDER.get(naam)
    if bijzonder is not None:
        return bijzonder(boom, omgeving)
    a = [koppel(deel, omgeving) for deel in argumenten]
    if functie.verzameling and len(a) == 1 and a[0]["op"] != "ref":
        raise Expressiefout(f"{naam}() telt over een vraag of herhaling: schrijf ${{naam}}.", plek)
    return {"op": "fn", "naam": naam, "a": a}


def _position(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    """``position(..)``: the place of the repeat instance around the question, counted from 1."""
    deel = boom["a"][0]
    omhoog = deel.get("delen", [])
    if deel["op"] != "pad" or any(d != ".." for d in omhoog) or omgeving.hier is None:
        raise Expressiefout("position() kan alleen met .. worden gebruikt: position(..).", boom["plek"])
    ouders = omgeving.hier.ouders
    if len(omhoog) > len(ouders):
        raise Expressiefout("position(..) staat hier niet in een groep of herhaling.", boom["plek"])
    doel = omgeving.plaatsen[ouders[-len(omhoog)]]
    return {"op": "plaats", "naam": doel.naam, "niveau": len(doel.keten) + 1 if doel.soort == "herhaling" else 0}


def _indexed_repeat(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    a = boom["a"]
    if len(a) % 2 == 0:
        raise Expressiefout("indexed-repeat() vraagt een vraag en daarna paren van herhaling en nummer.", boom["plek"])
    vraag = koppel(a[0], omgeving)
    uit = [vraag]
    if vraag["op"] != "ref":
        raise Expressiefout("Het eerste deel van indexed-repeat() moet een ${vraag} zijn.", boom["plek"])
    keten = omgeving.plaatsen[vraag["naam"]].keten
    namen: list[str] = []
    for herhaling, nummer in zip(a[1::2], a[2::2], strict=True):
        ref = koppel(herhaling, omgeving)
        if ref["op"] != "ref" or ref["naam"] not in keten:
            waar = ", ".join(keten) or "geen enkele herhaling"
            raise Expressiefout(f"{vraag['naam']} staat in {waar}; noem die in indexed-repeat().", boom["plek"])
        namen.append(ref["naam"])
        uit += [ref, koppel(nummer, omgeving)]
    vast = gedeeld(omgeving.keten, keten)
    begin = keten.index(namen[0])
    if tuple(namen) != keten[begin:] or begin > vast:
        nodig = ", ".join(keten[min(vast, begin) :])
        raise Expressiefout(
            f"indexed-repeat() moet de herhalingen van buiten naar binnen noemen: {nodig}.",
            boom["plek"],
        )
    vraag["diepte"] = begin
    return {"op": "fn", "naam": "indexed-repeat", "a": uit}


def _choice_name(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    waarde, bij = boom["a"]
    naam = bij["naam"] if bij["op"] == "ref" else bij.get("w", "")
    if bij["op"] == "tekst" and naam.strip().startswith("${") and naam.strip().endswith("}"):
        naam = naam.strip()[2:-1].strip()
    plaats = omgeving.plaatsen.get(naam)
    if plaats is None or not plaats.keuzelijst:
        raise Expressiefout("Het tweede deel van jr:choice-name() moet een keuzevraag zijn: '${vraag}'.", boom["plek"])
    return {"op": "fn", "naam": "jr:choice-name", "a": [koppel(waarde, omgeving), {"op": "tekst", "w": naam}]}


def _pulldata(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    bestand, kolom, sleutel, waarde = boom["a"]
    for deel in (bestand, kolom, sleutel):
        if deel["op"] != "tekst":
            raise Expressiefout("De eerste drie delen van pulldata() moeten vaste teksten zijn.", boom["plek"])
    kolommen = omgeving.bestanden.get(bestand["w"])
    if kolommen is None:
        raise Expressiefout(f"pulldata() vraagt het bestand '{bestand['w']}.csv', dat er niet bij zit.", boom["plek"])
    for deel in (kolom, sleutel):
        if deel["w"] not in kolommen:
            raise Expressiefout(f"Het bestand '{bestand['w']}.csv' heeft geen kolom '{deel['w']}'.", boom["plek"])
    return {
        "op": "fn",
        "naam": "pulldata",
        "a": [koppel(deel, omgeving) for deel in (bestand, kolom, sleutel, waarde)],
    }


def _regex(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    waarde, patroon = boom["a"]
    if patroon["op"] != "tekst":
        raise Expressiefout("Het patroon van regex() moet een vaste tekst zijn.", boom["plek"])
    w = normaliseer(patroon["w"])
    return {"op": "fn", "naam": "regex", "a": [koppel(waarde, omgeving), {"op": "tekst", "w": w}]}


def _once(boom: Boom, omgeving: Koppelomgeving) -> Boom:
    if not omgeving.once_mag:
        raise Expressiefout("once() kan alleen in de kolom calculation.", boom["plek"])
    return {"op": "fn", "naam": "once", "a": [koppel(boom["a"][0], omgeving)]}


_BIJZONDER = {
    "position": _position,
    "indexed-repeat": _indexed_repeat,
    "jr:choice-name": _choice_name,
    "pulldata": _pulldata,
    "regex": _regex,
    "once": _once,
}


def verwijzingen(boom: Boom | None) -> set[tuple[str, int]]:
    """What a bound tree reads: (name, number of repeats shared with the reader)."""
    uit: set[tuple[str, int]] = set()
    if boom is None:
        return uit
    if boom["op"] == "ref":
        uit.add((boom["naam"], boom["diepte"]))
    elif boom["op"] == "plaats" and boom["niveau"]:
        uit.add((boom["naam"], boom["niveau"] - 1))
    for deel in boom.get("a", ()):
        uit |= verwijzingen(deel)
    return uit
