"""Migrations run up, down and up again on both databases and leave nothing to autogenerate."""

import pytest
from alembic.util.exc import CommandError
from flask import Flask
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from inspecties.database.basis import db, metadata
from tests.integration.rechten.toneel import bouw
from tests.wereld import Wereld


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


# Made from other tables by the migration that brings them.
AFGELEID = frozenset({"adresstraat", "kaartcel"})


def _aantallen() -> dict[str, int]:
    """Rows per table that is there now; a table of a later version may be away."""
    db.session.rollback()
    aanwezig = set(inspect(db.engine).get_table_names())
    return {
        t.name: db.session.execute(select(func.count()).select_from(t)).scalar_one()
        for t in metadata.sorted_tables
        if t.name in aanwezig - AFGELEID
    }


def test_elke_stap_met_gegevens(app: Flask, wereld: Wereld) -> None:
    """Down to the newest tables and up again, then to the first version: what a version knows, it keeps."""
    bouw(wereld, wereld.een)
    eerst = _aantallen()
    assert eerst.keys() == metadata.tables.keys() - AFGELEID
    assert sum(1 for aantal in eerst.values() if aantal) > 30
    db.session.remove()
    downgrade(revision="0023")
    assert _aantallen() == eerst
    db.session.remove()
    upgrade()
    assert _aantallen() == eerst
    db.session.remove()
    downgrade(revision="0001")
    oudste = _aantallen()
    assert oudste.items() <= eerst.items()
    assert {"risicolocatie", "operatie", "bewijsstuk", "dossier"} <= oudste.keys()
    db.session.remove()
    upgrade()
    # The upgrade books who is in an action that is ready.
    nu = _aantallen()
    assert nu.pop("boeking") > eerst.pop("boeking")
    assert nu == eerst | dict.fromkeys(eerst.keys() - oudste.keys(), 0)
    # The log is append-only again: the database itself refuses.
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE auditregel SET handeling = 'niets'"))
    db.session.rollback()


def test_helemaal_omlaag_met_gegevens(app: Flask, wereld: Wereld) -> None:
    """Going down with data in it does not stumble over references."""
    bouw(wereld, wereld.een)
    db.session.remove()
    downgrade(revision="base")
    upgrade()
    assert sum(_aantallen().values()) == 0
