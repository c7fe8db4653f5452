"""Row 18: database, store, log and backups on a disk that is really full: 507, nothing acknowledged, and then on again.

The disk is a tmpfs of a few hundred MB in a mount namespace of its own, so that this works for root and, where user
namespaces are allowed, for everybody. Where neither is, it fails: a full disk that was not tried proves nothing.
"""

import hashlib
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.soak.fotos import foto
from tests.soak.omgeving import Omgeving
from tests.soak.ploeg import Mens, Schrijver, laat_afmaken, schrijvers_voor, verstuur_formulier
from tests.soak.stroomstoring import Databaseserver, Installatie, vergelijk
from tests.soak.werkdienst import Antwoord, Werkdienst

MB = 1024 * 1024
GROOTTE_MB = {"spatialite": 96, "postgis": 480}
# How often a full disk may take something before it refuses.
POGINGEN = {"spatialite": 1, "postgis": 400}
# A process of its own that mounts the disk and then is the proof; the mount ends with it.
_BEGIN = 'mount -t tmpfs -o size="$1"m,mode=0755 vol "$2" && shift 2 && exec "$@"'


def naamruimte() -> list[str]:
    """How to get the right to mount, without being root on the machine."""
    return ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-m", "-c", "--keep-caps"]


def proef(map_: Path, soort: str, sjabloon: Path | None = None) -> dict[str, Any]:
    """The proof in a namespace of its own. Raises AssertionError with its output where it failed.

    ``sjabloon``: a SpatiaLite file with all tables and nothing in it, which saves making one.
    """
    map_.mkdir(parents=True, exist_ok=True)
    begin = [*naamruimte(), "sh", "-c", _BEGIN, "sh", str(GROOTTE_MB[soort]), str(map_)]
    uit = subprocess.run(
        [*begin, sys.executable, "-m", "tests.soak.volle_schijf", soort, str(map_), str(sjabloon or "")],
        capture_output=True,
        text=True,
        check=False,
        timeout=560,
        cwd=Path(__file__).parents[2],
    )
    assert uit.returncode == 0, uit.stdout[-3000:] + uit.stderr[-6000:]
    cijfers: dict[str, Any] = json.loads(uit.stdout.splitlines()[-1])
    return cijfers


class Vulling:
    """Fills the disk to the last byte, and empties it again."""

    def __init__(self, map_: Path) -> None:
        self.pad = map_ / "vulling"

    def vul(self) -> None:
        with self.pad.open("ab", buffering=0) as bestand:
            for stuk in (MB, 4096, 1):
                while True:
                    try:
                        if bestand.write(b"\0" * stuk) < stuk:
                            break
                    except OSError:
                        break

    @property
    def is_vol(self) -> bool:
        return os.statvfs(self.pad.parent).f_bavail == 0

    def ruim(self) -> None:
        self.pad.unlink()


def _weigert(antwoord: Antwoord, wat: str, soort: str) -> str:
    """A refusal as it must be; AssertionError for anything else."""
    # PostgreSQL ends itself where it cannot write its log: then the database is gone, and that is what is said.
    mag = {507: "vol"} | ({503: "niet te bereiken"} if soort == "postgis" else {})
    assert antwoord.status_code in mag, f"{wat}: {antwoord.status_code} {antwoord.inhoud[:400]!r}"
    inhoud = antwoord.headers["Content-Type"]
    if wat.startswith("/api/"):
        assert inhoud == "application/problem+json", wat
        assert mag[antwoord.status_code] in antwoord.get_json()["detail"], wat
    else:
        assert inhoud.startswith("text/html"), wat
        assert mag[antwoord.status_code] in antwoord.get_data(as_text=True), wat
    return wat


def _tot_geweigerd(doe: Callable[[], Antwoord], wat: str, soort: str, vulling: Vulling) -> str:
    """Write on a full disk until it is refused. SQLite refuses at once; PostgreSQL fills the pages that it has first.

    What it took until then it acknowledged, and that is counted as everything else.
    """
    for _ in range(POGINGEN[soort]):
        vulling.vul()
        assert vulling.is_vol
        antwoord = doe()
        if antwoord.status_code >= 500:
            return _weigert(antwoord, wat, soort)
    raise AssertionError(f"{wat}: {POGINGEN[soort]} keer aangenomen op een volle schijf")


