"""Which command line counts as a nightly task, and that a damaged file is no more than a task not noted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspecties.dienst import taken

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("regel", "taak"),
    [
        ("backup /srv/backups --houd 30", "backup"),
        ("backup /srv/backups --controleer", None),
        ("audit controleer", "audit controleer"),
        ("audit controleer --json", "audit controleer"),
        ("audit", None),
        ("bewaartermijnen", "bewaartermijnen"),
        ("bewaartermijnen --droog", None),
        ("herinner --help", None),
        ("gebruiker lijst", None),
        ("", None),
    ],
)
def test_welke_taak(regel: str, taak: str | None) -> None:
    assert taken.taak_van(regel.split()) == taak


def test_noteren_en_lezen(tmp_path: Path) -> None:
    assert taken.lees_taken(tmp_path) == {}
    taken.noteer(tmp_path, "backup", NU)
    taken.noteer(tmp_path, "herinner", NU)
    assert taken.lees_taken(tmp_path) == {"backup": NU, "herinner": NU}
    taken.noteer_start(tmp_path, 4, "127.0.0.1", "1.0")
    assert taken.lees_start(tmp_path) == (4, "127.0.0.1", "1.0")
    assert {pad.stat().st_mode & 0o777 for pad in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("inhoud", ["", "[]", "{", '{"backup": "gisteren"}', '{"backup": "2026-11-21T17:00:00"}'])
def test_een_kapot_bestand_telt_niet(tmp_path: Path, inhoud: str) -> None:
    (tmp_path / "taken.json").write_text(inhoud)
    (tmp_path / "stand.json").write_text(inhoud)
    assert taken.lees_taken(tmp_path) == {}
    assert taken.lees_start(tmp_path) is None


def test_een_map_die_er_niet_is_blijft_weg(tmp_path: Path) -> None:
    taken.noteer(tmp_path / "weg", "backup", NU)
    assert not (tmp_path / "weg").exists()
