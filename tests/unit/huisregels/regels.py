"""House rules about files, as functions: each takes the root of a tree and tells what is wrong in it, one line each."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

MAPPEN = ("inspecties", "static/src", "templates", "tests")
SOORTEN = {".py", ".js", ".mjs", ".html", ".css"}
MAX_REGELS = 420
# Tables that are longer than a screen because there are many cases, not because they do many things.
GEGEVENS = {"tests/vectors/uitdrukkingen_met_de_hand.py"}
VAAG = re.compile(r"(?:^|[_\-.])(?:utils?|helpers?|misc|common|diversen|overig)(?:[_\-.]|$)", re.IGNORECASE)

# An exception to a check with nothing behind it.
_ZWIJGT = re.compile(r"#\s*(?:noqa(?::[\sA-Z0-9,]*)?|type:\s*ignore(?:\[[a-z\-,\s]*\])?|nosec(?:\s+B\d+)?)\s*$")
_OMZEILT = {
    "|safe": re.compile(r"\|\s*safe\b"),
    "autoescape false": re.compile(r"\{%-?\s*autoescape\s+false"),
    "stijl in het sjabloon": re.compile(r"(?<![\w-])style\s*=(?!=)|<style\b", re.IGNORECASE),
    "gebeurtenis in het sjabloon": re.compile(
        r"(?<![\w-])on(?:click|dblclick|change|submit|input|load|error|focus|blur|toggle|key\w+|mouse\w+|pointer\w+|touch\w+)"
        r"\s*=(?!=)",
        re.IGNORECASE,
    ),
    "javascript: als adres": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
}
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)


def bronnen(wortel: Path) -> Iterator[tuple[str, Path]]:
    """Every source file with its path from the root, as ``a/b.py``."""
    for map_ in MAPPEN:
        for pad in sorted((wortel / map_).rglob("*")):
            if pad.suffix in SOORTEN and "__pycache__" not in pad.parts and "node_modules" not in pad.parts:
                yield pad.relative_to(wortel).as_posix(), pad


def te_lang(wortel: Path) -> list[str]:
    """Files that hold more than one can read in one go; tables of data excepted."""
    uit = []
    for naam, pad in bronnen(wortel):
        regels = len(pad.read_text("utf-8").splitlines())
        if regels > MAX_REGELS and naam not in GEGEVENS:
            uit.append(f"{naam}: {regels} regels, hoogstens {MAX_REGELS}")
    return uit


def zwijgende_uitzonderingen(wortel: Path) -> list[str]:
    """Places in the product that a check passes over without saying why."""
    uit = []
    for pad in sorted((wortel / "inspecties").rglob("*.py")):
        for nummer, regel in enumerate(pad.read_text("utf-8").splitlines(), 1):
            if _ZWIJGT.search(regel):
                uit.append(f"{pad.relative_to(wortel).as_posix()}:{nummer}: zeg achter de uitzondering waarom")
    return uit


def vage_namen(wortel: Path) -> list[str]:
    """Files and folders whose name does not say what is in them."""
    namen = {deel for naam, _ in bronnen(wortel) for deel in _voorlopers(naam)}
    return [f"{naam}: zeg wat erin staat" for naam in sorted(namen) if VAAG.search(naam.rpartition("/")[2])]


def _voorlopers(naam: str) -> Iterator[str]:
    """``a``, ``a/b`` and ``a/b/c.py`` of ``a/b/c.py``."""
    delen = naam.split("/")
    for tot in range(1, len(delen) + 1):
        yield "/".join(delen[:tot])


def onveilige_sjablonen(wortel: Path) -> list[str]:
    """Templates that get round escaping or the content security policy."""
    uit = []
    for pad in sorted((wortel / "templates").rglob("*")):
        if not pad.is_file():
            continue
        naam, tekst = pad.relative_to(wortel).as_posix(), pad.read_text("utf-8")
        for wat, patroon in _OMZEILT.items():
            uit += [f"{naam}:{_regel(tekst, treffer.start())}: {wat}" for treffer in patroon.finditer(tekst)]
        for treffer in _SCRIPT.finditer(tekst):
            if treffer.group(1).strip():
                uit.append(f"{naam}:{_regel(tekst, treffer.start())}: script in het sjabloon")
    return uit


def _regel(tekst: str, plek: int) -> int:
    return tekst.count("\n", 0, plek) + 1


def bronadressen_in_npm_slot(slot: Path) -> list[str]:
    """Packages whose place of download stands in the lock: it must install from whichever registry is set."""
    pakketten = json.loads(slot.read_text("utf-8"))["packages"]
    uit = [f"{naam}: resolved" for naam, pakket in pakketten.items() if "resolved" in pakket]
    uit += [
        f"{naam}: {soort} {doel} komt van een adres"
        for naam, pakket in pakketten.items()
        for soort in ("dependencies", "devDependencies", "optionalDependencies")
        for doel, versie in pakket.get(soort, {}).items()
        if "://" in versie
    ]
    return uit + [
        f"{naam}: zonder integrity" for naam, pakket in pakketten.items() if naam and "integrity" not in pakket
    ]


def bronadressen_in_vereisten(map_: Path) -> list[str]:
    """Lines of requirement files that name an index or another place of download."""
    patroon = re.compile(r"https?://|^\s*(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b")
    return [
        f"{pad.name}:{nummer}: {regel.strip()}"
        for pad in sorted(map_.glob("*.txt"))
        for nummer, regel in enumerate(pad.read_text("utf-8").splitlines(), start=1)
        if patroon.search(regel)
    ]
