"""Row 17: server and database are killed under twenty writers, many times; what was acknowledged is there, once."""

import contextlib
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, select

from inspecties import create_app
from inspecties.audit.operations import controleer as controleer_keten
from inspecties.controles.models import Bewijsstuk, Operatie
from inspecties.core.klok import SysteemKlok
from inspecties.core.opslag import Opslag, sha256_van
from inspecties.database import db, zonder_actor
from inspecties.dienst.backup import sqlite
from inspecties.dienst.backup.postgres import Postgres
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.models_partijen import Kenmerk
from tests.conftest import _migreer, instellingen_voor
from tests.postgres import Cluster
from tests.soak.dienstproces import kinderen
from tests.soak.omgeving import Omgeving
from tests.soak.ploeg import Mens, Schrijver, laat_afmaken, maak_mensen, schrijvers_voor
from tests.soak.werkdienst import GEHEIM, Werkdienst
from tests.wereld import maak_wereld

# As in production: what was committed is on the disk.
DUURZAAM = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c shared_buffers=64MB"


class Databaseserver(Cluster):
    """A PostgreSQL server that writes durably and whose power can be cut."""

    def __init__(self, in_map: Path | None = None) -> None:
        super().__init__(DUURZAAM, in_map)

    def dood(self) -> None:
        """SIGKILL to the server and all its processes, at once."""
        baas = int((self.map / "data" / "postmaster.pid").read_text().split()[0])
        # Standing still it makes no new ones: what is left alive would keep the shared memory.
        os.kill(baas, signal.SIGSTOP)
        alle = [baas, *kinderen(baas)]
        for nummer in alle:
            with contextlib.suppress(ProcessLookupError):
                os.kill(nummer, signal.SIGKILL)
        while any(_leeft(nummer) for nummer in alle):
            time.sleep(0.02)
        # Where nobody reaps orphans (a container) a dead server keeps its number, and the next believes its lock files.
        for slot in (self.map / "data" / "postmaster.pid", *self.map.glob(".s.PGSQL.*.lock")):
            slot.unlink()


