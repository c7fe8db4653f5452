"""What a letter says of itself as PDF/A and PDF/UA holds when another library looks, and that look can fail."""

import io
from datetime import UTC, datetime
from functools import lru_cache

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from inspecties.dossiers.rules.brief import brievenboek
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.druk import Tekstdruk
from tests.pdfkeuring import keur_pdf

NU = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
# One of each addressee, what a decision has besides, and every language.
BRIEVEN = [
    *((soort, "nl") for soort in ("besluit_sluiting", "invordering", "besluit_victor", "rapportage", "wkpb")),
    *(("bewoners_sluiting", taal) for taal in brievenboek().soorten["bewoners_sluiting"].talen),
]


@lru_cache(maxsize=32)
def _brief(soort: str, taal: str) -> bytes:
    kind = brievenboek().soorten[soort]
    titel, blokken = sjablonen.proef(sjablonen.standaard_docx(kind, taal), kind)
    return Tekstdruk("Markerwaard", "D-2026-0012 / 1", titel, taal, tuple(blokken), NU, concept=False).druk()


@pytest.mark.parametrize(("soort", "taal"), BRIEVEN)
def test_een_brief_houdt_zich_aan_pdf_a_en_pdf_ua(soort: str, taal: str) -> None:
    pdf = _brief(soort, taal)
    assert keur_pdf(pdf, taal) == []
    lezer = pypdf.PdfReader(io.BytesIO(pdf))
    assert dict(lezer.attachments) == {}
    assert "D-2026-0012 / 1" in " ".join(" ".join(p.extract_text() for p in lezer.pages).split())


def _wortel(schrijver: pypdf.PdfWriter) -> DictionaryObject:
    return schrijver.root_object


def _zonder_taal(schrijver: pypdf.PdfWriter) -> None:
    del _wortel(schrijver)["/Lang"]


def _zonder_tags(schrijver: pypdf.PdfWriter) -> None:
    del _wortel(schrijver)["/StructTreeRoot"]


def _zonder_kleur(schrijver: pypdf.PdfWriter) -> None:
    del _wortel(schrijver)["/OutputIntents"]


def _zonder_merk(schrijver: pypdf.PdfWriter) -> None:
    del _wortel(schrijver)["/MarkInfo"]


def _andere_xmp(schrijver: pypdf.PdfWriter) -> None:
    xmp = _wortel(schrijver)["/Metadata"].get_object()
    nieuw = DecodedStreamObject()
    nieuw.set_data(xmp.get_data().replace(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B"))
    nieuw.update({NameObject("/Type"): NameObject("/Metadata"), NameObject("/Subtype"): NameObject("/XML")})
    _wortel(schrijver)[NameObject("/Metadata")] = schrijver._add_object(nieuw)


def _los_lettertype(schrijver: pypdf.PdfWriter) -> None:
    for ding in schrijver._objects:
        if isinstance(ding, DictionaryObject) and ding.get("/Type") == "/FontDescriptor":
            for sleutel in ("/FontFile", "/FontFile2", "/FontFile3"):
                ding.pop(sleutel, None)


def _zonder_unicode(schrijver: pypdf.PdfWriter) -> None:
    for ding in schrijver._objects:
        if isinstance(ding, DictionaryObject) and ding.get("/Subtype") == "/Type0":
            ding.pop("/ToUnicode", None)


def _ongetagde_tekst(schrijver: pypdf.PdfWriter) -> None:
    blad = schrijver.pages[0]
    extra = DecodedStreamObject()
    extra.set_data(b"BT /F0 12 Tf (los) Tj ET")
    inhoud = blad["/Contents"]
    blad[NameObject("/Contents")] = ArrayObject([inhoud, schrijver._add_object(extra)])


def _script(schrijver: pypdf.PdfWriter) -> None:
    actie = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    )
    _wortel(schrijver)[NameObject("/OpenAction")] = schrijver._add_object(actie)


def _bijlage(schrijver: pypdf.PdfWriter) -> None:
    schrijver.add_attachment("x.exe", b"MZ")


def _kop_overgeslagen(schrijver: pypdf.PdfWriter) -> None:
    for ding in schrijver._objects:
        if isinstance(ding, DictionaryObject) and str(ding.get("/S")) in {"/H1", "/H2"}:
            ding[NameObject("/S")] = NameObject("/H6")


def _verwijzing(schrijver: pypdf.PdfWriter) -> None:
    rand = ArrayObject(NumberObject(n) for n in (0, 0, 10, 10))
    link = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"),
         NameObject("/Rect"): rand, NameObject("/T"): TextStringObject("x")}
    )  # fmt: skip
    blad = schrijver.pages[0]
    blad[NameObject("/Annots")] = ArrayObject([schrijver._add_object(link)])


@pytest.mark.parametrize(
    ("breuk", "vondst"),
    [
        (_zonder_taal, "taal:"),
        (_zonder_tags, "tags: geen structuur"),
        (_zonder_kleur, "kleur: geen uitvoerprofiel"),
        (_zonder_merk, "tags: niet gemerkt"),
        (_andere_xmp, "metadata: pdfaid:conformance is B"),
        (_los_lettertype, "zit niet in het bestand"),
        (_zonder_unicode, "geen ToUnicode"),
        (_ongetagde_tekst, "inhoud zonder tag"),
        (_script, "actie: /JavaScript mag niet"),
        (_bijlage, "alleen PDF/A-3"),
        (_kop_overgeslagen, "tags: kop 6 na kop"),
        (_verwijzing, "een verwijzing zonder omschrijving"),
    ],
)
def test_de_keuring_ziet_wat_er_mis_is(breuk: object, vondst: str) -> None:
    schrijver = pypdf.PdfWriter(clone_from=io.BytesIO(_brief("besluit_sluiting", "nl")))
    heel = io.BytesIO()
    schrijver.write(heel)
    eerder = set(keur_pdf(heel.getvalue()))
    assert callable(breuk)
    breuk(schrijver)
    uit = io.BytesIO()
    schrijver.write(uit)
    nieuw = [m for m in keur_pdf(uit.getvalue()) if m not in eerder]
    assert any(vondst in m for m in nieuw), nieuw
