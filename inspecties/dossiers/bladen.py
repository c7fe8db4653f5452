"""Pages of a file as pictures: counting them, showing one, and drawing covers into its pixels.

PDFium is not made for threads: one page at a time per process, as ``core.beelden`` does with photos.
"""

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from inspecties.controles.lakbeeld import lakker
from inspecties.controles.rules.lakken import Vlak
from inspecties.core.beelden import OnleesbaarBeeld, maak_kopie
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.dossiers.rules.redactie import MAX_BLADEN

# The longer side of a page in pixels: A4 at about 150 dots per inch.
PIXELS = 1754
PDF = "application/pdf"
_EEN_TEGELIJK = threading.Lock()


@contextmanager
def _pdf(pad: Path) -> Iterator[pdfium.PdfDocument]:
    with _EEN_TEGELIJK:
        if not pad.is_file():
            raise OngeldigeInvoer("Dit bestand staat niet meer in de opslag. Waarschuw de beheerder.", "bestand")
        try:
            document = pdfium.PdfDocument(pad)
        except pdfium.PdfiumError as fout:
            raise OngeldigeInvoer(
                "Deze PDF is beschadigd of heeft een wachtwoord. Bewaar hem zonder wachtwoord en kies hem opnieuw.",
                "bestand",
            ) from fout
        try:
            yield document
        finally:
            document.close()


def tel_bladen(pad: Path, mediatype: str) -> int:
    """How many pages a file has; a picture has one. Raises OngeldigeInvoer where it cannot be read or has too many."""
    if mediatype != PDF:
        return 1
    with _pdf(pad) as document:
        aantal = len(document)
    if not 1 <= aantal <= MAX_BLADEN:
        raise OngeldigeInvoer(f"Deze PDF heeft {aantal} bladen. Kies een PDF van 1 tot {MAX_BLADEN} bladen.", "bestand")
    return aantal


def teken_blad(pad: Path, mediatype: str, blad: int, vlakken: Sequence[Vlak]) -> bytes:
    """A JPEG of one page (from 1) in which the covers are pixels. Raises OngeldigeInvoer, OnleesbaarBeeld."""
    if mediatype != PDF:
        return maak_kopie(pad, PIXELS, lakker(vlakken) if vlakken else None).inhoud
    with _pdf(pad) as document:
        try:
            bladzij = document[blad - 1]
            breedte, hoogte = bladzij.get_size()
            beeld: Image.Image = bladzij.render(scale=PIXELS / max(breedte, hoogte, 1)).to_pil().convert("RGB")
        except (pdfium.PdfiumError, IndexError, ValueError) as fout:
            raise OnleesbaarBeeld(f"page {blad}") from fout
    if vlakken:
        lakker(vlakken)(beeld)
    uit = io.BytesIO()
    # A new picture: no metadata, no text, nothing of the file but what its pixels show.
    beeld.save(uit, "JPEG", quality=80, optimize=True)
    return uit.getvalue()
