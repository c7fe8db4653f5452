"""Row 2: random histories of three devices, with lost answers, copies, parts and backups that are put back.

In groups, each on an empty database: a backup that is put back costs as much as all histories before it left behind.
The database stands in memory where there is such a folder: what is proven here is not what a disk keeps.
"""

import contextlib
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.database import db, zonder_actor
from tests.conftest import NU, Klant, _migreer, instellingen_voor
from tests.integration.offline.test_geschiedenissen import doorloop
from tests.soak.omgeving import Omgeving
from tests.wereld import maak_wereld

PER_GROEP = 20
_GEHEUGEN = Path("/dev/shm")


def _groep(sjabloon: Path, map_: Path, aantal: int, stappen: int) -> Counter[str]:
    shutil.copytree(sjabloon, map_)
    app = create_app(instellingen_voor(map_), VasteKlok(NU))
    app.testing = True
    app.test_client_class = Klant
    with app.app_context():
        zonder_actor(db.session(), "a proof's own session")
        try:
            return doorloop(maak_wereld(app, NU), aantal, stappen)
        finally:
            db.session.remove()
            db.engine.dispose()
            shutil.rmtree(map_)


def draai(omgeving: Omgeving) -> dict[str, Any]:
    deel, delen = omgeving.deel
    alle, stappen = omgeving.getal["GESCHIEDENISSEN"], omgeving.getal["STAPPEN"]
    # The parts together are all of them, also where they do not divide.
    aantal = alle * deel // delen - alle * (deel - 1) // delen
    geteld, gedaan, begin = Counter[str](), 0, time.monotonic()
    with contextlib.ExitStack() as later:
        map_ = Path(tempfile.mkdtemp(prefix="inspecties-soak-", dir=_GEHEUGEN if _GEHEUGEN.is_dir() else omgeving.map))
        later.callback(shutil.rmtree, map_, ignore_errors=True)
        _migreer(instellingen_voor(map_ / "sjabloon"))
        while gedaan < aantal:
            groep = min(PER_GROEP, aantal - gedaan)
            geteld += _groep(map_ / "sjabloon", map_ / "groep", groep, stappen)
            gedaan += groep
            sys.stdout.write(f"  {gedaan} van {aantal} geschiedenissen, {time.monotonic() - begin:.0f} s\n")
            sys.stdout.flush()
    return {
        "geschiedenissen": aantal,
        "deel": f"{deel}/{delen}",
        "stappen per geschiedenis, hoogstens": stappen,
        **geteld,
        "verloren": 0,
        "dubbel": 0,
    }
