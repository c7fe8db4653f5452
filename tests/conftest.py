"""Fixtures: one migrated template per database kind, copied for each test."""

import fcntl
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse
from xdist.scheduler import LoadScopeScheduling

from inspecties import create_app
from inspecties.acties import planbord_zoeken
from inspecties.acties.avond_stroom import SLEUTEL as AVONDSTROOM
from inspecties.acties.avond_stroom import Stromen
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.database.rijmuur import SLEUTEL, zonder_actor
from inspecties.dossiers import volledig_werk
from inspecties.instellingen import Instellingen
from inspecties.web.limiet import limiter
from inspecties.web.poort import BEVESTIGING
from tests.postgres import Cluster, Databases, Schoonmaak
from tests.wereld import Wereld, maak_wereld

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
DATABASES = ("spatialite", "postgis")


# Tests that share what is costly to make stay with one worker: those of one file, and all of these folders.
SAMEN = ("tests/integration/demo/", "tests/integration/opslag/")
# Files that take minutes, and that share nothing between their two databases.
PER_DATABASE = ("tests/integration/rechten/test_matrix.py",)
_POORT = "postgis_poort"
_CLUSTER = pytest.StashKey[Cluster]()


class PerBestand(LoadScopeScheduling):
    """Hands out whole files, and whole folders of ``SAMEN``."""

    def _split_scope(self, nodeid: str) -> str:
        bestand = nodeid.split("::", maxsplit=1)[0]
        if bestand in PER_DATABASE:
            return f"{bestand} {'[postgis' in nodeid}"
        return next((map_ for map_ in SAMEN if bestand.startswith(map_)), bestand)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> PerBestand:
    """The way of pytest-xdist to divide tests over workers as a project wants it."""
    return PerBestand(config, log)


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


def _beeindig_werk() -> None:
    """Work beside the requests ends with its test: what goes on would write in the database of the next."""
    while draden := [draad for draad in threading.enumerate() if draad.name in {"planzoektocht", "volledig-dossier"}]:
        for proces in [*planbord_zoeken._lopend.values(), *volledig_werk._lopend.values()]:
            proces.kill()
        draden[0].join(0.1)


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
    ruim = {"aanmelden_limiet": "1000 per minute", "bestanden_limiet": "100000 per minute"}
    vast = {"demo": True, "secret_key": "t" * 40, "log_niveau": "CRITICAL", **ruim}
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
        self.schoonmaak = Schoonmaak(self.cluster, "sjabloon")

    def nieuw(self, soort: str, data: Path) -> str:
        """URL of a fresh database; '' for the SpatiaLite file in ``data``."""
        sjabloon = self.gedeeld.map / soort
        with self.gedeeld.eenmalig(soort) as eerst:
            if eerst:
                _migreer(instellingen_voor(sjabloon, self.cluster.maak("sjabloon") if soort == "postgis" else ""))
        data.mkdir(parents=True, exist_ok=True)
        if soort == "spatialite":
            shutil.copy(sjabloon / "inspecties.db", data / "inspecties.db")
            return ""
        return self.cluster.maak(f"t{uuid.uuid4().hex}", "sjabloon")

    def als_nieuw(self, url: str, data: Path) -> None:
        """Empty the database that ``nieuw`` gave here, and the folder with it."""
        shutil.rmtree(data)
        data.mkdir()
        if url:
            self.schoonmaak.maak_als_nieuw(url.rsplit("/", 1)[1])
        else:
            shutil.copy(self.gedeeld.map / "spatialite" / "inspecties.db", data / "inspecties.db")


@pytest.fixture(scope="session")
def sjablonen(gedeeld: Gedeeld, cluster: Databases) -> Iterator[Sjablonen]:
    sjablonen = Sjablonen(gedeeld, cluster)
    yield sjablonen
    sjablonen.schoonmaak.sluit()


# What a test may have changed on an application.
TE_HERSTELLEN = ("config", "extensions", "view_functions")


def _laat_los(app: Flask, soort: str) -> None:
    """Whoever let go of a connection gives it to the pool, and on SQLite it still sees the file that is gone."""
    if soort == "spatialite":
        with app.app_context():
            db.engine.dispose()


class Toepassingen:
    """One application per kind of database and worker, for each test on an empty database and as it was made.

    Making one costs as much as a test: hundreds of routes, and every template and query compiled anew.
    """

    def __init__(self, sjablonen: Sjablonen, tijdelijk: pytest.TempPathFactory) -> None:
        self.sjablonen = sjablonen
        self.tijdelijk = tijdelijk
        self._gemaakt: dict[str, tuple[Flask, dict[str, dict[str, Any]]]] = {}

    def sluit(self) -> None:
        """Let go of every connection."""
        for app, _ in self._gemaakt.values():
            with app.app_context():
                db.engine.dispose()

    def geef(self, soort: str, klok: VasteKlok) -> Flask:
        """The application for this kind of database, its data folder empty and its clock this one."""
        if soort not in self._gemaakt:
            data = self.tijdelijk.mktemp(f"app-{soort}")
            app = create_app(instellingen_voor(data, self.sjablonen.nieuw(soort, data)), klok)
            app.testing = True
            app.test_client_class = Klant
            # A stream looks once and ends: a test reads answers to their end.
            app.extensions[AVONDSTROOM] = Stromen(duur_s=0, wacht=lambda _: None)
            # Everybody proved just now that it is them. What asks it, and of whom, tests/integration/stap_op proves.
            app.extensions[BEVESTIGING] = lambda _actor: None
            self._gemaakt[soort] = (app, {naam: dict(getattr(app, naam)) for naam in TE_HERSTELLEN})
            return app
        app, zoals_gemaakt = self._gemaakt[soort]
        for naam, toen in zoals_gemaakt.items():
            nu = getattr(app, naam)
            nu.clear()
            nu.update(toen)
        app.extensions["klok"] = klok
        limiter.reset()
        inst = app.extensions["instellingen"]
        _laat_los(app, soort)
        self.sjablonen.als_nieuw(inst.database_url, inst.data)
        return app


@pytest.fixture(scope="session")
def toepassingen(sjablonen: Sjablonen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toepassingen]:
    toepassingen = Toepassingen(sjablonen, tmp_path_factory)
    yield toepassingen
    toepassingen.sluit()


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """Each test that asks for an app runs on both databases."""
    return str(request.param)


@pytest.fixture
def klok() -> VasteKlok:
    return VasteKlok(NU)


@event.listens_for(Session, "after_begin")
def _proef_ziet_alles(sessie: Session, *_: Any) -> None:
    """A test sets up and looks at all gemeenten; not in requests and threads, which have a context of their own."""
    if SLEUTEL not in sessie.info and has_app_context() and g.get("is_proef"):
        zonder_actor(sessie, "a test's own session")


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
def app(toepassingen: Toepassingen, database: str, klok: VasteKlok) -> Iterator[Flask]:
    """An application on an empty, migrated database of one kind, inside an application context."""
    app = toepassingen.geef(database, klok)
    with app.app_context():
        g.is_proef = True
        yield app
        _beeindig_werk()
        db.session.remove()
        _laat_los(app, database)


@pytest.fixture
def wereld(app: Flask) -> Wereld:
    """Two gemeenten with a user of every role."""
    return maak_wereld(app, NU)
