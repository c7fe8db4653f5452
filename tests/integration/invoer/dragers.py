"""What a text became in what is taken home: a PDF, a Word file, a calendar, a package, a mail (promise 26).

``MERK`` stands in every text that was planted; where it is more than text, that is told.
"""

import io
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pikepdf
import pypdfium2
import vobject
from lxml import etree
from werkzeug.http import parse_options_header
from werkzeug.wrappers import Response

MERK = "u6x"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# What a PDF can do besides being read; of these only a link to a page of ours or to a law belongs in one.
_DADEN = {"JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Rendition", "Movie", "Sound", "Named"}
# What an agenda of ours says; anything else came in with a text.
_AGENDAVELDEN = {
    "prodid", "version", "calscale", "method", "x-wr-calname", "x-published-ttl", "refresh-interval", "uid", "dtstamp",
    "dtstart", "dtend", "sequence", "summary", "location", "status", "transp", "class", "organizer", "attendee",
    "description", "url", "categories", "last-modified", "duration",
}  # fmt: skip
_KOPPEN = {
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "Content-Type", "MIME-Version",
    "Content-Transfer-Encoding",
}  # fmt: skip


def is_van_ons(pdf: bytes) -> bool:
    """Whether a PDF was made here; what the stage put in as evidence is a few bytes that only begin as one."""
    return len(pdf) > 1000


def _directe(deel: Any, diepte: int = 0) -> Iterator[pikepdf.Dictionary]:
    """The dictionaries that stand in an object itself; what it refers to is an object of its own."""
    if diepte and getattr(deel, "is_indirect", False):
        return
    if isinstance(deel, pikepdf.Stream | pikepdf.Dictionary):
        woordenboek = deel.stream_dict if isinstance(deel, pikepdf.Stream) else deel
        yield woordenboek
        for waarde in dict(woordenboek.items()).values():
            yield from _directe(waarde, diepte + 1)
    elif isinstance(deel, pikepdf.Array):
        for waarde in list(deel):  # type: ignore[call-overload]  # an Array can be walked
            yield from _directe(waarde, diepte + 1)


def mis_in_pdf(inhoud: bytes) -> list[str]:
    """What in a PDF runs, opens or leads away."""
    mis = []
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        for sleutel in ("/OpenAction", "/AA"):
            mis += [f"PDF met {sleutel}"] if sleutel in pdf.Root else []
        for deel in (d for object_ in pdf.objects for d in _directe(object_)):
            soort = str(deel.get("/S", "")).removeprefix("/")
            if "/JS" in deel or "/JavaScript" in deel or soort in _DADEN:
                mis.append(f"PDF met een daad: {soort or 'JS'}")
            adres = str(deel["/URI"]) if soort == "URI" else ""
            if adres and (MERK in adres or not adres.startswith(("https://", "mailto:"))):
                mis.append(f"PDF met een link: {adres}")
    return mis


def tekst_van_pdf(inhoud: bytes) -> str:
    """What a reader sees in a PDF, without white space: a text may break over lines."""
    pdf = pypdfium2.PdfDocument(inhoud)
    try:
        return "".join("".join(pagina.get_textpage().get_text_range().split()) for pagina in pdf)
    finally:
        pdf.close()


def mis_in_word(inhoud: bytes) -> list[str]:
    """Elements, fields and references in a Word file that a text became."""
    mis = []
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        for naam in pak.namelist():
            if not naam.endswith((".xml", ".rels")):
                continue
            boom = etree.fromstring(pak.read(naam), etree.XMLParser(resolve_entities=False, no_network=True))
            for element in boom.iter():
                if not isinstance(element.tag, str):
                    continue
                if MERK in element.tag.lower():
                    mis.append(f"{naam}: een element {element.tag}")
                if element.tag in {f"{_W}instrText", f"{_W}fldSimple"} and MERK in etree.tostring(element).decode():
                    mis.append(f"{naam}: een veld")
                if element.tag.endswith("}Relationship") and MERK in str(element.get("Target", "")).lower():
                    mis.append(f"{naam}: een verwijzing {element.get('Target')}")
    return mis


