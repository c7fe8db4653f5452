"""Whether a Word file that somebody sends in may be opened: nothing that runs, nothing from elsewhere, no bomb."""

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from inspecties.sjablonen.rules.sjabloon import Sjabloonfout

MAX_MB = 5
_MAX_BYTES = MAX_MB * 1024 * 1024
_MAX_DELEN = 300
_MAX_UIT = 40 * 1024 * 1024
_MAX_XML = 10 * 1024 * 1024
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "http://schemas.openxmlformats.org/package/2006/relationships"
# Fields of Word that only say something about the page itself.
_VELDEN = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "HYPERLINK", "STYLEREF", "MERGEFORMAT"})
_MEDIA = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_XML = (".xml", ".rels")
_MACRO = "In dit bestand zit een macro of een ingesloten programma. Bewaar het als gewoon Word-document (.docx)."
_KAPOT = "Dit is geen Word-document (.docx) dat geopend kan worden. Bewaar het in Word opnieuw als .docx."


@dataclass(frozen=True)
class Pakket:
    """A Word file that passed: its bytes and its XML parts by name."""

    inhoud: bytes
    xml: dict[str, etree._Element]


def keur_docx(inhoud: bytes) -> Pakket:
    """Raises Sjabloonfout with everything that keeps the file out; nothing in it was run or fetched."""
    if not inhoud:
        raise Sjabloonfout(["Kies een bestand. Dit bestand is leeg."])
    if len(inhoud) > _MAX_BYTES:
        raise Sjabloonfout([f"Dit bestand is te groot. Een Word-document is hoogstens {MAX_MB} MB."])
    delen = _pak_uit(inhoud)
    if "[Content_Types].xml" not in delen or "word/document.xml" not in delen:
        raise Sjabloonfout([_KAPOT])
    xml = {naam: _lees_xml(ruw) for naam, ruw in delen.items() if naam.lower().endswith(_XML)}
    fouten = [fout for naam, ruw in delen.items() if naam not in xml and (fout := _ander_deel(naam.lower(), ruw))]
    fouten += _soorten(xml["[Content_Types].xml"])
    for naam, boom in xml.items():
        if naam.lower().endswith(".rels"):
            fouten += _verwijzingen(boom)
        elif naam.startswith("word/"):
            fouten += _inhoud(boom)
    fouten += _tekst(xml["word/document.xml"])
    if fouten:
        raise Sjabloonfout(list(dict.fromkeys(fouten)))
    return Pakket(inhoud, xml)


def _ander_deel(naam: str, ruw: bytes) -> str:
    """What is wrong with a part that is no XML; only pictures and folders may be in the file."""
    if naam.startswith("word/media/") or naam.startswith("docprops/thumbnail"):
        goed = any(ruw.startswith(begin) for begin in _MEDIA)
        return "" if goed else "Een afbeelding in dit bestand is geen PNG, JPEG of GIF. Vervang die."
    return "" if naam.endswith("/") else _MACRO


def _pak_uit(inhoud: bytes) -> dict[str, bytes]:
    """Every part, read with a limit: what the directory of the zip claims about sizes is not believed."""
    uit: dict[str, bytes] = {}
    over = _MAX_UIT
    if not inhoud.startswith(b"PK\x03\x04"):
        raise Sjabloonfout([_KAPOT])
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            if len(pak.infolist()) > _MAX_DELEN:
                raise Sjabloonfout([f"Dit bestand bestaat uit te veel delen: {_MAX_DELEN} is het meeste."])
            for deel in pak.infolist():
                naam = deel.filename
                if naam in uit or naam.startswith("/") or "\\" in naam or ".." in naam.split("/"):
                    raise Sjabloonfout([_KAPOT])
                if deel.flag_bits & 1:
                    raise Sjabloonfout(["Dit bestand heeft een wachtwoord. Haal dat er in Word af."])
                with pak.open(deel) as bron:
                    uit[naam] = bron.read(over + 1)
                over -= len(uit[naam])
                if over < 0:
                    raise Sjabloonfout(["Dit bestand wordt uitgepakt veel te groot. Het is niet geopend."])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fout:
        raise Sjabloonfout([_KAPOT]) from fout
    return uit