def _probeer_alles(schrijver: Schrijver, mens: Mens, vulling: Vulling, soort: str) -> list[str]:
    """Every way of writing on a full disk, until each says that it did not work."""
    net, tab = schrijver.net, schrijver.tab
    teller = itertools.count()

    def sync() -> Any:
        # What does not repeat itself, so that it needs the room that it looks to need.
        op = tab.op(schrijver.bezoek, "opmerking", os.urandom(3500).hex())
        schrijver.gemaakt[f"op {op['op_id']}"] += 1
        antwoord: Any = tab.stuur()
        if antwoord.status_code == 200:
            schrijver.verwerk(antwoord)
        return antwoord

    def upload() -> Antwoord:
        inhoud = foto(999_999 + schrijver.nr)
        naam = hashlib.sha256(inhoud).hexdigest()
        antwoord = net.post("/api/uploads/", headers=schrijver.aankondiging(inhoud, naam))
        # An empty file may still fit; what comes in it may not.
        return schrijver.stuk(antwoord.headers["Location"], 0, inhoud) if antwoord.status_code == 201 else antwoord

    def formulier() -> Antwoord:
        kenmerk = f"vol-{schrijver.nr}-{next(teller)}"
        antwoord = verstuur_formulier(net, tab.token, mens, kenmerk)
        if antwoord.status_code == 303:
            schrijver.gemaakt[f"kenmerk {kenmerk}"] += 1
            schrijver.bevestigd[f"kenmerk {kenmerk}"] += 1
        return antwoord

    return [
        _tot_geweigerd(sync, "/api/sync", soort, vulling),
        _tot_geweigerd(upload, "/api/uploads/", soort, vulling),
        _tot_geweigerd(formulier, "/locaties/.../kenmerken", soort, vulling),
    ]


def _lees(schrijver: Schrijver, mens: Mens, soort: str) -> Counter[int]:
    """What only reads goes on, or says that the disk is full where reading is written down."""
    uit: Counter[int] = Counter()
    mag = {200, 507} | ({503} if soort == "postgis" else set())
    for pad in ("/gezond", "/hulp", "/", "/locaties", f"/locaties/{mens.locatie}", "/api/csrf"):
        antwoord = schrijver.net.get(pad)
        assert antwoord.status_code in mag, f"{pad}: {antwoord.status_code} {antwoord.inhoud[:300]!r}"
        uit[antwoord.status_code] += 1
    return uit


def _beproef(map_: Path, soort: str, sjabloon: str) -> dict[str, Any]:
    map_.chmod(0o755)
    server = Databaseserver(map_) if soort == "postgis" else None
    dienst: Werkdienst | None = None
    try:
        installatie = Installatie(map_ / "data", server.maak("vol") if server else "")
        if sjabloon:
            installatie.data.mkdir()
            shutil.copy(sjabloon, installatie.data / "inspecties.db")
        installatie.richt_in(4, leeg=not sjabloon)
        dienst = installatie.dienst()
        dienst.start()
        ploeg = schrijvers_voor(dienst.poort, installatie.mensen)
        for s in ploeg:
            s.haal_op()
            s.ronde()
        vulling = Vulling(map_)
        geweigerd, gelezen = Counter[str](), Counter[int]()
        for s, mens in zip(ploeg, installatie.mensen, strict=True):
            geweigerd.update(_probeer_alles(s, mens, vulling, soort))
            vulling.vul()
            gelezen += _lees(s, mens, soort)
        backup = dienst.doe("backup", str(map_ / "backups"))
        assert backup.returncode == 1, backup.stdout
        assert "vol" in backup.stderr or (server is not None and "niet te bereiken" in backup.stderr), backup.stderr
        vulling.ruim()
        if server is not None and not _draait(server):
            server.start()
        # Nobody restarts the service: the next attempt simply works.
        for s in ploeg:
            s.meeste_ronden = 2
            s.ronden = 1
            s.start()
        for s in ploeg:
            s.join(120)
        laat_afmaken(ploeg)
        backup = dienst.doe("backup", str(map_ / "backups"))
        assert backup.returncode == 0, backup.stderr
        dienst.stop()
        er = vergelijk(ploeg, installatie.kijk_na())
    finally:
        if dienst is not None and dienst.leeft:
            dienst.dood()
        if server is not None:
            server.stop()
    return {
        f"{soort}: geweigerd": dict(geweigerd),
        f"{soort}: antwoorden op lezen": dict(gelezen),
        f"{soort}: daarna precies een keer": dict(er),
    }


def _draait(server: Databaseserver) -> bool:
    return (server.map / "data" / "postmaster.pid").exists()


def draai(omgeving: Omgeving) -> dict[str, Any]:
    uit: dict[str, Any] = {}
    for soort in GROOTTE_MB:
        uit |= proef(omgeving.nieuwe_map(f"vol-{soort}"), soort)
    return uit


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_beproef(Path(sys.argv[2]), sys.argv[1], sys.argv[3])) + "\n")
