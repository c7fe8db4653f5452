"""One row of the sheet ``survey``: its cells read into a node, expressions still as text."""

import re
from typing import Any

from inspecties.checklists.rules.bron import Blad, Rij
from inspecties.checklists.rules.fouten import Melding
from inspecties.checklists.rules.kolommen import UITDRUKKINGEN, Kolom
from inspecties.checklists.rules.typen import KEUZETYPEN, PARAMETERS, Soort

_JA = {"yes", "true", "true()", "ja", "waar", "1"}
_NEE = {"no", "false", "false()", "nee", "onwaar", "0"}
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_BEWIJZEN = {"foto", "toelichting"}
_PARAMETER = re.compile(r"([A-Za-z][\w-]*)\s*=\s*([^\s,;]+)")
_TEKSTEN = {
    "label": "label",
    "hint": "hint",
    "required_message": "verplicht_melding",
    "constraint_message": "beperking_melding",
}
_ZONDER_UITDRUKKING = {
    "groep": {"required", "constraint", "calculation", "choice_filter", "repeat_count", "gevolg_als", "default"},
    "herhaling": {"required", "constraint", "calculation", "choice_filter", "gevolg_als", "default"},
    "note": {"constraint", "calculation", "choice_filter", "repeat_count", "default"},
}


class Rijlezer:
    """The cells of a row by meaning; collects what is wrong with them."""

    def __init__(self, blad: Blad, rij: Rij, kolommen: list[Kolom], taal: str) -> None:
        self.blad = blad
        self.rij = rij
        self.fouten: list[Melding] = []
        self.waarschuwingen: list[Melding] = []
        self._taal = taal
        self._cellen = [(k, cel) for k, cel in zip(kolommen, rij.cellen, strict=True) if cel]

    def tekst(self, betekenis: str) -> str:
        """The cell of a column in the form's own language, '' when empty."""
        return next((c for k, c in self._cellen if k.betekenis == betekenis and k.taal in {"", self._taal}), "")

    def teksten(self, betekenis: str) -> dict[str, str]:
        """The cells of a translatable column per language."""
        return {k.taal or self._taal: c for k, c in self._cellen if k.betekenis == betekenis}

    def kop(self, betekenis: str) -> str:
        """The header as the author wrote it."""
        return next((k.kop for k, _ in self._cellen if k.betekenis == betekenis), betekenis)

    def is_vraag(self) -> bool:
        """Whether the row has a type; without one only remarks may stand in it."""
        if self.tekst("type"):
            return True
        if any(k.betekenis not in {None, "opmerking", "opmerkingen"} for k, _ in self._cellen):
            self.fout("Het type ontbreekt.", "type")
        return False

    def fout(self, tekst: str, betekenis: str) -> None:
        """Notes a fault at a column of this row."""
        self.fouten.append(Melding(tekst, self.blad.naam, self.rij.nummer, self.kop(betekenis)))

    def waarschuw(self, tekst: str, betekenis: str) -> None:
        """Notes a warning at a column of this row."""
        self.waarschuwingen.append(Melding(tekst, self.blad.naam, self.rij.nummer, self.kop(betekenis)))

    def weiger_onbekende(self) -> None:
        """Refuses a cell in a column that is not supported."""
        for kolom, _ in self._cellen:
            if kolom.betekenis is None:
                melding = f"De kolom '{kolom.kop}' wordt niet ondersteund."
                self.fouten.append(Melding(melding, self.blad.naam, self.rij.nummer, kolom.kop))


def lees_eigenschappen(lezer: Rijlezer, soort: Soort, node: dict[str, Any], keuzelijsten: dict[str, Any]) -> None:
    """Fills the node from the row. Expressions come as ``{"_tekst": ...}``; ``uitdrukkingen`` replaces them."""
    if soort.rol == "vraag":
        node["type"] = soort.type
    for kolom, sleutel in _TEKSTEN.items():
        if teksten := lezer.teksten(kolom):
            node[sleutel] = teksten
    if soort.lijst:
        if soort.lijst not in keuzelijsten:
            lezer.fout(f"De keuzelijst '{soort.lijst}' staat niet op het blad choices.", "type")
        node["keuzelijst"] = soort.lijst
    _uitdrukkingen(lezer, soort, node)
    _alleen_lezen(lezer, node)
    if weergave := lezer.tekst("appearance"):
        if "search(" in weergave.replace(" ", ""):
            lezer.fout(
                "search() in appearance wordt niet ondersteund: zet de keuzes op het blad choices.", "appearance"
            )
        node["weergave"] = weergave
    _parameters(lezer, soort, node)
    _gevolgen(lezer, soort, node, keuzelijsten)
    for eigen in ("grondslag", "rol", "avg"):
        if tekst := lezer.tekst(eigen):
            node[eigen] = tekst
    if soort.type == "calculate" and "berekening" not in node:
        lezer.fout("Bij het type calculate hoort een berekening in de kolom calculation.", "calculation")
    if soort.rol == "vraag" and soort.type != "calculate" and not (node.get("label") or node.get("hint")):
        lezer.waarschuw(f"'{node['naam']}' heeft geen label.", "label")


