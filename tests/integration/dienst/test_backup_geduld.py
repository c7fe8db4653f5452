"""What ends a request that hangs does not end a backup, a restore or a migration that takes its time."""

import time
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from inspecties.database.basis import db
from inspecties.dienst.backup.postgres import Postgres
from inspecties.gebruikers.models import Gemeente
from tests.conftest import Sjablonen
from tests.wereld import Wereld


@pytest.mark.parametrize("database", ["postgis"])
def test_een_dump_duurt_langer_dan_een_verzoek_mag(
    app: Flask, wereld: Wereld, sjablonen: Sjablonen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.commit()
    url = app.extensions["instellingen"].database_url
    naam = url.rsplit("/", 1)[1]
    with psycopg.connect(f"{sjablonen.cluster.verbinding} dbname=postgres", autocommit=True) as c:
        for instelling in ("idle_in_transaction_session_timeout", "statement_timeout"):
            c.execute(f"ALTER DATABASE \"{naam}\" SET {instelling} = '200ms'")
    echt = Postgres._doe

    def traag(zelf: Postgres, programma: str, *argumenten: str) -> str:
        time.sleep(0.6)
        return echt(zelf, programma, *argumenten)

    monkeypatch.setattr(Postgres, "_doe", traag)
    try:
        dump = tmp_path / "database.dump"
        feiten = Postgres(url).dump(dump)
        assert feiten.tellingen["gemeente"] == 2
        Postgres(url).controleer_leesbaar(dump)
        db.session.remove()
        db.engine.dispose()
        downgrade(revision="-1")
        upgrade()
        assert len(db.session.scalars(select(Gemeente)).all()) == 2
    finally:
        db.session.remove()
        db.engine.dispose()
        with psycopg.connect(f"{sjablonen.cluster.verbinding} dbname=postgres", autocommit=True) as c:
            c.execute(f'ALTER DATABASE "{naam}" RESET ALL')
