"""The front door: a file becomes a definition."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from inspecties.checklists.rules.bouwen import Lezing, bouw
from inspecties.checklists.rules.fouten import Formulierfout, Melding
from inspecties.checklists.rules.lezen import lees_bron
from inspecties.core.formuletekens import ontdoe

MAX_TABEL = 50_000


def lees_formulier(naam: str, inhoud: bytes, bestanden: Mapping[str, bytes] | None = None) -> Lezing:
    """Reads and compiles a form. ``bestanden``: CSV files for pulldata(), by name without extension.

    Raises Formulierfout: Dutch, with sheet, row and column.
    """
    tabellen = {n: _tabel(n, ruw) for n, ruw in sorted((bestanden or {}).items())}
    return bouw(lees_bron(naam, inhoud), tabellen)


def _tabel(naam: str, ruw: bytes) -> dict[str, Any]:
    try:
        lezer = csv.reader(io.StringIO(ruw.decode("utf-8-sig"), newline=""))
        rijen = [[ontdoe(cel.strip()) for cel in rij] for rij in lezer]
    except (UnicodeDecodeError, csv.Error) as fout:
        raise Formulierfout([Melding(f"Het bestand {naam}.csv is geen CSV in UTF-8.")]) from fout
    rijen = [rij for rij in rijen if any(rij)]
    if not rijen or len(rijen) > MAX_TABEL or len(set(rijen[0])) != len(rijen[0]):
        raise Formulierfout([Melding(f"Het bestand {naam}.csv moet een kopregel met verschillende namen hebben.")])
    breedte = len(rijen[0])
    return {"kolommen": rijen[0], "rijen": [(rij + [""] * breedte)[:breedte] for rij in rijen[1:]]}
