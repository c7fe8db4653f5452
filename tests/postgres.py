"""A private PostgreSQL cluster with PostGIS for one test run, on loopback, as a non-root user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg

# As in production: owns its database and its tables, and row level security holds for it.
ROL = "inspecties"
# Only a superuser may make postgis; every database is a copy of the one that has them.
EXTENSIES = ("postgis", "pg_trgm", "btree_gist")


class PostgresOntbreekt(RuntimeError):
    """PostgreSQL is not installed; the suite fails, it does not skip."""


def _binmap() -> Path:
    kandidaten = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if not kandidaten:
        raise PostgresOntbreekt("PostgreSQL ontbreekt: voer `bash config/opzetten.sh test` uit")
    return kandidaten[-1]


def _vrije_poort() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


class Databases:
    """The databases of a cluster that runs on this port of loopback."""

    def __init__(self, poort: int) -> None:
        self.poort = poort

    @property
    def verbinding(self) -> str:
        return f"host=127.0.0.1 port={self.poort} user=postgres"

    def url(self, naam: str) -> str:
        """SQLAlchemy address of a database in this cluster, for the application's own role."""
        return f"postgresql+psycopg://{ROL}@127.0.0.1:{self.poort}/{naam}"

    def maak(self, naam: str, sjabloon: str = "template1") -> str:
        """Create a database from a template and return its address."""
        with psycopg.connect(f"{self.verbinding} dbname=postgres", autocommit=True) as c:
            c.execute(f'CREATE DATABASE "{naam}" TEMPLATE "{sjabloon}" OWNER {ROL} STRATEGY file_copy')
        return self.url(naam)

    def verwijder(self, naam: str) -> None:
        """Drop a database, whoever is still connected."""
        with psycopg.connect(f"{self.verbinding} dbname=postgres", autocommit=True) as c:
            c.execute(f'DROP DATABASE IF EXISTS "{naam}" WITH (FORCE)')


# What tells whether a database still has the shape of its template: tables, indexes, triggers, functions and version.
_VORM = """
SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_policy),
       (SELECT string_agg(version_num, ',') FROM alembic_version)
"""
_BLIJFT = ("alembic_version", "spatial_ref_sys")


class Schoonmaak:
    """Makes databases of one template as new: making one again costs as much as a whole test."""

    def __init__(self, databases: Databases, sjabloon: str) -> None:
        self.databases = databases
        self.sjabloon = sjabloon
        self._vorm: tuple[object, ...] | None = None
        self._tabellen: dict[str, str | None] = {}
        self._open: dict[str, psycopg.Connection] = {}

    def _verbonden(self, naam: str) -> psycopg.Connection:
        """A connection that stays: what it learned of a hundred tables costs more than emptying them."""
        c = self._open.get(naam)
        if c is not None and not c.closed:
            return c
        c = self._open[naam] = psycopg.connect(f"{self.databases.verbinding} dbname={naam}", autocommit=True)
        return c

    def sluit(self) -> None:
        """Let go of every database."""
        for c in self._open.values():
            c.close()

    def maak_als_nieuw(self, naam: str) -> None:
        """Empty this database; make it again where a test changed its shape. Whoever is busy in it is cut off."""
        c = self._verbonden(naam)
        c.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND pid <> pg_backend_pid() AND state <> 'idle'",
            (naam,),
        )
        vorm = c.execute(_VORM).fetchone()
        if self._vorm is None:
            with psycopg.connect(f"{self.databases.verbinding} dbname={self.sjabloon}") as s:
                self._vorm = s.execute(_VORM).fetchone()
        if vorm == self._vorm:
            if not self._tabellen:
                self._tabellen = {str(t): teller for t, teller in c.execute(_TABELLEN) if t not in _BLIJFT}
            _maak_leeg(c, self._tabellen)
            return
        c.close()
        self.databases.verwijder(naam)
        self.databases.maak(naam, self.sjabloon)


# Every table of the application with the sequence that counts its rows.
_TABELLEN = """
SELECT t.tablename, min(pg_get_serial_sequence(quote_ident(c.table_name), c.column_name))
FROM pg_tables t JOIN information_schema.columns c ON c.table_schema = 'public' AND c.table_name = t.tablename
WHERE t.schemaname = 'public' GROUP BY t.tablename
"""


def _maak_leeg(c: psycopg.Connection, tabellen: dict[str, str | None]) -> None:
    """Delete every row, also where triggers refuse it, and start counting again."""
    vraag = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in tabellen)
    vol = [str(t) for (t,) in c.execute(vraag)]
    if not vol:
        return
    with c.transaction(), c.pipeline():
        # No triggers and no references: the order does not matter, and append-only rows go too.
        c.execute("SET LOCAL session_replication_role = replica")
        for tabel in vol:
            c.execute(f'DELETE FROM "{tabel}"')
        for teller in filter(None, map(tabellen.get, vol)):
            c.execute(f"SELECT setval('{teller}', 1, false)")


# A test's database need not survive anything.
VLUCHTIG = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB"


class Cluster(Databases):
    """Started on creation; ``stop`` ends it and removes its files. ``in_map``: where its folder is made."""

    def __init__(self, instellingen: str = VLUCHTIG, in_map: Path | None = None) -> None:
        super().__init__(_vrije_poort())
        self.bin = _binmap()
        self.map = Path(tempfile.mkdtemp(prefix="inspecties-pg-", dir=in_map))
        self.gebruiker = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.map, self.gebruiker)
        self._doe(
            "initdb", "-D", str(self.map / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        self._opties = (
            f"-p {self.poort} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.map} "
            f"-c max_connections=300 {instellingen}"
        )
        self.start()
        with psycopg.connect(f"{self.verbinding} dbname=template1", autocommit=True) as c:
            c.execute(f"CREATE ROLE {ROL} LOGIN NOSUPERUSER NOBYPASSRLS")
            for naam in EXTENSIES:
                c.execute(f"CREATE EXTENSION {naam}".encode())
            # As the guide for production says; migration 0021 tells why.
            c.execute("ALTER FUNCTION geometry_overlaps(geometry, geometry) LEAKPROOF")

    def start(self) -> None:
        """Start the server on the files that are there, and wait until it takes connections."""
        log = str(self.map / "log")
        self._doe("pg_ctl", "-D", str(self.map / "data"), "-o", self._opties, "-l", log, "-w", "start")

    def _doe(self, programma: str, *argumenten: str) -> None:
        opdracht = [str(self.bin / programma), *argumenten]
        if os.geteuid() == 0:
            opdracht = ["setpriv", "--reuid", self.gebruiker, "--regid", self.gebruiker, "--clear-groups", *opdracht]
        uitkomst = subprocess.run(opdracht, cwd="/tmp", capture_output=True, text=True, check=False)
        if uitkomst.returncode:
            raise RuntimeError(f"{programma}: {uitkomst.stdout}{uitkomst.stderr}")

    def stop(self) -> None:
        """End the server and remove its files."""
        self._doe("pg_ctl", "-D", str(self.map / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.map, ignore_errors=True)
