"""Re-encoding pictures: a copy without metadata, small enough for a screen."""

import io
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from inspecties.core.fouten import OngeldigeInvoer

# A tablet's camera makes at most 50 million pixels; decoding more takes more memory than a server can spare.
MAX_PIXELS = 64_000_000
SCHERM_PIXELS = 1600
# More than 200 dots per inch for a photo that fits twice on a page.
DRUK_PIXELS = 1000
_FORMATEN = ("JPEG", "PNG", "WEBP", "AVIF")
# One picture at a time per process: the memory of a decoded photo is the dearest thing that the server uses.
_EEN_TEGELIJK = threading.Lock()


class OnleesbaarBeeld(Exception):
    """The picture can not be decoded."""


@dataclass(frozen=True)
class Kopie:
    """A re-encoded JPEG."""

    inhoud: bytes
    breedte: int
    hoogte: int


def _open(pad: Path) -> Image.Image:
    # Pillow warns about large pictures, once per process; the check below is ours, so it must always come.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(pad, formats=_FORMATEN)


def controleer_omvang(pad: Path) -> None:
    """Raises OngeldigeInvoer for a picture with more pixels than can be shown (a pixel bomb); reads its head only.

    A picture whose head cannot be read passes: evidence is kept as it is, also when it is damaged.
    """
    with _EEN_TEGELIJK:
        try:
            with _open(pad) as beeld:
                pixels = beeld.width * beeld.height
        except Image.DecompressionBombError:
            pixels = MAX_PIXELS + 1
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            return
    if pixels > MAX_PIXELS:
        raise OngeldigeInvoer(f"Deze foto heeft te veel beeldpunten; {MAX_PIXELS // 1_000_000} miljoen is het meeste.")


def maak_kopie(pad: Path, hoogstens: int = SCHERM_PIXELS, bewerk: Callable[[Image.Image], None] | None = None) -> Kopie:
    """A JPEG of at most ``hoogstens`` pixels on its longer side, upright, without any metadata.

    ``bewerk`` draws in the picture before it is encoded. Raises OnleesbaarBeeld.
    """
    with _EEN_TEGELIJK:
        try:
            with _open(pad) as beeld:
                _keur_pixels(beeld)
                beeld.draft("RGB", (hoogstens, hoogstens))
                recht = ImageOps.exif_transpose(beeld)
                recht.thumbnail((hoogstens, hoogstens))
                # Only pixels cross over to the new picture: no EXIF, no XMP, no colour profile, no comment.
                vlak = Image.new("RGB", recht.size, "white")
                rgba = recht.convert("RGBA")
                vlak.paste(rgba, mask=rgba.getchannel("A"))
                if bewerk is not None:
                    bewerk(vlak)
        except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as fout:
            raise OnleesbaarBeeld(str(fout)) from fout
        uit = io.BytesIO()
        vlak.save(uit, "JPEG", quality=85, optimize=True)
    return Kopie(uit.getvalue(), vlak.width, vlak.height)


def maak_drukkopie(
    pad: Path, minstens: int = DRUK_PIXELS, bewerk: Callable[[Image.Image], None] | None = None
) -> Kopie:
    """A JPEG for print, made as fast as can be: for a process of its own, which makes several at a time.

    A JPEG is decoded at a half, a quarter or an eighth of its size and not scaled again, so that its longer side has
    ``minstens`` up to twice that many pixels (or all that it has). Else as ``maak_kopie``.
    """
    try:
        with _open(pad) as beeld:
            _keur_pixels(beeld)
            langste = max(beeld.size)
            beeld.draft("RGB", (max(1, beeld.width * minstens // langste), max(1, beeld.height * minstens // langste)))
            recht = ImageOps.exif_transpose(beeld)
            if max(recht.size) > 2 * minstens:
                recht.thumbnail((2 * minstens, 2 * minstens), Image.Resampling.BILINEAR)
            vlak = Image.new("RGB", recht.size, "white")
            if recht.mode in {"RGB", "L"}:
                vlak.paste(recht)
            else:
                rgba = recht.convert("RGBA")
                vlak.paste(rgba, mask=rgba.getchannel("A"))
            if bewerk is not None:
                bewerk(vlak)
            uit = io.BytesIO()
            vlak.save(uit, "JPEG", quality=82)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as fout:
        raise OnleesbaarBeeld(str(fout)) from fout
    return Kopie(uit.getvalue(), vlak.width, vlak.height)


def _keur_pixels(beeld: Image.Image) -> None:
    if beeld.width * beeld.height > MAX_PIXELS:
        raise OnleesbaarBeeld("too many pixels")
