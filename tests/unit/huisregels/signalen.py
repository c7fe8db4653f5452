"""House rules about signals of trafficking, as functions: each takes the root of a tree and tells what is wrong in it.

Such a signal goes to the aandachtsfunctionaris and to nothing else: no score, no figure, no dossier (legal fact sheet,
section 9). Scores and figures are made in locaties, acties and rapportages, so these may not even name it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

_NAAM = re.compile(
    r"signaal_mh|SIGNAALCODES|SIGNAAL_HARD|Signaaloordeel|alleen_signalen|mensenhandel_queries|mensenhandel import"
)
# Who may name it, and what for.
MAG_NOEMEN = {
    "inspecties/checklists/": "the rule itself",
    "inspecties/controles/": "the queue and its judgement",
    "inspecties/demo/": "plays the aandachtsfunctionaris",
    "inspecties/dossiers/beoordelen.py": "refuses it as a proposal",
    "inspecties/start/vandaag.py": "counts the queue for the aandachtsfunctionaris",
    "inspecties/routes.py": "registers the pages",
    "inspecties/core/rechten.py": "the right",
}
_WACHT = {"zonder_signalen", "alleen_signalen", "SIGNAALCODES"}


def _bronnen(wortel: Path) -> Iterator[tuple[str, str]]:
    for pad in sorted((wortel / "inspecties").rglob("*.py")):
        yield pad.relative_to(wortel).as_posix(), pad.read_text("utf-8")


def genoemd_waar_het_niet_mag(wortel: Path) -> list[str]:
    """Lines that name signals of trafficking outside the files that have to do with them."""
    return [
        f"{naam}:{nummer}: {regel.strip()}"
        for naam, tekst in _bronnen(wortel)
        if not naam.startswith(tuple(MAG_NOEMEN))
        for nummer, regel in enumerate(tekst.splitlines(), start=1)
        if _NAAM.search(regel)
    ]


def gelezen_zonder_wacht(wortel: Path) -> list[str]:
    """Functions that select findings past the scope of a person and do not say which: they would take signals along."""
    uit = []
    for naam, tekst in _bronnen(wortel):
        for functie in ast.walk(ast.parse(tekst)):
            if not isinstance(functie, ast.FunctionDef):
                continue
            bewaakt = any(getattr(n, "attr", getattr(n, "id", "")) in _WACHT for n in ast.walk(functie))
            if not bewaakt and any(_leest_alles(n) for n in ast.walk(functie)):
                uit.append(f"{naam}: {functie.name}")
    return uit


def _leest_alles(knoop: ast.AST) -> bool:
    if not isinstance(knoop, ast.Call) or not isinstance(knoop.func, ast.Name):
        return False
    if knoop.func.id == "select":
        return any(_is_bevinding(arg) for arg in knoop.args)
    if knoop.func.id != "select_voor" or len(knoop.args) < 2 or not _is_bevinding(knoop.args[1]):
        return False
    # A select in the name of a person is kept apart by Bevinding.bereik.
    wie = knoop.args[0]
    return not (isinstance(wie, ast.Name) and wie.id == "actor")


def _is_bevinding(knoop: ast.AST) -> bool:
    wortel = knoop.value if isinstance(knoop, ast.Attribute) else knoop
    return isinstance(wortel, ast.Name) and wortel.id == "Bevinding"
