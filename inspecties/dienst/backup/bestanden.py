"""The store of files in a backup. A file there is named by its content and never changes, so it can be copied any time.

What an earlier backup beside it holds already is linked and not copied again: a second backup costs only what is new.
Backups share no bytes with the store itself: what damages that leaves them whole.
"""

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from inspecties.core.opslag import Opslag, fsync_map, sha256_van
from inspecties.dienst.backup.manifest import Bestand

_MAP = "bestanden"
_ELKE = 500

Meld = Callable[[str], None]


def _neem_over(pad: str, opslag: Opslag, doel: Path, vorige: Path | None) -> bool:
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
        goed = opslag.kopieer(pad, doel) == sha256
    except FileNotFoundError:
        goed = False
    if not goed:
        doel.unlink(missing_ok=True)
    return goed


def kopieer_alles(
    opslag: Opslag, map_: Path, genoemd: Iterable[str], vorige: Path | None, meld: Meld
) -> tuple[list[Bestand], list[str]]:
    """Copy every whole file of the store into the backup; after the database, so that all it names is there by now.

    Also what no row names: an upload that became a row a moment later does no harm, and a file is never lost because a
    new feature forgot to list its column. Second: what the database names and is not whole in the store.
    """
    genoemd = set(genoemd)
    paden = sorted({*opslag.namen(), *genoemd})
    eerder = vorige / _MAP if vorige is not None else None
    uit: list[Bestand] = []
    weg: list[str] = []
    for i, pad in enumerate(paden):
        if i and i % _ELKE == 0:
            meld(f"Bestanden: {i} van {len(paden)}")
        doel = map_ / _MAP / pad
        if _neem_over(pad, opslag, doel, eerder):
            uit.append(Bestand(f"{_MAP}/{pad}", pad[-64:], doel.stat().st_size))
        elif pad in genoemd:
            weg.append(pad)
    maak_duurzaam(map_)
    return uit, weg


def maak_duurzaam(map_: Path) -> None:
    """Flush the names in this folder and in all below it."""
    for pad, _, _ in os.walk(map_, topdown=False):
        fsync_map(Path(pad))


def zet_in_opslag(map_: Path, bestand: Bestand, opslag: Opslag) -> bool:
    """Put a file back where it is not, or not whole; whether that was needed. Raises ValueError when it came broken."""
    naam = Path(bestand.pad).relative_to(_MAP).as_posix()
    if opslag.hash_van(naam) == bestand.sha256:
        return False
    opslag.zet_terug(map_ / bestand.pad, naam)
    return True
