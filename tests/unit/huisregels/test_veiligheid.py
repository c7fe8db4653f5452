"""Every number of VEILIGHEID.md is the one in the code, and every file that it names exists."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from inspecties.instellingen import Instellingen

WORTEL = Path(__file__).parents[3]
TEKST = (WORTEL / "inspecties" / "VEILIGHEID.md").read_text("utf-8")
GETALLEN = re.findall(r"`(inspecties[\w.]*):([\w.]+)` = ((?:\d+ per \w+;?)+|[\d.]+)", TEKST)


def test_er_wordt_gekeken() -> None:
    assert len(GETALLEN) == TEKST.count("` = ")
    assert len(GETALLEN) > 30


@pytest.mark.parametrize(("module", "naam", "waarde"), GETALLEN, ids=[f"{m}:{n}" for m, n, _ in GETALLEN])
def test_elk_getal_is_dat_van_de_code(module: str, naam: str, waarde: str) -> None:
    echt = getattr(Instellingen(), naam.split(".")[1]) if "." in naam else getattr(import_module(module), naam)
    assert str(echt) == waarde


def test_elk_genoemd_bestand_bestaat() -> None:
    for naam in re.findall(r"`((?:[a-z_]+/)+[\w.]+\.\w+|[a-z_]+/rules(?:/\w+)?)`", TEKST):
        assert (WORTEL / naam).exists() or (WORTEL / "inspecties" / naam).exists(), naam


def test_elk_niveau_van_bescherming_heeft_eisen() -> None:
    from inspecties.start.register import NIVEAUS  # noqa: PLC0415 - asks for every model

    (kop,) = re.findall(r"^\| \| (.+) \|$", TEKST, re.MULTILINE)
    assert kop.split(" | ") == list(NIVEAUS)
