"""Benchmark of the map: boxes, clusters and the nearest ten over HTTP, at 10 thousand and a million locations, on both
databases. The client is logged in and the server is the one of production (gunicorn), on this machine.

Bytes are those on the wire, compressed; milliseconds are the client's, so with HTTP and JSON.
"""

import gzip
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import text

from inspecties import create_app
from inspecties.core.klok import VasteKlok
from inspecties.core.rechten import Rol
from inspecties.database.basis import db
from inspecties.database.rijmuur import zonder_actor
from inspecties.locaties.models import Locatietype
from inspecties.locaties.rules.coordinaten import naar_wgs84
from tests.conftest import instellingen_voor
from tests.postgres import Cluster
from tests.wereld import aangemeld, maak_wereld

AANTALLEN = tuple(int(a) for a in os.environ.get("BENCH_LOCATIES", "10000,1000000").split(","))
DATABASES = tuple(os.environ.get("BENCH_DATABASES", "spatialite,postgis").split(","))
KEREN = 60
# Of the Markermeer: 28 by 25 km, in RD metres.
HOEK, BREED, HOOG = (130_000, 492_000), 28_000, 25_000
TYPEN = 12
STATUSSEN = ("in_beeld", "actief", "in_onderzoek", "gesloten", "uit_beeld")
# A map of 900 by 640 pixels.
SCHERM = (900, 640)
DOELEN = {"ms": 50, "kB": 60}
_INSPECTIES = Path(sys.executable).parent / "inspecties"


_KOLOMMEN = (
    "uid, gemeente_id, naam, locatietype_id, straat, huisnummer, huisletter, toevoeging, postcode, woonplaats,"
    " x, y, lon, lat, geom, status, bron, notitie, veiligheid, aangemaakt_op, gewijzigd_op, laatste_bezoek_op"
)
# Degrees only have to be about right here: nothing is computed with them.
_GRADEN = "4.75 + (x - 121000) / 67600.0, 52.3 + (y - 479000) / 111250.0"
_VAST = "'Fictieve kade', 1 + i % 300, '', '', '8200AA', 'Markerwaard'"


def _vul_sqlite(waarden: dict[str, int]) -> None:
    """In the order of a bulk load: the triggers that keep R-tree and cells stand aside, and both are filled at once."""
    sessie = db.session()
    wanneer = "'2026-01-01 00:00:00.000000'"
    keuze = "CASE abs(random()) % 5 " + " ".join(f"WHEN {i} THEN '{s}'" for i, s in enumerate(STATUSSEN)) + " END"
    vraag = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'risicolocatie'"
    triggers = sessie.execute(text(vraag)).all()
    # Half a gigabyte: the indexes of a million rows stay in memory while they grow.
    sessie.execute(text("PRAGMA cache_size=-500000"))
    for naam, _ in triggers:
        sessie.execute(text(f'DROP TRIGGER "{naam}"'))
    sessie.execute(
        text(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :aantal),"
            " p AS MATERIALIZED (SELECT i, :hx + (abs(random()) % (:b * 100)) / 100.0 AS x,"
            f" :hy + (abs(random()) % (:h * 100)) / 100.0 AS y FROM n) INSERT INTO risicolocatie ({_KOLOMMEN})"
            " SELECT printf('%016x', i) || lower(hex(randomblob(8))),"
            " :g, 'Locatie ' || i, :eerste_type + abs(random()) % :typen,"
            f" {_VAST}, x, y, {_GRADEN}, MakePoint(x, y, 28992), {keuze}, '', '', '', {wanneer}, {wanneer},"
            f" CASE WHEN i % 3 = 0 THEN NULL ELSE {wanneer} END FROM p"
        ),
        waarden,
    )
    sessie.execute(text("DELETE FROM idx_risicolocatie_geom"))
    sessie.execute(text("INSERT INTO idx_risicolocatie_geom SELECT id, x, x, y, y FROM risicolocatie"))
    for _, opdracht in triggers:
        sessie.execute(text(opdracht))


def _vul_postgres(waarden: dict[str, int]) -> None:
    sessie = db.session()
    keuze = f"(ARRAY{list(STATUSSEN)})[1 + floor(random() * {len(STATUSSEN)})::int]"
    wanneer = "timestamp '2026-01-01'"
    sessie.execute(text("ALTER TABLE risicolocatie DISABLE TRIGGER USER"))
    sessie.execute(
        text(
            f"INSERT INTO risicolocatie ({_KOLOMMEN})"
            " SELECT gen_random_uuid(), :g, 'Locatie ' || i, :eerste_type + floor(random() * :typen)::int,"
            f" {_VAST}, x, y, {_GRADEN}, ST_SetSRID(ST_MakePoint(x, y), 28992), {keuze}, '', '', '',"
            f" {wanneer}, {wanneer}, CASE WHEN i % 3 = 0 THEN NULL ELSE {wanneer} END"
            " FROM (SELECT i, round((:hx + random() * :b)::numeric, 2)::float8 AS x,"
            " round((:hy + random() * :h)::numeric, 2)::float8 AS y FROM generate_series(1, :aantal) i) p"
        ),
        waarden,
    )
    sessie.execute(text("ALTER TABLE risicolocatie ENABLE TRIGGER USER"))


