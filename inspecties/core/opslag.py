"""The store of originals and their copies: files named by the SHA-256 of their content, per gemeente.

Order of a write: bytes, fsync, rename, fsync of the folder, and only then the row. A file without a row is harmless; a
row without a file can not come to be. ``objectopslag`` keeps the same promises with a bucket.
"""

import errno
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from inspecties.core.fouten import OpslagVol

STUK = 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAAM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/([0-9a-f]{2})/(\1[0-9a-f]{62})")
# Taken aside by a sweep, and looked at once more before it is gone.
_OPZIJ = ".weg"
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


def maak_map(map_: Path) -> None:
    """Make this folder and those above it, durably."""
    if map_.is_dir():
        return
    maak_map(map_.parent)
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


def naam_van(gemeente_uid: UUID, sha256: str) -> str:
    """The name in the store of the content with this hash. Never made from what a user wrote."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a sha256")
    return f"{gemeente_uid}/{sha256[:2]}/{sha256}"


def is_naam(naam: str) -> bool:
    """Whether this is the name of a whole file in the store."""
    return _NAAM.fullmatch(naam) is not None


def kopieer_en_hash(bron: Path, doel: Path) -> str:
    """Copy a file durably and return the SHA-256 of what was written."""
    hasher = hashlib.sha256()
    doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with bron.open("rb") as van, doel.open("xb") as naar:
        doel.chmod(0o600)
        while stuk := van.read(STUK):
            hasher.update(stuk)
            naar.write(stuk)
        naar.flush()
        os.fsync(naar.fileno())
    return hasher.hexdigest()


def schrijf_bestand(doel: Path, inhoud: bytes) -> None:
    """Put these bytes at this place in one go, durably."""
    tijdelijk = doel.with_name(f".{doel.name}.{os.getpid()}.{id(inhoud)}")
    try:
        with schijf():
            maak_map(doel.parent)
            with tijdelijk.open("wb") as bestand:
                bestand.write(inhoud)
                bestand.flush()
                os.fsync(bestand.fileno())
            tijdelijk.rename(doel)
            fsync_map(doel.parent)
    finally:
        tijdelijk.unlink(missing_ok=True)


def _is_ouder(pad: Path, grens: datetime) -> bool:
    try:
        return datetime.fromtimestamp(pad.stat().st_mtime, UTC) < grens
    except FileNotFoundError:
        return False


@dataclass(frozen=True)
class Opslag:
    """The store under one folder. ``naam`` in what follows is that of ``naam_van``."""

    wortel: Path

    def pad(self, gemeente_uid: UUID, sha256: str) -> Path:
        """Where the content with this hash can be read; nothing stands there where the store does not hold it."""
        return self.wortel / naam_van(gemeente_uid, sha256)

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
            maak_map(pad.parent)
            pad.touch(mode=0o640, exist_ok=False)
            fsync_map(pad.parent)
        return pad

    def neem_op(self, deel: Path, gemeente_uid: UUID, sha256: str) -> Path:
        """Move a whole file, whose hash was checked, to its place; durable on return."""
        doel = self.wortel / naam_van(gemeente_uid, sha256)
        with schijf():
            maak_map(doel.parent)
            fsync_bestand(deel)
            deel.rename(doel)
            fsync_map(doel.parent)
        return doel

    def schrijf(self, gemeente_uid: UUID, inhoud: bytes) -> str:
        """Store bytes and return their SHA-256; durable on return."""
        sha256 = hashlib.sha256(inhoud).hexdigest()
        doel = self.wortel / naam_van(gemeente_uid, sha256)
        if not _raak_aan(doel, len(inhoud)):
            schrijf_bestand(doel, inhoud)
        return sha256

    def namen(self) -> Iterator[str]:
        """Of every whole file in the store, in order; uploads under way are not."""
        for gemeente in sorted(self.wortel.iterdir()) if self.wortel.is_dir() else ():
            for pad in self._in_map(gemeente):
                naam = pad.relative_to(self.wortel).as_posix()
                if is_naam(naam):
                    yield naam

    def hash_van(self, naam: str) -> str:
        """SHA-256 of what stands there now, "" for nothing: the store itself is read, not a copy of it."""
        pad = self.wortel / naam
        return sha256_van(pad) if pad.is_file() else ""

    def kopieer(self, naam: str, doel: Path) -> str:
        """Copy a file out of the store, durably; the SHA-256 of what was written. Raises FileNotFoundError."""
        return kopieer_en_hash(self.wortel / naam, doel)

    def zet_terug(self, bron: Path, naam: str) -> None:
        """Put a file back under its name. Raises ValueError where it is not what its name says."""
        doel = self.wortel / naam
        tijdelijk = doel.with_name(f".{doel.name}.herstel")
        tijdelijk.unlink(missing_ok=True)
        if kopieer_en_hash(bron, tijdelijk) != doel.name:
            tijdelijk.unlink()
            raise ValueError("changed while it was read")
        tijdelijk.replace(doel)

    def verwijder(self, naam: str) -> None:
        """Destroy a file; no matter if it is gone already."""
        (self.wortel / naam).unlink(missing_ok=True)

    def oude(self, gemeente_uid: UUID, grens: datetime) -> list[str]:
        """Last part of the name of what was stored before this moment; with a dot before it: a write cut off."""
        oud = {pad.name for pad in self._in_map(self.wortel / str(gemeente_uid)) if _is_ouder(pad, grens)}
        # What a run that was killed had in its hands counts under its own name (``leg_terug``).
        oud = {naam[1 : -len(_OPZIJ)] if naam.endswith(_OPZIJ) else naam for naam in oud}
        return [naam for naam in sorted(oud) if naam.startswith(".") or _SHA256.fullmatch(naam)]

    def leg_terug(self, gemeente_uid: UUID) -> None:
        """Put back what a run that was killed had in its hands. For one run at a time."""
        for opzij in self._in_map(self.wortel / str(gemeente_uid)):
            if opzij.name.endswith(_OPZIJ):
                pad = opzij.with_name(opzij.name[1 : -len(_OPZIJ)])
                if pad.exists():
                    # Stored again meanwhile: as new as that, or a sweep takes it away before its row is there.
                    opzij.unlink()
                else:
                    opzij.rename(pad)

    def haal_weg(self, gemeente_uid: UUID, oude: Sequence[str], grens: datetime) -> int:
        """Destroy these of ``oude``; how many went. One that somebody stored again meanwhile stays."""
        weg = 0
        for naam in oude:
            pad = self.wortel / str(gemeente_uid) / naam.lstrip(".")[:2] / naam
            opzij = pad.with_name(f".{naam}{_OPZIJ}")
            try:
                pad.rename(opzij)
            except FileNotFoundError:
                continue
            if _is_ouder(opzij, grens):
                opzij.unlink()
                weg += 1
            else:
                opzij.rename(pad)
        return weg

    @staticmethod
    def _in_map(eigen: Path) -> Iterator[Path]:
        for map_ in sorted(eigen.iterdir()) if eigen.is_dir() else ():
            yield from sorted(map_.iterdir()) if map_.is_dir() else ()
