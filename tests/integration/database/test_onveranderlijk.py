"""What the database itself refuses to change, on both databases."""

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from inspecties.audit.models_bewaren import Vernietiging
from inspecties.database.basis import db, metadata
from inspecties.locaties.models_prioriteit import Weging
from tests.conftest import NU
from tests.integration.rechten.toneel import bouw
from tests.wereld import Wereld

OPDRACHTEN = {
    "doorzetting": ["UPDATE doorzetting SET tekst = 'iets anders'"],
    "weging": ["UPDATE weging SET reden = 'iets anders'", "DELETE FROM weging"],
    "vernietiging": ["UPDATE vernietiging SET aantal = 99", "DELETE FROM vernietiging"],
}


def test_vastgelegd_is_vastgelegd(app: Flask, wereld: Wereld) -> None:
    bouw(wereld, wereld.een)
    db.session.add_all(
        [
            Weging(gemeente_id=wereld.een.gemeente.id, versie=1, waarden={}, reden="Proef", op=NU),
            Vernietiging(
                gemeente_id=wereld.een.gemeente.id,
                soort="melder",
                aantal=1,
                hashes=["0" * 64],
                regel="proef",
                vernietigd_op=NU,
            ),
        ]
    )
    db.session.commit()
    for tabel, opdrachten in OPDRACHTEN.items():
        aantal = db.session.scalar(select(func.count()).select_from(metadata.tables[tabel]))
        assert aantal, f"nothing of {tabel} to try it on"
        for opdracht in opdrachten:
            with pytest.raises(DBAPIError, match="append-only"):
                db.session.execute(text(opdracht))
            db.session.rollback()
    # An answer to what was passed on may still be written down.
    db.session.execute(text("UPDATE doorzetting SET antwoord = 'ontvangen'"))
    db.session.commit()
