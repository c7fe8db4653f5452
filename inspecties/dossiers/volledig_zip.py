"""The ZIP of a complete file: originals as they are, a manifest, and a list that ``sha256sum -c`` reads."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from inspecties.core.opslag import STUK

# Already packed tightly: trying again costs time and wins nothing.
_DICHT = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".pdf", ".mp3", ".m4a", ".ogg", ".docx", ".zip"}
_OUDST = (1980, 1, 1, 0, 0, 0)

LEESMIJ = """{titel}
{streep}

Gemeente {gemeente}, dossier {nummer}. Samengesteld op {gemaakt}.

Wat zit erin
  dossier.pdf      Het dossier als een bestand, met inventaris en nummers.
  stukken/         Elk stuk apart. De naam begint met het nummer uit de inventaris.
  manifest.json    Alle stukken met nummer, titel, datum, grootte en SHA-256.
  SHA256SUMS       De SHA-256 van elk bestand in dit pakket.

{over}

Nagaan of er niets is veranderd
  Linux en macOS:  sha256sum -c SHA256SUMS
                   (macOS zonder sha256sum: shasum -a 256 -c SHA256SUMS)
  Windows:         open PowerShell in deze map en typ
                   Get-FileHash -Algorithm SHA256 stukken\\*
                   Vergelijk elke waarde met die in SHA256SUMS.

Elk bestand moet "OK" geven. Geeft een bestand iets anders? Dan is het veranderd nadat dit pakket is gemaakt.
De SHA-256 van dit ZIP-bestand zelf staat in het systeem van de gemeente, bij het dossier.
"""


class Geschonden(Exception):
    """A file in the store is not what its row says. The argument is its name in the package."""


@dataclass
class Pakket:
    """A ZIP that is being written to ``pad``; nothing is held in memory but one piece of a file."""

    pad: Path
    moment: datetime
    sommen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.pad, "w", zipfile.ZIP_STORED, allowZip64=True)

    def _info(self, naam: str) -> zipfile.ZipInfo:
        if naam in self.sommen:
            raise ValueError(f"twice in one package: {naam}")
        stip = max(self.moment.timetuple()[:6], _OUDST)
        info = zipfile.ZipInfo(naam, (stip[0], stip[1], stip[2], stip[3], stip[4], stip[5]))
        info.external_attr = 0o100644 << 16
        info.compress_type = zipfile.ZIP_STORED if Path(naam).suffix.lower() in _DICHT else zipfile.ZIP_DEFLATED
        return info

    def voeg_toe(self, naam: str, bron: Path, sha256: str = "", gelezen: Callable[[int], None] | None = None) -> str:
        """Add a file in pieces; its SHA-256. Raises Geschonden where that is not ``sha256``."""
        som = hashlib.sha256()
        with bron.open("rb") as invoer, self._zip.open(self._info(naam), "w", force_zip64=True) as uitvoer:
            while stuk := invoer.read(STUK):
                som.update(stuk)
                uitvoer.write(stuk)
                if gelezen is not None:
                    gelezen(len(stuk))
        if sha256 and som.hexdigest() != sha256:
            raise Geschonden(naam)
        self.sommen[naam] = som.hexdigest()
        return som.hexdigest()

    def voeg_tekst_toe(self, naam: str, tekst: str) -> None:
        """Add a small text."""
        inhoud = tekst.encode()
        self._zip.writestr(self._info(naam), inhoud)
        self.sommen[naam] = hashlib.sha256(inhoud).hexdigest()

    def sluit(self, leesmij: str, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, the explanation and, last, the sums of all that is in it."""
        self.voeg_tekst_toe("LEESMIJ.txt", leesmij)
        self.voeg_tekst_toe("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        regels = "".join(f"{som}  {naam}\n" for naam, som in sorted(self.sommen.items()))
        self._zip.writestr(self._info("SHA256SUMS"), regels)
        self._zip.close()

    def breek_af(self) -> None:
        """Close the file without an index; what stands there is no ZIP and is thrown away."""
        if self._zip.fp is not None:
            self._zip.fp.close()
            self._zip.fp = None
