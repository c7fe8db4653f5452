"""Templates of letters: the default texts, and what a text may ask of the machine that fills it.

A text may hold ``{{ veld }}`` and ``{% if veld %}...{% else %}...{% endif %}``. Everything else of Jinja is refused: a
template comes from a person's computer and is filled with what residents and owners wrote.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.brief import BLOKSOORTEN, Briefsoort, Veld, brievenboek

MAP = Path(__file__).resolve().parents[3] / "config" / "documenten" / "brieven"

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


def _lees(naam: str) -> Mapping[str, Any]:
    pad = MAP / naam
    if not pad.is_file():
        raise ValueError(f"{naam}: there is no such default text")
    return tomllib.loads(pad.read_text(encoding="utf-8"))


def bestandsnaam(soort: str, taal: str) -> str:
    return f"{soort}.toml" if taal == "nl" else f"{soort}.{taal}.toml"


@lru_cache(maxsize=64)
def standaardtekst(soort: str, taal: str = "nl") -> Standaardtekst:
    """The default text. Raises ValueError naming the file and what is wrong."""
    inhoud = _lees(bestandsnaam(soort, taal))
    gedeeld = _lees("delen.toml")
    delen: list[Tekstdeel] = []
    for rij in inhoud["deel"]:
        if "gebruik" in rij:
            sleutel = f"{rij['gebruik']}_{taal}" if f"{rij['gebruik']}_{taal}" in gedeeld else rij["gebruik"]
            delen += [Tekstdeel(**x) for x in gedeeld[sleutel]]
        else:
            delen.append(Tekstdeel(rij["soort"], rij["tekst"].strip()))
    if any(d.soort not in BLOKSOORTEN for d in delen):
        raise ValueError(f"{bestandsnaam(soort, taal)}: unknown kind of paragraph")
    return Standaardtekst(inhoud["titel"], taal, tuple(delen))


def gebreken() -> list[str]:
    """Everything that is wrong with the default texts; empty when every kind has a text that can be filled."""
    boek, uit = brievenboek(), []
    for soort in boek.soorten.values():
        for taal in soort.talen:
            try:
                keur_tekst([d.tekst for d in standaardtekst(soort.code, taal).delen], soort)
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


def keur_tekst(alineas: Iterable[str], soort: Briefsoort) -> list[str]:
    """The fields that a text names, in order. Raises Sjabloonfout with every fault and its place.

    One paragraph counts as one line, so that the place of a fault is the place of a paragraph.
    """
    regels = [" ".join(a.split()) for a in alineas]
    return _keur("\n".join(regels), regels, soort)


def keur_bron(bron: str, soort: Briefsoort) -> list[str]:
    """The same for text between which other things stand (the XML of a Word file), where places mean nothing."""
    return _keur(bron, [], soort)


def _keur(tekst: str, regels: Sequence[str], soort: Briefsoort) -> list[str]:
    boek = brievenboek()
    mag: Mapping[str, Veld] = boek.velden_van(soort)
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
        if naam in mag:
            continue
        if naam in boek.velden:
            waarom = "een brief aan bewoners" if soort.aan == "bewoner" else "deze brief"
            fouten.append(f"Het veld '{naam}' in {waar} mag niet in {waarom}: {boek.velden[naam].titel.lower()}.")
        else:
            fouten.append(f"Het veld '{naam}' in {waar} bestaat niet.{_bijna(naam, mag)}")
    if fouten:
        raise Sjabloonfout(list(dict.fromkeys(fouten))[:20])
    return list(namen)


def _knopen(boom: nodes.Template) -> Iterable[nodes.Node]:
    """Every node, without recursion of our own; a refused node is not opened."""
    wacht: list[nodes.Node] = [boom]
    while wacht:
        knoop = wacht.pop(0)
        yield knoop
        if isinstance(knoop, _MAG):
            wacht += list(knoop.iter_child_nodes())
