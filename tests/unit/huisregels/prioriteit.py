"""House rules about the priority score, as functions: each takes the root of a tree and tells what is wrong in it.

The code that makes a score may not even name what a person is, nor read what says it: free text of a signal, its
indicators, parties, reporters, involved persons, answers.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from inspecties.locaties.rules.prioriteit_feiten import is_verboden

# Says what may not be used, and tells it on the screen.
MAG_NOEMEN = {"inspecties/locaties/rules/prioriteit_feiten.py"}
_BRONNEN_VAN_PERSONEN = re.compile(
    r"^(?:Partij\w*|Kenmerk\w*|Melder\w*|Betrokken\w*|Operatie|Bewijsstuk|indicatoren|INDICATOREN|waar)$"
)


def _bestanden(wortel: Path) -> Iterator[tuple[str, ast.Module]]:
    for pad in sorted((wortel / "inspecties").rglob("*.py")):
        naam = pad.relative_to(wortel).as_posix()
        if "prioriteit" in pad.name and naam not in MAG_NOEMEN and "/demo/" not in naam:
            yield naam, ast.parse(pad.read_text("utf-8"))


def _namen(boom: ast.Module) -> Iterator[tuple[int, str]]:
    """Everything that code calls by a name; no prose: docstrings and sentences may explain what is not used."""
    for knoop in ast.walk(boom):
        if isinstance(knoop, ast.Name):
            yield knoop.lineno, knoop.id
        elif isinstance(knoop, ast.Attribute):
            yield knoop.lineno, knoop.attr
        elif isinstance(knoop, ast.arg | ast.keyword) and knoop.arg:
            yield knoop.lineno, knoop.arg
        elif isinstance(knoop, ast.alias):
            yield knoop.lineno, knoop.name.rpartition(".")[2]
        elif isinstance(knoop, ast.FunctionDef | ast.ClassDef):
            yield knoop.lineno, knoop.name
        elif isinstance(knoop, ast.Constant) and isinstance(knoop.value, str) and " " not in knoop.value:
            yield knoop.lineno, knoop.value


def wat_een_persoon_is(wortel: Path) -> list[str]:
    """Names in the code of the score that say what a person is, or that lead to it."""
    return [
        f"{naam}:{regel}: {woord}"
        for naam, boom in _bestanden(wortel)
        for regel, woord in _namen(boom)
        if woord != "is_verboden" and (is_verboden(woord) or _BRONNEN_VAN_PERSONEN.match(woord))
    ]
