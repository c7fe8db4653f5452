"""Reads the lists of known leaks that somebody with a way out made of our locks: pip-audit and npm audit, as JSON.

The service itself asks nobody: the lists are made elsewhere and put in ``<data>/lekken`` (config/productie/README.md,
"Bijhouden"). Formats: pip-audit 2 ``--format json``; npm 7 and newer ``audit --json`` (auditReportVersion 2).
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from inspecties.dienst.dokter import Lek, Lekkenlijst

MAP = "lekken"


def _geinstalleerd(pakket: str) -> str:
    try:
        return version(pakket)
    except PackageNotFoundError:
        return ""


def _uit_pip(inhoud: Any) -> Iterator[Lek]:
    for deel in inhoud["dependencies"]:
        # Renewed since the list was made, or never part of the service.
        if deel.get("vulns") and _geinstalleerd(deel["name"]) == deel["version"]:
            for lek in deel["vulns"]:
                yield Lek(f"{deel['name']} {deel['version']}", str(lek["id"]), ", ".join(lek.get("fix_versions", [])))


def _uit_npm(inhoud: Any) -> Iterator[Lek]:
    for naam, deel in sorted(inhoud["vulnerabilities"].items()):
        yield Lek(f"{naam} {deel.get('range', '')}".strip(), str(deel.get("severity", "")), "")


LEZERS: dict[str, Callable[[Any], Iterator[Lek]]] = {"pip.json": _uit_pip, "npm.json": _uit_npm}


def lees_lekken(data: Path) -> tuple[Lekkenlijst, ...]:
    """Every list that is expected, also the one that is not there."""
    return tuple(_lees(data / MAP / naam, lezer) for naam, lezer in LEZERS.items())


def _lees(pad: Path, lezer: Callable[[Any], Iterator[Lek]]) -> Lekkenlijst:
    try:
        op = datetime.fromtimestamp(pad.stat().st_mtime, UTC)
        return Lekkenlijst(pad.name, op, tuple(lezer(json.loads(pad.read_bytes()))))
    except FileNotFoundError:
        return Lekkenlijst(pad.name)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fout:
        # What cannot be read proves nothing.
        return Lekkenlijst(pad.name, onleesbaar=type(fout).__name__)