def mis_in_agenda(tekst: str) -> list[str]:
    """Lines and properties in a calendar that are not ours."""
    mis = [f"losse regel {regel!r}" for regel in tekst.split("\r\n") if "\n" in regel or "\r" in regel]
    delen = [vobject.readOne(tekst)]
    for deel in delen:
        delen += deel.components()
        if deel.name not in {"VCALENDAR", "VEVENT"}:
            mis.append(f"onderdeel {deel.name}")
        for regel in deel.lines():
            if regel.name.lower() not in _AGENDAVELDEN:
                mis.append(f"eigenschap {regel.name}")
            if MERK in str(regel.params).lower() and regel.name.lower() not in {"organizer", "attendee"}:
                mis.append(f"toevoeging aan {regel.name}: {regel.params}")
    return mis


def mis_in_pakket(inhoud: bytes) -> list[str]:
    """Names in a zip that lead out of the folder where it is opened."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
        namen = pak.namelist()
    goed = [n for n in namen if n.isprintable() and not n.startswith("/") and ".." not in n and "\\" not in n]
    return [f"naam in het pakket: {n!r}" for n in namen if n not in goed]


def mis_in_mail(mail: EmailMessage, aan: str) -> list[str]:
    """Headers, recipients and parts of a mail that a text became; read back as another program does."""
    gelezen = message_from_bytes(mail.as_bytes(), policy=default)
    mis = [f"kop {naam}" for naam in gelezen if naam not in _KOPPEN]
    mis += [f"kop {naam} dubbel" for naam in set(gelezen.keys()) if len(gelezen.get_all(naam, [])) > 1]
    mis += [] if [a.addr_spec for a in gelezen["To"].addresses] == [aan] else [f"aan {gelezen['To']}"]
    for deel in gelezen.walk():
        soort = deel.get_content_type()
        if not deel.is_multipart() and soort not in {"text/plain", "text/calendar", "application/ics"}:
            mis.append(f"deel {soort}")
        if soort in {"text/calendar", "application/ics"}:
            mis += mis_in_agenda(deel.get_payload(decode=True).decode())  # type: ignore[union-attr]  # bytes, decoded
    return mis


def mis_met_naam(antwoord: Response) -> list[str]:
    """What is wrong with the name that a file gets on the disk of who takes it (ASVS 5.4.2)."""
    kop = antwoord.headers.get("Content-Disposition", "")
    if not kop:
        return []
    soort, delen = parse_options_header(kop)
    naam = delen.get("filename", "naam")
    goed = soort in {"inline", "attachment"} and set(delen) <= {"filename"} and naam.isprintable() and kop.isascii()
    goed = goed and not set(naam) & set('"/\\<>|:*?;') and not naam.startswith(".")
    return [] if goed else [f"Content-Disposition: {kop}"]


def mis_in(antwoord: Response) -> list[str]:
    """What is wrong in a file that was answered, whatever its kind."""
    soort, mis = antwoord.mimetype, mis_met_naam(antwoord)
    if antwoord.status_code != 200:
        return mis
    if soort == "application/pdf" and is_van_ons(antwoord.get_data()):
        mis += mis_in_pdf(antwoord.get_data())
    elif soort == WORD:
        mis += mis_in_word(antwoord.get_data())
    elif soort == "text/calendar":
        mis += mis_in_agenda(antwoord.get_data(as_text=True))
    elif soort == "application/zip":
        mis += mis_in_pakket(antwoord.get_data())
    elif soort in {"image/svg+xml", "text/xml", "application/xml"}:
        mis += ["element in een tekening"] if f"<{MERK}".encode() in antwoord.get_data() else []
    return mis