def _uitdrukkingen(lezer: Rijlezer, soort: Soort, node: dict[str, Any]) -> None:
    verboden = _ZONDER_UITDRUKKING.get(soort.type, {"repeat_count"})
    for kolom, sleutel in {**UITDRUKKINGEN, "default": "standaard"}.items():
        tekst = lezer.tekst(kolom)
        if not tekst:
            continue
        if kolom in verboden:
            lezer.fout(f"De kolom {kolom} hoort niet bij dit type.", kolom)
        elif kolom == "choice_filter" and soort.type not in KEUZETYPEN:
            lezer.fout("choice_filter hoort bij een keuzevraag.", kolom)
        elif kolom in {"required", "relevant"} and tekst.lower() in _NEE:
            if kolom == "relevant":
                node[sleutel] = {"_tekst": "false()", "kolom": lezer.kop(kolom)}
        elif kolom in {"required", "relevant"} and tekst.lower() in _JA:
            if kolom == "required":
                node[sleutel] = {"_tekst": "true()", "kolom": lezer.kop(kolom)}
        else:
            node[sleutel] = {"_tekst": tekst, "kolom": lezer.kop(kolom)}


def _alleen_lezen(lezer: Rijlezer, node: dict[str, Any]) -> None:
    tekst = lezer.tekst("read_only").lower()
    if tekst in _JA:
        node["alleen_lezen"] = True
    elif tekst and tekst not in _NEE:
        lezer.fout("In read_only kan alleen yes of no staan.", "read_only")


def _parameters(lezer: Rijlezer, soort: Soort, node: dict[str, Any]) -> None:
    tekst = lezer.tekst("parameters")
    parameters = {naam.lower(): waarde for naam, waarde in _PARAMETER.findall(tekst)}
    if _PARAMETER.sub("", tekst).strip(" ,;\n"):
        lezer.fout("Schrijf parameters als naam=waarde, met een spatie ertussen.", "parameters")
    for naam in parameters:
        if naam not in PARAMETERS.get(soort.type, set()):
            lezer.fout(f"De parameter '{naam}' wordt bij dit type niet ondersteund.", "parameters")
    if soort.type == "range":
        parameters = {"start": "1", "end": "10", "step": "1", **parameters}
        try:
            begin, eind, stap = (float(parameters[k]) for k in ("start", "end", "step"))
        except ValueError:
            begin = eind = stap = 0.0
        if stap == 0 or begin == eind or not all(abs(g) < 1e12 for g in (begin, eind, stap)):
            lezer.fout("range vraagt getallen start, end en step; step is niet 0 en start is niet end.", "parameters")
    if parameters:
        node["parameters"] = parameters


def _gevolgen(lezer: Rijlezer, soort: Soort, node: dict[str, Any], keuzelijsten: dict[str, Any]) -> None:
    codes = lezer.tekst("gevolg").replace(",", " ").split()
    bewijzen = lezer.tekst("bewijs").replace(",", " ").split()
    for code in codes:
        if not _CODE.fullmatch(code):
            lezer.fout(f"'{code}' is geen code van een gevolg: kleine letters, cijfers en _.", "gevolg")
    for bewijs in bewijzen:
        if bewijs not in _BEWIJZEN:
            lezer.fout(f"'{bewijs}' is geen bewijs; wel: foto, toelichting.", "bewijs")
    if codes and soort.rol != "vraag":
        lezer.fout("Een gevolg hoort bij een vraag, niet bij een groep.", "gevolg")
    if not codes:
        for kolom in ("gevolg_als", "bewijs"):
            if lezer.tekst(kolom):
                lezer.fout(f"{kolom} staat er zonder gevolg.", kolom)
        return
    if "gevolg_als" not in node:
        namen = {keuze["naam"] for keuze in keuzelijsten.get(soort.lijst, [])}
        if soort.type == "note" or (soort.type == "select_one" and "ja" not in namen):
            lezer.fout("Dit gevolg weet niet wanneer het geldt: vul gevolg_als in.", "gevolg")
    node["gevolg"] = list(dict.fromkeys(codes))
    if bewijzen:
        node["bewijs"] = list(dict.fromkeys(bewijzen))
