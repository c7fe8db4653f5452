"""Whether a packed file (zip: xlsx, docx) may be unpacked: not too many parts, not too large, no declarations in XML.

Sizes are what the archive's directory says; Python's reader hands out no byte more than that of a part.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from inspecties.core.fouten import OngeldigeInvoer

# Below this a high ratio is harmless.
_KLEIN = 1024 * 1024
_STUK = 64 * 1024
# Where the first element does not come within this, something is hidden before it.
_PROLOOG = 1024 * 1024
KAPOT = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True)
class Pakketgrens:
    """How much may come out of a file: parts, bytes in all, bytes of one part by its name, and how tightly packed."""

    delen: int
    uitgepakt: int
    van_deel: tuple[tuple[str, int], ...] = ()
    verhouding: int = 200


class _Begonnen(Exception):
    """The first element was reached."""


class _Dtd(Exception):
    """There is a document type declaration: entities, and references to elsewhere, stand in one."""


def heeft_dtd(stroom: IO[bytes]) -> bool:
    """Whether an XML file declares a document type, in whatever encoding and behind however much white space."""
    lezer = expat.ParserCreate()

    def begonnen(*_: object) -> None:
        raise _Begonnen

    def verklaard(*_: object) -> None:
        raise _Dtd

    lezer.StartElementHandler, lezer.StartDoctypeDeclHandler = begonnen, verklaard
    gelezen = 0
    try:
        while stuk := stroom.read(_STUK):
            lezer.Parse(stuk, False)
            gelezen += len(stuk)
            if gelezen > _PROLOOG:
                return True
    except _Dtd:
        return True
    except (_Begonnen, expat.ExpatError):
        # No XML at all is for who reads it: the same parser says so.
        return False
    return False


def keur_pakket(inhoud: bytes, grens: Pakketgrens, veld: str = "bestand") -> None:
    """Raises OngeldigeInvoer for a file that must not be unpacked; nothing of it was, but the beginning of its XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pak:
            delen = pak.infolist()
            _keur_omvang(delen, grens, veld)
            for deel in delen:
                if deel.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with pak.open(deel) as stroom:
                        if heeft_dtd(stroom):
                            raise OngeldigeInvoer(
                                "In dit bestand staat een verborgen verwijzing (DOCTYPE). Sla het in Excel opnieuw op.",
                                veld,
                            )
    except KAPOT as fout:
        raise OngeldigeInvoer("Dit bestand is beschadigd. Sla het opnieuw op en kies het dan.", veld) from fout


def _keur_omvang(delen: list[zipfile.ZipInfo], grens: Pakketgrens, veld: str) -> None:
    if len(delen) > grens.delen:
        raise OngeldigeInvoer(f"Dit bestand bestaat uit te veel delen: {grens.delen} is het meeste.", veld)
    if sum(deel.file_size for deel in delen) > grens.uitgepakt:
        raise OngeldigeInvoer("Dit bestand is uitgepakt te groot. Splits het.", veld)
    for deel in delen:
        hoogstens = next((n for naam, n in grens.van_deel if deel.filename.lower().endswith(naam)), grens.uitgepakt)
        if deel.file_size > hoogstens:
            raise OngeldigeInvoer("Dit bestand is uitgepakt te groot. Splits het.", veld)
        if deel.file_size > _KLEIN and deel.file_size > grens.verhouding * max(deel.compress_size, 1):
            raise OngeldigeInvoer(
                "Dit bestand pakt uit tot een veel te groot bestand en wordt niet geopend. Sla het opnieuw op.", veld
            )
