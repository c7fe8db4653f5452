"""Migrations run up, down and up again on both databases and leave nothing to autogenerate."""

import pytest
from alembic.util.exc import CommandError
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect

from inspecties.database.basis import db, metadata


def test_check_is_schoon(app: Flask) -> None:
    try:
        check()
    except CommandError as fout:
        pytest.fail(f"models and migrations differ: {fout}")


def test_omlaag_en_weer_omhoog(app: Flask) -> None:
    db.session.remove()
    downgrade(revision="base")
    over = set(inspect(db.engine).get_table_names()) & set(metadata.tables)
    assert over == set()
    upgrade()
    assert set(metadata.tables) <= set(inspect(db.engine).get_table_names())
