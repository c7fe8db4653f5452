"""The store of files in a backup. A file there is named by its content and never changes, so it can be copied any time.

What an earlier backup beside it holds already is linked and not copied again: a second backup costs only what is new.
Backups share no bytes with the store itself: what damages that leaves them whole.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from inspecties.core.opslag import fsync_map, sha256_van
from inspecties.dienst.backup.manifest import Bestand

_MAP = "bestanden"
_PAD = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_ELKE = 500
_STUK = 1024 * 1024

Meld = Callable[[str], None]


def in_opslag(wortel: Path) -> Iterator[str]:
    """Path from the root of every whole file in the store; uploads under way are not."""
    for gemeente in sorted(wortel.iterdir()) if wortel.is_dir() else ():
        for map_ in sorted(gemeente.iterdir()) if gemeente.is_dir() else ():
            for pad in sorted(map_.iterdir()) if map_.is_dir() else ():
                naam = pad.relative_to(wortel).as_posix()
                if _PAD.fullmatch(naam):
                    yield naam


def kopieer_en_hash(bron: Path, doel: Path) -> str:
    """Copy a file durably and return the SHA-256 of what was written."""
    hasher = hashlib.sha256()
    doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with bron.open("rb") as van, doel.open("xb") as naar:
        doel.chmod(0o600)
        while stuk := van.read(_STUK):
            hasher.update(stuk)
            naar.write(stuk)
        naar.flush()
        os.fsync(naar.fileno())
    return hasher.hexdigest()


def _neem_over(pad: str, bron: Path, doel: Path, vorige: Path | None) -> bool:
    """Whether the file is in the backup now, with the content that its name says."""
    sha256 = pad[-64:]
    if vorige is not None and (vorige / pad).is_file() and sha256_van(vorige / pad) == sha256:
        doel.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            os.link(vorige / pad, doel)
        except OSError:
            # A disk that knows no hard links.
            shutil.copyfile(vorige / pad, doel)
        return True
    try:
        goed = kopieer_en_hash(bron, doel) == sha256
    except FileNotFoundError:
        goed = False
    if not goed:
        doel.unlink(missing_ok=True)
    return goed


def kopieer_alles(
    opslag: Path, map_: Path, genoemd: Iterable[str], vorige: Path | None, meld: Meld
) -> tuple[list[Bestand], list[str]]:
    """Copy every whole file of the store into the backup; after the database, so that all it names is there by now.

    Also what no row names: an upload that became a row a moment later does no harm, and a file is never lost because a
    new feature forgot to list its column. Second: what the database names and is not whole in the store.
    """
    genoemd = set(genoemd)
    paden = sorted({*in_opslag(opslag), *genoemd})
    eerder = vorige / _MAP if vorige is not None else None
    uit: list[Bestand] = []
    weg: list[str] = []
    for i, pad in enumerate(paden):
        if i and i % _ELKE == 0:
            meld(f"Bestanden: {i} van {len(paden)}")
        doel = map_ / _MAP / pad
        if _neem_over(pad, opslag / pad, doel, eerder):
            uit.append(Bestand(f"{_MAP}/{pad}", pad[-64:], doel.stat().st_size))
        elif pad in genoemd:
            weg.append(pad)
    maak_duurzaam(map_)
    return uit, weg


def maak_duurzaam(map_: Path) -> None:
    """Flush the names in this folder and in all below it."""
    for pad, _, _ in os.walk(map_, topdown=False):
        fsync_map(Path(pad))


def zet_in_opslag(map_: Path, bestand: Bestand, opslag: Path) -> bool:
    """Put a file back where it is not, or not whole; whether that was needed. Raises ValueError when it came broken."""
    doel = opslag / Path(bestand.pad).relative_to(_MAP)
    if doel.is_file() and doel.stat().st_size == bestand.grootte and sha256_van(doel) == bestand.sha256:
        return False
    tijdelijk = doel.with_name(f".{doel.name}.herstel")
    tijdelijk.unlink(missing_ok=True)
    if kopieer_en_hash(map_ / bestand.pad, tijdelijk) != bestand.sha256:
        tijdelijk.unlink()
        raise ValueError("changed while it was read")
    tijdelijk.replace(doel)
    return True
