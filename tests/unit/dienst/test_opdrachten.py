"""The console script as somebody types it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = str(Path(sys.executable).parent / "inspecties")


def doe(*argumenten: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    """Run the command with only these settings in the environment."""
    schoon = {"PATH": "/usr/bin:/bin"} | omgeving
    return subprocess.run([SCRIPT, *argumenten], env=schoon, capture_output=True, text=True, check=False)


def test_hulp_is_nederlands() -> None:
    uit = doe("--help")
    assert uit.returncode == 0
    assert "Gebruik:" in uit.stdout
    assert "Opdrachten:" in uit.stdout
    assert "Show this message" not in uit.stdout


@pytest.mark.parametrize(
    ("argumenten", "melding"),
    [
        (("onzin",), "De opdracht 'onzin' bestaat niet."),
        (("termijn", "--onzin"), "De optie '--onzin' bestaat niet."),
        (("route",), "Er ontbreekt een argument 'INSTANCE.json'."),
        (("termijn", "--start"), "De optie '--start' vraagt een waarde."),
        (("route", "/bestaat/niet.json"), "bestaat niet"),
    ],
)
def test_verkeerd_gebruik_is_2_en_zegt_wat(argumenten: tuple[str, ...], melding: str) -> None:
    uit = doe(*argumenten)
    assert uit.returncode == 2
    assert melding in uit.stderr
    assert "Traceback" not in uit.stderr


def test_zonder_geheim_geen_start() -> None:
    uit = doe("serve", "--data", "/tmp/bestaat-niet-voor-de-proef")
    assert uit.returncode == 2
    assert "INSPECTIES_SECRET_KEY" in uit.stderr
    assert not Path("/tmp/bestaat-niet-voor-de-proef").exists()


def test_elke_instelling_heeft_uitleg() -> None:
    uit = doe("instellingen", "--json", INSPECTIES_DEMO="ja")
    rijen = json.loads(uit.stdout)
    assert {"INSPECTIES_DATABASE_URL", "INSPECTIES_OPSLAG"} <= {rij["naam"] for rij in rijen}
    assert [rij["naam"] for rij in rijen if len(rij["uitleg"]) < 10] == []
