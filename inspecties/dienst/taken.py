"""When the commands that have to run every night last succeeded here, and how the service was last started.

Two small files in the data folder, for ``inspecties doctor``: a timer that quietly stopped is found by what is missing.
"""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

# Words of a command line that make it one of these tasks.
TAKEN: dict[str, tuple[str, ...]] = {
    "backup": ("backup",),
    "audit controleer": ("audit", "controleer"),
    "bewaartermijnen": ("bewaartermijnen",),
    "herinner": ("herinner",),
    "prioriteit ververs": ("prioriteit", "ververs"),
}
# With one of these it only looks.
ALLEEN_KIJKEN = frozenset({"--droog", "--controleer", "-h", "--help"})
_TAKEN, _STAND = "taken.json", "stand.json"


def taak_van(argumenten: Sequence[str]) -> str | None:
    """The task that this command line carries out, if any."""
    if ALLEEN_KIJKEN & set(argumenten):
        return None
    woorden = tuple(a for a in argumenten if not a.startswith("-"))
    return next((taak for taak, begin in TAKEN.items() if woorden[: len(begin)] == begin), None)


def _schrijf(pad: Path, inhoud: dict[str, Any]) -> None:
    nieuw = pad.with_suffix(f".{os.getpid()}")
    nieuw.write_text(json.dumps(inhoud, indent=1) + "\n", encoding="utf-8")
    nieuw.chmod(0o600)
    nieuw.replace(pad)


def _lees(pad: Path) -> dict[str, Any]:
    try:
        inhoud = json.loads(pad.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return inhoud if isinstance(inhoud, dict) else {}


def noteer(data: Path, taak: str, nu: datetime) -> None:
    """This task succeeded now. Where the folder is not there or not ours, nothing is noted."""
    if data.is_dir() and os.access(data, os.W_OK):
        _schrijf(data / _TAKEN, _lees(data / _TAKEN) | {taak: nu.astimezone(UTC).isoformat()})


def lees_taken(data: Path) -> dict[str, datetime]:
    """Task -> when it last succeeded. What cannot be read is left out."""
    uit: dict[str, datetime] = {}
    for taak, tekst in _lees(data / _TAKEN).items():
        try:
            moment = datetime.fromisoformat(str(tekst))
        except ValueError:
            continue
        if taak in TAKEN and moment.tzinfo is not None:
            uit[taak] = moment
    return uit


def noteer_start(data: Path, werkers: int, host: str, versie: str) -> None:
    """The service starts like this."""
    _schrijf(data / _STAND, {"werkers": werkers, "host": host, "versie": versie})


def lees_start(data: Path) -> tuple[int, str, str] | None:
    """Processes, address and version of the last start; None where it is not known."""
    inhoud = _lees(data / _STAND)
    try:
        return int(inhoud["werkers"]), str(inhoud["host"]), str(inhoud["versie"])
    except (KeyError, TypeError, ValueError):
        return None
