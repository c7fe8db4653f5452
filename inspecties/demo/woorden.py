"""The word lists of the demo (``config/demo/*.toml``)."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

MAP = Path(__file__).resolve().parents[2] / "config" / "demo"


@cache
def lees_woorden(bestand: str) -> dict[str, Any]:
    """One word list by its name without ending; missing or malformed files raise, the demo cannot do without."""
    with (MAP / f"{bestand}.toml").open("rb") as f:
        return tomllib.load(f)
