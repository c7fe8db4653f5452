"""PostgreSQL: dump and restore with its own tools: one snapshot out, one transaction in."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import make_url

from inspecties.database.rijmuur import ALLE, INSTELLING
from inspecties.dienst.backup.feiten import Feiten, lees_feiten
from inspecties.dienst.backup.fouten import BackupFout

WERKMAP = ".herstel-werk"
_EXTENSIES = ("postgis", "pg_trgm", "btree_gist")
_KOLOMMEN = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
# What belongs to an extension is made by the extension.
_TABELLEN = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
"""
_MAAK_LEEG = """
SET lock_timeout = '15s';
DO $leeg$ DECLARE wat record; BEGIN
  FOR wat IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP EXECUTE format('DROP TABLE public.%I CASCADE', wat.relname); END LOOP;
  FOR wat IN SELECT p.oid::regprocedure AS naam FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP EXECUTE format('DROP FUNCTION %s CASCADE', wat.naam); END LOOP;
  FOR wat IN SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'S'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    LOOP EXECUTE format('DROP SEQUENCE public.%I CASCADE', wat.relname); END LOOP;
END $leeg$;
"""
# Made beforehand, or of the database itself: not part of what we put back. PostGIS owns its list of coordinate systems,
# and a role that is no superuser may not write in it.
_NIET_TERUG = re.compile(
    r"^\d+; \d+ \d+ (?:SCHEMA - public|EXTENSION|COMMENT - (?:SCHEMA public|EXTENSION)|"
    r"TABLE DATA public spatial_ref_sys)\b"
)


