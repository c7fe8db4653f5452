"""Backups of another version or other kind of database, and damaged ones: each is clear, and nothing is half done."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import func, select, text

from inspecties import create_app
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.dienst.backup.fouten import BackupFout
from inspecties.dienst.backup.manifest import MANIFEST, lees, schrijf, verzegel
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import Instellingen
from tests.integration.dienst.test_backup import Dienst
from tests.wereld import Wereld

# A release before row level security: what it brings has to come with the upgrade.
OUDER = "0020"


@pytest.fixture
def dienst(app: Flask, wereld: Wereld, tmp_path: Path) -> Dienst:
    assert wereld
    return Dienst(app, tmp_path / "backups")


def _gemeenten(inst: Instellingen, dienst: Dienst) -> tuple[int, str]:
    """How many there are, and the migration that the database stands on."""
    app = create_app(inst, dienst.klok)
    with app.app_context():
        zonder_actor(db.session(), "the test counts in every gemeente")
        aantal = db.session.scalar(select(func.count()).select_from(Gemeente)) or 0
        migratie = str(db.session.scalar(text("SELECT version_num FROM alembic_version")))
        db.session.remove()
        db.engine.dispose()
    return aantal, migratie


def test_een_backup_van_een_oudere_versie_wordt_bijgewerkt(dienst: Dienst, elders: Instellingen) -> None:
    _, nieuwste = _gemeenten(elders, dienst)
    db.session.commit()
    downgrade(revision=OUDER)
    db.session.remove()
    map_ = dienst.backup()
    assert lees(map_).migratie == OUDER
    uit = dienst.herstel(map_, elders)
    assert uit.problemen == []
    assert _gemeenten(elders, dienst) == (2, nieuwste)


def _met(map_: Path, dienst: Dienst, **anders: Any) -> None:
    """The backup as another version would have written it, with its seal."""
    vals = dataclasses.replace(lees(map_), **anders)
    (map_ / MANIFEST).unlink()
    schrijf(verzegel(vals, dienst.app.extensions["sleutelbos"]), map_ / MANIFEST)


def test_wat_hier_niet_past_wordt_geweigerd(dienst: Dienst, elders: Instellingen) -> None:
    map_ = dienst.backup()
    goed = (map_ / MANIFEST).read_text(encoding="utf-8")
    hier = lees(map_).database
    ander = {"postgis": "spatialite", "spatialite": "postgis"}[hier]

    def geweigerd(*woorden: str) -> None:
        with pytest.raises(BackupFout) as fout:
            dienst.herstel(map_, elders, overschrijf=True)
        assert all(woord in fout.value.melding for woord in woorden), fout.value.melding
        (map_ / MANIFEST).write_text(goed, encoding="utf-8")
        # Nothing of it is there: no row, no photo.
        assert _gemeenten(elders, dienst)[0] == 0
        assert not elders.opslagmap.exists()

    _met(map_, dienst, database=ander)
    # A dump or a file of the other kind is not read at all.
    geweigerd(f"database op {ander}", f"hier staat {hier}", "INSPECTIES_DATABASE_URL")
    _met(map_, dienst, migratie="9999", versie="9.9.9")
    geweigerd("Inspecties 9.9.9", "schema 9999", "Installeer eerst die versie")
    (map_ / MANIFEST).write_text(json.dumps(json.loads(goed) | {"formaat": 2}), encoding="utf-8")
    geweigerd("heeft vorm 2", "leest vorm 1")
    for kapot in ("", "{", "[]", "null", json.dumps({"formaat": 1}), json.dumps(json.loads(goed) | {"nieuw": 1})):
        (map_ / MANIFEST).write_text(kapot, encoding="utf-8")
        geweigerd(MANIFEST)
    (map_ / MANIFEST).write_bytes(b"\xff\xfe")
    geweigerd(MANIFEST)
    assert dienst.herstel(map_, elders, overschrijf=True).problemen == []
    assert _gemeenten(elders, dienst)[0] == 2