def _lees_xml(ruw: bytes) -> etree._Element:
    if len(ruw) > _MAX_XML:
        raise Sjabloonfout(["Dit bestand wordt uitgepakt veel te groot. Het is niet geopend."])
    lezer = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        boom = etree.fromstring(ruw, lezer)
    except (etree.XMLSyntaxError, ValueError) as fout:
        raise Sjabloonfout([_KAPOT]) from fout
    if boom.getroottree().docinfo.doctype:
        raise Sjabloonfout(["In dit bestand staat een verborgen verwijzing (DOCTYPE). Bewaar het in Word opnieuw."])
    return boom


def _soorten(boom: etree._Element) -> list[str]:
    soorten = {str(e.get("ContentType", "")): str(e.get("PartName", "")) for e in boom.iter() if e.get("ContentType")}
    if any("macro" in s.lower() or "vba" in s.lower() or "activex" in s.lower() for s in soorten):
        return [_MACRO]
    return [] if soorten.get(_DOCX) == "/word/document.xml" else [_KAPOT]


def _verwijzingen(boom: etree._Element) -> list[str]:
    uit = []
    for rel in boom.iter(f"{{{_R}}}Relationship"):
        soort, doel = str(rel.get("Type", "")).rsplit("/", 1)[-1], str(rel.get("Target", ""))
        if soort.lower() in {"oleobject", "package", "control", "vbaproject", "afchunk", "subdocument", "frame"}:
            uit.append("In dit bestand zit een ingesloten bestand. Haal het eruit.")
        elif rel.get("TargetMode") == "External":
            if soort == "attachedTemplate":
                uit.append(
                    "Dit bestand hangt aan een sjabloon op een computer. Kopieer de tekst naar een nieuw document en "
                    "bewaar dat."
                )
            elif soort != "hyperlink" or not doel.lower().startswith(("https://", "mailto:")):
                uit.append(f"Dit bestand verwijst naar iets buiten het document ({doel[:80]}). Haal die koppeling weg.")
    return uit


def _inhoud(boom: etree._Element) -> list[str]:
    """What may stand in no part of the file."""
    uit = []
    namen = {str(e.tag) for e in boom.iter() if isinstance(e.tag, str)}
    kaal = {n.rsplit("}", 1)[-1] for n in namen}
    if kaal & {"object", "OLEObject", "control", "altChunk"}:
        uit.append("In dit bestand zit een ingesloten bestand. Haal het eruit.")
    if {f"{_W}ins", f"{_W}del", f"{_W}moveFrom", f"{_W}moveTo"} & namen:
        uit.append("Er staan bijgehouden wijzigingen in. Neem ze in Word aan of wijs ze af, en bewaar opnieuw.")
    if f"{_W}comment" in namen:
        uit.append("Er staan opmerkingen in de kantlijn. Verwijder ze in Word en bewaar opnieuw.")
    opdrachten = ["".join(str(e.text or "") for e in p.iter(f"{_W}instrText")) for p in boom.iter(f"{_W}p")]
    opdrachten += [str(e.get(f"{_W}instr", "")) for e in boom.iter(f"{_W}fldSimple")]
    for opdracht in opdrachten:
        woord = (opdracht.split() or ["PAGE"])[0].upper()
        if woord not in _VELDEN:
            uit.append(f"Het Word-veld {woord[:30]} kan niet. Typ de tekst, of gebruik {{{{ veld }}}}.")
    return uit


def _tekst(boom: etree._Element) -> list[str]:
    """What the text itself may not hold, because it would stand in Word and not in the PDF."""
    kaal = {str(e.tag).rsplit("}", 1)[-1] for e in boom.iter() if isinstance(e.tag, str)}
    uit = []
    if kaal & {"txbxContent", "textbox"}:
        uit.append("Er staat een tekstvak in. Zet die tekst gewoon in het document.")
    elif kaal & {"drawing", "pict"}:
        uit.append("Er staat een afbeelding in de tekst. Die komt niet in de PDF. Zet een logo in de koptekst.")
    if kaal & {"footnoteReference", "endnoteReference"}:
        uit.append("Er staat een voetnoot in. Zet die tekst gewoon in het document.")
    return uit
