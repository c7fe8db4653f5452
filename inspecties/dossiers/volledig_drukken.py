"""Printing the parts of a complete file with typst, with little memory.

typst decodes every picture that it places, which with hundreds of photos takes more memory than a server has. So it
places a tiny picture of its own for each, and the real JPEG takes that one's place in the PDF afterwards.
"""

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import typst
from PIL import Image

from inspecties.controles.lakbeeld import lakker
from inspecties.controles.rules.lakken import lees_vlakken
from inspecties.core.beelden import OnleesbaarBeeld, maak_drukkopie
from inspecties.core.schrijfbaar import maak_schrijfbaar

SJABLOON = Path(__file__).resolve().parents[2] / "config" / "documenten" / "volledig.typ"
# Of a photo: what fits twice on a page under each other; of a scanned page: A4 without its margin.
FOTO_MM, BLAD_MM = (164.0, 84.0), (184.0, 271.0)
# Dots per inch of a page that is shown as a picture.
BLAD_DPI = 120
_TEKST_MEE = 3000
_DRADEN = 2


@dataclass(frozen=True)
class Plaat:
    """A JPEG on disk that takes the place of a tiny one."""

    pad: Path
    breedte: int
    hoogte: int

    def maat(self, vak: tuple[float, float]) -> tuple[float, float]:
        """Width and height in mm, as large as fits in ``vak``."""
        schaal = min(vak[0] / self.breedte, vak[1] / self.hoogte)
        return round(self.breedte * schaal, 2), round(self.hoogte * schaal, 2)


def _pixels(pad: Path) -> tuple[int, int]:
    with Image.open(pad, formats=("JPEG",)) as beeld:
        if beeld.mode != "RGB":
            raise OnleesbaarBeeld("copies are RGB")
        return beeld.size


def _maak_plaat(foto: Mapping[str, Any], doel: Path) -> Plaat | None:
    """The copy of a photo as it is printed; None where it can not be shown."""
    try:
        if foto["kopie"]:
            return Plaat(Path(foto["kopie"]), *_pixels(Path(foto["kopie"])))
        vlakken = lees_vlakken(foto["lak"])
        kopie = maak_drukkopie(Path(foto["bron"]), bewerk=lakker(vlakken) if vlakken else None)
    except (OnleesbaarBeeld, OSError):
        return None
    doel.write_bytes(kopie.inhoud)
    return Plaat(doel, kopie.breedte, kopie.hoogte)


def maak_platen(fotos: Sequence[Mapping[str, Any]], werkmap: Path) -> Iterator[Plaat | None]:
    """The copies of these photos, in their order, two at a time. Pillow lets go of the interpreter while it works."""
    with ThreadPoolExecutor(_DRADEN) as draden:
        yield from draden.map(lambda nr: _maak_plaat(fotos[nr], werkmap / f"plaat-{nr}.jpg"), range(len(fotos)))


def bladen_van(pad: Path, werkmap: Path, merk: str) -> list[tuple[Plaat, str]]:
    """The pages of any PDF as pictures, each with its text for who cannot see it. Raises OnleesbaarBeeld."""
    uit = []
    try:
        with pypdfium2.PdfDocument(pad) as pdf:
            for nr in range(len(pdf)):
                blad = pdf[nr]
                beeld = blad.render(scale=BLAD_DPI / 72, may_draw_forms=False).to_pil().convert("RGB")
                tekst = blad.get_textpage().get_text_bounded().split()
                doel = werkmap / f"blad-{merk}-{nr}.jpg"
                beeld.save(doel, "JPEG", quality=80)
                uit.append((Plaat(doel, beeld.width, beeld.height), " ".join(tekst)[:_TEKST_MEE]))
    except pypdfium2.PdfiumError as fout:
        raise OnleesbaarBeeld(str(fout)) from fout
    return uit


class Drukker:
    """Compiles the template; one for a whole file, so that the fonts are read once."""

    def __init__(self, werkmap: Path, algemeen: Mapping[str, Any], stip: int) -> None:
        self._map = werkmap
        self._algemeen = dict(algemeen)
        self._stip = stip
        (werkmap / "volledig.typ").write_bytes(SJABLOON.read_bytes())
        self._typst = typst.Compiler(str(werkmap / "volledig.typ"), root=str(werkmap), ignore_system_fonts=True)
        self._plaatsen: dict[str, Plaat] = {}

    def plaats(self, plaat: Plaat) -> str:
        """The name of the tiny picture that stands for this one."""
        nr = len(self._plaatsen)
        naam = f"plaats-{nr}.jpg"
        uit = io.BytesIO()
        # The colours make it unlike every other, also after JPEG had its way with them.
        punt = Image.new("RGB", (16, 8))
        for bit in range(16):
            grijs = 255 if nr >> bit & 1 else 0
            punt.paste((grijs, grijs, 255 - grijs), (bit, 0, bit + 1, 8))
        punt.save(uit, "JPEG", quality=100, subsampling=0)
        (self._map / naam).write_bytes(uit.getvalue())
        som = hashlib.sha256(uit.getvalue()).hexdigest()
        if som in self._plaatsen:
            raise ValueError("two places look the same")
        self._plaatsen[som] = plaat
        return naam

    def druk(self, gegevens: Mapping[str, Any]) -> pikepdf.Pdf:
        """One part as PDF, with the real pictures in it."""
        data = json.dumps(maak_schrijfbaar(self._algemeen | dict(gegevens)), ensure_ascii=False)
        inhoud = self._typst.compile(
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards=["a-2b"] if gegevens["deel"] == "stempels" else ["a-3a", "ua-1"],
            timestamp=self._stip,
        )
        if not isinstance(inhoud, bytes):
            raise TypeError("typst gave no PDF")
        pdf = pikepdf.open(io.BytesIO(inhoud))
        self._vul(pdf)
        return pdf

    def _vul(self, pdf: pikepdf.Pdf) -> None:
        for deel in pdf.objects:
            if not isinstance(deel, pikepdf.Stream) or deel.get("/Subtype") != pikepdf.Name.Image:
                continue
            plaat = self._plaatsen.get(hashlib.sha256(deel.read_raw_bytes()).hexdigest())
            if plaat is None:
                raise ValueError("a picture that nobody placed")
            deel.write(plaat.pad.read_bytes(), filter=pikepdf.Name.DCTDecode)
            deel.Width, deel.Height = plaat.breedte, plaat.hoogte