def _vul_cellen() -> None:
    """By the migration's own statements, which fill the table from what is there."""
    import importlib.util  # noqa: PLC0415 - a migration is a file, not a module

    pad = Path(__file__).parents[2] / "migrations" / "versions" / "0005_kaartcellen.py"
    spec = importlib.util.spec_from_file_location("kaartcellen", pad)
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{pad} cannot be loaded")
    migratie = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migratie)
    for opdracht in migratie.vullingen(db.engine.dialect.name == "sqlite"):
        db.session.execute(text(opdracht))


def _bouw(app: Flask, aantal: int) -> tuple[str, str]:
    """Fill an empty database; gives the cookie of a coordinator and the location of the server's data."""
    with app.app_context():
        upgrade()
        zonder_actor(db.session(), "fills a database")
        # The world of the tests: a gemeente with a boundary and a user of every role.
        wereld = maak_wereld(app, datetime.now(UTC))
        gemeente_id = wereld.een.gemeente.id
        typen = [
            Locatietype(gemeente_id=gemeente_id, code=f"type{i}", naam=f"Type {i}", volgorde=i) for i in range(TYPEN)
        ]
        db.session.add_all(typen)
        db.session.flush()
        sqlite = db.engine.dialect.name == "sqlite"
        waarden = {
            **{"aantal": aantal, "g": gemeente_id, "typen": TYPEN, "eerste_type": min(t.id for t in typen)},
            **{"hx": HOEK[0], "hy": HOEK[1], "b": BREED, "h": HOOG},
        }
        (_vul_sqlite if sqlite else _vul_postgres)(waarden)
        _vul_cellen()
        db.session.commit()
        with db.engine.connect() as c:
            c.exec_driver_sql("ANALYZE")
            c.commit()
        koekje = aangemeld(app, wereld.een.actoren[Rol.COORDINATOR], datetime.now(UTC)).get_cookie("inspecties")
        db.session.remove()
        db.engine.dispose()
    if koekje is None:
        raise RuntimeError("no session")
    return koekje.value, app.extensions["instellingen"].secret_key


@dataclass(frozen=True, slots=True)
class Antwoord:
    """One request as the client saw it."""

    ms: float
    bytes: int
    features: int


def _vraag(adres: str, koekje: str) -> Antwoord:
    verzoek = urllib.request.Request(adres, headers={"Cookie": f"inspecties={koekje}", "Accept-Encoding": "gzip"})
    begin = time.perf_counter()
    with urllib.request.urlopen(verzoek, timeout=120) as antwoord:
        lijf = antwoord.read()
        gezipt = antwoord.headers.get("Content-Encoding") == "gzip"
    ms = (time.perf_counter() - begin) * 1000
    inhoud = json.loads(gzip.decompress(lijf) if gezipt else lijf)
    return Antwoord(ms, len(lijf), len(inhoud["features"]))


@contextmanager
def _server(data: Path, url: str, geheim: str) -> Iterator[tuple[str, int]]:
    omgeving = {
        **{k: v for k, v in os.environ.items() if not k.startswith("INSPECTIES_")},
        "INSPECTIES_DEMO": "ja",
        "INSPECTIES_SECRET_KEY": geheim,
        "INSPECTIES_DATABASE_URL": url,
        "INSPECTIES_LOG_NIVEAU": "ERROR",
    }
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = s.getsockname()[1]
    opdracht = [str(_INSPECTIES), "serve", "--port", str(poort), "--data", str(data)]
    proces = subprocess.Popen(opdracht, env=omgeving, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    adres = f"http://127.0.0.1:{poort}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{adres}/gezond", timeout=2).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.3)
        else:
            raise RuntimeError("the server did not start")
        yield adres, proces.pid
    finally:
        proces.terminate()
        proces.wait(timeout=30)


