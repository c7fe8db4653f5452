"""Make a backup while the service runs."""

import errno
import shutil
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import make_url

from inspecties.core.fouten import OpslagWeg
from inspecties.core.opslag import fsync_bestand, fsync_map, kopieer_en_hash, sha256_van
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.dienst.backup import sqlite
from inspecties.dienst.backup.bestanden import Meld, kopieer_alles, maak_duurzaam
from inspecties.dienst.backup.feiten import Feiten
from inspecties.dienst.backup.fouten import BackupFout
from inspecties.dienst.backup.generaties import BEZIG, alleen, generaties, ruim_halve_op
from inspecties.dienst.backup.manifest import MANIFEST, NAAMVORM, Bestand, Manifest, schrijf, verzegel
from inspecties.dienst.backup.postgres import Postgres
from inspecties.instellingen import Instellingen, opslag_van

# The database of a demo can only be used with the secret that the demo made for itself; outside a demo no key goes in.
DEMOBESTANDEN = "demo-*"
_VOL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def sqlitebestand(inst: Instellingen) -> Path:
    """The database file of an installation on SpatiaLite."""
    return Path(make_url(inst.database).database or "")


def maak_backup(inst: Instellingen, bos: Sleutelbos, nu: datetime, doel: Path, meld: Meld) -> Path:
    """A new backup in ``doel``, whole and durable on return; its folder. Raises BackupFout; then nothing is left of it.

    The database first, then the files that it names: a file is always there before the row that names it.
    """
    naam = nu.astimezone(UTC).strftime(NAAMVORM)
    try:
        doel.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alleen(doel):
            bezig, klaar = doel / f"{BEZIG}{naam}", doel / naam
            if klaar.exists():
                raise BackupFout(f"Er is al een backup {naam} in {doel}.")
            ruim_halve_op(doel)
            try:
                bezig.mkdir(mode=0o700)
                _vul(inst, bos, nu, bezig, next(iter(generaties(doel)), None), meld)
                bezig.rename(klaar)
                fsync_map(doel)
            except BaseException:
                shutil.rmtree(bezig, ignore_errors=True)
                raise
    except OpslagWeg as fout:
        raise BackupFout(f"{fout.melding} Er is geen backup gemaakt.") from fout
    except OSError as fout:
        if fout.errno in _VOL:
            raise BackupFout(f"De schijf van {doel} is vol. Er is geen backup gemaakt.") from fout
        raise BackupFout(f"De backup in {doel} is niet te schrijven: {fout}") from fout
    return klaar


def _vul(inst: Instellingen, bos: Sleutelbos, nu: datetime, map_: Path, vorige: Path | None, meld: Meld) -> None:
    meld("Database kopiëren")
    bestand, feiten, databaseversie = _database(inst, map_)
    meld("Foto's en stukken kopiëren")
    bestanden, ontbreekt = kopieer_alles(opslag_van(inst), map_, feiten.genoemd, vorige, meld)
    manifest = Manifest(
        moment=nu.astimezone(UTC).isoformat(timespec="microseconds"),
        versie=version("inspecties"),
        database="postgis" if inst.is_postgis else "spatialite",
        databaseversie=databaseversie,
        migratie=feiten.migratie,
        epoch=feiten.epoch,
        databasebestand=bestand,
        tellingen=feiten.tellingen,
        bestanden=tuple(bestanden),
        demobestanden=tuple(_demobestanden(inst, map_)),
        ontbreekt=tuple(ontbreekt),
    )
    schrijf(verzegel(manifest, bos), map_ / MANIFEST)
    fsync_bestand(map_ / MANIFEST)
    maak_duurzaam(map_)


def _database(inst: Instellingen, map_: Path) -> tuple[Bestand, Feiten, str]:
    if inst.is_postgis:
        pad, postgres = map_ / "database.dump", Postgres(inst.database)
        feiten, versie = postgres.dump(pad), str(postgres.serverversie)
        postgres.controleer_leesbaar(pad)
        fsync_bestand(pad)
    else:
        pad = map_ / "database.db"
        feiten, versie = sqlite.kopieer(sqlitebestand(inst), pad), "3"
    return Bestand(pad.name, sha256_van(pad), pad.stat().st_size), feiten, versie


def _demobestanden(inst: Instellingen, map_: Path) -> list[Bestand]:
    uit = []
    for bron in sorted(inst.data.glob(DEMOBESTANDEN)) if inst.demo else ():
        pad = f"demo/{bron.name}"
        sha256 = kopieer_en_hash(bron, map_ / pad)
        uit.append(Bestand(pad, sha256, (map_ / pad).stat().st_size))
    return uit
