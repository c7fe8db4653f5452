"""Looking back: proposed results, hours as they are typed, reminders, and what still lacks."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.rules.debriefing import (
    Daarna,
    Stopstand,
    is_te_laat,
    lees_uren,
    moet_herinneren,
    schrijf_uren,
    voorgesteld_resultaat,
    wat_ontbreekt,
)
from inspecties.core.fouten import OngeldigeInvoer

DAG = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("toestand", "bevindingen", "uit"),
    [
        ("afgerond", 0, "in_orde"),
        ("afgerond", 2, "bevindingen"),
        ("niemand_thuis", 0, "niemand_thuis"),
        ("geweigerd", 3, "geweigerd"),
        ("vervallen", 0, "niet_bezocht"),
        ("binnen", 5, ""),
        ("gepland", 0, ""),
    ],
)
def test_voorgesteld_resultaat(toestand: str, bevindingen: int, uit: str) -> None:
    assert voorgesteld_resultaat(toestand, bevindingen) == uit


@pytest.mark.parametrize(
    ("tekst", "minuten"), [("7", 420), ("7,5", 450), ("7.25", 435), ("7:30", 450), (" 0 ", 0), ("1200", 72000)]
)
def test_uren(tekst: str, minuten: int) -> None:
    assert lees_uren(tekst, "u") == minuten


@pytest.mark.parametrize(
    "tekst", ["", "-1", "7:60", "7:3", "zeven", "nan", "inf", "1e3", "7.5.1", "1201", "٣٫", "7:²0"]
)
def test_geen_uren(tekst: str) -> None:
    with pytest.raises(OngeldigeInvoer):
        lees_uren(tekst, "u")


@settings(max_examples=50)
@given(st.integers(0, 72000))
def test_geschreven_uren_lezen_terug(minuten: int) -> None:
    assert lees_uren(schrijf_uren(minuten), "u") == minuten


def test_te_laat_pas_na_de_dag_zelf() -> None:
    assert not is_te_laat("open", DAG, DAG)
    assert is_te_laat("open", DAG, DAG + timedelta(days=1))
    assert not is_te_laat("gedaan", DAG, DAG + timedelta(days=1))


def test_herinneren_drie_dagen_ervoor_op_de_dag_en_elke_week() -> None:
    """A run every day: on which days from the last day a mail goes."""
    laatst, dagen = None, []
    for n in range(-10, 25):
        vandaag = DAG + timedelta(days=n)
        if moet_herinneren("open", DAG, laatst, vandaag):
            laatst = vandaag
            dagen.append(n)
        assert not moet_herinneren("open", DAG, vandaag, vandaag), "a second time on one day"
    assert dagen == [-3, 0, 7, 14, 21]
    assert not moet_herinneren("gedaan", DAG, None, DAG)
    assert moet_herinneren("open", DAG, None, DAG + timedelta(days=40)), "a run that was missed"


def test_wat_ontbreekt_noemt_alles_en_daarna_niets() -> None:
    leeg = Daarna(
        toestand="in_uitvoering",
        stops=[Stopstand("Stop 1", "binnen", False), Stopstand("Stop 2", "afgerond", False, voorstellen_open=2)],
        ploegen={"Ploeg A": False},
        afspraken_te_laat=1,
    )
    teksten = [p.melding for p in wat_ontbreekt(leeg)]
    for deel in (
        "Stop 1: de stop loopt nog",
        "Stop 2: nog niet besproken",
        "2 voorstellen",
        "Ploeg A: de uren",
        "geen les",
        "nog niet afgerond",
        "geen verslag",
        "1 afspraak is te laat",
    ):
        assert any(deel in tekst for tekst in teksten), deel
    klaar = Daarna(
        "afgerond", [Stopstand("Stop 1", "afgerond", True)], {"Ploeg A": True}, lessen=1, verslag_actueel=True
    )
    assert wat_ontbreekt(klaar) == []
