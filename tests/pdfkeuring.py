"""What of PDF/A and PDF/UA can be checked without veraPDF, by a library that had no part in making the file: pypdf.

ISO 19005-2 and -3, level A, and ISO 14289-1: each finding is one line that names its subject. An empty list says that
nothing was found, not that everything the standards ask was looked at.
"""

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, NameObject, StreamObject

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NS = {
    "pdfaid": "{http://www.aiim.org/pdfa/ns/id/}",
    "pdfuaid": "{http://www.aiim.org/pdfua/ns/id/}",
    "dc": "{http://purl.org/dc/elements/1.1/}",
}
_TOONT = set(b"Tj TJ ' \" Do sh f F f* B B* b b* S s".split()) | {b"INLINE IMAGE"}
_VERBODEN_ACTIES = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide", "/SetOCGState"}


def keur_pdf(pdf: bytes, taal: str = "nl", deel: str = "2") -> list[str]:
    """Every defect that was found. ``deel``: the part of PDF/A that the file says it is."""
    lezer = PdfReader(io.BytesIO(pdf), strict=True)
    wortel = _los(lezer.trailer["/Root"])
    return [
        *_bestand(pdf, lezer, wortel),
        *_merken(wortel, lezer, taal, deel),
        *_voorwerpen(lezer),
        *_structuur(lezer, wortel),
        *_annotaties(lezer),
        *_bijlagen(wortel, deel),
    ]


def _los(ding: Any) -> Any:
    return ding.get_object() if isinstance(ding, IndirectObject) else ding


def _alle(lezer: PdfReader) -> Iterator[Any]:
    for nummer in range(1, int(lezer.trailer["/Size"])):
        if nummer in lezer.xref.get(0, {}) or nummer in lezer.xref_objStm:
            yield lezer.get_object(IndirectObject(nummer, 0, lezer))


def _bestand(pdf: bytes, lezer: PdfReader, wortel: DictionaryObject) -> Iterator[str]:
    if not pdf.startswith(b"%PDF-1.") or pdf[9:10] != b"%" or any(b < 128 for b in pdf[10:14]):
        yield "kop: geen binaire regel na %PDF-1.x"
    if "/ID" not in lezer.trailer:
        yield "bestand: geen /ID"
    if "/Encrypt" in lezer.trailer:
        yield "bestand: versleuteld"
    for sleutel in ("/AA", "/Requirements", "/NeedsRendering"):
        if sleutel in wortel:
            yield f"catalogus: {sleutel} mag niet"
    if "/JavaScript" in _los(wortel.get("/Names", {})):
        yield "catalogus: JavaScript mag niet"
    if "/XFA" in _los(wortel.get("/AcroForm", {})):
        yield "catalogus: XFA mag niet"


def _xmp(wortel: DictionaryObject) -> dict[str, str]:
    """Name with its namespace -> text, of every property of the metadata, as attribute or element."""
    boom = ElementTree.fromstring(_los(wortel["/Metadata"]).get_data())
    uit: dict[str, str] = {}
    for beschrijving in boom.iter(f"{_RDF}Description"):
        uit |= dict(beschrijving.attrib)
        uit |= {kind.tag: "".join(kind.itertext()).strip() for kind in beschrijving}
    return uit


def _merken(wortel: DictionaryObject, lezer: PdfReader, taal: str, deel: str) -> Iterator[str]:
    if "/Metadata" not in wortel:
        yield "metadata: geen XMP"
        return
    if "/Filter" in _los(wortel["/Metadata"]):
        yield "metadata: XMP is ingepakt"
    xmp = _xmp(wortel)
    for naam, goed in (("pdfaid:part", deel), ("pdfaid:conformance", "A"), ("pdfuaid:part", "1")):
        ruimte, woord = naam.split(":")
        if xmp.get(_NS[ruimte] + woord) != goed:
            yield f"metadata: {naam} is {xmp.get(_NS[ruimte] + woord)}, niet {goed}"
    titel = xmp.get(_NS["dc"] + "title", "")
    if not titel or (lezer.metadata and lezer.metadata.title not in {None, titel}):
        yield "metadata: titel ontbreekt of verschilt"
    if not str(wortel.get("/Lang", "")).lower().startswith(taal):
        yield f"taal: {wortel.get('/Lang')}, niet {taal}"
    if not _los(wortel.get("/MarkInfo", {})).get("/Marked"):
        yield "tags: niet gemerkt"
    if not _los(wortel.get("/ViewerPreferences", {})).get("/DisplayDocTitle"):
        yield "titel: staat niet in de balk"
    profielen = [_los(p) for p in _los(wortel.get("/OutputIntents", []))]
    if not any(p.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in p for p in profielen):
        yield "kleur: geen uitvoerprofiel"


