"""Fixtures: one migrated template per database kind, copied for each test."""

import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.test import TestResponse

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.instellingen import Instellingen
from tests.postgres import Cluster
from tests.wereld import Wereld, maak_wereld

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
DATABASES = ("spatialite", "postgis")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostGIS cluster of this run."""
    c = Cluster()
    yield c
    c.stop()


def instellingen_voor(data: Path, url: str = "", **meer: object) -> Instellingen:
    """Settings for a test application: like production, but over HTTP."""
    vast = {"demo": True, "secret_key": "t" * 40, "log_niveau": "CRITICAL", "aanmelden_limiet": "1000 per minute"}
    return Instellingen(data=data, database_url=url, **(vast | meer))  # type: ignore[arg-type]


def _migreer(instellingen: Instellingen) -> None:
    app = create_app(instellingen, VasteKlok(NU))
    with app.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


@dataclass
class Sjablonen:
    """Makes an empty, migrated database of either kind in a fraction of a second."""

    map: Path
    cluster: Cluster

    def __post_init__(self) -> None:
        self._klaar: set[str] = set()

    def nieuw(self, soort: str, data: Path) -> str:
        """URL of a fresh database; '' for the SpatiaLite file in ``data``."""
        if soort not in self._klaar:
            if soort == "spatialite":
                _migreer(instellingen_voor(self.map / "spatialite"))
            else:
                _migreer(instellingen_voor(self.map / "postgis", self.cluster.maak("sjabloon")))
            self._klaar.add(soort)
        data.mkdir(parents=True, exist_ok=True)
        if soort == "spatialite":
            shutil.copy(self.map / "spatialite" / "inspecties.db", data / "inspecties.db")
            return ""
        return self.cluster.maak(f"t{uuid.uuid4().hex}", "sjabloon")


@pytest.fixture(scope="session")
def sjablonen(tmp_path_factory: pytest.TempPathFactory, cluster: Cluster) -> Sjablonen:
    return Sjablonen(tmp_path_factory.mktemp("sjablonen"), cluster)


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Each test that asks for an app runs on both databases."""
    return str(request.param)


@pytest.fixture
def klok() -> VasteKlok:
    return VasteKlok(NU)


class Klant(FlaskClient):
    """A client whose requests each get an application context of their own, as on a server.

    Inside the test's context they would share ``g`` (and with it the logged-in user of the previous request) and the
    database session. What the test did not commit is rolled back: SQLite has one writer.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def app(sjablonen: Sjablonen, database: str, tmp_path: Path, klok: VasteKlok) -> Iterator[Flask]:
    """An application on an empty, migrated database of one kind, inside an application context."""
    app = create_app(instellingen_voor(tmp_path, sjablonen.nieuw(database, tmp_path)), klok)
    app.testing = True
    app.test_client_class = Klant
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if database == "postgis":
        sjablonen.cluster.verwijder(app.extensions["instellingen"].database_url.rsplit("/", 1)[1])


@pytest.fixture
def wereld(app: Flask) -> Wereld:
    """Two gemeenten with a user of every role."""
    return maak_wereld(app, NU)