@dataclass(frozen=True)
class Postgres:
    """One database, by its SQLAlchemy address."""

    url: str

    @cached_property
    def _verbinding(self) -> dict[str, str]:
        delen = make_url(self.url)
        vast = {"host": delen.host, "port": delen.port, "user": delen.username, "dbname": delen.database}
        meer = {sleutel: str(waarde) for sleutel, waarde in delen.query.items() if sleutel != "options"}
        # Row level security shows nothing to whoever names no gemeente: a backup is of all of them. And what ends a
        # request that hangs must not end a backup: its snapshot waits, idle, for as long as pg_dump takes.
        geduld = "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
        alle = {"options": f"-c {INSTELLING}={ALLE} {geduld}"}
        return {sleutel: str(waarde) for sleutel, waarde in vast.items() if waarde} | meer | alle

    def _open(self, *, autocommit: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        wachtwoord = make_url(self.url).password
        try:
            return psycopg.connect(
                make_conninfo(**self._verbinding), password=wachtwoord, autocommit=autocommit, connect_timeout=15
            )
        except psycopg.OperationalError as fout:
            raise BackupFout(f"De database is niet te bereiken: {fout}") from fout

    @cached_property
    def serverversie(self) -> int:
        """The major version of the server."""
        with self._open() as c:
            return c.info.server_version // 10000

    @cached_property
    def _binmap(self) -> Path:
        return zoek_gereedschap(self.serverversie)

    def _doe(self, programma: str, *argumenten: str) -> str:
        wachtwoord = make_url(self.url).password
        omgeving = os.environ | ({"PGPASSWORD": str(wachtwoord)} if wachtwoord else {})
        uit = subprocess.run(  # noqa: S603 - a found tool with our own arguments, no shell
            [str(self._binmap / programma), *argumenten], env=omgeving, capture_output=True, text=True, check=False
        )
        if uit.returncode:
            raise BackupFout(f"{programma} mislukte: {uit.stderr.strip()[-1500:]}")
        return uit.stdout

    @property
    def _adres(self) -> str:
        return make_conninfo(**self._verbinding)

    def dump(self, doel: Path) -> Feiten:
        """Write the database as it is at one moment, in PostgreSQL's custom format; the facts of that moment."""
        zoek_gereedschap(self.serverversie)  # says what is missing before anything is written
        doel.touch(mode=0o600)
        with self._open() as c:
            c.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            momentopname = str(_een(c, "SELECT pg_export_snapshot()"))
            feiten = _feiten(c)
            vast = ["--format=custom", "--no-owner", "--no-privileges", "--lock-wait-timeout=60000"]
            # Without this pg_dump refuses tables with row level security, unless its role stands above it.
            vast += ["--enable-row-security"]
            # The transaction stays open until the dump has all: it is what holds the snapshot.
            self._doe("pg_dump", *vast, f"--snapshot={momentopname}", f"--file={doel}", f"--dbname={self._adres}")
        return feiten

    def lees(self) -> Feiten:
        """The facts of the database now."""
        with self._open() as c:
            return _feiten(c)

    def controleer_leesbaar(self, dump: Path) -> None:
        """Read the list of contents. Raises BackupFout where it is no dump that these tools can read."""
        self._doe("pg_restore", "--list", str(dump))

    def is_in_gebruik(self) -> bool:
        """Whether the database holds a gemeente. Raises BackupFout where its tables are not those of Inspecties."""
        with self._open() as c:
            tabellen = {str(naam) for (naam,) in c.execute(_TABELLEN)}
            if tabellen and not {"alembic_version", "gemeente"} <= tabellen:
                raise BackupFout(
                    "In deze database staan tabellen die niet van Inspecties zijn. Gebruik een eigen, lege database."
                )
            return bool(tabellen) and bool(_een(c, "SELECT count(*) FROM gemeente"))

    def weiger_in_gebruik(self, geduld_s: float = 0) -> None:
        """Raises BackupFout while somebody else is connected, and still is after so long: they would lose writes."""
        einde = time.monotonic() + geduld_s
        while (aantal := self._andere_verbindingen()) and time.monotonic() < einde:
            time.sleep(0.2)
        if aantal:
            raise BackupFout(
                f"De database is in gebruik ({aantal} verbindingen). Stop eerst de dienst; zet dan de backup terug."
            )

    def _andere_verbindingen(self) -> int:
        with self._open() as c:
            aantal = _een(
                c,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            )
        return int(aantal)

    def zet_terug(self, dump: Path, werk: Path) -> None:
        """Replace everything of ours in the database by the dump, in one transaction: all of it or nothing.

        ``werk``: a folder on an encrypted disk, where the dump stands as SQL meanwhile.
        """
        self._maak_extensies()
        with tempfile.TemporaryDirectory(prefix=f"{WERKMAP}-", dir=werk) as map_:
            lijst, sql = Path(map_) / "lijst", Path(map_) / "herstel.sql"
            inhoud = self._doe("pg_restore", "--list", str(dump)).splitlines()
            lijst.write_text("\n".join(r for r in inhoud if not _NIET_TERUG.match(r)) + "\n", encoding="utf-8")
            sql.touch(mode=0o600)
            self._doe("pg_restore", "--no-owner", "--no-privileges", f"--use-list={lijst}", f"--file={sql}", str(dump))
            leeg = Path(map_) / "leeg.sql"
            leeg.write_text(_MAAK_LEEG, encoding="utf-8")
            vast = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
            self._doe("psql", *vast, f"--file={leeg}", f"--file={sql}", f"--dbname={self._adres}")

    def _maak_extensies(self) -> None:
        with self._open(autocommit=True) as c:
            for naam in _EXTENSIES:
                try:
                    c.execute(f"CREATE EXTENSION IF NOT EXISTS {naam}")
                except psycopg.Error as fout:
                    raise BackupFout(
                        f"De uitbreiding {naam} ontbreekt in de database en is niet te maken: {fout}. "
                        f"Laat een databasebeheerder uitvoeren: CREATE EXTENSION {naam};"
                    ) from fout


def _een(c: psycopg.Connection[tuple[Any, ...]], sql: Any) -> Any:
    rij = c.execute(sql).fetchone()
    return rij[0] if rij else None


def _feiten(c: psycopg.Connection[tuple[Any, ...]]) -> Feiten:
    kolommen: dict[str, set[str]] = {}
    for tabel, kolom in c.execute(_KOLOMMEN):
        kolommen.setdefault(str(tabel), set()).add(str(kolom))
    return lees_feiten(lambda sql: c.execute(sql.encode()).fetchall(), kolommen)


def _binmappen() -> Iterator[Path]:
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    pad = shutil.which("pg_dump")
    if pad:
        yield Path(pad).parent


def _versie(binmap: Path) -> int:
    """The major version of the tools here, 0 where they are not all there."""
    if not all((binmap / naam).is_file() for naam in ("pg_dump", "pg_restore", "psql")):
        return 0
    uit = subprocess.run(  # noqa: S603 - a fixed name in a folder of the system
        [str(binmap / "pg_dump"), "--version"], capture_output=True, text=True, check=False
    )
    gevonden = re.search(r"\s(\d+)(?:\.|\s|$)", uit.stdout)
    return int(gevonden[1]) if uit.returncode == 0 and gevonden else 0


def zoek_gereedschap(serverversie: int) -> Path:
    """The folder with pg_dump of the server's own version, or the first newer one. Raises BackupFout."""
    gevonden = sorted((_versie(binmap), str(binmap)) for binmap in _binmappen())
    bruikbaar = [binmap for versie, binmap in gevonden if versie >= serverversie]
    if bruikbaar:
        return Path(bruikbaar[0])
    hier = ", ".join(str(versie) for versie, _ in gevonden if versie) or "geen"
    raise BackupFout(
        f"pg_dump, pg_restore en psql van versie {serverversie} of nieuwer zijn nodig (hier: {hier}). "
        f"Installeer ze met: apt-get install postgresql-client-{serverversie}"
    )
