"""Typing over a paper form: what is read from a field, and which operation follows from it.

Each paper is a device of its own. What it says replaces what it said before; what a tablet said stays beside it, as
a difference that a person decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inspecties.checklists.rules.antwoordtypen import lees_antwoord
from inspecties.checklists.rules.expressies.waarden import getal_naar_tekst
from inspecties.checklists.rules.vorm import Node
from inspecties.controles.rules.vouw import Kop
from inspecties.controles.rules.vragen import tekst_van

# One page must fit in one request (a form may hold 1,000 fields) and on one sheet of attention.
VRAGEN_PER_PAGINA = 60
MEERKEUZE = frozenset({"select_multiple", "rank"})
BESTAND = frozenset({"image", "audio"})


@dataclass(frozen=True)
class Deel:
    """One page of the form: a section, a part of a long one, or the list of a repeat."""

    titel: str
    knopen: tuple[Node, ...]
    herhaling: str = ""
    rol: str = ""
    groep: str = ""


def _aantal(node: Node) -> int:
    if node["soort"] == "herhaling":
        return 1
    return 1 if node["soort"] == "vraag" else sum(_aantal(kind) for kind in node.get("kinderen", []))


def _in_stukken(knopen: Iterable[Node]) -> list[tuple[Node, ...]]:
    stukken: list[list[Node]] = [[]]
    tel = 0
    for node in knopen:
        if stukken[-1] and tel + _aantal(node) > VRAGEN_PER_PAGINA:
            stukken.append([])
            tel = 0
        stukken[-1].append(node)
        tel += _aantal(node)
    return [tuple(stuk) for stuk in stukken if stuk]


def delen_van(definitie: Mapping[str, Any]) -> list[Deel]:
    """The pages of a form in order; questions outside sections come together under the form's title."""
    uit: list[Deel] = []
    los: list[Node] = []

    def sluit_los() -> None:
        titel = tekst_van(definitie.get("titel")) or definitie["naam"]
        zichtbaar = [node for node in los if node.get("type") != "calculate"]
        uit.extend(_delen(titel, zichtbaar, "", ""))
        los.clear()

    for node in definitie["kinderen"]:
        titel = tekst_van(node.get("label")) or node["naam"]
        if node["soort"] == "vraag":
            los.append(node)
            continue
        sluit_los()
        if node["soort"] == "herhaling":
            uit.append(Deel(titel, (node,), node["naam"], node.get("rol", ""), node["naam"]))
        else:
            uit += _delen(titel, node.get("kinderen", []), node.get("rol", ""), node["naam"])
    sluit_los()
    return uit


def _delen(titel: str, knopen: Sequence[Node], rol: str, groep: str) -> list[Deel]:
    stukken = _in_stukken(knopen)
    if len(stukken) == 1:
        return [Deel(titel, stukken[0], rol=rol, groep=groep)]
    return [Deel(f"{titel} ({i} van {len(stukken)})", s, rol=rol, groep=groep) for i, s in enumerate(stukken, 1)]


# -- reading what was typed


@dataclass(frozen=True)
class Gelezen:
    """A value to store (None: nothing), or what is wrong with the text."""

    waarde: Any = None
    fout: str = ""


def schoon(ruw: Sequence[str]) -> list[str]:
    """What was typed without the white space that browsers and people add; empty parts left out."""
    return [deel for deel in (r.replace("\r\n", "\n").strip() for r in ruw) if deel]


def lees_veld(node: Node, ruw: Sequence[str], namen: Mapping[str, Any]) -> Gelezen:
    """What a field holds, as it is stored. ``namen``: the choices that there are."""
    delen = schoon(ruw)
    if not delen:
        return Gelezen()
    soort = node["type"]
    if soort in MEERKEUZE:
        if len(set(delen)) != len(delen):
            return Gelezen(fout="Kies elke keuze een keer.")
        invoer: Any = delen
    else:
        invoer = delen[0]
    if isinstance(invoer, str) and any(ord(t) < 32 and t not in "\n\t" for t in invoer):
        return Gelezen(fout="Hier staat een teken in dat niet kan. Typ de tekst opnieuw.")
    antwoord = lees_antwoord(node, dict(namen), invoer)
    if antwoord.fout is not None and soort != "range":
        return Gelezen(fout=antwoord.fout)
    return Gelezen(antwoord.waarde)


def als_ruw(node: Node, waarde: Any) -> list[str]:
    """A stored value as it stands in the field."""
    if waarde is None or waarde in ("", []):
        return []
    if node["type"] == "geopoint" and isinstance(waarde, dict):
        return [f"{_getal(waarde.get('lat'))} {_getal(waarde.get('lon'))}"]
    if isinstance(waarde, list):
        return [str(deel) for deel in waarde]
    return [_getal(waarde)]


def _getal(waarde: Any) -> str:
    if isinstance(waarde, float) or (isinstance(waarde, int) and not isinstance(waarde, bool)):
        return getal_naar_tekst(float(waarde)).replace(".", ",")
    return str(waarde)


def zelfde_antwoord(node: Node, namen: Mapping[str, Any]) -> Callable[[Any, Any], bool]:
    """Whether two stored values say the same: 12 and "12", choices in another order."""

    def tekst(waarde: Any) -> Any:
        gelezen = lees_antwoord(node, dict(namen), waarde).tekst
        return sorted(gelezen.split(" ")) if node["type"] == "select_multiple" else gelezen

    return lambda een, ander: bool(tekst(een) == tekst(ander))


# -- from a value to an operation


@dataclass(frozen=True)
class Besluit:
    """The operation that must be made for one key and lane."""

    soort: str
    waarde: Any
    basis: tuple[str, ...]


def papierwaarde(koppen: Sequence[Kop], eigen: frozenset[str] | set[str]) -> Any:
    """What this paper says so far; None where it says nothing."""
    kop = next((k for k in reversed(koppen) if k.op_id in eigen), None)
    return kop.waarde if kop is not None and kop.soort != "clear" else None


def van_anderen(koppen: Sequence[Kop], eigen: frozenset[str] | set[str]) -> list[Kop]:
    """What tablets and other papers say."""
    return [k for k in koppen if k.op_id not in eigen]


def besluit_over(
    koppen: Sequence[Kop],
    eigen: frozenset[str] | set[str],
    waarde: Any,
    zelfde: Callable[[Any, Any], bool],
    noot: bool = False,
) -> Besluit | None:
    """What follows from what the paper says now; None where nothing changes.

    Only the paper's own earlier words are replaced, and another's that say the same. Taking back what the paper said
    leaves what another said.
    """
    zelf = [k for k in koppen if k.op_id in eigen]
    rest = van_anderen(koppen, eigen)
    leeg = waarde is None or waarde in ("", [])
    if zelfde(papierwaarde(koppen, eigen), waarde):
        return None
    basis = [k.op_id for k in zelf]
    if leeg and rest:
        laatste = rest[-1]
        return Besluit(laatste.soort, laatste.waarde, (*basis, laatste.op_id))
    if leeg:
        return Besluit("note", "", tuple(basis)) if noot else Besluit("clear", None, tuple(basis))
    gelijken = [k for k in rest if k.soort != "clear" and zelfde(k.waarde, waarde)]
    if gelijken and not zelf:
        return None
    return Besluit("note" if noot else "set", waarde, (*basis, *(k.op_id for k in gelijken)))
