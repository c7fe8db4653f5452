"""The rules of each connection, as they are once everything has been loaded."""

from flask import Flask

from inspecties.database.basis import db


def test_wachten_op_een_slot(app: Flask, database: str) -> None:
    """mod_spatialite sets 5 s of its own when it is loaded; a busy evening needs more patience than that."""
    if database == "spatialite":
        assert db.session.execute(db.text("PRAGMA busy_timeout")).scalar() == 15_000
        assert db.session.execute(db.text("PRAGMA foreign_keys")).scalar() == 1
        assert db.session.execute(db.text("PRAGMA journal_mode")).scalar() == "wal"
        assert db.session.execute(db.text("PRAGMA synchronous")).scalar() == 2
    else:
        assert db.session.execute(db.text("SHOW lock_timeout")).scalar() == "15s"
        assert db.session.execute(db.text("SHOW timezone")).scalar() == "UTC"
