"""Several backups in one folder: which there are, which is the newest, and how many stay."""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from inspecties.dienst.backup.fouten import BackupFout
from inspecties.dienst.backup.manifest import MANIFEST
from inspecties.dienst.slot import in_handen

BEZIG = ".bezig-"
_SLOT = ".slot"
_NAAM = re.compile(r"\d{8}T\d{12}Z")


def generaties(map_: Path) -> list[Path]:
    """The whole backups in this folder, the newest first."""
    if not map_.is_dir():
        return []
    hele = [pad for pad in map_.iterdir() if _NAAM.fullmatch(pad.name) and (pad / MANIFEST).is_file()]
    return sorted(hele, key=lambda pad: pad.name, reverse=True)


def kies(map_: Path) -> Path:
    """A folder that is a backup itself, or the newest one in it. Raises BackupFout."""
    if (map_ / MANIFEST).is_file():
        return map_
    if not map_.is_dir():
        raise BackupFout(f"De map {map_} bestaat niet.")
    gevonden = generaties(map_)
    if not gevonden:
        raise BackupFout(f"In {map_} staat geen hele backup.")
    return gevonden[0]


def halve(map_: Path) -> list[Path]:
    """What killed backups left; nothing while one is being made."""
    return [] if in_handen(map_ / _SLOT) else _van_afgebroken(map_)


def _van_afgebroken(map_: Path) -> list[Path]:
    return sorted(map_.glob(f"{BEZIG}*"))


def ruim_op(map_: Path, houd: int) -> list[str]:
    """Remove all but the newest ``houd`` backups, and what broken-off ones left; the names that went.

    Only under ``alleen``: nobody else is making one.
    """
    weg = generaties(map_)[houd:]
    for pad in weg:
        _verwijder(pad)
    ruim_halve_op(map_)
    return [pad.name for pad in weg]


def ruim_halve_op(map_: Path) -> None:
    """Remove what killed backups left: copies of the database that nobody looks at. Only under ``alleen``."""
    for pad in _van_afgebroken(map_):
        _verwijder(pad)


def _verwijder(pad: Path) -> None:
    # The manifest first: what is left of a removal that breaks off is not taken for a backup.
    (pad / MANIFEST).unlink(missing_ok=True)
    shutil.rmtree(pad)


@contextmanager
def alleen(map_: Path) -> Iterator[None]:
    """One backup at a time in a folder. Raises BackupFout where another is under way."""
    with (map_ / _SLOT).open("w") as slot:
        try:
            fcntl.flock(slot, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFout(f"Er wordt al een backup gemaakt in {map_}.") from None
        yield
