"""Reads the tables of the meldroute and the triage from ``config/``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.signalen.rules.meldroute import Meldroutes
from inspecties.signalen.rules.triage import Triagetabel

MAP = Path(__file__).resolve().parents[2] / "config"


def lees_bestand(naam: str, map_: Path = MAP) -> dict[str, Any]:
    """The parsed file. Raises OngeldigeInvoer in Dutch when it is missing or no TOML."""
    try:
        return tomllib.loads((map_ / naam).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise OngeldigeInvoer(f"Het bestand {naam} ontbreekt; zet het in de map config.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fout:
        raise OngeldigeInvoer(f"Het bestand {naam} is niet te lezen: {fout}.") from fout


@cache
def meldroutes() -> Meldroutes:
    """The routes of this installation."""
    return Meldroutes.uit(lees_bestand("meldroutes.toml"))


@cache
def triagetabel() -> Triagetabel:
    """The triage table of this installation."""
    return Triagetabel.uit(lees_bestand("triage.toml"))
