"""tests/BELOFTEN.md names tests that exist, and speaks about every promise."""

import ast
import re
from pathlib import Path

import pytest

WORTEL = Path(__file__).parents[3]
TEKST = (WORTEL / "tests" / "BELOFTEN.md").read_text("utf-8")
VERWIJZINGEN = sorted(set(re.findall(r"`((?:tests|static)/[^`]+)`", TEKST)))


def test_elke_belofte_heeft_een_rij() -> None:
    rijen = re.findall(r"^\| (\d+) \| (.+?) \| (.+) \|$", TEKST, re.MULTILINE)
    assert [int(nummer) for nummer, _, _ in rijen] == list(range(1, 35))
    for nummer, _, bewijs in rijen:
        assert "`" in bewijs or "nog niet" in bewijs, nummer


@pytest.mark.parametrize("verwijzing", VERWIJZINGEN)
def test_elke_genoemde_test_bestaat(verwijzing: str) -> None:
    bestand, _, naam = verwijzing.partition("::")
    pad = WORTEL / bestand
    assert pad.is_file(), bestand
    if naam:
        boom = ast.parse(pad.read_text("utf-8"))
        assert naam in {deel.name for deel in ast.walk(boom) if isinstance(deel, ast.FunctionDef)}, verwijzing
    else:
        assert pad.name.endswith(".test.js") or pad.parent.name in {"soak", "huisregels"}, verwijzing
