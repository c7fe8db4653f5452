"""When the commands that have to run every night last succeeded here, how the service was last started, and when the
heads of the audit log last went to each place.

Small files in the data folder, for ``inspecties doctor``: a timer that quietly stopped is found by what is missing.
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
_TAKEN, _STAND, _KOPPEN = "taken.json", "stand.json", "koppen-bewaard.json"


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


def _noteer_momenten(data: Path, bestand: str, namen: Sequence[str], nu: datetime) -> None:
    if data.is_dir() and os.access(data, os.W_OK):
        _schrijf(data / bestand, _lees(data / bestand) | dict.fromkeys(namen, nu.astimezone(UTC).isoformat()))


def _lees_momenten(pad: Path) -> dict[str, datetime]:
    uit: dict[str, datetime] = {}
    for naam, tekst in _lees(pad).items():
        try:
            moment = datetime.fromisoformat(str(tekst))
        except ValueError:
            continue
        if moment.tzinfo is not None:
            uit[naam] = moment
    return uit


def noteer(data: Path, taak: str, nu: datetime) -> None:
    """This task succeeded now. Where the folder is not there or not ours, nothing is noted."""
    _noteer_momenten(data, _TAKEN, [taak], nu)


def lees_taken(data: Path) -> dict[str, datetime]:
    """Task -> when it last succeeded. What cannot be read is left out."""
    return {taak: moment for taak, moment in _lees_momenten(data / _TAKEN).items() if taak in TAKEN}


def noteer_koppen(data: Path, plekken: Sequence[str], nu: datetime) -> None:
    """The heads of the audit log went to these places now."""
    _noteer_momenten(data, _KOPPEN, plekken, nu)


def lees_koppen(data: Path) -> dict[str, datetime]:
    """Place -> when heads last went there."""
    return _lees_momenten(data / _KOPPEN)


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
