"""Put a backup back: verify, prepare a copy beside what is there, and only then change places.

Whatever goes wrong before the change leaves everything as it was. On PostgreSQL the change is one transaction, and
what was there is dumped first, so that it can be put back when bringing it up to date fails after that.
"""

import dataclasses
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from inspecties import create_app
from inspecties.audit.operations import controleer as controleer_keten
from inspecties.audit.operations import leg_vast
from inspecties.controles.tijdperk import verhoog_epoch
from inspecties.core.actor import systeem
from inspecties.core.fouten import OpslagVol, OpslagWeg
from inspecties.core.klok import Klok
from inspecties.core.opslag import fsync_bestand, fsync_map
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.dienst.backup import sqlite
from inspecties.dienst.backup.bestanden import Meld, maak_duurzaam, zet_in_opslag
from inspecties.dienst.backup.bewijzen import vernietig_weer
from inspecties.dienst.backup.controleren import controleer, vergelijk_tellingen
from inspecties.dienst.backup.fouten import BackupFout
from inspecties.dienst.backup.maken import sqlitebestand
from inspecties.dienst.backup.manifest import NAAMVORM, Manifest, lees, ontbrekende_sleutels
from inspecties.dienst.backup.oude_bewijzen import schrijf_bewijzen
from inspecties.dienst.backup.postgres import WERKMAP, Postgres
from inspecties.dienst.slot import alles_of_niets, dienst_staat_stil, lees_half
from inspecties.gebruikers.models import Gemeente, Sessie
from inspecties.gebruikers.models_factoren import Herstelcode, Wachtwoordverzoek
from inspecties.instellingen import WORTEL, Instellingen, opslag_van
from inspecties.start.bewaar_beurt import alleen_wij

# In the name of what a restore on SQLite works in; of what stood there, with "voor-" before it.
WERK = "herstel"
OUD = f"database.voor-{WERK}-"
# Seconds for a database to end what a killed restore had started.
_GEDULD_S = 60


@dataclass
class Uitkomst:
    """What a restore did. ``problemen``: what is not as it should be now, though everything in the backup is back."""

    backup: str
    epoch: str
    migratie: str
    rijen: int
    bestanden: int
    nieuw_in_opslag: int
    oude_database: str = ""
    opnieuw_vernietigd: int = 0
    problemen: list[str] = field(default_factory=list)


def herstel(
    inst: Instellingen, bos: Sleutelbos, klok: Klok, map_: Path, meld: Meld, *, overschrijf: bool = False
) -> Uitkomst:
    """Restore the backup in this folder. Raises BackupFout or Conflict; then the old state is there."""
    bezig = "De bewaartermijnen worden uitgevoerd. Wacht tot dat klaar is en zet daarna de backup terug."
    with dienst_staat_stil(inst.data), alleen_wij(inst.data, bezig):
        _ruim_resten_op(inst)
        return _herstel(inst, bos, klok, map_, meld, overschrijf=overschrijf)


def _herstel(inst: Instellingen, bos: Sleutelbos, klok: Klok, map_: Path, meld: Meld, *, overschrijf: bool) -> Uitkomst:
    meld("Backup controleren")
    # First what it is: a file of the other kind of database can not even be looked into here.
    _weiger_ongeschikt(lees(map_), inst)
    manifest = controleer(map_, bos, meld)
    nu, oud = klok.nu(), ""
    if inst.is_postgis:
        postgres = Postgres(inst.database)
        _weiger_vol(postgres.is_in_gebruik(), overschrijf=overschrijf)
        # What a killed restore started may still be busy: it ends by itself.
        postgres.weiger_in_gebruik(_GEDULD_S if lees_half(inst.data) is not None else 0)
        postgres.controleer_leesbaar(map_ / manifest.databasebestand.pad)
        if postgres.is_in_gebruik():
            oud = schrijf_bewijzen(create_app(inst, klok))
        nieuw = _zet_bestanden(inst, map_, manifest, meld)
        uit = _in_postgres(inst, postgres, klok, map_, manifest, meld)
    else:
        plaats = sqlitebestand(inst)
        _weiger_vol(sqlite.is_in_gebruik(plaats), overschrijf=overschrijf)
        if sqlite.is_in_gebruik(plaats):
            oud = schrijf_bewijzen(create_app(inst, klok))
        nieuw = _zet_bestanden(inst, map_, manifest, meld)
        uit = _in_sqlite(inst, plaats, klok, nu, map_, manifest, meld)
    uit.nieuw_in_opslag = nieuw
    uit.problemen += [*([oud] if oud else []), *_problemen(manifest, bos)]
    return uit


