"""The commands backup and herstel, killed in the middle: the earlier backup is whole, and nothing half is served."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from inspecties.controles.tijdperk import epoch
from inspecties.core.fouten import Conflict
from inspecties.database import db
from inspecties.dienst.backup.controleren import controleer
from inspecties.dienst.backup.generaties import generaties
from inspecties.dienst.slot import dienst_draait
from inspecties.gebruikers.models import Gemeente
from inspecties.instellingen import Instellingen
from tests.conftest import NU
from tests.integration.dienst.test_backup import Dienst, stil
from tests.wereld import Wereld

pytestmark = pytest.mark.timeout(300)
_INSPECTIES = (sys.executable, "-c", "from inspecties.cli import main; main()")


def _omgeving(inst: Instellingen, tijdelijk: Path) -> dict[str, str]:
    schoon = {n: w for n, w in os.environ.items() if not n.startswith("INSPECTIES_")}
    schoon |= {"INSPECTIES_DATA": str(inst.data), "INSPECTIES_SECRET_KEY": inst.secret_key, "INSPECTIES_DEMO": "ja"}
    schoon |= {"TMPDIR": str(tijdelijk)}
    return schoon | ({"INSPECTIES_DATABASE_URL": inst.database_url} if inst.database_url else {})


def _dood_bij(omgeving: dict[str, str], woord: str, *opdracht: str) -> None:
    """Run a command, and SIGKILL it at what it says that it does now; AssertionError where it never came there."""
    proces = subprocess.Popen(
        [*_INSPECTIES, *opdracht], env=omgeving, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert proces.stderr is not None
    gezegd = []
    try:
        for regel in proces.stderr:
            gezegd.append(regel)
            if woord in regel:
                break
        else:
            raise AssertionError(f"kwam niet tot {woord}: {gezegd}")
        assert proces.poll() is None, "was al klaar"
    finally:
        with contextlib.suppress(ProcessLookupError):
            proces.send_signal(signal.SIGKILL)
        proces.wait(30)
        proces.stderr.close()


def _stand() -> tuple[str, str]:
    """The epoch and the name of the first gemeente; no connection stays."""
    sessie = db.session()
    uit = str(epoch(sessie, NU)), sessie.scalars(select(Gemeente.naam).order_by(Gemeente.id)).first()
    sessie.commit()
    db.session.remove()
    db.engine.dispose()
    return uit[0], str(uit[1])


def _resten(inst: Instellingen, tijdelijk: Path) -> list[str]:
    """What a killed command left behind: copies of the database that nobody looks at."""
    return [p.name for p in (*inst.data.glob("*.herstel-*"), *inst.data.glob(".herstel-*"), *tijdelijk.iterdir())]


def test_gedood_tijdens_backup_en_herstel(app: Flask, wereld: Wereld, tmp_path: Path) -> None:
    assert wereld
    dienst, tijdelijk = Dienst(app, tmp_path / "backups"), tmp_path / "tijdelijk"
    tijdelijk.mkdir()
    inst = dienst.inst
    omgeving = _omgeving(inst, tijdelijk)
    toen = _stand()
    eerste = dienst.backup()
    db.session.execute(update(Gemeente).values(naam="Na de backup " + Gemeente.naam))
    db.session.commit()
    nu = _stand()
    assert nu != toen

    # A backup that is killed leaves no backup, and the one before it whole; the next one clears what it left.
    _dood_bij(omgeving, "Database kopi", "backup", str(dienst.doel))
    assert generaties(dienst.doel) == [eerste]
    controleer(eerste, app.extensions["sleutelbos"], stil)
    dienst.backup()
    assert list(dienst.doel.glob(".bezig-*")) == []

    # A restore that is killed: everything is as it was, or no service starts until it was done again.
    terug = ("herstel", str(eerste), "--overschrijf")
    # On PostgreSQL it holds the backup by now, with its old epoch.
    _dood_bij(omgeving, "Database bijwerken", *terug)
    if inst.is_postgis:
        assert _stand() == toen
        with pytest.raises(Conflict, match="halverwege gestopt"), dienst_draait(inst.data):
            pass
        # Done again, it fails with an error: what there was before the first attempt comes back.
        with pytest.MonkeyPatch.context() as m:
            m.setattr("inspecties.dienst.backup.herstellen.upgrade", _breekt)
            with pytest.raises(ZeroDivisionError):
                dienst.herstel(eerste, overschrijf=True)
        with dienst_draait(inst.data):
            assert _stand() == nu
        # As one that was killed while psql ran.
        (inst.data / ".herstel-werk-x").mkdir()
    else:
        with dienst_draait(inst.data):
            assert _stand() == nu

    uit = dienst.herstel(eerste, overschrijf=True)
    assert uit.problemen == []
    with dienst_draait(inst.data):
        assert _stand() == (uit.epoch, toen[1])
    assert uit.epoch != toen[0]
    assert _resten(inst, tijdelijk) == []


def _breekt() -> None:
    raise ZeroDivisionError
