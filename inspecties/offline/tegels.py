"""Tiles for the map on the tablet: asked of the configured service, kept on disk, given out one by one.

The tablet speaks to this server only. The service learns which tiles are asked, never for whom.
"""

import hashlib
import os
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import structlog

from inspecties.core.buitendienst import STORINGEN, Buitendienst
from inspecties.core.fouten import InspectiesFout, NietGevonden
from inspecties.core.herkenning import KOP_BYTES, mediatype_van
from inspecties.core.tegelsjabloon import ontleed_sjabloon, vul_in
from inspecties.instellingen import Instellingen
from inspecties.offline.tegelgebied import Punt, Tegel, tegels_rond

log = structlog.get_logger()

TIJD_S = 6.0
MAX_TEGEL_BYTES = 512 * 1024
MAX_MAP_BYTES = 300 * 1024 * 1024
VERS_S = 30 * 86_400
# Counting a folder of thousands of files takes a while: not at every tile.
_TEL_ELKE = 250
_SOORTEN = frozenset({"image/png", "image/jpeg", "image/webp"})
_tellen = threading.Lock()


class TegelStoring(InspectiesFout):
    """The service gave no usable answer."""

    status = 502


def opgave(inst: Instellingen, punten: Iterable[Punt]) -> dict[str, Any] | None:
    """What a pack says of tiles: which, how many bytes at most, and whose; None without a service."""
    if not inst.veldtegels_url:
        return None
    return {
        "lijst": ["/".join(map(str, tegel)) for tegel in tegels_rond(punten)],
        "hoogste_bytes": inst.veldtegels_mb * 1024 * 1024,
        "bron": urlsplit(inst.veldtegels_url).hostname,
    }


class Tegelbron:
    """The service of one template, with its folder of kept tiles."""

    _geschreven = 0

    def __init__(self, sjabloon: str, map_: Path, max_map_bytes: int = MAX_MAP_BYTES) -> None:
        adres, self._patroon = ontleed_sjabloon(sjabloon)
        self._dienst = Buitendienst(adres, TIJD_S, MAX_TEGEL_BYTES)
        self._map = map_ / hashlib.sha256(sjabloon.encode()).hexdigest()[:16]
        self._max = max_map_bytes

    def geef(self, tegel: Tegel) -> tuple[bytes, str]:
        """(bytes, media type) of a tile. Raises NietGevonden where the service has none, TegelStoring where it fails.

        A kept tile is used for thirty days, and after that only where the service does not answer.
        """
        pad = self._map.joinpath(*map(str, tegel))
        oud = pad.read_bytes() if pad.is_file() else None
        if oud is not None and time.time() - pad.stat().st_mtime < VERS_S:
            return oud, _soort(oud)
        try:
            inhoud = self._dienst.lees(vul_in(self._patroon, *tegel), "image/*")
            soort = _soort(inhoud)
        except STORINGEN as fout:
            if str(fout) in {"HTTP 404", "HTTP 204"}:
                raise NietGevonden("Van dit stuk is geen kaart.") from fout
            if oud is not None:
                return oud, _soort(oud)
            log.warning("tegels", storing=f"{type(fout).__name__}: {fout}"[:200])
            raise TegelStoring("De kaartdienst antwoordt nu niet. Probeer de kaart later.") from fout
        self._bewaar(pad, inhoud)
        return inhoud, soort

    def _bewaar(self, pad: Path, inhoud: bytes) -> None:
        tijdelijk = pad.with_name(f".{pad.name}.{os.getpid()}.{threading.get_ident()}")
        try:
            pad.parent.mkdir(parents=True, exist_ok=True)
            tijdelijk.write_bytes(inhoud)
            tijdelijk.replace(pad)
        except OSError as fout:
            # A full disk costs the next tablet some time, and nobody their map.
            log.warning("tegels", bewaren=f"{type(fout).__name__}: {fout}"[:200])
            tijdelijk.unlink(missing_ok=True)
            return
        with _tellen:
            Tegelbron._geschreven += 1
            if Tegelbron._geschreven % _TEL_ELKE == 0:
                self.ruim_op()

    def ruim_op(self) -> None:
        """Throw away the oldest tiles until the folder is well within its size."""
        bestanden = sorted((p.stat().st_mtime, p.stat().st_size, p) for p in self._map.rglob("*") if p.is_file())
        over = sum(omvang for _, omvang, _ in bestanden) - self._max
        if over <= 0:
            return
        over += self._max // 5
        for _, omvang, pad in bestanden:
            if over <= 0:
                return
            pad.unlink(missing_ok=True)
            over -= omvang


def _soort(inhoud: bytes) -> str:
    """The media type of a tile. Raises OSError for anything that is no picture (one of STORINGEN)."""
    soort = mediatype_van(inhoud[:KOP_BYTES])
    if soort not in _SOORTEN:
        raise OSError("geen beeld")
    return soort
