"""What kind of file bytes are, from the bytes themselves: never from a name or from what a sender says."""

from collections.abc import Callable

KOP_BYTES = 4096

_BEGIN: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
    (b"ID3", "audio/mpeg"),
)
_FTYP: dict[bytes, str] = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
    b"mp42": "audio/mp4",
    b"isom": "audio/mp4",
    b"iso5": "audio/mp4",
    b"iso6": "audio/mp4",
    b"3gp4": "audio/mp4",
    b"dash": "audio/mp4",
}

EXTENSIES: dict[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/wav": "wav",
}
# Of these a copy for the screen is made; of HEIC only the original is kept.
TE_TEKENEN = frozenset({"image/jpeg", "image/png", "image/webp", "image/avif"})


def _is_riff(soort: bytes) -> Callable[[bytes], bool]:
    return lambda kop: kop[:4] == b"RIFF" and kop[8:12] == soort


def mediatype_van(kop: bytes) -> str | None:
    """The media type of a file that begins with ``kop``, or None where it is nothing that may be stored."""
    for begin, soort in _BEGIN:
        if kop.startswith(begin):
            return soort
    if kop[4:8] == b"ftyp":
        return _FTYP.get(kop[8:12])
    if _is_riff(b"WEBP")(kop):
        return "image/webp"
    if _is_riff(b"WAVE")(kop):
        return "audio/wav"
    # MPEG audio frame sync: 11 bits; layer bits 00 mean ADTS (AAC).
    if len(kop) > 2 and kop[0] == 0xFF and kop[1] & 0xE0 == 0xE0:
        return "audio/aac" if kop[1] & 0x06 == 0 else "audio/mpeg"
    return None


def schone_naam(naam: str, mediatype: str, anders: str = "bewijs") -> str:
    """A file name for a person to read: no path, no control characters, the extension that fits the content.

    ``anders``: what it is called where nothing of the name is left.
    """
    kaal = naam.replace("\\", "/").rsplit("/", 1)[-1]
    kaal = "".join(t for t in kaal if t.isprintable() and t not in '"<>|:*?').strip(" .")
    stam = kaal.rsplit(".", 1)[0][:100].strip(" .") or anders
    return f"{stam}.{EXTENSIES[mediatype]}"