def _filters(ding: StreamObject) -> list[str]:
    filter_ = _los(ding.get("/Filter", []))
    return [str(f) for f in (filter_ if isinstance(filter_, ArrayObject) else [filter_])]


def _voorwerpen(lezer: PdfReader) -> Iterator[str]:
    """Fonts inside and readable, nothing from outside, no forbidden filter, picture or action."""
    for ding in _alle(lezer):
        if not isinstance(ding, DictionaryObject):
            continue
        if isinstance(ding, StreamObject):
            if {"/F", "/FFilter"} & set(ding):
                yield "stroom: inhoud staat buiten het bestand"
            if set(_filters(ding)) & {"/LZWDecode", "/Crypt"}:
                yield "stroom: LZW of Crypt mag niet"
        if ding.get("/Subtype") == "/Image" and (ding.get("/Interpolate") or "/Alternates" in ding or "/OPI" in ding):
            yield "afbeelding: Interpolate, Alternates of OPI mag niet"
        if ding.get("/S") in _VERBODEN_ACTIES:
            yield f"actie: {ding['/S']} mag niet"
        if ding.get("/Type") == "/Font":
            yield from _lettertype(ding)


def _lettertype(font: DictionaryObject) -> Iterator[str]:
    naam, soort = font.get("/BaseFont", "zonder naam"), font.get("/Subtype")
    if soort in {"/Type0", "/Type1", "/TrueType"} and "/ToUnicode" not in font:
        yield f"lettertype {naam}: geen ToUnicode"
    if soort in {"/CIDFontType0", "/CIDFontType2", "/Type1", "/TrueType"}:
        beschrijving = _los(font.get("/FontDescriptor", {}))
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(beschrijving):
            yield f"lettertype {naam}: zit niet in het bestand"


def _elementen(ding: Any, ouder: str = "") -> Iterator[tuple[DictionaryObject, str]]:
    """Every structure element with the kind of its parent."""
    ding = _los(ding)
    if isinstance(ding, ArrayObject):
        for een in ding:
            yield from _elementen(een, ouder)
    elif isinstance(ding, DictionaryObject) and "/S" in ding:
        yield ding, ouder
        yield from _elementen(ding.get("/K", ArrayObject()), str(ding["/S"]))
    elif isinstance(ding, DictionaryObject) and "/K" in ding:
        yield from _elementen(ding["/K"], ouder)


def _structuur(lezer: PdfReader, wortel: DictionaryObject) -> Iterator[str]:
    if "/StructTreeRoot" not in wortel:
        yield "tags: geen structuur"
        return
    boom = _los(wortel["/StructTreeRoot"])
    elementen = list(_elementen(boom.get("/K", ArrayObject())))
    rollen = _los(boom.get("/RoleMap", {}))
    diepte = 0
    for element, ouder in elementen:
        soort = str(rollen.get(element["/S"], element["/S"]))
        if soort in {"/Figure", "/Formula"} and not str(element.get("/Alt", element.get("/ActualText", ""))).strip():
            yield f"tags: {soort[1:]} zonder alternatieve tekst"
        if soort == "/TR" and ouder not in {"/Table", "/THead", "/TBody", "/TFoot"}:
            yield f"tags: rij in {ouder}"
        if soort in {"/TH", "/TD"} and ouder != "/TR":
            yield f"tags: cel in {ouder}"
        if soort == "/LI" and ouder != "/L":
            yield f"tags: punt van een lijst in {ouder}"
        if len(soort) == 3 and soort.startswith("/H") and soort[2].isdigit():
            if int(soort[2]) > diepte + 1:
                yield f"tags: kop {soort[2]} na kop {diepte}"
            diepte = int(soort[2])
    for tabel in (e for e, _ in elementen if e["/S"] == "/Table"):
        if not any(e["/S"] == "/TH" for e, _ in _elementen(tabel.get("/K", ArrayObject()))):
            yield "tags: tabel zonder kopcel"
    yield from _inhoud(lezer, _getallen(_los(boom.get("/ParentTree", {}))))


