"""What every long proof needs: numbers, chance that can be repeated, a browser, a folder, and servers with the demo."""

import os
import random
import shutil
import tempfile
import uuid
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Playwright, sync_playwright

from tests.postgres import Cluster
from tests.soak.dienstproces import Dienstproces

GETALLEN = {
    "KILLS": 200,
    "GESCHIEDENISSEN": 500,
    "STAPPEN": 25,
    "FOTOS": 30,
    "KNIPPEN": 20,
    "HERHALINGEN": 150,
    "PROEFFOTOS": 200,
    "SCHRIJVERS": 20,
    "STORINGEN": 60,
    "TOESTELLEN": 50,
    "ZAAD": 20261121,
}


class Omgeving:
    """Opened once for a whole run."""

    def __init__(self, deel: tuple[int, int] = (1, 1)) -> None:
        self.deel = deel
        self.getal = {naam: int(os.environ.get(f"SOAK_{naam}", vast)) for naam, vast in GETALLEN.items()}
        self.database = os.environ.get("SOAK_DATABASE", "spatialite")
        self.toeval = random.Random(self.getal["ZAAD"])
        self._cluster: Cluster | None = None
        self._sjabloon: Path | None = None
        self._diensten: list[Dienstproces] = []

    def __enter__(self) -> "Omgeving":
        self.map = Path(tempfile.mkdtemp(prefix="inspecties-soak-"))
        self.map.chmod(0o711)  # the database server runs as another user
        self._playwright = sync_playwright()
        self.speler: Playwright = self._playwright.start()
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        for dienst in self._diensten:
            dienst.stop()
        self.speler.stop()
        if self._cluster is not None:
            self._cluster.stop()
        shutil.rmtree(self.map, ignore_errors=True)

    def nieuwe_map(self, naam: str) -> Path:
        """An empty folder of this run."""
        map_ = self.map / f"{naam}-{uuid.uuid4().hex[:8]}"
        map_.mkdir()
        return map_

    def _databases(self) -> Cluster:
        self._cluster = self._cluster or Cluster()
        return self._cluster

    def dienst(self) -> Dienstproces:
        """A running server of its own with the demo; the demo itself is loaded once per run."""
        postgis = self.database == "postgis"
        if self._sjabloon is None:
            self._sjabloon = self.nieuwe_map("sjabloon")
            eerste = Dienstproces(self._sjabloon, self._databases().maak("demo_sjabloon") if postgis else "")
            eerste.start()
            eerste.stop()
        data = self.nieuwe_map("data")
        shutil.copytree(self._sjabloon, data, dirs_exist_ok=True)
        url = self._databases().maak(f"demo_{uuid.uuid4().hex}", "demo_sjabloon") if postgis else ""
        dienst = Dienstproces(data, url)
        dienst.start()
        self._diensten.append(dienst)
        return dienst
