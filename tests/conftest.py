"""Fixtures: one migrated template per database kind, copied for each test."""

import fcntl
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.instellingen import Instellingen
from tests.postgres import Cluster, Databases, Voorraad
from tests.wereld import Wereld, maak_wereld

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
DATABASES = ("spatialite", "postgis")


# Every test makes an application; werkzeug compiles each of its addresses anew, which costs as much as all the rest.
# What it makes depends on nothing but the rule itself.
_BOUWERS: dict[tuple[object, ...], Any] = {}
_compileer = Rule._compile_builder


def _compileer_eenmaal(self: Rule, append_unknown: bool = True) -> Any:
    omzetters = tuple((naam, type(o)) for naam, o in sorted(self._converters.items()))
    sleutel = (self.rule, self.subdomain, self.host, repr(self.defaults), omzetters, append_unknown)
    if sleutel not in _BOUWERS:
        _BOUWERS[sleutel] = _compileer(self, append_unknown)
    return _BOUWERS[sleutel]


Rule._compile_builder = _compileer_eenmaal  # type: ignore[method-assign]  # only in tests, only to be faster

# Tests that share what is costly to make stay with one worker: those of one file, and all of these folders.
SAMEN = ("tests/integration/demo/",)
_POORT = "postgis_poort"
_CLUSTER = pytest.StashKey[Cluster]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        bestand = item.nodeid.split("::")[0]
        samen = next((map_ for map_ in SAMEN if bestand.startswith(map_)), bestand)
        item.add_marker(pytest.mark.xdist_group(samen))


def pytest_configure_node(node: Any) -> None:
    """One PostGIS cluster for all workers; the first worker that is made starts it."""
    config: pytest.Config = node.config
    if _CLUSTER not in config.stash:
        config.stash[_CLUSTER] = Cluster()
    node.workerinput[_POORT] = config.stash[_CLUSTER].poort


def pytest_unconfigure(config: pytest.Config) -> None:
    if _CLUSTER in config.stash:
        config.stash[_CLUSTER].stop()


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The PostGIS cluster of this run."""
    poort = getattr(request.config, "workerinput", {}).get(_POORT)
    if poort is not None:
        yield Databases(poort)
        return
    eigen = Cluster()
    yield eigen
    eigen.stop()


@dataclass
class Gedeeld:
    """Things that one worker makes and all workers of this run use."""

    map: Path

    @contextmanager
    def eenmalig(self, naam: str) -> Iterator[bool]:
        """True for the first who comes here; whoever comes in the meantime waits until it is made."""
        with (self.map / f"{naam}.slot").open("w") as slot:
            fcntl.flock(slot, fcntl.LOCK_EX)
            klaar = self.map / f"{naam}.klaar"
            yield not klaar.exists()
            klaar.touch()


@pytest.fixture(scope="session")
def gedeeld(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Gedeeld:
    """What the workers of this run share."""
    basis = tmp_path_factory.getbasetemp()
    map_ = (basis.parent if hasattr(request.config, "workerinput") else basis) / "gedeeld"
    map_.mkdir(exist_ok=True)
    return Gedeeld(map_)


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

    gedeeld: Gedeeld
    cluster: Databases

    def __post_init__(self) -> None:
        self.voorraad = Voorraad(self.cluster, "sjabloon")

    def nieuw(self, soort: str, data: Path) -> str:
        """URL of a fresh database; '' for the SpatiaLite file in ``data``. Give it back with ``terug``."""
        sjabloon = self.gedeeld.map / soort
        with self.gedeeld.eenmalig(soort) as eerst:
            if eerst:
                _migreer(instellingen_voor(sjabloon, self.cluster.maak("sjabloon") if soort == "postgis" else ""))
        data.mkdir(parents=True, exist_ok=True)
        if soort == "spatialite":
            shutil.copy(sjabloon / "inspecties.db", data / "inspecties.db")
            return ""
        return self.voorraad.leen(f"t{uuid.uuid4().hex}")

    def terug(self, url: str) -> None:
        """Nobody uses this PostGIS database any more."""
        self.voorraad.geef_terug(url.rsplit("/", 1)[1])


@pytest.fixture(scope="session")
def sjablonen(gedeeld: Gedeeld, cluster: Databases) -> Sjablonen:
    return Sjablonen(gedeeld, cluster)


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
        sjablonen.terug(app.extensions["instellingen"].database_url)


@pytest.fixture
def wereld(app: Flask) -> Wereld:
    """Two gemeenten with a user of every role."""
    return maak_wereld(app, NU)
