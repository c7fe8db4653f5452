"""Word files: made from a default text, filled with fields, read as paragraphs and written back."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as Worddocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from inspecties.core.ids import nieuw_id
from inspecties.sjablonen.docx_keuring import keur_docx
from inspecties.sjablonen.rules.sjabloon import (
    Sjabloonfout,
    Standaardtekst,
    Velden,
    keur_bron,
    keur_tekst,
    keur_verplicht,
    omgeving,
)
from inspecties.sjablonen.rules.tekst import MAX_BLOKKEN, Blok, keur_blok, stukken

MEDIATYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TAALCODES = {"nl": "nl-NL", "en": "en-GB", "pl": "pl-PL", "ro": "ro-RO", "bg": "bg-BG", "es": "es-ES"}
_STIJLEN = {"adres": "Adres", "kop": "Heading 1", "punt": "List Bullet", "alinea": "Normal"}
_KAPOT = "Dit Word-document kan niet worden gelezen. Bewaar het in Word opnieuw als .docx."
_STUK = (PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError, TypeError, IndexError)


def _open(inhoud: bytes) -> Worddocument:
    try:
        return Document(io.BytesIO(inhoud))
    except _STUK as fout:
        raise Sjabloonfout([_KAPOT]) from fout


def _bewaar(document: Worddocument) -> bytes:
    uit = io.BytesIO()
    document.save(uit)
    return uit.getvalue()


def maak_docx(tekst: Standaardtekst, nu: datetime) -> bytes:
    """A Word file with the default text, as a template to work on."""
    document = Document()
    document.styles.add_style("Adres", WD_STYLE_TYPE.PARAGRAPH)
    normaal = document.styles["Normal"]
    normaal.font.size = Pt(11)
    taal = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if taal is not None:
        taal.set(qn("w:val"), TAALCODES[tekst.taal])
    for sectie in document.sections:
        sectie.page_width, sectie.page_height = Cm(21), Cm(29.7)
        sectie.left_margin = sectie.right_margin = Cm(2.4)
    eigenschappen = document.core_properties
    eigenschappen.title, eigenschappen.language = tekst.titel, TAALCODES[tekst.taal]
    eigenschappen.author = eigenschappen.comments = ""
    eigenschappen.created = eigenschappen.modified = nu.replace(tzinfo=None)
    document.add_paragraph(tekst.titel, style="Title")
    for deel in tekst.delen:
        document.add_paragraph(deel.tekst, style=_STIJLEN[deel.soort])
    return _bewaar(document)


def _alineas(document: Worddocument) -> list[Any]:
    """Every paragraph of the text in order, those in tables too."""
    return list(document.element.body.iter(qn("w:p")))


def _tekst(p: Any) -> str:
    """What a paragraph says: with what stands in links and content controls, breaks as line ends."""
    uit = []
    for e in p.iter():
        if e.tag == qn("w:t"):
            uit.append(e.text or "")
        elif e.tag in {qn("w:br"), qn("w:cr")}:
            uit.append("\n")
        elif e.tag == qn("w:tab") and e.getparent().tag == qn("w:r"):
            uit.append("\t")
        elif e.tag == qn("w:noBreakHyphen"):
            uit.append("-")
    return "".join(uit)


def _soort(document: Worddocument, p: Any) -> str:
    naam = str((Paragraph(p, document).style or document.styles["Normal"]).name).lower()
    if naam.startswith(("heading", "kop", "subtitle")):
        return "kop"
    if p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None or naam.startswith(("list", "lijst")):
        return "punt"
    return "adres" if naam == "adres" else "alinea"


def _cellen(document: Worddocument) -> dict[Any, tuple[int, int, int]]:
    """Paragraph in a table -> (table, row, column)."""
    uit: dict[Any, tuple[int, int, int]] = {}
    for t, tabel in enumerate(document.element.body.iter(qn("w:tbl"))):
        for r, rij in enumerate(tabel.findall(qn("w:tr"))):
            for k, cel in enumerate(rij.findall(qn("w:tc"))):
                for p in cel.iter(qn("w:p")):
                    uit[p] = (t, r, k)
    return uit


def is_titel(document: Worddocument, p: Any) -> bool:
    return str(getattr(Paragraph(p, document).style, "name", "")).lower() in {"title", "titel"}


def lees_titel(inhoud: bytes) -> str:
    """What stands in the style Title, in one line; empty where nothing does."""
    document = _open(inhoud)
    return " ".join(" ".join(_tekst(p).split()) for p in _alineas(document) if is_titel(document, p))[:200].strip()


def lees_blokken(inhoud: bytes) -> list[Blok]:
    """The paragraphs of a Word file that passed ``keur_docx``. Raises Sjabloonfout."""
    document = _open(inhoud)
    cellen = _cellen(document)
    uit = []
    for plek, p in enumerate(_alineas(document)):
        tekst = keur_blok(_tekst(p))
        if not tekst or is_titel(document, p):
            continue
        cel = cellen.get(p)
        uit.append(Blok(str(nieuw_id()), "cel" if cel else _soort(document, p), tekst, plek, cel))
    if len(uit) > MAX_BLOKKEN:
        raise Sjabloonfout([f"Er staan te veel alinea's in: {MAX_BLOKKEN} is het meeste."])
    return uit


def _bronnen(sjabloon: DocxTemplate) -> Iterator[str]:
    """Every text that docxtpl would fill, as it would fill it."""
    yield sjabloon.patch_xml(sjabloon.get_xml())
    for uri in (sjabloon.HEADER_URI, sjabloon.FOOTER_URI):
        for _, deel in sjabloon.get_headers_footers(uri):
            yield sjabloon.patch_xml(sjabloon.get_part_xml(deel))
    eigen = sjabloon.get_docx().core_properties
    for naam in ("author", "comments", "identifier", "language", "subject", "title"):
        yield str(getattr(eigen, naam))


def keur_sjabloon(inhoud: bytes, mag: Velden) -> list[str]:
    """The fields that an uploaded template names. Raises Sjabloonfout with what is wrong and where."""
    pakket = keur_docx(inhoud)
    for naam, boom in pakket.xml.items():
        if naam.startswith("word/footnotes") or naam.startswith("word/endnotes"):
            keur_tekst([_tekst(p) for p in boom.iter(qn("w:p"))], mag)
    document = _open(inhoud)
    alineas = [_tekst(p) for p in _alineas(document)]
    velden = keur_tekst(alineas, mag)
    keur_verplicht(alineas, mag)
    try:
        sjabloon = DocxTemplate(io.BytesIO(inhoud))
        sjabloon.init_docx()
        for bron in _bronnen(sjabloon):
            velden += keur_bron(bron, mag)
    except _STUK as fout:
        if isinstance(fout, Sjabloonfout):
            raise
        raise Sjabloonfout([_KAPOT]) from fout
    return list(dict.fromkeys(velden))


def _schoon(waarde: str) -> str:
    """A value as text that XML and Word can hold; docxtpl reads the bell and the form feed as orders."""
    kaal = waarde.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(t for t in kaal if t in "\n\t" or (ord(t) >= 32 and not 0xD800 <= ord(t) <= 0xDFFF and t < "\ufffe"))


def vul(inhoud: bytes, waarden: Mapping[str, str]) -> bytes:
    """A template with its fields filled in. Values are text and nothing else: no tag in them is read.

    Raises Sjabloonfout where the template cannot be filled.
    """
    veilig = {naam: type(w)(_schoon(w)) for naam, w in waarden.items()}
    try:
        sjabloon = DocxTemplate(io.BytesIO(inhoud))
        sjabloon.render(veilig, jinja_env=omgeving(), autoescape=True)
        uit = io.BytesIO()
        sjabloon.save(uit)
    except (TemplateError, *_STUK) as fout:
        raise Sjabloonfout(["Dit sjabloon kan niet worden gevuld. Kijk de velden en voorwaarden na."]) from fout
    return uit.getvalue()


def _zet_tekst(document: Worddocument, p: Any, tekst: str) -> None:
    """Replace what a paragraph says and keep how it looks; places still open are marked in yellow."""
    eerste = next(p.iter(qn("w:r")), None)
    opmaak = eerste.find(qn("w:rPr")) if eerste is not None else None
    for kind in list(p):
        if kind.tag != qn("w:pPr"):
            p.remove(kind)
    alinea = Paragraph(p, document)
    for stuk, is_open in stukken(tekst):
        run = alinea.add_run(_schoon(stuk))
        if opmaak is not None:
            run._r.insert(0, deepcopy(opmaak))
        if is_open:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def schrijf_blokken(
    basis: bytes, blokken: Iterable[Blok], *, titel: str = "", kenmerk: str = "", versie: int = 0
) -> bytes:
    """The Word file on which a letter stands, with the present text in it.

    A paragraph without text goes; one that was added on the page comes after the one before it. ``kenmerk`` and
    ``versie`` go into the properties, so that a file that comes back tells which version it was made of.
    """
    document = _open(basis)
    alineas = _alineas(document)
    gezien: set[int] = set()
    vorige: Any = next((p for p in alineas if is_titel(document, p)), None)
    for blok in blokken:
        if blok.plek is not None and blok.plek < len(alineas):
            p = alineas[blok.plek]
            gezien.add(blok.plek)
            if _tekst(p).strip() != blok.tekst or blok.stukken != [(blok.tekst, False)]:
                _zet_tekst(document, p, blok.tekst)
        else:
            p = _nieuwe(document, vorige, blok)
        vorige = p
    cellen = _cellen(document)
    for plek, p in enumerate(alineas):
        if plek in gezien or not _tekst(p).strip() or is_titel(document, p):
            continue
        if p in cellen:
            _zet_tekst(document, p, "")
        else:
            p.getparent().remove(p)
    eigen = document.core_properties
    eigen.title = titel or eigen.title
    eigen.identifier, eigen.version = kenmerk, str(versie) if versie else ""
    return _bewaar(document)


def _nieuwe(document: Worddocument, na: Any, blok: Blok) -> Any:
    stijl = _STIJLEN.get(blok.soort, "Normal")
    namen = {s.name for s in document.styles}
    alinea = document.add_paragraph(style=stijl if stijl in namen else None)
    _zet_tekst(document, alinea._p, blok.tekst)
    if na is not None and na.getparent() is not None and na.getparent().tag == qn("w:body"):
        na.addnext(alinea._p)
    return alinea._p


_VERSIE = re.compile(r"[0-9]{1,6}")


def herkomst(inhoud: bytes) -> tuple[str, int | None]:
    """Which letter and version a file says it was made of; ('', None) where it says nothing."""
    eigen = _open(inhoud).core_properties
    versie = str(eigen.version or "").strip()
    return str(eigen.identifier or "").strip(), int(versie) if _VERSIE.fullmatch(versie) else None


def proefvul(inhoud: bytes, waarden: Mapping[str, str]) -> Sequence[Blok]:
    """Fill a template on trial and read it back. Raises Sjabloonfout where that does not work."""
    return lees_blokken(vul(inhoud, waarden))
