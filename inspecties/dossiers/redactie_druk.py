"""Making the copy of a piece for parties: pages drawn anew, or the text that is left. Needs no database."""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from inspecties.controles.rules.lakken import Vlak
from inspecties.core.beelden import OnleesbaarBeeld
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.opslag import sha256_van
from inspecties.core.schrijfbaar import maak_schrijfbaar
from inspecties.dossiers.bladen import teken_blad, tel_bladen
from inspecties.dossiers.rules.gevolgen import MAP
from inspecties.dossiers.voorleggen import StukGeschonden

SJABLOON = MAP / "redactie.typ"


@dataclass(frozen=True)
class Kopiewerk:
    """Everything that a copy is made of, so that it can be drawn outside a transaction: up to a hundred pages.

    ``pad``: of the file whose pages are drawn, None for typed text. ``vlakken``: page (from 1) -> its covers.
    """

    redactie_id: int
    naam: str
    gegevens: Mapping[str, Any]
    moment: datetime
    pad: Path | None = None
    mediatype: str = ""
    sha256: str = ""
    vlakken: Mapping[int, Sequence[Vlak]] | None = None

    def druk(self) -> bytes:
        """The PDF. Raises StukGeschonden where the file is not what was judged, OngeldigeInvoer at 'feiten'."""
        gegevens, bestanden = dict(self.gegevens), dict[str, bytes]()
        if self.pad is not None:
            gegevens["bladen"] = self._teken(self.pad, bestanden)
        return _compileer(gegevens, bestanden, self.moment)

    def _teken(self, pad: Path, bestanden: dict[str, bytes]) -> list[dict[str, str]]:
        if not pad.is_file() or sha256_van(pad) != self.sha256:
            raise StukGeschonden(
                f"Het bestand van {self.naam} staat niet meer ongeschonden in de opslag. Waarschuw de beheerder."
            )
        aantal, vlakken, uit = tel_bladen(pad, self.mediatype), self.vlakken or {}, []
        for nr in range(1, aantal + 1):
            delen = vlakken.get(nr, ())
            try:
                bestanden[f"blad-{nr}.jpg"] = teken_blad(pad, self.mediatype, nr, delen)
            except OnleesbaarBeeld as fout:
                raise OngeldigeInvoer(
                    f"Blad {nr} van {self.naam} is niet te tekenen. Kies dat partijen dit stuk niet krijgen, "
                    "of voeg een goed bestand toe.",
                    "feiten",
                ) from fout
            zwart = "" if not delen else ", 1 deel weggelakt" if len(delen) == 1 else f", {len(delen)} delen weggelakt"
            alt = f"Blad {nr} van {aantal} van {self.naam}{zwart}"
            uit.append({"bestand": f"blad-{nr}.jpg", "alt": alt})
        return uit


def _compileer(gegevens: Mapping[str, Any], bestanden: Mapping[str, bytes], nu: datetime) -> bytes:
    with tempfile.TemporaryDirectory(prefix="redactie-") as map_naam:
        map_ = Path(map_naam)
        (map_ / "redactie.typ").write_bytes(SJABLOON.read_bytes())
        for naam, inhoud in bestanden.items():
            (map_ / naam).write_bytes(inhoud)
        uit: bytes = typst.compile(
            str(map_ / "redactie.typ"),
            root=str(map_),
            sys_inputs={"data": json.dumps(maak_schrijfbaar(gegevens), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            ignore_system_fonts=True,
            timestamp=int(nu.timestamp()),
        )
    return uit
