"""Gather what the hardening check looks at. Changes nothing; what cannot be found out is left out."""

import os
import stat
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask
from flask.helpers import get_debug_flag
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from inspecties.audit.bestemmingen import Bestemming
from inspecties.core.emmer_schouw import schouw
from inspecties.core.objectopslag import Objectopslag
from inspecties.core.s3plek import Emmerstand
from inspecties.database import db, zonder_actor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.dienst import dokter_database as vraag
from inspecties.dienst.backup.controleren import controleer
from inspecties.dienst.backup.fouten import BackupFout, BackupNietHeel
from inspecties.dienst.backup.generaties import kies
from inspecties.dienst.backup.manifest import Manifest, lees
from inspecties.dienst.dokter import Backupfeiten, Bestandsrecht, Feiten, Schijf, Stand
from inspecties.dienst.dokter_lekken import lees_lekken
from inspecties.dienst.dokter_net import bezoek
from inspecties.dienst.dokter_resten import lees_resten
from inspecties.dienst.dokter_tijd import lees_tijddienst
from inspecties.dienst.taken import lees_koppen, lees_start, lees_taken
from inspecties.instellingen import Instellingen, opslag_van

STEMPELS = ("elders", "herstelproef")
# Where the guide puts settings and keys.
SLOTDAG = Path(__file__).resolve().parents[2] / "config" / "vereisten" / "vernieuwd.txt"
GEHEIMENMAP = Path("/etc/inspecties")


def lees_schijven(mappen: dict[str, Path]) -> tuple[Schijf, ...]:
    """Room for each of these that exists."""
    uit = []
    for naam, pad in mappen.items():
        if pad.exists():
            s = os.statvfs(pad)
            uit.append(Schijf(naam, str(pad), s.f_bavail * s.f_frsize, s.f_blocks * s.f_frsize, s.f_favail, s.f_files))
    return tuple(uit)


def lees_rechten(paden: list[Path]) -> tuple[Bestandsrecht, ...]:
    """Permissions of each of these that exists."""
    uit = []
    for pad in paden:
        try:
            s = pad.stat()
        except OSError:
            continue
        uit.append(Bestandsrecht(str(pad), stat.S_IMODE(s.st_mode), s.st_uid in {os.geteuid(), 0}))
    return tuple(uit)


def _geheime_paden(inst: Instellingen) -> list[Path]:
    paden = [inst.data, inst.data / "inspecties.db", inst.data / "demo-geheim", inst.opslagmap]
    if inst.backup_map:
        paden.append(Path(inst.backup_map))
    if os.environ.get("INSPECTIES_CONFIG"):
        paden.append(Path(os.environ["INSPECTIES_CONFIG"]))
    if GEHEIMENMAP.is_dir():
        paden += [GEHEIMENMAP, *sorted(GEHEIMENMAP.iterdir())]
    return paden


def _afwijking(map_: Path, manifest: Manifest) -> str:
    """The first file that is not there with the size that it had. Says nothing about what is in it."""
    for bestand in manifest.alle:
        pad = map_ / bestand.pad
        if not pad.is_file():
            return f"{bestand.pad} ontbreekt"
        if pad.stat().st_size != bestand.grootte:
            return f"{bestand.pad} heeft een andere grootte"
    return ""


def lees_backup(inst: Instellingen, *, grondig: bool, bos: Any = None) -> Backupfeiten | None:
    """The newest backup; None where there is none. ``grondig``: hash every byte of it."""
    try:
        map_ = kies(Path(inst.backup_map))
        manifest = lees(map_)
        afwijking = _afwijking(map_, manifest)
        if grondig and not afwijking:
            controleer(map_, bos, lambda _: None)
    except BackupNietHeel as fout:
        afwijking = fout.fouten[0]
    except BackupFout:
        return None
    return Backupfeiten(
        moment=datetime.fromisoformat(manifest.moment),
        afwijking=afwijking,
        ontbreekt=len(manifest.ontbreekt),
        grondig=grondig,
        eigen_schijf=inst.data.exists() and map_.stat().st_dev == inst.data.stat().st_dev,
    )


