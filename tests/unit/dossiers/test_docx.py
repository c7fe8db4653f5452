"""Word files of letters: what is kept out, what stands in them after filling, and that text stays text."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pypdf
import pytest
from docx import Document

from inspecties.dossiers.rules.brief import brievenboek
from inspecties.sjablonen import docx
from inspecties.sjablonen import operations as sjablonen
from inspecties.sjablonen.docx_keuring import keur_docx
from inspecties.sjablonen.druk import Tekstdruk
from inspecties.sjablonen.rules.sjabloon import Sjabloonfout
from inspecties.sjablonen.rules.tekst import DATUMPLEK, Blok, open_plek

NU = datetime(2026, 11, 21, 19, 0, tzinfo=UTC)
SOORT = brievenboek().soorten["besluit_sluiting"]
WAARDEN = {naam: veld.voorbeeld for naam, veld in brievenboek().velden.items()}
AANVAL = '<w:p>&amp; {{ 7*7 }} {% if x %} #{1+1} #eval("1") *x* \\ $a$ <script>alert(1)</script> ]]> [1]'


def _word(*alineas: str) -> bytes:
    document = Document()
    document.add_paragraph("Titel", style="Title")
    for tekst in alineas:
        document.add_paragraph(tekst)
    return _bewaar(document)


def _bewaar(document: object) -> bytes:
    uit = io.BytesIO()
    document.save(uit)  # type: ignore[attr-defined]  # python-docx has no public type for it
    return uit.getvalue()


def _met(inhoud: bytes, wijzig: Callable[[dict[str, bytes]], None]) -> bytes:
    """The same file with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        delen = {naam: pak.read(naam) for naam in pak.namelist()}
    wijzig(delen)
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pak:
        for naam, deel in delen.items():
            pak.writestr(naam, deel)
    return uit.getvalue()


def _vervang(naam: str, oud: str, nieuw: str) -> Callable[[dict[str, bytes]], None]:
    def doe(delen: dict[str, bytes]) -> None:
        assert oud.encode() in delen[naam]
        delen[naam] = delen[naam].replace(oud.encode(), nieuw.encode(), 1)

    return doe


def _rel(soort: str, doel: str) -> Callable[[dict[str, bytes]], None]:
    basis = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rel = f'<Relationship Id="x9" Type="{basis}/{soort}" Target="{doel}" TargetMode="External"/></Relationships>'
    return _vervang("word/_rels/document.xml.rels", "</Relationships>", rel)


def _fouten(inhoud: bytes) -> str:
    with pytest.raises(Sjabloonfout) as fout:
        keur_docx(inhoud)
    return fout.value.melding


def test_een_gewoon_bestand_mag() -> None:
    assert "word/document.xml" in keur_docx(_word("Een regel")).xml


