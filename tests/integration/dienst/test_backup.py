"""Backup under writers, restore elsewhere, and tablets that heal a restored backup (sync-and-trust.md, 16 and 19)."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from inspecties import create_app
from inspecties.audit.models import Auditregel
from inspecties.audit.operations import controleer as controleer_keten
from inspecties.controles.models import Bewijsstuk, Operatie
from inspecties.core.fouten import Conflict
from inspecties.core.klok import VasteKlok
from inspecties.core.opslag import Opslag, sha256_van
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.dienst.backup.controleren import controleer
from inspecties.dienst.backup.fouten import BackupFout, BackupNietHeel
from inspecties.dienst.backup.generaties import generaties, kies, ruim_op
from inspecties.dienst.backup.herstellen import Uitkomst, herstel
from inspecties.dienst.backup.maken import maak_backup
from inspecties.dienst.backup.manifest import MANIFEST
from inspecties.dienst.backup.postgres import Postgres
from inspecties.dienst.slot import dienst_draait
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import Instellingen
from tests.tusklant import Tus, jpeg, sha
from tests.veldwereld import Tablet, haal_pak, koppen, maak_actie, tablet
from tests.wereld import Wereld


def stil(tekst: str) -> None:
    """Nobody watches the progress."""


@pytest.fixture
def boa(app: Flask, wereld: Wereld) -> Tablet:
    app.config["FOUTEN_DOORGEVEN"] = True
    maak_actie(wereld.een, wereld.nu, (Rol.INSPECTEUR, Rol.COORDINATOR))
    tab = tablet(wereld, Rol.INSPECTEUR)
    haal_pak(tab)
    return tab


@pytest.fixture
def bezoek(boa: Tablet) -> str:
    return next(iter(boa.revs))


class Dienst:
    """The commands on one installation."""

    def __init__(self, app: Flask, doel: Path) -> None:
        self.app = app
        self.inst: Instellingen = app.extensions["instellingen"]
        self.klok: VasteKlok = app.extensions["klok"]
        self.doel = doel

    def backup(self) -> Path:
        self.klok.moment += timedelta(minutes=1)
        return maak_backup(self.inst, self.app.extensions["sleutelbos"], self.klok.nu(), self.doel, stil)

    def herstel(self, map_: Path, inst: Instellingen | None = None, *, overschrijf: bool = False) -> Uitkomst:
        """As after the service was stopped: no connection of it is left."""
        db.session.remove()
        db.engine.dispose()
        bos = self.app.extensions["sleutelbos"]
        return herstel(inst or self.inst, bos, self.klok, map_, stil, overschrijf=overschrijf)


@pytest.fixture
def dienst(app: Flask, tmp_path: Path) -> Dienst:
    return Dienst(app, tmp_path / "backups")


class Schrijver(threading.Thread):
    """A tablet that answers and photographs until it is told to stop; remembers what it has receipts for."""

    def __init__(self, tab: Tablet, bezoek: str, stop: threading.Event, nr: int) -> None:
        super().__init__()
        self.tab, self.bezoek, self.stop, self.nr = tab, bezoek, stop, nr
        self.tus = Tus(tab.client)
        tab.token = koppen(tab.client)
        self.bevestigd: set[str] = set()
        self.ronden = 0

    def run(self) -> None:
        while not self.stop.is_set():
            self.ronden += 1
            ops = [self.tab.op(self.bezoek, "opmerking", f"{self.nr}/{self.ronden}/{i}") for i in range(5)]
            foto = jpeg(maat=(40, 30)) + f"{self.nr}/{self.ronden}".encode()
            ops.append(
                self.tab.op(
                    self.bezoek,
                    "foto_gevel",
                    {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto), "bestandsnaam": "f.jpg"},
                    soort="attach",
                )
            )
            self.tab.sync()
            self.bevestigd |= {op["op_id"] for op in ops}
            self.tus.stuur(foto, self.bezoek)


def _open(inst: Instellingen, klok: VasteKlok) -> Flask:
    return create_app(inst, klok)


def test_backup_onder_schrijvers_is_heel_en_komt_elders_terug(
    wereld: Wereld, boa: Tablet, bezoek: str, dienst: Dienst, elders: Instellingen
) -> None:
    gemeente_uid = wereld.een.gemeente.uid
    stop = threading.Event()
    schrijvers = [Schrijver(boa, bezoek, stop, 0), Schrijver(tablet(wereld, Rol.COORDINATOR), bezoek, stop, 1)]
    schrijvers[1].tab.form_versie = boa.form_versie
    for s in schrijvers:
        s.start()
    try:
        backups = []
        for ronde in range(3):
            tot = [s.ronden + 2 for s in schrijvers]
            while any(s.is_alive() and s.ronden < t for s, t in zip(schrijvers, tot, strict=True)):
                stop.wait(0.02)
            voor = set().union(*(s.bevestigd for s in schrijvers))
            backups.append((dienst.backup(), voor, ronde))
    finally:
        stop.set()
        for s in schrijvers:
            s.join()
    bos = dienst.app.extensions["sleutelbos"]
    for map_, _, _ in backups:
        manifest = controleer(map_, bos, stil)
        assert manifest.ontbreekt == ()
        assert (map_.stat().st_mode & 0o077, (map_ / manifest.databasebestand.pad).stat().st_mode & 0o077) == (0, 0)
    map_, voor, _ = backups[-1]
    manifest = controleer(map_, bos, stil)
    assert len(generaties(dienst.doel)) == 3
    # What an earlier backup had is linked, not stored twice.
    oud = controleer(backups[0][0], bos, stil).bestanden
    assert oud
    assert all((map_ / b.pad).stat().st_ino == (backups[0][0] / b.pad).stat().st_ino for b in oud)

    uit = dienst.herstel(map_, elders)
    assert uit.problemen == []
    assert uit.epoch != manifest.epoch
    app = _open(elders, dienst.klok)
    with app.app_context():
        zonder_actor(db.session(), "the test counts in every gemeente")
        # Everything that had a receipt before the backup began is there; nothing is there twice.
        ops = [str(u) for u in db.session.scalars(select(Operatie.op_id))]
        assert len(ops) == len(set(ops)) == manifest.tellingen["operatie"]
        assert voor <= set(ops)
        assert voor
        opslag = Opslag(elders.opslagmap)
        bewijs = db.session.scalars(select(Bewijsstuk)).all()
        assert bewijs
        for stuk in bewijs:
            assert sha256_van(opslag.pad(gemeente_uid, stuk.sha256)) == stuk.sha256
        for gemeente in db.session.scalars(select(Gemeente)):
            assert controleer_keten(db.session(), gemeente.id) is None
        db.session.remove()
        db.engine.dispose()


def test_een_teruggezette_backup_wordt_door_de_tablet_geheeld(
    wereld: Wereld, boa: Tablet, bezoek: str, dienst: Dienst
) -> None:
    fotos = [jpeg("navy"), jpeg("maroon")]
    alles = []

    def werk(nr: int) -> None:
        alles.append(boa.op(bezoek, "opmerking", f"voor {nr}"))
        foto = fotos[nr]
        vast = {"sha256": sha(foto), "soort": "image/jpeg", "omvang": len(foto), "bestandsnaam": "f.jpg"}
        alles.append(boa.op(bezoek, "foto_gevel", vast, soort="attach"))
        boa.sync()
        assert Tus(boa.client).stuur(foto, bezoek).status_code == 204

    werk(0)
    epoch = boa.sync()["epoch"]
    backup = dienst.backup()
    werk(1)
    assert boa.sync()["bezoeken"][bezoek]["compleet"]

    with pytest.raises(BackupFout, match="niet leeg"):
        dienst.herstel(backup)
    uit = dienst.herstel(backup, overschrijf=True)
    assert uit.problemen == []
    assert Path(uit.oude_database).stat().st_size > 0
    assert len(list(db.session.scalars(select(Operatie.op_id)))) == 2
    db.session.rollback()

    # Logins ended with the restore; the tablet logs in again, sees another epoch, and sends what it still holds.
    assert boa.client.get("/api/dienst?datum=2026-11-21").status_code == 401
    boa.client, boa.token = wereld.client(Rol.INSPECTEUR), {}
    boa.revs[bezoek] = 0
    eerste = boa.sync()
    assert eerste["epoch"] != epoch
    boa.wachtrij = list(alles)
    na = boa.sync()
    assert boa.wachtrij == []
    assert {str(u) for u in db.session.scalars(select(Operatie.op_id))} == {op["op_id"] for op in alles}
    db.session.rollback()
    stand = na["bezoeken"][bezoek]
    assert stand["bijlagen"] == {sha(fotos[0]): "aanwezig", sha(fotos[1]): "ontbreekt"}
    assert Tus(boa.client).stuur(fotos[1], bezoek).status_code == 204
    assert boa.sync()["bezoeken"][bezoek]["compleet"]
    # The act is in the log of both gemeenten.
    gemeenten = db.session.scalars(select(Gemeente)).all()
    hersteld = select(Auditregel.gemeente_id).where(Auditregel.handeling == "backup_hersteld")
    assert sorted(db.session.scalars(hersteld)) == sorted(g.id for g in gemeenten)
    assert [controleer_keten(db.session(), g.id) for g in gemeenten] == [None, None]


def _wijzig(pad: Path, plek: int) -> None:
    ruw = bytearray(pad.read_bytes())
    ruw[plek] ^= 1
    pad.write_bytes(ruw)


def test_een_gewijzigde_backup_wordt_geweigerd(
    wereld: Wereld, boa: Tablet, bezoek: str, dienst: Dienst, elders: Instellingen
) -> None:
    boa.op(bezoek, "opmerking", "hallo")
    boa.sync()
    assert Tus(boa.client).stuur(jpeg(), bezoek).status_code == 204
    map_ = dienst.backup()
    bestand = controleer(map_, None, stil).bestanden[0].pad
    database = controleer(map_, None, stil).databasebestand.pad

    def geweigerd(wat: str) -> None:
        with pytest.raises(BackupFout, match=wat) as fout:
            dienst.herstel(map_, elders)
        assert isinstance(fout.value, BackupNietHeel)

    for pad in (bestand, database):
        _wijzig(map_ / pad, 100)
        geweigerd("gewijzigd")
        _wijzig(map_ / pad, 100)
    (map_ / bestand).rename(map_ / "elders")
    geweigerd("ontbreekt")
    (map_ / "elders").rename(map_ / bestand)
    # Somebody who may write there changes the manifest along: the seal tells.
    zoals_het_was = (map_ / MANIFEST).read_text()
    inhoud = json.loads(zoals_het_was)
    inhoud["epoch"] = str(UUID(int=0))
    (map_ / MANIFEST).write_text(json.dumps(inhoud))
    geweigerd(MANIFEST)
    (map_ / MANIFEST).write_text(zoals_het_was)
    # None of this left anything behind; whole again it goes.
    assert not list(elders.opslagmap.rglob("*")) if elders.opslagmap.exists() else True
    app = _open(elders, dienst.klok)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Gemeente)) == 0
        db.session.remove()
        db.engine.dispose()
    assert dienst.herstel(map_, elders).problemen == []


def test_een_mislukt_herstel_laat_alles_zoals_het_was(
    wereld: Wereld, boa: Tablet, bezoek: str, dienst: Dienst, monkeypatch: pytest.MonkeyPatch
) -> None:
    map_ = dienst.backup()
    boa.op(bezoek, "opmerking", "na de backup")
    boa.sync()

    def staat_er() -> int:
        aantal = db.session.scalar(select(func.count()).select_from(Operatie))
        db.session.rollback()
        return aantal or 0

    assert staat_er() == 1
    # A service that has no connection open yet, and one that has.
    with dienst_draait(dienst.inst.data), pytest.raises(Conflict, match="draait"):
        dienst.herstel(map_, overschrijf=True)
    with db.engine.connect() as verbinding:
        verbinding.exec_driver_sql("SELECT 1")
        with pytest.raises(BackupFout, match="in gebruik"):
            herstel(dienst.inst, dienst.app.extensions["sleutelbos"], dienst.klok, map_, stil, overschrijf=True)
    assert staat_er() == 1

    def breekt() -> None:
        raise RuntimeError("halverwege")

    monkeypatch.setattr("inspecties.dienst.backup.herstellen.upgrade", breekt)
    with pytest.raises(RuntimeError, match="halverwege"):
        dienst.herstel(map_, overschrijf=True)
    assert staat_er() == 1
    if dienst.inst.is_postgis:
        # Not only the rows: triggers, indexes and functions work as before.
        assert Postgres(dienst.inst.database).lees().migratie
    assert boa.sync()["bezoeken"][bezoek]["rev"] == 1
    assert not list(dienst.inst.data.glob("*.herstel-*"))


def test_oude_en_halve_backups(wereld: Wereld, dienst: Dienst, monkeypatch: pytest.MonkeyPatch) -> None:
    eerste = [dienst.backup() for _ in range(3)]
    # Killed while it was made: what is left is no backup, and the next run removes it.
    half = dienst.doel / ".bezig-20990101T000000000000Z"
    half.mkdir()
    (half / "database.db").write_bytes(b"half")
    zonder_manifest = dienst.doel / "20990101T000000000000Z"
    zonder_manifest.mkdir()
    assert kies(dienst.doel) == eerste[-1]

    def vol(*argumenten: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as m:
        m.setattr("inspecties.dienst.backup.maken.kopieer_alles", vol)
        with pytest.raises(BackupFout, match="vol"):
            dienst.backup()
    assert kies(dienst.doel) == eerste[-1]
    assert ruim_op(dienst.doel, 2) == [eerste[0].name]
    assert generaties(dienst.doel) == [eerste[2], eerste[1]]
    assert not half.exists()
    for map_ in eerste[1:]:
        controleer(map_, dienst.app.extensions["sleutelbos"], stil)