def _ruim_resten_op(inst: Instellingen) -> None:
    """Copies of the database that a killed restore left; nobody else restores here now."""
    for map_ in inst.data.glob(f"{WERKMAP}-*"):
        shutil.rmtree(map_)
    if not inst.is_postgis:
        plaats = sqlitebestand(inst)
        for rest in plaats.parent.glob(f"{plaats.name}.{WERK}-*"):
            rest.unlink()


def _weiger_ongeschikt(manifest: Manifest, inst: Instellingen) -> None:
    hier = "postgis" if inst.is_postgis else "spatialite"
    if manifest.database != hier:
        raise BackupFout(
            f"Deze backup is van een database op {manifest.database}; hier staat {hier} ingesteld. "
            "Zet INSPECTIES_DATABASE_URL op een database van dezelfde soort."
        )
    bekend = {stap.revision for stap in ScriptDirectory(str(WORTEL / "migrations")).walk_revisions()}
    if manifest.migratie not in bekend:
        raise BackupFout(
            f"Deze backup is gemaakt met Inspecties {manifest.versie} (schema {manifest.migratie or 'onbekend'}), dat "
            "deze versie niet kent. Installeer eerst die versie of een nieuwere."
        )


def _weiger_vol(vol: bool, *, overschrijf: bool) -> None:
    if vol and not overschrijf:
        raise BackupFout(
            "De database is niet leeg. Met --overschrijf komt de backup ervoor in de plaats; de oude wordt bewaard."
        )


def _zet_bestanden(inst: Instellingen, map_: Path, manifest: Manifest, meld: Meld) -> int:
    """Every file back in the store. Nothing there goes away, so that the old state stays whole as well."""
    meld(f"{len(manifest.bestanden)} foto's en stukken terugzetten")
    try:
        opslag = opslag_van(inst)
        nieuw = sum(zet_in_opslag(map_, bestand, opslag) for bestand in manifest.bestanden)
        if inst.opslagmap.is_dir():
            maak_duurzaam(inst.opslagmap)
    except (OpslagVol, OpslagWeg) as fout:
        raise BackupFout(f"{fout.melding} De database is niet veranderd.") from fout
    except (OSError, ValueError) as fout:
        raise BackupFout(f"De opslag {inst.opslagmap} is niet te schrijven: {fout}") from fout
    return nieuw


def _in_sqlite(
    inst: Instellingen, plaats: Path, klok: Klok, nu: datetime, map_: Path, manifest: Manifest, meld: Meld
) -> Uitkomst:
    naam = nu.strftime(NAAMVORM)
    werk, opzij = (plaats.with_name(f"{plaats.name}.{soort}-{naam}") for soort in (WERK, f"voor-{WERK}"))
    plaats.parent.mkdir(parents=True, exist_ok=True)
    try:
        feiten = sqlite.kopieer(map_ / manifest.databasebestand.pad, werk)
        _weiger_verschil(manifest, feiten.tellingen)
        with _toepassing(dataclasses.replace(inst, database_url=f"sqlite:///{werk.resolve()}"), klok) as app:
            uit = _werk_bij(app, manifest, map_, nu, meld)
        sqlite.maak_een_bestand(werk)
        if sqlite.zet_op_plaats(werk, plaats, opzij):
            uit.oude_database = str(opzij)
    except OSError as fout:
        raise BackupFout(f"De database {plaats} is niet te schrijven: {fout}") from fout
    finally:
        for achter in ("", "-wal", "-shm", "-journal"):
            werk.with_name(werk.name + achter).unlink(missing_ok=True)
    return uit


def _in_postgres(
    inst: Instellingen, postgres: Postgres, klok: Klok, map_: Path, manifest: Manifest, meld: Meld
) -> Uitkomst:
    nu = klok.nu()
    was_vol = postgres.is_in_gebruik()
    inst.data.mkdir(parents=True, exist_ok=True)
    eerder = _bewaard_door_half_herstel(inst.data)
    oud = eerder or inst.data / f"{OUD}{nu.strftime(NAAMVORM)}.dump"
    try:
        if eerder is None:
            meld("Bewaren wat er stond")
            postgres.dump(oud)
            fsync_bestand(oud)
            fsync_map(inst.data)
        meld("Database terugzetten")
        half = f"wat er stond is bewaard in {oud.name}."
        with alles_of_niets(inst.data, half, lambda: postgres.zet_terug(oud, inst.data)):
            postgres.zet_terug(map_ / manifest.databasebestand.pad, inst.data)
            _weiger_verschil(manifest, postgres.lees().tellingen)
            with _toepassing(inst, klok) as app:
                uit = _werk_bij(app, manifest, map_, nu, meld)
    except OSError as fout:
        raise BackupFout(f"{oud} is niet te schrijven: {fout}") from fout
    if was_vol:
        uit.oude_database = str(oud)
    else:
        oud.unlink()
    return uit


