"""The commands as an administrator types them: exit codes, JSON on stdout and nothing else there, Dutch."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inspecties.cli import main
from tests.conftest import Sjablonen

Doe = Callable[..., tuple[int, str, str]]


@pytest.fixture
def doe(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Doe:
    monkeypatch.setenv("INSPECTIES_SECRET_KEY", "s" * 40)

    def opdracht(*argumenten: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["inspecties", *map(str, argumenten)])
        monkeypatch.delenv("INSPECTIES_DATA", raising=False)
        with pytest.raises(SystemExit) as einde:
            main()
        uit = capsys.readouterr()
        return int(einde.value.code or 0), uit.out, uit.err

    return opdracht


def _een_document(tekst: str) -> dict[str, Any]:
    inhoud: dict[str, Any] = json.loads(tekst)
    return inhoud


def test_van_backup_tot_herstel(
    doe: Doe, sjablonen: Sjablonen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sjablonen.nieuw("spatialite", tmp_path / "een")
    een, twee, backups = (tmp_path / naam for naam in ("een", "twee", "backups"))
    geheim = ("--wachtwoord", "een lang wachtwoord voor tests")
    mens = ("--naam", "Jo", "--rol", "beheerder", "--gemeente", "Dijkdorp", "--gemeentecode", "9903", *geheim)
    assert doe("gebruiker", "toevoegen", "jo@dijkdorp.example", *mens, "--data", een)[0] == 0

    code, uit, fout = doe("backup", backups, "--json", "--data", een)
    assert (code, _een_document(uit)["rijen"] > 2) == (0, True)
    assert "Database kopiëren" in fout
    code, uit, _ = doe("backup", backups, "--houd", "1", "--data", een)
    assert (code, "Oude backups verwijderd" in uit, "INSPECTIES_SECRET_KEY" in uit) == (0, True, True)
    code, uit, _ = doe("backup", backups, "--controleer", "--data", een)
    assert (code, "is heel" in uit) == (0, True)

    # Wrong use, and nothing to make a backup of.
    assert doe("herstel")[0] == 2
    assert doe("backup", backups, "--houd", "0")[0] == 2
    code, uit, fout = doe("backup", tmp_path / "leeg", "--data", tmp_path / "niets")
    assert (code, uit, "Er is geen database" in fout) == (1, "", True)
    assert not (tmp_path / "niets" / "inspecties.db").exists()

    # Onto an empty folder; then not again without saying so.
    code, uit, _ = doe("herstel", backups, "--json", "--data", twee)
    assert (code, _een_document(uit)["problemen"]) == (0, [])
    # What a command makes is for whoever runs it alone.
    assert [pad.stat().st_mode & 0o777 for pad in (twee, twee / "inspecties.db")] == [0o700, 0o600]
    assert "jo@dijkdorp.example" in doe("gebruiker", "lijst", "--data", twee)[1]
    code, uit, fout = doe("herstel", backups, "--data", twee)
    assert (code, uit, "niet leeg" in fout) == (1, "", True)

    # With other keys it comes back, and says what cannot be read.
    monkeypatch.setenv("INSPECTIES_SECRET_KEY", "a" * 40)
    code, uit, fout = doe("herstel", backups, "--overschrijf", "--data", twee)
    assert (code, "Wat er stond is bewaard" in uit, "INSPECTIES_VELDSLEUTELS" in fout) == (1, True, True)

    (kapot,) = backups.glob("*/database.db")
    kapot.write_bytes(kapot.read_bytes()[:-1])
    code, uit, _ = doe("backup", backups, "--controleer", "--json", "--data", een)
    assert (code, _een_document(uit)["heel"]) == (1, False)