def _getallen(knoop: DictionaryObject) -> dict[int, Any]:
    """A number tree as a dictionary."""
    nums = _los(knoop.get("/Nums", ArrayObject()))
    uit = {int(nums[i]): _los(nums[i + 1]) for i in range(0, len(nums), 2)}
    for kind in _los(knoop.get("/Kids", ArrayObject())):
        uit |= _getallen(_los(kind))
    return uit


def _inhoud(lezer: PdfReader, ouders: dict[int, Any]) -> Iterator[str]:
    """Whatever a page draws is tagged, or marked as no content; every mark leads to an element and back."""
    for nummer, blad in enumerate(lezer.pages, 1):
        if blad.get("/Tabs") != "/S":
            yield f"blad {nummer}: de tabvolgorde volgt de tags niet"
        rij = ouders.get(int(blad.get("/StructParents", -1)))
        if not isinstance(rij, ArrayObject):
            yield f"blad {nummer}: niet in de structuur"
            continue
        stapel: list[bool] = []
        merken: set[int] = set()
        inhoud = blad.get_contents()
        for argumenten, daad in ContentStream(inhoud, lezer).operations if inhoud is not None else ():
            if daad in {b"BDC", b"BMC"}:
                kenmerk = argumenten[1] if daad == b"BDC" else None
                kenmerk = _eigenschap(blad, kenmerk)
                mcid = kenmerk.get("/MCID") if kenmerk is not None else None
                if mcid is not None:
                    merken.add(int(mcid))
                stapel.append(mcid is not None or argumenten[0] == "/Artifact")
            elif daad == b"EMC":
                stapel.pop()
            elif daad in _TOONT and not any(stapel):
                yield f"blad {nummer}: inhoud zonder tag ({daad.decode()})"
                break
        if stapel:
            yield f"blad {nummer}: een merk wordt niet gesloten"
        los = [m for m in merken if m >= len(rij) or not isinstance(_los(rij[m]), DictionaryObject)]
        if los:
            yield f"blad {nummer}: merken zonder tag: {los[:3]}"


def _eigenschap(blad: DictionaryObject, kenmerk: Any) -> DictionaryObject | None:
    """The properties of a mark: given on the spot, or by name in the resources of the page."""
    if isinstance(kenmerk, NameObject):
        kenmerk = _los(_los(_los(blad["/Resources"]).get("/Properties", {})).get(kenmerk))
    return kenmerk if isinstance(kenmerk, DictionaryObject) else None


def _annotaties(lezer: PdfReader) -> Iterator[str]:
    for nummer, blad in enumerate(lezer.pages, 1):
        for annotatie in (_los(a) for a in _los(blad.get("/Annots", ArrayObject()))):
            vlag = int(annotatie.get("/F", 0))
            if annotatie.get("/Subtype") == "/Popup":
                continue
            if not vlag & 4 or vlag & (1 | 2 | 32):
                yield f"blad {nummer}: een verwijzing is verborgen of wordt niet gedrukt"
            if "/StructParent" not in annotatie:
                yield f"blad {nummer}: een verwijzing zonder tag"
            if annotatie.get("/Subtype") == "/Link" and not str(annotatie.get("/Contents", "")).strip():
                yield f"blad {nummer}: een verwijzing zonder omschrijving"


def _bijlagen(wortel: DictionaryObject, deel: str) -> Iterator[str]:
    namen = _los(_los(_los(wortel.get("/Names", {})).get("/EmbeddedFiles", {})).get("/Names", ArrayObject()))
    if namen and deel != "3":
        yield "bijlage: alleen PDF/A-3 mag elke bijlage hebben"
    bekend = {id(_los(f)) for f in _los(wortel.get("/AF", ArrayObject()))}
    for i in range(1, len(namen), 2):
        bijlage = _los(namen[i])
        if not {"/F", "/UF", "/AFRelationship"} <= set(bijlage) or id(bijlage) not in bekend:
            yield f"bijlage {namen[i - 1]}: naam of verband ontbreekt"
        if "/Subtype" not in _los(_los(bijlage["/EF"])["/F"]):
            yield f"bijlage {namen[i - 1]}: soort ontbreekt"