def lees_stempels(inst: Instellingen) -> dict[str, datetime]:
    """When somebody or something last touched ``.elders`` and ``.herstelproef`` in the folder of backups."""
    uit = {}
    for naam in STEMPELS if inst.backup_map else ():
        pad = Path(inst.backup_map) / f".{naam}"
        if pad.is_file():
            uit[naam] = datetime.fromtimestamp(pad.stat().st_mtime, UTC)
    return uit


def lees_slotdag(pad: Path = SLOTDAG) -> date | None:
    """The day on which the versions of what we are built from were last renewed (`make vernieuw`)."""
    try:
        return date.fromisoformat(pad.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None


def _begin(sessie: Session) -> None:
    zonder_actor(sessie, "het onderzoek telt over alle gemeenten, en leest geen inhoud")
    sessie.connection(execution_options={ALLEEN_LEZEN: True})


def _koppen(inst: Instellingen, gemaild: dict[str, datetime]) -> dict[str, datetime]:
    """Name of a place -> when a head last went there."""
    return lees_koppen(inst.data) | {Bestemming("mail", aan).naam: moment for aan, moment in gemaild.items()}


def _uit_database(app: Flask, nu: datetime, *, grondig: bool, snel: bool) -> dict[str, Any]:
    inst: Instellingen = app.extensions["instellingen"]
    # Of its own: whoever asks may be in the middle of something.
    with Session(db.engine) as sessie:
        try:
            _begin(sessie)
            uit: dict[str, Any] = {"database": vraag.lees_database(sessie, inst, modellen=not snel)}
            _begin(sessie)
            uit |= {
                "post": vraag.lees_post(sessie),
                "gebruikers": vraag.lees_gebruikers(sessie, nu),
                "koppen": _koppen(inst, vraag.lees_kopmails(sessie)),
                "oude_sleutels": vraag.lees_oude_sleutels(sessie, app.extensions["sleutelbos"]),
            }
            if grondig:
                uit["ketenbreuken"] = vraag.lees_ketenbreuken(sessie)
        except SQLAlchemyError as fout:
            # The message may hold the address with its password.
            return {"databasefout": type(getattr(fout, "orig", None) or fout).__name__, "koppen": _koppen(inst, {})}
    return uit


def lees_emmer(inst: Instellingen) -> Emmerstand | None:
    """What the bucket says; None where files are in a folder."""
    opslag = opslag_van(inst)
    return schouw(opslag.emmer) if isinstance(opslag, Objectopslag) else None


def verzamel(app: Flask, *, grondig: bool = False, net: bool = False, snel: bool = False) -> Feiten:
    """Everything, inside an application context. ``snel``: leave out what takes seconds (for a page)."""
    inst: Instellingen = app.extensions["instellingen"]
    nu = app.extensions["klok"].nu()
    start = lees_start(inst.data)
    return Feiten(
        nu=nu,
        inst=inst,
        slotdag=lees_slotdag(),
        versie=version("inspecties"),
        debug=app.debug or get_debug_flag(),
        stand=Stand(*start) if start else None,
        schijven=lees_schijven(
            {"gegevens": inst.data, "opslag": inst.opslagmap}
            | ({"backups": Path(inst.backup_map)} if inst.backup_map else {})
        ),
        emmer=None if snel else lees_emmer(inst),
        rechten=lees_rechten(_geheime_paden(inst)),
        backup=lees_backup(inst, grondig=grondig, bos=app.extensions["sleutelbos"]) if inst.backup_map else None,
        stempels=lees_stempels(inst),
        taken=lees_taken(inst.data),
        tijd_gelijk=lees_tijddienst(),
        resten=lees_resten(inst, nu),
        lekken=lees_lekken(inst.data),
        security_txt=vraag.lees_security_txt(app),
        net=bezoek(inst.basisadres) if net else None,
        **_uit_database(app, nu, grondig=grondig, snel=snel),
    )