def _bbox(dobbel: random.Random, zoom: int) -> str:
    m_per_pixel = 156_543 * 0.609 / 2**zoom
    b, h = SCHERM[0] * m_per_pixel, SCHERM[1] * m_per_pixel
    x = HOEK[0] + dobbel.random() * max(BREED - b, 0) - max(b - BREED, 0) / 2
    y = HOEK[1] + dobbel.random() * max(HOOG - h, 0) - max(h - HOOG, 0) / 2
    return ",".join(f"{g:.6f}" for g in (*naar_wgs84(x, y), *naar_wgs84(x + b, y + h)))


def _vragen(dobbel: random.Random) -> dict[str, list[str]]:
    """Per kind of question the requests, each somewhere else."""
    zooms = (10, 12, 14, 15, 16)

    def kaart(extra: str) -> list[str]:
        return [
            f"/api/locaties?bbox={_bbox(dobbel, z)}&zoom={z}{extra}" for z in zooms for _ in range(KEREN // len(zooms))
        ]

    def punt() -> str:
        x, y = HOEK[0] + dobbel.random() * BREED, HOEK[1] + dobbel.random() * HOOG
        return ",".join(f"{g:.6f}" for g in naar_wgs84(x, y))

    return {
        "kaartbeeld met trossen (zoom 10 tot 16)": kaart(""),
        "kaartbeeld, gefilterd op type en status": kaart("&type=type3&status=actief"),
        "kaartbeeld met losse locaties (zoom 17)": [
            f"/api/locaties?bbox={_bbox(dobbel, 17)}&zoom=17" for _ in range(KEREN)
        ],
        "vak: eerste 50 op naam (zoom 10 tot 16)": [
            f"/api/locaties?bbox={_bbox(dobbel, z)}&limiet=50" for z in zooms for _ in range(KEREN // len(zooms))
        ],
        "tien dichtstbij": [f"/api/kaart/dichtstbij?punt={punt()}" for _ in range(KEREN)],
    }


def _rekentijd_s(pid: int) -> float:
    """Processor seconds of a process and its children until now (Linux)."""
    tikken = os.sysconf("SC_CLK_TCK")
    som = 0.0
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            velden = (map_ / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if pid in {int(map_.name), int(velden[1])}:
            som += (int(velden[11]) + int(velden[12])) / tikken
    return som


def _rij(naam: str, waarde: float, eenheid: str, doel: str = "") -> dict[str, Any]:
    return {"naam": naam, "waarde": waarde, "eenheid": eenheid, "doel": doel}


def _meet(adres: str, pid: int, koekje: str, wat: str, miljoen: bool) -> list[dict[str, Any]]:
    uit: list[dict[str, Any]] = []
    for naam, paden in _vragen(random.Random(1)).items():
        _vraag(adres + paden[0], koekje)
        voor = _rekentijd_s(pid)
        metingen = [_vraag(adres + pad, koekje) for pad in paden]
        rekentijd = (_rekentijd_s(pid) - voor) * 1000 / len(paden)
        ms = sorted(m.ms for m in metingen)
        doel = miljoen and naam.startswith("kaartbeeld")
        p95 = ms[min(len(ms) - 1, int(len(ms) * 0.95))]
        uit += [
            _rij(
                f"{wat}: {naam}, mediaan", round(statistics.median(ms), 1), "ms", f"<= {DOELEN['ms']}" if doel else ""
            ),
            _rij(f"{wat}: {naam}, p95", round(p95, 1), "ms"),
            # Without waiting for a processor that others use; the database of PostgreSQL counts apart.
            _rij(f"{wat}: {naam}, rekentijd van de server per keer", round(rekentijd, 1), "ms"),
            _rij(
                f"{wat}: {naam}, grootste antwoord",
                round(max(m.bytes for m in metingen) / 1000, 1),
                "kB",
                f"<= {DOELEN['kB']}" if doel else "",
            ),
        ]
    return uit


def meet() -> list[dict[str, Any]]:
    """Rows per database and number of locations."""
    uit: list[dict[str, Any]] = []
    for soort in DATABASES:
        for aantal in AANTALLEN:
            data = Path(tempfile.mkdtemp(prefix="bench-locaties-"))
            cluster = Cluster() if soort == "postgis" else None
            try:
                url = cluster.maak("bench") if cluster else ""
                app = create_app(instellingen_voor(data, url), VasteKlok(datetime.now(UTC)))
                begin = time.perf_counter()
                koekje, geheim = _bouw(app, aantal)
                wat = f"{soort}, {f'{aantal:,}'.replace(',', '.')}"
                uit.append(_rij(f"{wat}: vullen", round(time.perf_counter() - begin, 1), "s"))
                with _server(data, url, geheim) as (adres, pid):
                    uit += _meet(adres, pid, koekje, wat, aantal >= 1_000_000)
            finally:
                if cluster:
                    cluster.stop()
                shutil.rmtree(data, ignore_errors=True)
    return uit
