"""The fast set of the long proofs in tests/soak: kills under writers, a full disk, the end of a shift.

They start the real server, outside the demo; ``make soak`` does the same with full numbers.
"""

import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import Sjablonen
from tests.soak import eindedienst, stroomstoring, volle_schijf

pytestmark = pytest.mark.timeout(500)


@pytest.fixture
def sjabloon(sjablonen: Sjablonen, tmp_path: Path) -> Path:
    """A SpatiaLite file with all tables and nothing in it."""
    sjablonen.nieuw("spatialite", tmp_path / "sjabloon")
    return tmp_path / "sjabloon" / "inspecties.db"


def test_een_gedode_server_verliest_niets_wat_bevestigd_is(sjabloon: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(sjabloon, data / "inspecties.db")
    cijfers = stroomstoring.proef(data, "spatialite", 12, 1, random.Random(5), leeg=False)
    assert cijfers["spatialite: gedood"] == {"server": 1}


def test_een_gedode_database_verliest_niets_wat_bevestigd_is(tmp_path: Path) -> None:
    toeval = random.Random(6)
    cijfers = stroomstoring.proef(tmp_path, "postgis", 12, 1, toeval, keuzes=("database",))
    assert cijfers["postgis: gedood"] == {"database": 1}


def test_een_volle_schijf_bevestigt_niets_en_daarna_gaat_alles_weer(sjabloon: Path, tmp_path: Path) -> None:
    cijfers = volle_schijf.proef(tmp_path / "vol", "spatialite", sjabloon)
    assert set(cijfers["spatialite: geweigerd"].values()) == {4}


def test_het_einde_van_een_dienst(sjabloon: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(sjabloon, data / "inspecties.db")
    eindedienst.proef(stroomstoring.Installatie(data), 10, ops=40, fotos=2, leeg=False)
