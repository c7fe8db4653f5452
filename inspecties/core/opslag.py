"""The store of originals and their copies: files named by the SHA-256 of their content, per gemeente.

Order of a write: bytes, fsync, rename, fsync of the folder, and only then the row. A file without a row is harmless; a
row without a file can not come to be.
"""

import errno
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from inspecties.core.fouten import OpslagVol

STUK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VOL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def schijf() -> Iterator[None]:
    """Turn a full disk into OpslagVol (507); every other error of the disk stays what it is."""
    try:
        yield
    except OSError as fout:
        if fout.errno in _VOL:
            raise OpslagVol("De opslag van de server is vol. Er is niets opgeslagen.") from fout
        raise


def fsync_map(map_: Path) -> None:
    """Make a rename or a new name in this folder durable."""
    fd = os.open(map_, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def fsync_bestand(pad: Path) -> None:
    """Make what somebody else (a tool) wrote in this file durable."""
    with pad.open("rb") as bestand:
        os.fsync(bestand.fileno())


def _maak_map(map_: Path) -> None:
    if map_.is_dir():
        return
    _maak_map(map_.parent)
    map_.mkdir(exist_ok=True, mode=0o750)
    fsync_map(map_.parent)


def _raak_aan(pad: Path, omvang: int) -> bool:
    """Whether this content is here whole; from now on it counts as just stored, so that no sweep takes it away."""
    try:
        if pad.stat().st_size != omvang:
            return False
        os.utime(pad)
    except FileNotFoundError:
        return False
    return True


def sha256_van(pad: Path) -> str:
    """SHA-256 (hex) of a file, read in pieces."""
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()


@dataclass(frozen=True)
class Opslag:
    """The store under one folder."""

    wortel: Path

    def pad(self, gemeente_uid: UUID, sha256: str) -> Path:
        """Where the content with this hash stands. The name is never made from what a user wrote."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a sha256")
        return self.wortel / str(gemeente_uid) / sha256[:2] / sha256

    def lees_heel(self, gemeente_uid: UUID, sha256: str) -> bytes | None:
        """The bytes with this hash; None where they are gone or other than they were."""
        pad = self.pad(gemeente_uid, sha256)
        inhoud = pad.read_bytes() if pad.is_file() else b""
        return inhoud if hashlib.sha256(inhoud).hexdigest() == sha256 else None

    def onderweg(self, upload_uid: UUID) -> Path:
        """Where an upload grows until it is whole."""
        return self.wortel / "onderweg" / f"{upload_uid}.deel"

    def begin(self, upload_uid: UUID) -> Path:
        """Make the empty file of an upload, durably."""
        pad = self.onderweg(upload_uid)
        with schijf():
            _maak_map(pad.parent)
            pad.touch(mode=0o640, exist_ok=False)
            fsync_map(pad.parent)
        return pad

    def neem_op(self, deel: Path, gemeente_uid: UUID, sha256: str) -> Path:
        """Move a whole file, whose hash was checked, to its place; durable on return."""
        doel = self.pad(gemeente_uid, sha256)
        with schijf():
            _maak_map(doel.parent)
            fd = os.open(deel, os.O_RDONLY)
            try:
                os.fsync(fd)
            finally:
                os.close(fd)
            deel.rename(doel)
            fsync_map(doel.parent)
        return doel

    def schrijf(self, gemeente_uid: UUID, inhoud: bytes) -> str:
        """Store bytes and return their SHA-256; durable on return."""
        sha256 = hashlib.sha256(inhoud).hexdigest()
        doel = self.pad(gemeente_uid, sha256)
        if _raak_aan(doel, len(inhoud)):
            return sha256
        tijdelijk = doel.with_name(f".{sha256}.{os.getpid()}.{id(inhoud)}")
        try:
            with schijf():
                _maak_map(doel.parent)
                with tijdelijk.open("wb") as bestand:
                    bestand.write(inhoud)
                    bestand.flush()
                    os.fsync(bestand.fileno())
                tijdelijk.rename(doel)
                fsync_map(doel.parent)
        finally:
            tijdelijk.unlink(missing_ok=True)
        return sha256
