"""One loaded demo per database kind for all tests here; what a test changes it rolls back."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.database.basis import db
from inspecties.demo.laden import laad_demo
from inspecties.demo.wereld import ZAAD, Wereld, maak_wereld
from inspecties.gebruikers.models import Gemeente
from tests.conftest import DATABASES, NU, Klant, Sjablonen, instellingen_voor

WACHTWOORD = "demo-dat-iedereen-ziet"

# A first start that is killed while the jurist makes the third dossier: by then most of the year is there.
_AFGEBROKEN = """
import os, signal, sys
from pathlib import Path
from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.demo.laden import laad_demo
from inspecties.demo.lader import dossiers
from tests.conftest import NU, instellingen_voor

maak = dossiers.maak_dossier
aantal = 0

def dood(*args, **kwargs):
    global aantal
    aantal += 1
    if aantal == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return maak(*args, **kwargs)

dossiers.maak_dossier = dood
with (app := create_app(instellingen_voor(Path(sys.argv[1]), sys.argv[2]), VasteKlok(NU))).app_context():
    laad_demo(app, "het-wachtwoord-van-de-eerste-poging")
"""


@dataclass(frozen=True)
class Demo:
    """The loaded application, and what the killed first start had left."""

    app: Flask
    data: Path
    wachtwoord: str
    afbreekcode: int
    gemeenten_na_afbreken: int
    bestanden_na_afbreken: int


def _tel_gemeenten() -> int:
    aantal = db.session.scalar(select(func.count()).select_from(Gemeente)) or 0
    db.session.rollback()
    return aantal


@pytest.fixture(scope="package", params=DATABASES)
def geladen(
    request: pytest.FixtureRequest, sjablonen: Sjablonen, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """A demo whose first start was killed half-way."""
    data = tmp_path_factory.mktemp(f"demo-{request.param}")
    url = sjablonen.nieuw(request.param, data)
    proces = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_AFGEBROKEN), str(data), url],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert proces.returncode == -signal.SIGKILL, proces.stderr[-3000:]
    app = create_app(instellingen_voor(data, url), VasteKlok(NU))
    app.testing = True
    app.test_client_class = Klant
    with app.app_context():
        # The tests look at both gemeenten.
        g.is_proef = True
        gemeenten = _tel_gemeenten()
        bestanden = sum(1 for p in (data / "bestanden").rglob("*") if p.is_file())
        wachtwoord = laad_demo(app, WACHTWOORD)
        yield Demo(app, data, wachtwoord, proces.returncode, gemeenten, bestanden)
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgis":
        sjablonen.cluster.verwijder(url.rsplit("/", 1)[1])


@pytest.fixture
def demo(geladen: Demo) -> Iterator[Demo]:
    """The loaded demo; nothing of the test stays in the session."""
    yield geladen
    db.session.rollback()


@pytest.fixture(scope="session")
def bron() -> Wereld:
    """The world that was loaded."""
    return maak_wereld(ZAAD, NU.date())