def _bewaard_door_half_herstel(data: Path) -> Path | None:
    """The dump of what there was before a restore that was killed: what is there now is not worth going back to."""
    gevonden = re.search(rf"{re.escape(OUD)}\w+\.dump", lees_half(data) or "")
    pad = data / gevonden[0] if gevonden else None
    return pad if pad is not None and pad.is_file() else None


def _weiger_verschil(manifest: Manifest, tellingen: dict[str, int]) -> None:
    verschillen = vergelijk_tellingen(manifest, tellingen)
    if verschillen:
        raise BackupFout("De teruggezette database is niet die van de backup: " + "; ".join(verschillen[:5]))


@contextmanager
def _toepassing(inst: Instellingen, klok: Klok) -> Iterator[Flask]:
    app = create_app(inst, klok)
    with app.app_context():
        zonder_actor(db.session(), "a restored database is of every gemeente")
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _werk_bij(app: Flask, manifest: Manifest, map_: Path, nu: datetime, meld: Meld) -> Uitkomst:
    """Bring the restored database forward, give it its new epoch, and look whether everything it names is there."""
    meld("Database bijwerken en nakijken")
    upgrade()
    sessie = db.session()
    gemeenten = list(sessie.scalars(select(Gemeente).order_by(Gemeente.id)))
    # Before anything is added: the chain is judged as it was restored.
    breuken = [(g.naam, controleer_keten(sessie, g.id)) for g in gemeenten]
    epoch = verhoog_epoch(sessie, nu)
    # Logins that were ended after the backup must not come back to life.
    sessie.execute(update(Sessie).where(Sessie.beeindigd_op.is_(None)).values(beeindigd_op=nu))
    # Nor what works once, and may have been used since.
    sessie.execute(delete(Herstelcode))
    sessie.execute(update(Wachtwoordverzoek).where(Wachtwoordverzoek.gebruikt_op.is_(None)).values(gebruikt_op=nu))
    _leg_vast(sessie, gemeenten, manifest, map_, nu, str(epoch))
    inst: Instellingen = app.extensions["instellingen"]
    weer_weg, gebleven = vernietig_weer(sessie, gemeenten, inst.data, nu)
    sessie.commit()
    uit = Uitkomst(
        backup=map_.name,
        epoch=str(epoch),
        migratie=manifest.migratie,
        rijen=sum(manifest.tellingen.values()),
        bestanden=len(manifest.bestanden),
        nieuw_in_opslag=0,
        opnieuw_vernietigd=weer_weg,
        problemen=gebleven,
    )
    uit.problemen += [f"Auditlogboek van {n}: gebroken bij regel {b.seq}, {b.uitleg}" for n, b in breuken if b]
    for pad in manifest.ontbreekt:
        if opslag_van(inst).hash_van(pad) != pad[-64:]:
            uit.problemen.append(f"Bestand ontbreekt (ook al toen de backup werd gemaakt): {pad}")
    return uit


def _leg_vast(
    sessie: Session, gemeenten: list[Gemeente], manifest: Manifest, map_: Path, nu: datetime, epoch: str
) -> None:
    for gemeente in gemeenten:
        gegevens = {"moment": manifest.moment, "epoch": epoch}
        leg_vast(sessie, systeem(gemeente.id), nu, "backup_hersteld", "backup", map_.name, gegevens=gegevens)


def _problemen(manifest: Manifest, bos: Sleutelbos) -> list[str]:
    sleutels = ontbrekende_sleutels(manifest, bos)
    if not sleutels:
        return []
    return [
        f"De sleutel van deze backup is hier niet ingesteld ({', '.join(sleutels)}): versleutelde velden zijn niet te "
        "lezen. Zet INSPECTIES_SECRET_KEY en INSPECTIES_VELDSLEUTELS zoals ze waren toen de backup werd gemaakt."
    ]
