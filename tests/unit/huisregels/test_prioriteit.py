"""The code of the priority score names nothing that a person is, and a planted way to it is seen."""

from pathlib import Path

import pytest

from tests.unit.huisregels import prioriteit

WORTEL = Path(__file__).parents[3]


def test_er_wordt_gekeken() -> None:
    namen = {naam for naam, _ in prioriteit._bestanden(WORTEL)}
    assert {
        "inspecties/locaties/rules/prioriteit.py",
        "inspecties/locaties/prioriteit_bronnen.py",
        "inspecties/locaties/prioriteit_stand.py",
        "inspecties/start/prioriteitbronnen.py",
        "inspecties/acties/prioriteit.py",
    } <= namen
    assert all((WORTEL / naam).is_file() for naam in prioriteit.MAG_NOEMEN)


def test_de_score_noemt_niet_wat_een_persoon_is() -> None:
    assert prioriteit.wat_een_persoon_is(WORTEL) == []


@pytest.mark.parametrize(
    ("regel", "woord"),
    [
        ("nationaliteit: str = ''", "nationaliteit"),
        ("def leeftijd_van(x): ...", "leeftijd_van"),
        ("x.geslacht", "geslacht"),
        ("f(geboorteland=1)", "geboorteland"),
        ("from inspecties.locaties.models_partijen import Partij", "Partij"),
        ("select(Signaal.indicatoren)", "indicatoren"),
        ("gewicht['herkomst_bewoners']", "herkomst_bewoners"),
        ("aantal_vrouwen = 1", "aantal_vrouwen"),
    ],
)
def test_een_omweg_valt_op(tmp_path: Path, regel: str, woord: str) -> None:
    pad = tmp_path / "inspecties" / "locaties" / "prioriteit_extra.py"
    pad.parent.mkdir(parents=True)
    pad.write_text('"""Nooit nationaliteit of leeftijd van personen."""\nhouder = 1\nlevensduur = 2\n', "utf-8")
    assert prioriteit.wat_een_persoon_is(tmp_path) == []
    pad.write_text(regel + "\n", "utf-8")
    assert f"inspecties/locaties/prioriteit_extra.py:1: {woord}" in prioriteit.wat_een_persoon_is(tmp_path)