@pytest.mark.parametrize(
    ("wijzig", "melding"),
    [
        (lambda d: d.update({"word/vbaProject.bin": b"\xd0\xcf"}), "macro"),
        (_vervang("[Content_Types].xml", "document.main+xml", "document.macroEnabled.main+xml"), "macro"),
        (lambda d: d.update({"word/embeddings/oleObject1.bin": b"x"}), "ingesloten programma"),
        (_rel("oleObject", "file:///c:/x.xls"), "ingesloten bestand"),
        (_rel("image", "http://example.org/spoor.png"), "verwijst naar iets buiten het document"),
        (_rel("hyperlink", "file:///c:/x"), "verwijst naar iets buiten het document"),
        (_rel("attachedTemplate", "file:///c:/huisstijl.dotm"), "hangt aan een sjabloon op een computer"),
        (_vervang("word/document.xml", "<w:body>", '<w:body><w:altChunk r:id="x9"/>'), "ingesloten bestand"),
        (
            _vervang("word/document.xml", "</w:t>", "</w:t></w:r><w:ins><w:r><w:t>x</w:t></w:r></w:ins><w:r>"),
            "bijgehouden wijzigingen",
        ),
        (
            _vervang("word/document.xml", "<w:t>", "<w:instrText>INCLUDETEXT c:/x</w:instrText><w:t>"),
            "Word-veld INCLUDETEXT",
        ),
        (_vervang("word/document.xml", "<w:t>", "<w:instrText>DDEAUTO x</w:instrText><w:t>"), "Word-veld DDEAUTO"),
        (_vervang("word/document.xml", "<w:t>", "<w:drawing/><w:t>"), "afbeelding in de tekst"),
        (lambda d: d.update({"word/media/x.svg": b"<svg onload=x>"}), "geen PNG, JPEG of GIF"),
        (
            lambda d: d.update({"word/x.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
            "DOCTYPE",
        ),
        (lambda d: d.update({"../x.xml": b"<a/>"}), "geen Word-document"),
        (lambda d: d.pop("word/document.xml"), "geen Word-document"),
        (lambda d: d.update({"word/document.xml": b"<kapot"}), "geen Word-document"),
        (lambda d: d.update({"word/groot.xml": b"<a>" + b" " * 11_000_000 + b"</a>"}), "veel te groot"),
        (lambda d: d.update({f"word/x{i}.xml": b"<a/>" for i in range(400)}), "te veel delen"),
    ],
)
def test_wat_niet_binnenkomt(wijzig: Callable[[dict[str, bytes]], object], melding: str) -> None:
    assert melding in _fouten(_met(_word("Een regel"), wijzig))  # type: ignore[arg-type]  # what a change returns is of no account


@pytest.mark.parametrize("inhoud", [b"", b"geen zip", b"PK\x03\x04kapot", b"x" * (5 * 1024 * 1024 + 1)])
def test_geen_word_bestand(inhoud: bytes) -> None:
    _fouten(inhoud)


def test_bom_wordt_niet_uitgepakt() -> None:
    """Four hundred megabytes of spaces in a file of less than one."""
    bom = _met(_word("x"), lambda d: d.update({"word/media/b.png": b"\x89PNG\r\n\x1a\n" + b" " * 60_000_000}))
    assert len(bom) < 200_000
    assert "uitgepakt veel te groot" in _fouten(bom)


def test_link_naar_een_website_mag() -> None:
    keur_docx(_met(_word("x"), _rel("hyperlink", "https://www.example.org/bezwaar")))


def test_veld_dat_word_in_stukken_knipte_wordt_gevonden_en_gevuld() -> None:
    document = Document()
    document.add_paragraph("Titel", style="Title")
    alinea = document.add_paragraph("Het pand {{ ad")
    alinea.add_run("res }").bold = True
    alinea.add_run("} gaat dicht.")
    inhoud = _bewaar(document)
    assert docx.keur_sjabloon(inhoud, SOORT.velden) == ["adres"]
    assert docx.lees_blokken(docx.vul(inhoud, WAARDEN))[0].tekst == f"Het pand {WAARDEN['adres']} gaat dicht."


def test_veld_in_de_koptekst_wordt_ook_nagekeken() -> None:
    document = Document()
    document.add_paragraph("Titel", style="Title")
    document.sections[0].header.paragraphs[0].text = "{{ geheim }}"
    with pytest.raises(Sjabloonfout, match="'geheim'"):
        docx.keur_sjabloon(_bewaar(document), SOORT.velden)
    document.sections[0].header.paragraphs[0].text = "{{ kenmerk }}"
    document.core_properties.subject = "{{ kenmerk.__class__ }}"
    with pytest.raises(Sjabloonfout, match="niet mag"):
        docx.keur_sjabloon(_bewaar(document), SOORT.velden)


def test_sjabloon_zonder_titel_of_met_open_plek_wordt_geweigerd() -> None:
    document = Document()
    document.add_paragraph("Tekst")
    with pytest.raises(Sjabloonfout, match="geen titel"):
        sjablonen.keur(_bewaar(document), SOORT)
    with pytest.raises(Sjabloonfout, match="nog in te vullen"):
        sjablonen.keur(_word("[nog in te vullen: Duur]"), SOORT)


@pytest.mark.parametrize(("code", "taal"), [("rapportage", "nl"), ("bewoners_wonen", "bg"), ("besluit_boete", "nl")])
def test_standaardtekst_is_zelf_een_goed_sjabloon(code: str, taal: str) -> None:
    soort = brievenboek().soorten[code]
    assert sjablonen.keur(sjablonen.standaard_docx(soort, taal), soort)


def test_waarde_is_tekst_en_nooit_een_opdracht() -> None:
    inhoud = docx.maak_docx(SOORT.standaardtekst("nl"), NU)
    gevuld = docx.vul(inhoud, WAARDEN | {"feiten": AANVAL + "\x07\x0c\nregel twee"})
    blokken = docx.lees_blokken(gevuld)
    assert AANVAL + "\nregel twee" in [b.tekst for b in blokken]
    # And once more: what was filled in is not filled in again.
    nogmaals = docx.schrijf_blokken(gevuld, blokken)
    assert [b.tekst for b in docx.lees_blokken(nogmaals)] == [b.tekst for b in blokken]
    keur_docx(nogmaals)
    pdf = Tekstdruk("Markerwaard", "k", AANVAL, "nl", tuple(blokken), NU, concept=False).druk()
    tekst = " ".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for stuk in ("{{ 7*7 }}", "#{1+1}", "*x*", "$a$", "<script>alert(1)</script>"):
        assert stuk in tekst


def test_brief_in_word_houdt_opmaak_en_krijgt_wat_op_de_pagina_is_gewijzigd() -> None:
    gevuld = docx.vul(docx.maak_docx(SOORT.standaardtekst("nl"), NU), WAARDEN | {"duur": open_plek("Duur")})
    blokken = docx.lees_blokken(gevuld)
    kop, weg = blokken[2], blokken[7]
    nieuw = [b for b in blokken if b != weg]
    nieuw[2] = kop.met(f"Besluit van {open_plek('Dag')}")
    nieuw.insert(4, Blok("nieuw", "alinea", "Toegevoegd\nop twee regels"))
    uit = docx.schrijf_blokken(gevuld, nieuw, titel="Besluit", kenmerk="uid", versie=3)
    document = Document(io.BytesIO(uit))
    alinea = next(p for p in document.paragraphs if p.text.startswith("Besluit van"))
    assert alinea.style is not None
    assert alinea.style.name == "Heading 1"
    assert [r.font.highlight_color is not None for r in alinea.runs] == [False, True]
    teksten = [b.tekst for b in docx.lees_blokken(uit)]
    assert teksten == [b.tekst for b in nieuw]
    assert weg.tekst not in teksten
    assert docx.herkomst(uit) == ("uid", 3)


def test_tabel_komt_als_tabel_in_de_pdf() -> None:
    document = Document()
    document.add_paragraph("Titel", style="Title")
    tabel = document.add_table(2, 2)
    for (r, k), tekst in {(0, 0): "Dag", (0, 1): "Wat", (1, 0): "1 mei", (1, 1): "{{ adres }}"}.items():
        tabel.cell(r, k).text = tekst
    document.add_paragraph("Slot")
    inhoud = _bewaar(document)
    docx.keur_sjabloon(inhoud, SOORT.velden)
    blokken = docx.lees_blokken(docx.vul(inhoud, WAARDEN))
    assert [b.cel for b in blokken] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), None]
    pdf = Tekstdruk("M", "k", "Titel", "nl", tuple(blokken), NU, concept=True).druk()
    assert WAARDEN["adres"] in " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


