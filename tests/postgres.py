"""A private PostgreSQL cluster with PostGIS for one test run, on loopback, as a non-root user."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg


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

    def url(self, naam: str) -> str:
        """SQLAlchemy address of a database in this cluster."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.poort}/{naam}"

    def maak(self, naam: str, sjabloon: str = "template1") -> str:
        """Create a database from a template and return its address."""
        with psycopg.connect(f"host=127.0.0.1 port={self.poort} user=postgres dbname=postgres", autocommit=True) as c:
            c.execute(f'CREATE DATABASE "{naam}" TEMPLATE "{sjabloon}" STRATEGY file_copy')
        return self.url(naam)

    def verwijder(self, naam: str) -> None:
        """Drop a database, whoever is still connected."""
        with psycopg.connect(f"host=127.0.0.1 port={self.poort} user=postgres dbname=postgres", autocommit=True) as c:
            c.execute(f'DROP DATABASE IF EXISTS "{naam}" WITH (FORCE)')


class Cluster(Databases):
    """Started on creation; ``stop`` ends it and removes its files."""

    def __init__(self) -> None:
        super().__init__(_vrije_poort())
        self.bin = _binmap()
        self.map = Path(tempfile.mkdtemp(prefix="inspecties-pg-", dir="/tmp"))
        self.gebruiker = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.map, self.gebruiker)
        self._doe(
            "initdb", "-D", str(self.map / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        opties = (
            f"-p {self.poort} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.map} -c fsync=off "
            "-c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=128MB"
        )
        self._doe("pg_ctl", "-D", str(self.map / "data"), "-o", opties, "-l", str(self.map / "log"), "-w", "start")

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
