"""Whoever writes waits for the turn in the order of coming, and no turn is ever lost."""

import gc
import threading
from pathlib import Path

import pysqlite3
import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from inspecties.database.motor import ALLEEN_LEZEN, _begin_sqlite
from inspecties.database.schrijfrij import Schrijfrij, zet_in_rij


def _wacht_tot(rij: Schrijfrij, lengte: int) -> None:
    klaar = threading.Event()
    while rij.lengte != lengte:
        klaar.wait(0.005)


def test_de_volgorde_van_komen_is_de_volgorde_van_gaan() -> None:
    rij, uit = Schrijfrij(), list[int]()
    assert rij.neem()

    def werk(nummer: int) -> None:
        assert rij.neem()
        uit.append(nummer)
        rij.geef()

    draden = []
    for nummer in range(8):
        draden.append(threading.Thread(target=werk, args=(nummer,)))
        draden[-1].start()
        _wacht_tot(rij, nummer + 1)
    rij.geef()
    for draad in draden:
        draad.join()
    assert uit == list(range(8))
    assert rij.neem(0), "free again"


def test_wie_te_lang_wacht_gaat_uit_de_rij() -> None:
    rij = Schrijfrij()
    assert rij.neem()
    assert not rij.neem(0.01)
    assert rij.lengte == 0
    rij.geef()
    assert rij.neem(0)


@pytest.fixture
def motor(tmp_path: Path) -> tuple[Engine, Schrijfrij]:
    """A plain SQLite file with the rules of a transaction, without what is spatial."""
    engine = create_engine(f"sqlite:///{tmp_path / 'x.db'}", module=pysqlite3.dbapi2, connect_args={"timeout": 0.05})

    def verbind(verbinding: pysqlite3.dbapi2.Connection, _record: object) -> None:
        verbinding.isolation_level = None

    rij = zet_in_rij(engine)
    event.listen(engine, "connect", verbind)
    event.listen(engine, "begin", lambda verbinding: _begin_sqlite(verbinding, rij))
    with engine.begin() as c:
        c.execute(text("CREATE TABLE t (n INTEGER)"))
    return engine, rij


def test_elk_einde_geeft_de_beurt_terug(motor: tuple[Engine, Schrijfrij]) -> None:
    engine, rij = motor
    with engine.connect() as c:
        c.execute(text("INSERT INTO t VALUES (1)"))
        assert not rij.neem(0), "taken"
        c.commit()
        assert rij.neem(0)
        rij.geef()
        c.execute(text("INSERT INTO t VALUES (2)"))
        c.rollback()
        assert rij.neem(0)
        rij.geef()
        c.execute(text("INSERT INTO t VALUES (3)"))
    assert rij.neem(0), "closed without an end"
    rij.geef()
    verloren = engine.connect()
    verloren.execute(text("INSERT INTO t VALUES (4)"))
    del verloren
    gc.collect()
    assert rij.neem(0), "lost by whoever had it"
    rij.geef()
    with engine.connect().execution_options(**{ALLEEN_LEZEN: True}) as c:
        c.execute(text("SELECT * FROM t"))
        assert rij.neem(0), "who reads takes no turn"
        rij.geef()


def test_een_slot_van_een_ander_proces_kost_de_beurt_niet(motor: tuple[Engine, Schrijfrij]) -> None:
    engine, rij = motor
    ander = pysqlite3.dbapi2.connect(str(engine.url.database), isolation_level=None)
    ander.execute("BEGIN IMMEDIATE")
    with engine.connect() as c, pytest.raises(OperationalError, match="locked"):
        c.execute(text("INSERT INTO t VALUES (5)"))
    assert rij.neem(0)
    rij.geef()
    ander.rollback()
    ander.close()
    with engine.begin() as c:
        c.execute(text("INSERT INTO t VALUES (6)"))
