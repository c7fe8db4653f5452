"""The SpatiaLite file: a copy of one moment while others write, and putting one in its place.

SQLite's backup API in one step reads one snapshot: writers go on meanwhile and are not in it. Copying the file itself
would miss what still stands in the log beside it (WAL).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from inspecties.core.opslag import fsync_map
from inspecties.dienst.backup.feiten import Feiten, lees_feiten
from inspecties.dienst.backup.fouten import BackupFout

_WACHT_S = 15


@contextmanager
def _open(pad: Path) -> Iterator[Any]:
    """A connection of our own that never makes a file. Autocommit, with SpatiaLite's functions."""
    import pysqlite3  # noqa: PLC0415 - not there on a PostgreSQL-only installation

    verbinding = pysqlite3.connect(f"{pad.resolve().as_uri()}?mode=rw", uri=True, timeout=_WACHT_S)
    try:
        verbinding.isolation_level = None
        verbinding.enable_load_extension(True)
        verbinding.load_extension("mod_spatialite")
        verbinding.enable_load_extension(False)
        verbinding.execute(f"PRAGMA busy_timeout={_WACHT_S * 1000}")
        yield verbinding
    except pysqlite3.DatabaseError as fout:
        if "full" in str(fout):
            raise BackupFout(f"De schijf van {pad.parent} is vol. Er is niets veranderd.") from fout
        raise BackupFout(f"De database {pad.name} geeft een fout: {fout}") from fout
    finally:
        verbinding.close()


def kopieer(bron: Path, doel: Path) -> Feiten:
    """Copy the database as it is at one moment, whole and checked; durable on return."""
    if not bron.is_file():
        raise BackupFout(f"Er is geen database: {bron} bestaat niet. Geef de datamap op met --data.")
    doel.touch(mode=0o600)
    with _open(bron) as van, _open(doel) as naar:
        van.backup(naar, pages=-1)
    maak_een_bestand(doel)
    return lees(doel)


def maak_een_bestand(pad: Path) -> None:
    """Take in the log, so that the database is this one file; durable on return. Nobody else may have it open."""
    with _open(pad) as verbinding:
        verbinding.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        verbinding.execute("PRAGMA journal_mode=DELETE").fetchall()
    fd = os.open(pad, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def lees(pad: Path) -> Feiten:
    """Check the file from within (pages, indexes, foreign keys) and read its facts. Raises BackupFout."""
    with _open(pad) as verbinding:
        verbinding.execute("PRAGMA query_only=ON")
        for wat in ("integrity_check", "foreign_key_check"):
            gevonden = [rij for rij in verbinding.execute(f"PRAGMA {wat}") if tuple(rij) != ("ok",)]
            if gevonden:
                raise BackupFout(f"De database is beschadigd ({wat}): {gevonden[0]}")
        tabellen = [n for (n,) in verbinding.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kolommen = {
            naam: {kolom for (kolom,) in verbinding.execute("SELECT name FROM pragma_table_info(?)", (naam,))}
            for naam in tabellen
        }
        return lees_feiten(lambda sql: verbinding.execute(sql).fetchall(), kolommen)


def is_in_gebruik(pad: Path) -> bool:
    """Whether the database holds a gemeente, so that putting a backup in its place would lose something."""
    if not pad.is_file() or pad.stat().st_size == 0:
        return False
    with _open(pad) as verbinding:
        try:
            rij = verbinding.execute("SELECT count(*) FROM gemeente").fetchone()
        except verbinding.OperationalError:
            # A file with other tables is not ours to replace; one without any holds nothing.
            rij = verbinding.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()
    return bool(rij[0])


def zet_op_plaats(nieuw: Path, plaats: Path, opzij: Path) -> bool:
    """Put ``nieuw`` in place at once; what stood there stays as ``opzij``. Whether there was something.

    Raises BackupFout while a server still has the old one open: it would go on writing in a file without a name.
    """
    stond_er = plaats.is_file()
    if stond_er:
        _sluit_af(plaats)
        os.link(plaats, opzij)
    nieuw.replace(plaats)
    fsync_map(plaats.parent)
    return stond_er


def _sluit_af(pad: Path) -> None:
    """Leaving WAL needs the file for itself: it fails while anybody has it open, and takes the log in."""
    import pysqlite3  # noqa: PLC0415 - not there on a PostgreSQL-only installation

    verbinding = pysqlite3.connect(f"{pad.resolve().as_uri()}?mode=rw", uri=True, timeout=2)
    try:
        modus = verbinding.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except pysqlite3.OperationalError:
        modus = ""
    except pysqlite3.DatabaseError:
        # Damaged: nothing can be taken in, and it is set aside as it is.
        modus = "delete"
    finally:
        verbinding.close()
    if modus != "delete":
        raise BackupFout("De database is in gebruik. Stop eerst de dienst en zet daarna de backup terug.")
