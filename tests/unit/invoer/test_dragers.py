"""What looks for injected markup in a file sees it where it is: otherwise a clean run says nothing."""

import io
import zipfile
from email.message import EmailMessage

import pikepdf
import pytest
import typst
from docx import Document
from flask import Response

from tests.integration.invoer import dragers

_TEKST = '#link("u6x:")'


def _typst(bron: str, **invoer: str) -> bytes:
    uit = typst.compile(bron.encode(), sys_inputs=invoer)
    assert isinstance(uit, bytes)
    return uit


def test_opmaak_in_een_pdf_valt_op() -> None:
    """Text that is read as the language of the document is a link; as a value it stays what was typed."""
    assert dragers.mis_in_pdf(_typst(f"Een tekst {_TEKST}")) == ["PDF met een link: u6x:"]
    waarde = _typst("#sys.inputs.tekst", tekst=_TEKST)
    assert dragers.mis_in_pdf(waarde) == []
    assert _TEKST in dragers.tekst_van_pdf(waarde)
    assert dragers.mis_in_pdf(_typst('#link("javascript:alert(1)")[x]')) == ["PDF met een link: javascript:alert(1)"]
    assert dragers.mis_in_pdf(_typst('#link("https://wetten.overheid.nl")[x]')) == []


@pytest.mark.parametrize("plek", ["/OpenAction", "/AA", "/Names"])
def test_een_daad_in_een_pdf_valt_op(plek: str) -> None:
    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(_typst("Een tekst"))) as pdf:
        pdf.Root[plek] = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
        pdf.save(uit)
    assert any("daad" in wat for wat in dragers.mis_in_pdf(uit.getvalue()))


def test_een_veld_of_element_in_word_valt_op() -> None:
    def bewaar(van: str, naar: str) -> bytes:
        vers, uit = io.BytesIO(), io.BytesIO()
        document = Document()
        document.add_paragraph("u6x hier")
        document.save(vers)
        with zipfile.ZipFile(vers) as oud, zipfile.ZipFile(uit, "w") as nieuw:
            for naam in oud.namelist():
                nieuw.writestr(naam, oud.read(naam).decode("latin1").replace(van, naar).encode("latin1"))
        return uit.getvalue()

    assert dragers.mis_in_word(bewaar("u6x hier", "&lt;u6x/&gt; hier")) == []
    assert "een element" in dragers.mis_in_word(bewaar("<w:t>u6x hier</w:t>", "<w:t>hier</w:t><u6x/>"))[0]
    veld = '<w:instrText>INCLUDETEXT "u6x"</w:instrText>'
    assert "een veld" in dragers.mis_in_word(bewaar("<w:t>u6x hier</w:t>", veld))[0]


def test_een_regel_in_een_agenda_valt_op() -> None:
    begin, eind = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\n",
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
    )
    assert dragers.mis_in_agenda(f"{begin}SUMMARY:a\\nATTACH:u6x\r\n{eind}") == []
    assert dragers.mis_in_agenda(f"{begin}SUMMARY:a\r\nATTACH:u6x\r\n{eind}") == ["eigenschap ATTACH"]
    alarm = "BEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VALARM\r\n"
    assert "onderdeel VALARM" in dragers.mis_in_agenda(f"{begin}SUMMARY:a\r\n{alarm}{eind}")


def test_een_kop_of_ontvanger_in_een_mail_valt_op() -> None:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = "a@x.example", "Een onderwerp"
    mail.set_content("Tekst")
    assert dragers.mis_in_mail(mail, "a@x.example") == []
    assert dragers.mis_in_mail(mail, "b@x.example") == ["aan a@x.example"]
    mail["Bcc"] = "u6x@kwaad.example"
    assert dragers.mis_in_mail(mail, "a@x.example") == ["kop Bcc"]
    mail.add_alternative("<b>u6x</b>", subtype="html")
    assert "deel text/html" in dragers.mis_in_mail(mail, "a@x.example")


@pytest.mark.parametrize(
    ("kop", "goed"),
    [
        ('attachment; filename="verslag-3.pdf"', True),
        ("inline; filename=kopie.jpg", True),
        ("attachment; filename*=UTF-8''za%C5%BCalenie.pdf", True),
        ('attachment; filename="../x.pdf"', False),
        ('attachment; filename="a;b.pdf"', False),
        ('attachment; filename="\\"><u6x>.pdf"', False),
        ('attachment; filename="x.pdf"; u6x=1', False),
        ('form-data; filename="x.pdf"', False),
    ],
)
def test_een_naam_die_meer_is_valt_op(kop: str, goed: bool) -> None:
    antwoord = Response(headers={"Content-Disposition": kop})
    assert (dragers.mis_met_naam(antwoord) == []) == goed


def test_een_pad_in_een_pakket_valt_op() -> None:
    for naam, goed in (("stukken/1.pdf", True), ("../x", False), ("/etc/x", False), ("a\\b", False)):
        uit = io.BytesIO()
        with zipfile.ZipFile(uit, "w") as pak:
            pak.writestr(naam, "x")
        assert (dragers.mis_in_pakket(uit.getvalue()) == []) == goed
