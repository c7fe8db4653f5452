"""Engines: SpatiaLite with its transaction rules, PostGIS with its time zone."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from inspecties.database.rijmuur import bewaak
from inspecties.database.schrijfrij import Schrijfrij, geef_beurt, wacht_op_beurt, zet_in_rij

__all__ = ["engine_opties", "stel_in"]

ALLEEN_LEZEN = "inspecties_alleen_lezen"
# Connections of one process: one for every thread that answers, and for those in the background.
VERBINDINGEN = 32
# So many stay open.
_BLIJVEN = 10
_POEL = {"pool_size": _BLIJVEN, "max_overflow": VERBINDINGEN - _BLIJVEN}


def engine_opties(url: str) -> dict[str, Any]:
    """Options for ``create_engine``. Debian's sqlite3 module may not load extensions; pysqlite3 may."""
    if url.startswith("sqlite"):
        import pysqlite3  # noqa: PLC0415 - not needed, and not there, on a PostgreSQL-only installation

        return _POEL | {"module": pysqlite3.dbapi2, "connect_args": {"timeout": 15, "check_same_thread": False}}
    return _POEL | {
        "pool_pre_ping": True,
        # A server that is there and says nothing must not hold all threads.
        "connect_args": {"options": "-c timezone=utc -c lock_timeout=15000", "connect_timeout": 10},
    }


def stel_in(engine: Engine) -> None:
    """Attach the connection rules to an engine, once."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _verbind_sqlite)
        rij = zet_in_rij(engine)
        event.listen(engine, "begin", lambda verbinding: _begin_sqlite(verbinding, rij))
    else:
        event.listen(engine, "begin", _begin_postgres)
        bewaak(engine)


def _verbind_sqlite(verbinding: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: `_begin_sqlite` does, with the right kind.
    verbinding.isolation_level = None
    verbinding.enable_load_extension(True)
    verbinding.load_extension("mod_spatialite")
    verbinding.enable_load_extension(False)
    cursor = verbinding.cursor()
    # After loading: mod_spatialite sets a shorter timeout of its own.
    cursor.execute("PRAGMA busy_timeout=15000")
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL: an acknowledged write survives a power cut (sync-and-trust.md, promise 17).
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(verbinding: Connection, rij: Schrijfrij) -> None:
    alleen_lezen = verbinding.get_execution_options().get(ALLEEN_LEZEN, False)
    if not alleen_lezen:
        wacht_op_beurt(verbinding, rij)
    # A deferred transaction that reads and then writes gets SQLITE_BUSY_SNAPSHOT at once, whatever the timeout.
    try:
        verbinding.exec_driver_sql("PRAGMA query_only=" + ("ON" if alleen_lezen else "OFF"))
        verbinding.exec_driver_sql("BEGIN DEFERRED" if alleen_lezen else "BEGIN IMMEDIATE")
    except DBAPIError:
        geef_beurt(verbinding.info, rij)
        raise


def _begin_postgres(verbinding: Connection) -> None:
    if verbinding.get_execution_options().get(ALLEEN_LEZEN, False):
        verbinding.exec_driver_sql("SET TRANSACTION READ ONLY")
