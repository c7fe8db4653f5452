"""The store in a bucket: the bucket is the durable place, the local folder holds uploads under way and copies.

Order of a write: bytes on this disk, the object whole in the bucket, and only then the row. What is read comes from a
local copy that was made with its hash checked; what asks whether the store itself is whole reads the bucket.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

import structlog

from inspecties.core.emmer import Emmer
from inspecties.core.opslag import (
    Opslag,
    fsync_bestand,
    is_naam,
    maak_map,
    naam_van,
    schijf,
    schrijf_bestand,
    sha256_van,
)
from inspecties.core.opslagcache import Cache
from inspecties.core.s3plek import S3Plek

_log = structlog.get_logger("inspecties.objectopslag")


@dataclass(frozen=True)
class Objectopslag(Opslag):
    """``wortel``: the local folder. Every method raises OpslagWeg where the bucket can not be asked."""

    emmer: Emmer = field(kw_only=True)
    cache: Cache = field(kw_only=True)

    def pad(self, gemeente_uid: UUID, sha256: str) -> Path:
        """A local copy to read now; nothing stands there where the bucket does not hold it, or something else."""
        naam = naam_van(gemeente_uid, sha256)
        with self.cache.slot(naam, alleen=False):
            # A copy that this disk spoiled is no finding about the original: it is made anew.
            heel = self.cache.gebruik(naam) and sha256_van(self.wortel / naam) == sha256
            grootte = 0 if heel else self._haal_op(naam)
        if grootte:
            self.cache.erbij(grootte)
        return self.wortel / naam

    def _haal_op(self, naam: str) -> int:
        """Make the local copy; how many bytes it has, 0 where none could be made."""
        doel = self.wortel / naam
        with schijf():
            maak_map(doel.parent)
        doel.unlink(missing_ok=True)
        tijdelijk = doel.with_name(f".{doel.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            if self._schrijf_uit(naam, tijdelijk) != doel.name:
                return 0
            with schijf():
                # Or a power cut leaves an empty file under a name that promises more.
                fsync_bestand(tijdelijk)
                tijdelijk.rename(doel)
            return doel.stat().st_size
        finally:
            tijdelijk.unlink(missing_ok=True)

    def _schrijf_uit(self, naam: str, doel: Path) -> str:
        """Write the object to a new file; the SHA-256 of what came, "" where there is no object."""
        stukken = self.emmer.haal(naam)
        if stukken is None:
            return ""
        hasher = hashlib.sha256()
        with schijf(), doel.open("xb") as bestand:
            doel.chmod(0o600)
            for stuk in stukken:
                hasher.update(stuk)
                bestand.write(stuk)
        if hasher.hexdigest() != naam[-64:]:
            _log.error("opslag_geschonden", naam=naam)
        return hasher.hexdigest()

    def neem_op(self, deel: Path, gemeente_uid: UUID, sha256: str) -> Path:
        """Put a whole file, whose hash was checked, in the bucket; there, and as a local copy, on return."""
        naam = naam_van(gemeente_uid, sha256)
        doel, grootte = self.wortel / naam, deel.stat().st_size
        with self.cache.slot(naam, alleen=False):
            self._zet(naam, deel)
            with schijf():
                maak_map(doel.parent)
                fsync_bestand(deel)
                os.utime(deel)
                deel.rename(doel)
        self.cache.erbij(grootte)
        return doel

    def _zet(self, naam: str, bron: Path) -> None:
        with bron.open("rb") as bestand:
            self.emmer.zet(naam, bestand, bron.stat().st_size, naam[-64:])

    def schrijf(self, gemeente_uid: UUID, inhoud: bytes) -> str:
        """Put bytes in the bucket and return their SHA-256. Also what is there already: no sweep takes it away then."""
        sha256 = hashlib.sha256(inhoud).hexdigest()
        naam = naam_van(gemeente_uid, sha256)
        with self.cache.slot(naam, alleen=False):
            self.emmer.zet(naam, inhoud, len(inhoud), sha256)
            if not self.cache.gebruik(naam):
                schrijf_bestand(self.wortel / naam, inhoud)
        self.cache.erbij(len(inhoud))
        return sha256

    def namen(self) -> Iterator[str]:
        for ding in self.emmer.dingen():
            if is_naam(ding.naam):
                yield ding.naam

    def hash_van(self, naam: str) -> str:
        stukken = self.emmer.haal(naam)
        if stukken is None:
            return ""
        hasher = hashlib.sha256()
        for stuk in stukken:
            hasher.update(stuk)
        return hasher.hexdigest()

    def kopieer(self, naam: str, doel: Path) -> str:
        doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sha256 = self._schrijf_uit(naam, doel)
        if not sha256:
            raise FileNotFoundError(naam)
        fsync_bestand(doel)
        return sha256

    def zet_terug(self, bron: Path, naam: str) -> None:
        if sha256_van(bron) != naam[-64:]:
            raise ValueError("changed while it was read")
        self._zet(naam, bron)

    def verwijder(self, naam: str) -> None:
        with self.cache.slot(naam, alleen=True):
            self.emmer.vernietig(naam)
            (self.wortel / naam).unlink(missing_ok=True)

    def oude(self, gemeente_uid: UUID, grens: datetime) -> list[str]:
        """As in a folder. A write that was cut off leaves nothing in a bucket."""
        dingen = self.emmer.dingen(f"{gemeente_uid}/")
        return [ding.naam[-64:] for ding in dingen if is_naam(ding.naam) and ding.gezet_op < grens]

    def haal_weg(self, gemeente_uid: UUID, oude: Sequence[str], grens: datetime) -> int:
        weg = 0
        for sha256 in oude:
            naam = naam_van(gemeente_uid, sha256)
            # Who stores it again waits here, and puts it back; who just did is seen.
            with self.cache.slot(naam, alleen=True):
                ding = self.emmer.kop(naam)
                if ding is None or ding.gezet_op >= grens:
                    continue
                self.emmer.vernietig(naam)
                (self.wortel / naam).unlink(missing_ok=True)
                weg += 1
        return weg


def maak_objectopslag(wortel: Path, plek: S3Plek, grens: int) -> Objectopslag:
    """The store in this bucket, with at most ``grens`` bytes of copies in this folder. Opens no connection."""
    return Objectopslag(wortel, emmer=Emmer(plek), cache=Cache(wortel, grens))
