"""The audit log in the database: same transaction, append-only, verified by the command."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.audit.operations import controleer, leg_vast
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.dienst.audit_cli import audit
from tests.wereld import Wereld


def leg_drie_vast(wereld: Wereld) -> None:
    actor = wereld.een.actoren[Rol.JURIST]
    for i in range(3):
        leg_vast(db.session(), actor, wereld.nu, "gelezen", "dossier", f"d{i}", "Awb 3:2")
    db.session.commit()


def test_keten_klopt_per_gemeente(wereld: Wereld) -> None:
    leg_drie_vast(wereld)
    leg_vast(db.session(), wereld.twee.actoren[Rol.JURIST], wereld.nu, "gelezen", "dossier", "x")
    db.session.commit()
    assert [r.seq for r in db.session.scalars(select(Auditregel).order_by(Auditregel.id))] == [1, 2, 3, 1]
    assert controleer(db.session(), wereld.een.gemeente.id) is None
    assert controleer(db.session(), wereld.twee.gemeente.id) is None


def test_teruggedraaide_handeling_laat_geen_regel_na(wereld: Wereld) -> None:
    leg_vast(db.session(), wereld.een.actoren[Rol.JURIST], wereld.nu, "gelezen", "dossier", "x")
    db.session.rollback()
    assert db.session.scalars(select(Auditregel)).all() == []


@pytest.mark.parametrize("opdracht", ["UPDATE auditregel SET handeling = 'x'", "DELETE FROM auditregel"])
def test_de_database_weigert_wijzigen_en_wissen(wereld: Wereld, opdracht: str) -> None:
    leg_drie_vast(wereld)
    with pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(opdracht))
    db.session.rollback()


def test_opdracht_noemt_de_eerste_gebroken_regel(app: Flask, wereld: Wereld) -> None:
    leg_drie_vast(wereld)
    runner = app.test_cli_runner()
    goed = runner.invoke(audit, ["controleer"])
    assert goed.exit_code == 0, goed.output
    kop = db.session.get_one(Auditkop, wereld.een.gemeente.id)
    kop.seq = 4  # as if the last row had been cut off
    db.session.commit()
    fout = runner.invoke(audit, ["controleer"])
    assert fout.exit_code == 1
    assert "gebroken bij regel 4" in fout.output
