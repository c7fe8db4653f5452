"""Verification of a backup by its hashes, and of what is inside the database file."""

from pathlib import Path

from inspecties.core.opslag import sha256_van
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.dienst.backup import sqlite
from inspecties.dienst.backup.bestanden import Meld
from inspecties.dienst.backup.fouten import BackupFout, BackupNietHeel
from inspecties.dienst.backup.manifest import MANIFEST, Bestand, Manifest, lees, zegel_klopt

_ELKE = 500
_MEESTE = 20


def controleer(map_: Path, bos: Sleutelbos | None, meld: Meld) -> Manifest:
    """The manifest of a backup that is whole. Raises BackupNietHeel naming every difference, or BackupFout.

    ``bos``: with the keys that it was made with, the seal of the manifest is held against it too.
    """
    manifest = lees(map_)
    fouten: list[str] = []
    if bos is not None and zegel_klopt(manifest, bos) is False:
        fouten.append(f"{MANIFEST} is gewijzigd nadat de backup was gemaakt")
    for i, bestand in enumerate(manifest.alle):
        if i and i % _ELKE == 0:
            meld(f"Gecontroleerd: {i} van {len(manifest.alle)} bestanden")
        fout = _vergelijk(map_, bestand)
        if fout:
            fouten.append(f"{bestand.pad}: {fout}")
    vreemd = _vreemd(map_, manifest)
    fouten += [f"{pad}: hoort niet bij deze backup" for pad in vreemd]
    if not fouten and manifest.database == "spatialite":
        fouten += _binnenin(map_ / manifest.databasebestand.pad, manifest)
    if fouten:
        meer = [f"en nog {len(fouten) - _MEESTE}"] if len(fouten) > _MEESTE else []
        raise BackupNietHeel(map_.name, fouten[:_MEESTE] + meer)
    return manifest


def _vergelijk(map_: Path, bestand: Bestand) -> str:
    pad = map_ / bestand.pad
    if not pad.is_file():
        return "ontbreekt"
    if pad.stat().st_size != bestand.grootte:
        return f"{pad.stat().st_size} bytes, dat moeten er {bestand.grootte} zijn"
    return "" if sha256_van(pad) == bestand.sha256 else "de inhoud is gewijzigd (SHA-256)"


def _vreemd(map_: Path, manifest: Manifest) -> list[str]:
    bekend = {MANIFEST} | {bestand.pad for bestand in manifest.alle}
    hier = (pad.relative_to(map_).as_posix() for pad in map_.rglob("*") if not pad.is_dir())
    return sorted(set(hier) - bekend)


def _binnenin(pad: Path, manifest: Manifest) -> list[str]:
    try:
        feiten = sqlite.lees(pad)
    except BackupFout as fout:
        return [fout.melding]
    return vergelijk_tellingen(manifest, feiten.tellingen)


def vergelijk_tellingen(manifest: Manifest, tellingen: dict[str, int]) -> list[str]:
    """Tables whose number of rows is not what the manifest says."""
    return [
        f"tabel {tabel}: {tellingen.get(tabel, 0)} rijen, dat moeten er {aantal} zijn"
        for tabel, aantal in sorted(manifest.tellingen.items())
        if tellingen.get(tabel, 0) != aantal
    ]