@pytest.mark.parametrize("taal", ["nl", "pl", "bg"])
def test_pdf_is_toegankelijk_en_duurzaam(taal: str) -> None:
    code = "bewoners_sluiting"
    blokken = docx.lees_blokken(
        docx.vul(docx.maak_docx(brievenboek().soorten[code].standaardtekst(taal), NU), WAARDEN | {"datum": DATUMPLEK})
    )
    titel = brievenboek().soorten[code].standaardtekst(taal).titel
    druk = Tekstdruk("Markerwaard", "2026-0001 / 1", titel, taal, tuple(blokken), NU, concept=False)
    pdf = druk.druk()
    assert druk.druk() == pdf
    boek = pypdf.PdfReader(io.BytesIO(pdf))
    wortel = boek.trailer["/Root"]
    assert wortel["/Lang"] == taal
    assert wortel["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in wortel
    xmp = wortel["/Metadata"].get_object().get_data().decode()
    assert "pdfaid:part>2<" in xmp
    assert "pdfaid:conformance>A<" in xmp
    assert "pdfuaid:part>1<" in xmp
    tekst = " ".join(boek.pages[0].extract_text().split())
    assert titel in tekst
    assert ("21 november 2026" if taal == "nl" else "21-11-2026") in tekst
    assert "[U+" not in tekst