def _leeft(nummer: int) -> bool:
    try:
        return Path(f"/proc/{nummer}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@dataclass
class Installatie:
    """A data folder with a world in it, outside the demo, on either database."""

    data: Path
    url: str = ""
    meer: dict[str, str] = field(default_factory=dict)
    mensen: list[Mens] = field(default_factory=list)

    def richt_in(self, aantal: int, *, samen: int = 2, leeg: bool = True) -> None:
        """``leeg``: the database has no tables yet."""
        self.data.mkdir(parents=True, exist_ok=True)
        inst = instellingen_voor(self.data, self.url, demo=False, secret_key=GEHEIM)
        if leeg:
            _migreer(inst)
        nu = datetime.now(UTC)
        app = create_app(inst, SysteemKlok())
        with app.app_context():
            zonder_actor(db.session(), "a proof fills a whole world")
            self.mensen = maak_mensen(app, maak_wereld(app, nu), nu, aantal, samen=samen)
            db.session.remove()
            db.engine.dispose()

    def dienst(self) -> Werkdienst:
        return Werkdienst(self.data, self.url, self.meer)

    def kijk_na(self) -> Counter[str]:
        """What is there and how often, by the names of ``Schrijver``. AssertionError where something is broken."""
        inst = instellingen_voor(self.data, self.url, demo=False, secret_key=GEHEIM)
        app = create_app(inst, SysteemKlok())
        with app.app_context():
            zonder_actor(db.session(), "a proof counts everything")
            for gemeente in db.session.scalars(select(Gemeente)):
                assert controleer_keten(db.session(), gemeente.id) is None
            er = Counter(f"op {uid}" for uid in db.session.scalars(select(Operatie.op_id)))
            er.update(f"foto {sha}" for sha in db.session.scalars(select(Bewijsstuk.sha256)))
            er.update(f"kenmerk {b[5:]}" for b in db.session.scalars(select(Kenmerk.bron)))
            hoogste = db.session.execute(
                select(func.count(), func.max(Operatie.rev)).group_by(Operatie.bezoek_id)
            ).all()
            assert all(aantal == rev for aantal, rev in hoogste), "een rangnummer ontbreekt"
            db.session.remove()
            db.engine.dispose()
        self._kijk_binnenin()
        return er

    def _kijk_binnenin(self) -> None:
        """The database from within, and the store against the rows."""
        if self.url:
            feiten = Postgres(self.url).lees()
            _kijk_indexen_na(self.url)
        else:
            feiten = sqlite.lees(self.data / "inspecties.db")
        opslag = self.data / "bestanden"
        hier = set(Opslag(opslag).namen())
        assert feiten.genoemd <= hier, f"rijen zonder bestand: {sorted(feiten.genoemd - hier)[:3]}"
        assert hier <= feiten.genoemd, f"bestanden zonder rij: {sorted(hier - feiten.genoemd)[:3]}"
        for pad in hier:
            assert sha256_van(opslag / pad) == pad[-64:], pad


def _kijk_indexen_na(url: str) -> None:
    """amcheck: every index against its table, every table against its rows."""
    beheer = url.replace("+psycopg", "").replace("inspecties@", "postgres@")
    with psycopg.connect(beheer, autocommit=True) as c:
        c.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        c.execute(
            "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND i.indisvalid AND c.relpersistence = 'p'"
        ).fetchall()
        kapot = c.execute(
            "SELECT c.relname, v.msg FROM pg_class c, LATERAL verify_heapam(c.oid) v "
            "WHERE c.relkind = 'r' AND c.relpersistence = 'p'"
        ).fetchall()
        assert kapot == []
        c.execute("DROP EXTENSION amcheck")


def vergelijk(schrijvers: list[Schrijver], er: Counter[str]) -> Counter[str]:
    """Everything with a receipt is there once, and nothing else is; how much of each kind."""
    bevestigd = sum((s.bevestigd for s in schrijvers), Counter[str]())
    gemaakt = sum((s.gemaakt for s in schrijvers), Counter[str]())
    assert set(bevestigd) - set(er) == set(), f"bevestigd en weg: {sorted(set(bevestigd) - set(er))[:3]}"
    assert [naam for naam, aantal in er.items() if aantal != 1] == [], "dubbel"
    anders = {
        "gemaakt, niet bevestigd": sorted(set(gemaakt) - set(bevestigd))[:5],
        "bevestigd, niet gemaakt": sorted(set(bevestigd) - set(gemaakt))[:5],
        "er, niet bevestigd": sorted(set(er) - set(bevestigd))[:5],
    }
    assert not any(anders.values()), anders
    return Counter(naam.split()[0] for naam in er)


def ronden_van_storing(
    dienst: Werkdienst,
    server: Databaseserver | None,
    schrijvers: list[Schrijver],
    ronden: int,
    toeval: random.Random,
    keuzes: tuple[str, ...] = (),
    adempauze: tuple[float, float] = (0.3, 2.0),
) -> Counter[str]:
    """Kill and bring back in turn: the server, the database, both. The service itself finds its way back."""
    gedood: Counter[str] = Counter()
    keuzes = keuzes or (("server",) if server is None else ("server", "database", "beide"))
    for ronde in range(ronden):
        voor = sum(s.bevestigd.total() for s in schrijvers)
        einde = time.monotonic() + 120
        # Only where writing goes on again is there something to break.
        while sum(s.bevestigd.total() for s in schrijvers) < voor + len(schrijvers) // 2:
            assert time.monotonic() < einde, "na een storing komt het werk niet meer op gang"
            time.sleep(0.05)
        time.sleep(toeval.uniform(*adempauze))
        wat = keuzes[ronde % len(keuzes)]
        if wat != "server" and server is not None:
            server.dood()
        if wat != "database":
            dienst.dood()
        time.sleep(toeval.uniform(0, 0.5))
        if wat != "server" and server is not None:
            server.start()
        if wat != "database":
            dienst.start()
        else:
            # Nobody restarts the service because its database went away for a while.
            dienst.wacht_op_antwoord()
        gedood[wat] += 1
    return gedood


def proef(
    map_: Path,
    soort: str,
    schrijvers: int,
    ronden: int,
    toeval: random.Random,
    *,
    leeg: bool = True,
    keuzes: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The proof on one kind of database. ``leeg``: there is no database yet; ``keuzes``: what to kill, in turn."""
    server = Databaseserver() if soort == "postgis" else None
    dienst = None
    try:
        installatie = Installatie(map_, server.maak("storing") if server else "")
        installatie.richt_in(schrijvers, leeg=leeg)
        dienst = installatie.dienst()
        dienst.start()
        ploeg = schrijvers_voor(dienst.poort, installatie.mensen)
        for schrijver in ploeg:
            schrijver.start()
        try:
            gedood = ronden_van_storing(dienst, server, ploeg, ronden, toeval, keuzes)
        finally:
            for schrijver in ploeg:
                schrijver.genoeg.set()
        laat_afmaken(ploeg)
        dienst.stop()
        soorten = vergelijk(ploeg, installatie.kijk_na())
    finally:
        if dienst is not None and dienst.leeft:
            dienst.dood()
        if server is not None:
            server.stop()
    statussen = sum((s.net.statussen for s in ploeg), Counter[int]())
    return {
        f"{soort}: schrijvers": schrijvers,
        f"{soort}: gedood": dict(gedood),
        f"{soort}: bevestigd en er precies een keer": dict(soorten),
        f"{soort}: afgebroken verzoeken": sum(s.net.afgebroken for s in ploeg),
        f"{soort}: antwoorden": dict(sorted(statussen.items())),
        f"{soort}: verloren of dubbel": 0,
    }


def draai(omgeving: Omgeving) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for soort in ("spatialite", "postgis"):
        map_ = omgeving.nieuwe_map(f"storing-{soort}")
        uit |= proef(map_, soort, omgeving.getal["SCHRIJVERS"], omgeving.getal["STORINGEN"], omgeving.toeval)
    return uit
