"""The manifest of a backup: everything that is in it, by hash, sealed with a key that is not in it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from inspecties.core.sleutelbos import Sleutelbos
from inspecties.dienst.backup.fouten import BackupFout

FORMAAT = 1
MANIFEST = "manifest.json"
NAAMVORM = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class Bestand:
    """A file in the backup: path from its folder, SHA-256 (hex) and size in bytes."""

    pad: str
    sha256: str
    grootte: int


@dataclass(frozen=True)
class Manifest:
    """``moment`` is ISO 8601 in UTC; ``migratie`` the revision of the schema; ``tellingen`` rows per table.

    ``ontbreekt``: files that the database names and that were not whole in the store when the backup was made.
    ``sleutels``: per key of encrypted fields a keyed mark, by which a restore knows whether it has the same keys.
    """

    moment: str
    versie: str
    database: str
    databaseversie: str
    migratie: str
    epoch: str
    databasebestand: Bestand
    tellingen: Mapping[str, int]
    bestanden: tuple[Bestand, ...]
    demobestanden: tuple[Bestand, ...] = ()
    ontbreekt: tuple[str, ...] = ()
    sleutels: Mapping[str, str] = field(default_factory=dict)
    formaat: int = FORMAAT
    zegel: str = ""

    @property
    def alle(self) -> tuple[Bestand, ...]:
        return (self.databasebestand, *self.bestanden, *self.demobestanden)

    @property
    def grootte(self) -> int:
        """Bytes of everything in it."""
        return sum(b.grootte for b in self.alle)


def sleutelkenmerken(bos: Sleutelbos) -> dict[str, str]:
    """A keyed hash per key: equal where the keys are equal, and says nothing about them."""
    return {naam: Sleutelbos({naam: sleutel}).wis_af("backup", naam) for naam, sleutel in bos.sleutels.items()}


def _zegel(manifest: Manifest, bos: Sleutelbos) -> str:
    inhoud = json.dumps(asdict(replace(manifest, zegel="")), sort_keys=True, ensure_ascii=True)
    return bos.wis_af("backupmanifest", hashlib.sha256(inhoud.encode()).hexdigest())


def verzegel(manifest: Manifest, bos: Sleutelbos) -> Manifest:
    """The manifest with the marks of the keys and the seal."""
    met = replace(manifest, sleutels=sleutelkenmerken(bos))
    return replace(met, zegel=_zegel(met, bos))


def ontbrekende_sleutels(manifest: Manifest, bos: Sleutelbos) -> list[str]:
    """Names of keys that the backup's encrypted fields may need and that are not here."""
    hier = set(sleutelkenmerken(bos).values())
    return sorted(naam for naam, kenmerk in manifest.sleutels.items() if kenmerk not in hier)


def zegel_klopt(manifest: Manifest, bos: Sleutelbos) -> bool | None:
    """Whether the manifest is as it was written; None where the key of the seal (the oldest one) is not here."""
    oudste = list(manifest.sleutels.values())[-1] if manifest.sleutels else ""
    hier = {kenmerk: naam for naam, kenmerk in sleutelkenmerken(bos).items()}
    if oudste not in hier:
        return None
    naam = hier[oudste]
    return _zegel(manifest, Sleutelbos({naam: bos.sleutels[naam]})) == manifest.zegel


def schrijf(manifest: Manifest, pad: Path) -> None:
    """As readable JSON; the caller makes it durable."""
    pad.touch(mode=0o600)
    pad.write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _bestand(ruw: Any) -> Bestand:
    bestand = Bestand(str(ruw["pad"]), str(ruw["sha256"]), int(ruw["grootte"]))
    delen = Path(bestand.pad).parts
    if not delen or ".." in delen or Path(bestand.pad).is_absolute():
        raise ValueError("path outside the backup")
    return bestand


def lees(map_: Path) -> Manifest:
    """The manifest of the backup in this folder. Raises BackupFout where it is not there or not readable."""
    pad = map_ / MANIFEST
    try:
        ruw = json.loads(pad.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BackupFout(f"In {map_} staat geen hele backup: {MANIFEST} ontbreekt.") from None
    except (OSError, ValueError) as fout:
        raise BackupFout(f"{pad} is niet te lezen: {fout}") from fout
    try:
        if ruw["formaat"] != FORMAAT:
            raise BackupFout(f"{pad} heeft vorm {ruw['formaat']}; deze versie van Inspecties leest vorm {FORMAAT}.")
        lijsten = {n: tuple(_bestand(b) for b in ruw[n]) for n in ("bestanden", "demobestanden")}
        vast = {"databasebestand": _bestand(ruw["databasebestand"]), "ontbreekt": tuple(ruw["ontbreekt"])}
        return Manifest(**(ruw | lijsten | vast))
    except (KeyError, TypeError, ValueError) as fout:
        raise BackupFout(f"{pad} is beschadigd.") from fout
