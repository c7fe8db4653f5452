"""Templates: the default texts, what a text may ask of the machine that fills it, and what must stand in it.

A text may hold ``{{ veld }}`` and ``{% if veld %}...{% else %}...{% endif %}``. Everything else of Jinja is refused: a
template comes from a person's computer and is filled with what residents and owners wrote.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Protocol

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.sjablonen.rules.tekst import BLOKSOORTEN, Open

# Nodes that a text may be made of. No calls, filters, attributes, loops, assignments or imports.
_MAG = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or, nodes.Const,
)  # fmt: skip
MAX_TAGS = 600


class Sjabloonfout(OngeldigeInvoer):
    """A template that cannot be used; ``fouten`` says everything that is wrong with it, each with its place."""

    def __init__(self, fouten: Sequence[str]) -> None:
        super().__init__(" ".join(fouten), "bestand")
        self.fouten = tuple(fouten)


def omgeving() -> ImmutableSandboxedEnvironment:
    """The environment in which templates are parsed and filled: no globals, no filters, no tests, no loader."""
    env = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True, extensions=[], cache_size=0)
    env.globals.clear()
    env.filters.clear()
    env.tests.clear()
    return env


@dataclass(frozen=True)
class Tekstdeel:
    """One paragraph of a default text."""

    soort: str
    tekst: str


@dataclass(frozen=True)
class Standaardtekst:
    """The default text of a kind of letter in one language."""

    titel: str
    taal: str
    delen: tuple[Tekstdeel, ...]


class Veld(Protocol):
    """A field that a template may name."""

    @property
    def titel(self) -> str: ...
    @property
    def voorbeeld(self) -> str: ...


@dataclass(frozen=True)
class Velden:
    """The fields of one kind of document.

    ``niet_hier``: fields of other kinds -> why they are refused here, as the end of a sentence. ``verplicht``: must
    stand in the text whatever else is known. ``soms``: is not always there, but must stand in the text when it is.
    """

    mag: Mapping[str, Veld]
    niet_hier: Mapping[str, str] = field(default_factory=dict)
    verplicht: tuple[str, ...] = ()
    soms: tuple[str, ...] = ()


class Soort(Protocol):
    """A kind of document of which a gemeente may have a template of its own."""

    @property
    def code(self) -> str: ...
    @property
    def naam(self) -> str: ...
    @property
    def talen(self) -> tuple[str, ...]: ...
    @property
    def velden(self) -> Velden: ...
    def standaardtekst(self, taal: str) -> Standaardtekst: ...


def bestandsnaam(soort: str, taal: str) -> str:
    return f"{soort}.toml" if taal == "nl" else f"{soort}.{taal}.toml"


def _lees(pad: Path) -> Mapping[str, Any]:
    if not pad.is_file():
        raise ValueError(f"{pad.name}: there is no such default text")
    return tomllib.loads(pad.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def lees_standaardtekst(map_: Path, soort: str, taal: str = "nl") -> Standaardtekst:
    """The default text in a folder of config/documenten. Raises ValueError naming the file and what is wrong."""
    inhoud = _lees(map_ / bestandsnaam(soort, taal))
    delen: list[Tekstdeel] = []
    for rij in inhoud["deel"]:
        if "gebruik" in rij:
            gedeeld = _lees(map_ / "delen.toml")
            sleutel = f"{rij['gebruik']}_{taal}" if f"{rij['gebruik']}_{taal}" in gedeeld else rij["gebruik"]
            delen += [Tekstdeel(**x) for x in gedeeld[sleutel]]
        else:
            delen.append(Tekstdeel(rij["soort"], rij["tekst"].strip()))
    if any(d.soort not in BLOKSOORTEN for d in delen):
        raise ValueError(f"{bestandsnaam(soort, taal)}: unknown kind of paragraph")
    return Standaardtekst(inhoud["titel"], taal, tuple(delen))


def gebreken(soorten: Iterable[Soort]) -> list[str]:
    """Everything that is wrong with the default texts; empty when every kind has a text that can be filled."""
    uit = []
    for soort in soorten:
        for taal in soort.talen:
            try:
                tekst = [d.tekst for d in soort.standaardtekst(taal).delen]
                keur_tekst(tekst, soort.velden)
                keur_verplicht(tekst, soort.velden)
            except (ValueError, KeyError, TypeError, Sjabloonfout) as fout:
                uit.append(f"{bestandsnaam(soort.code, taal)}: {fout}")
    return uit


def _plaats(alineas: Sequence[str], regel: int) -> str:
    tekst = alineas[regel - 1] if 0 < regel <= len(alineas) else ""
    kort = " ".join(tekst.split())
    return f"alinea {regel} ('{kort[:80]}{'...' if len(kort) > 80 else ''}')"


def _bijna(naam: str, velden: Iterable[str]) -> str:
    dicht = difflib.get_close_matches(naam, list(velden), n=1, cutoff=0.5)
    return f" Bedoelt u '{dicht[0]}'?" if dicht else ""


def keur_tekst(alineas: Iterable[str], velden: Velden) -> list[str]:
    """The fields that a text names, in order. Raises Sjabloonfout with every fault and its place.

    One paragraph counts as one line, so that the place of a fault is the place of a paragraph.
    """
    regels = [" ".join(a.split()) for a in alineas]
    return _keur("\n".join(regels), regels, velden)


def keur_bron(bron: str, velden: Velden) -> list[str]:
    """The same for text between which other things stand (the XML of a Word file), where places mean nothing."""
    return _keur(bron, [], velden)


def _keur(tekst: str, regels: Sequence[str], velden: Velden) -> list[str]:
    if tekst.count("{{") + tekst.count("{%") > MAX_TAGS:
        raise Sjabloonfout([f"Er staan te veel velden in dit sjabloon: {MAX_TAGS} is het meeste."])
    try:
        boom = omgeving().parse(tekst)
    except TemplateSyntaxError as fout:
        waar = _plaats(regels, fout.lineno) if regels else "de opmaak van het bestand"
        raise Sjabloonfout(
            [
                f"In {waar} klopt een veld of voorwaarde niet. Een veld is {{{{ naam }}}}, "
                "een voorwaarde {% if naam %} tekst {% endif %}."
            ]
        ) from fout
    except RecursionError as fout:
        raise Sjabloonfout(["De voorwaarden in dit sjabloon staan te diep in elkaar."]) from fout
    fouten: list[str] = []
    namen: dict[str, int] = {}
    for knoop in _knopen(boom):
        waar = _plaats(regels, knoop.lineno) if regels else "de opmaak van het bestand"
        if isinstance(knoop, nodes.Name):
            if knoop.ctx == "load":
                namen.setdefault(knoop.name, knoop.lineno)
        elif not isinstance(knoop, _MAG):
            fouten.append(
                f"In {waar} staat iets dat een sjabloon niet mag: alleen {{{{ veld }}}} en "
                "{% if veld %} ... {% endif %} kunnen."
            )
    for naam, regel in namen.items():
        waar = _plaats(regels, regel) if regels else "de opmaak van het bestand"
        if naam in velden.mag:
            continue
        if naam in velden.niet_hier:
            fouten.append(f"Het veld '{naam}' in {waar} {velden.niet_hier[naam]}.")
        else:
            fouten.append(f"Het veld '{naam}' in {waar} bestaat niet.{_bijna(naam, velden.mag)}")
    if fouten:
        raise Sjabloonfout(list(dict.fromkeys(fouten))[:20])
    return list(namen)


def keur_verplicht(alineas: Iterable[str], velden: Velden) -> None:
    """Whether what must stand in the document does so, whatever a condition in the text leaves out.

    The text is filled with marks, for every combination of fields that may be empty, with values and with places left
    open. Raises Sjabloonfout naming every field that is missing and what it says. The text passed ``keur_tekst``.
    """
    if not velden.verplicht and not velden.soms:
        return
    sjabloon = omgeving().from_string("\n".join(alineas))
    merken: dict[str, str] = {naam: f"\u27e6{naam}\u27e7" for naam in velden.mag}
    altijd: dict[str, None] = {}
    soms: dict[str, None] = {}
    for is_open, *vol in product((False, True), repeat=1 + len(velden.soms)):
        leeg = {naam for naam, is_vol in zip(velden.soms, vol, strict=True) if not is_vol}
        waarden = {naam: Open(merk) if is_open else merk for naam, merk in merken.items()}
        tekst = sjabloon.render(waarden | dict.fromkeys(leeg, ""))
        altijd |= dict.fromkeys(naam for naam in velden.verplicht if merken[naam] not in tekst)
        if not is_open:
            soms |= dict.fromkeys(n for n in velden.soms if n not in leeg and merken[n] not in tekst)
    fouten = [
        _ontbreekt(naam, velden, "Dat veld is verplicht. Zet het erin, buiten elke voorwaarde") for naam in altijd
    ]
    fouten += [_ontbreekt(naam, velden, "Zet het erin voor als het is ingevuld") for naam in soms]
    if fouten:
        raise Sjabloonfout(fouten)


def _ontbreekt(naam: str, velden: Velden, wat: str) -> str:
    return f"Het veld '{naam}' ({velden.mag[naam].titel.lower()}) ontbreekt. {wat}: {{{{ {naam} }}}}."


def _knopen(boom: nodes.Template) -> Iterable[nodes.Node]:
    """Every node, without recursion of our own; a refused node is not opened."""
    wacht: list[nodes.Node] = [boom]
    while wacht:
        knoop = wacht.pop(0)
        yield knoop
        if isinstance(knoop, _MAG):
            wacht += list(knoop.iter_child_nodes())
