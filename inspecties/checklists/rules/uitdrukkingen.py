"""Replaces the expressions in the nodes by bound trees, and refuses expressions that depend on themselves."""

import re
from typing import Any

from inspecties.checklists.rules.expressies.fouten import Expressiefout
from inspecties.checklists.rules.expressies.koppelen import Koppelomgeving, Plaats, koppel, verwijzingen
from inspecties.checklists.rules.expressies.ontleder import ontleed
from inspecties.checklists.rules.fouten import Melding
from inspecties.checklists.rules.kolommen import UITDRUKKINGEN
from inspecties.checklists.rules.vorm import NAAM_IN_TEKST, Knoop, Kringfout, Vorm, loop

Node = dict[str, Any]

_SLEUTELS = (*UITDRUKKINGEN.values(), "standaard")
_ZELF_MAG = {"verplicht": False, "relevant": False, "berekening": False, "standaard": False, "aantal": False}
_LETTERLIJK = re.compile(r"-?[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{2}:[0-9]{2}.*")
_AANROEP = re.compile(r"\$\{|[a-z][a-z:-]*\(|^'[^']*'$|^\"[^\"]*\"$")


def koppel_alles(
    kinderen: list[Node], keuzelijsten: dict[str, Any], bestanden: dict[str, dict[str, Any]]
) -> tuple[dict[str, list[str]], list[Melding]]:
    """Binds in place; returns who depends on whom, and the faults."""
    knopen = list(loop(kinderen))
    plaatsen = _plaatsen(knopen)
    bestandskolommen = {naam: frozenset(tabel["kolommen"]) for naam, tabel in bestanden.items()}
    fouten: list[Melding] = []
    for knoop in knopen:
        for sleutel in _SLEUTELS:
            ruw = knoop.node.get(sleutel)
            if ruw is None:
                continue
            kolommen = None
            if sleutel == "keuzefilter":
                lijst = keuzelijsten.get(knoop.node.get("keuzelijst", ""), [])
                kolommen = frozenset({"name", "label"}.union(*(keuze.get("kolommen", {}) for keuze in lijst)))
            omgeving = Koppelomgeving(
                plaatsen,
                plaatsen[knoop.naam],
                kolommen,
                zelf_mag=_ZELF_MAG.get(sleutel, True) and knoop.soort == "vraag",
                once_mag=sleutel == "berekening",
                bestanden=bestandskolommen,
            )
            try:
                knoop.node[sleutel] = _boom(sleutel, ruw["_tekst"], omgeving)
            except Expressiefout as fout:
                plek = f" (teken {fout.positie})" if fout.positie else ""
                fouten.append(_melding(knoop, f"{fout.melding}{plek}", ruw["kolom"]))
        fouten += _teksten(knoop, plaatsen)
    if not fouten:
        fouten += _kringen(kinderen)
    return ({} if fouten else _afhankelijk(knopen)), fouten


def boom_voor(definitie: Node, tekst: str, vraag: str | None = None) -> Node:
    """The bound tree of an expression as seen from a question of a compiled form; raises Expressiefout.

    For trying out an expression; the session's ``bereken`` gives its value.
    """
    plaatsen = _plaatsen(list(loop(definitie["kinderen"])))
    bestanden = {naam: frozenset(tabel["kolommen"]) for naam, tabel in definitie.get("bestanden", {}).items()}
    hier = plaatsen[vraag] if vraag is not None else None
    return koppel(ontleed(tekst), Koppelomgeving(plaatsen, hier, once_mag=hier is not None, bestanden=bestanden))


def _plaatsen(knopen: list[Knoop]) -> dict[str, Plaats]:
    uit: dict[str, Plaats] = {}
    for knoop in knopen:
        ouders = (*uit[knoop.ouder].ouders, knoop.ouder) if knoop.ouder is not None else ()
        lijst = knoop.node.get("keuzelijst", "")
        uit[knoop.naam] = Plaats(knoop.naam, knoop.soort, knoop.keten, ouders, knoop.type, lijst)
    return uit


def _melding(knoop: Knoop, tekst: str, kolom: str) -> Melding:
    bron = knoop.node.get("bron", {})
    return Melding(tekst, bron.get("blad", ""), bron.get("rij"), kolom)


def _boom(sleutel: str, tekst: str, omgeving: Koppelomgeving) -> dict[str, Any]:
    if sleutel == "standaard" and (_LETTERLIJK.fullmatch(tekst) or not _AANROEP.search(tekst)):
        return {"op": "tekst", "w": tekst}  # a plain default is the text itself, as in ODK
    return koppel(ontleed(tekst), omgeving)


def _teksten(knoop: Knoop, plaatsen: dict[str, Plaats]) -> list[Melding]:
    """``${naam}`` in a label must name a question."""
    uit: list[Melding] = []
    koppen = {"label": "label", "hint": "hint", "verplicht_melding": "required_message"}
    koppen["beperking_melding"] = "constraint_message"
    for sleutel, kop in koppen.items():
        for tekst in knoop.node.get(sleutel, {}).values():
            for naam in NAAM_IN_TEKST.findall(tekst):
                plaats = plaatsen.get(naam)
                if plaats is None or plaats.soort == "groep" or plaats.type == "note":
                    uit.append(_melding(knoop, f"De vraag ${{{naam}}} in deze tekst staat niet in het formulier.", kop))
    return uit


def _kringen(kinderen: list[Node]) -> list[Melding]:
    try:
        Vorm({"kinderen": kinderen})
    except Kringfout as fout:
        knoop = next(k for k in loop(kinderen) if k.naam == fout.pad[0])
        pad = " -> ".join(fout.pad)
        kolom = "calculation" if "berekening" in knoop.node else "relevant"
        return [_melding(knoop, f"Deze vragen hangen in een kring van elkaar af: {pad}.", kolom)]
    return []


def _afhankelijk(knopen: list[Knoop]) -> dict[str, list[str]]:
    uit: dict[str, dict[str, None]] = {}
    for knoop in knopen:
        for sleutel in _SLEUTELS:
            for naam, _ in sorted(verwijzingen(knoop.node.get(sleutel))):
                uit.setdefault(naam, {})[knoop.naam] = None
    return {naam: list(lezers) for naam, lezers in uit.items()}
