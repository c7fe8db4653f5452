"""What a Word file shows and the PDF of a letter does not: said to whoever sends it in, before the letter goes."""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.document import Document as Worddocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_UIT = frozenset({"0", "false", "off", "none"})
NUMMERS = (
    "In het bestand staat een genummerde lijst. In de brief worden dat punten zonder nummer. "
    "Typ de nummers zelf als zij nodig zijn."
)
VET = "Vet en schuin in een alinea staan niet in de brief. Gebruik een kop voor wat moet opvallen."
RAND = (
    "De koptekst en voettekst van het bestand staan niet in de brief. Die heeft een eigen kop met gemeente en kenmerk."
)


def _aan(opmaak: Any, naam: str) -> bool:
    deel = opmaak.find(qn(naam)) if opmaak is not None else None
    return deel is not None and str(deel.get(qn("w:val"), "1")) not in _UIT


def _nummerstijlen(document: Worddocument) -> set[tuple[str, str]]:
    """(list, level) of every list that counts instead of showing dots."""
    delen = [d.element for d in document.part.package.iter_parts() if d.partname.endswith("/numbering.xml")]
    uit = set()
    for boom in delen:
        soorten = {
            (a.get(qn("w:abstractNumId")), lvl.get(qn("w:ilvl")))
            for a in boom.findall(qn("w:abstractNum"))
            for lvl in a.findall(qn("w:lvl"))
            if (vorm := lvl.find(qn("w:numFmt"))) is not None and vorm.get(qn("w:val")) not in {"bullet", "none"}
        }
        for num in boom.findall(qn("w:num")):
            basis = num.find(qn("w:abstractNumId")).get(qn("w:val"))
            uit |= {(num.get(qn("w:numId")), niveau) for van, niveau in soorten if van == basis}
    return uit


def _lijsten(alinea: Paragraph) -> Iterator[tuple[str, str]]:
    """The list that a paragraph is in, by itself or by its style."""
    opmaken = [alinea._p.pPr]
    stijl = alinea.style
    while stijl is not None:
        opmaken.append(stijl.element.find(qn("w:pPr")))
        stijl = stijl.base_style
    for opmaak in opmaken:
        deel = opmaak.find(qn("w:numPr")) if opmaak is not None else None
        nummer = deel.find(qn("w:numId")) if deel is not None else None
        if deel is not None and nummer is not None:
            niveau = deel.find(qn("w:ilvl"))
            yield nummer.get(qn("w:val")), niveau.get(qn("w:val")) if niveau is not None else "0"
            return


def gaat_verloren(inhoud: bytes) -> list[str]:
    """In words, each with what to do instead; empty where nothing is lost. The file passed ``keur_docx``."""
    document = Document(io.BytesIO(inhoud))
    genummerd = _nummerstijlen(document)
    alineas = [Paragraph(p, document) for p in document.element.body.iter(qn("w:p"))]
    uit = []
    if any(lijst in genummerd for alinea in alineas if alinea.text.strip() for lijst in _lijsten(alinea)):
        uit.append(NUMMERS)
    if any(
        _aan(run._r.rPr, soort)
        for alinea in alineas
        for run in alinea.runs
        if run.text.strip()
        for soort in ("w:b", "w:i")
    ):
        uit.append(VET)
    randen = [
        rand for deel in document.sections for rand in (deel.header, deel.footer) if not rand.is_linked_to_previous
    ]
    if any(alinea.text.strip() for rand in randen for alinea in rand.paragraphs):
        uit.append(RAND)
    return uit
