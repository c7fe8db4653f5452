"""Whether somebody can come in a shift, also in the nights in which the clock jumps."""

from datetime import UTC, date, datetime, time

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import TIJDZONE
from inspecties.partners.rules.beschikbaar import (
    Uren,
    avond_van,
    lees_uren,
    maandbeeld,
    over_het_maximum,
    te_veel_avonden,
    vind_botsingen,
)


def hier(dag: int, uur: int, maand: int = 10) -> datetime:
    return datetime(2026, maand, dag, uur, tzinfo=TIJDZONE).astimezone(UTC)


DIENST = (hier(21, 17), hier(21, 22))


@pytest.mark.parametrize(
    ("uren", "zin"),
    [
        ([], None),
        ([Uren(hier(21, 9), hier(21, 17))], None),
        ([Uren(hier(21, 9), hier(21, 18))], "niet beschikbaar, van 09:00 tot 18:00"),
        ([Uren(hier(21, 0), hier(22, 0))], "niet beschikbaar, de hele dag"),
        ([Uren(hier(21, 16), hier(21, 23), beschikbaar=True)], None),
        ([Uren(hier(21, 16), hier(21, 20), beschikbaar=True)], "alleen beschikbaar van 16:00 tot 20:00"),
        (
            [Uren(hier(21, 16), hier(21, 20), beschikbaar=True), Uren(hier(21, 20), hier(21, 23), beschikbaar=True)],
            None,
        ),
        ([Uren(hier(20, 16), hier(20, 20), beschikbaar=True)], None),
        (
            [Uren(hier(21, 16), hier(21, 23), beschikbaar=True), Uren(hier(21, 21), hier(21, 22))],
            "niet beschikbaar, van 21:00 tot 22:00",
        ),
    ],
)
def test_botsing_in_woorden(uren: list[Uren], zin: str | None) -> None:
    assert [b.zin for b in vind_botsingen(uren, *DIENST)] == ([zin] if zin else [])


def test_in_de_nacht_van_25_oktober_telt_het_uur_dat_twee_keer_komt() -> None:
    begin, eind = lees_uren(date(2026, 10, 25), time(2), None, time(4))
    assert (eind - begin).total_seconds() == 3 * 3600
    assert vind_botsingen([Uren(begin, eind)], hier(25, 1), datetime(2026, 10, 25, 1, tzinfo=UTC)), "second 02:00"


def test_in_de_nacht_van_28_maart_bestaat_half_drie_niet() -> None:
    with pytest.raises(OngeldigeInvoer, match="02:30 bestaat niet op deze dag"):
        lees_uren(date(2027, 3, 28), time(2, 30), None, None)
    begin, eind = lees_uren(date(2027, 3, 28), None, None, None)
    assert (eind - begin).total_seconds() == 23 * 3600


@pytest.mark.parametrize(
    ("tot_dag", "tot_tijd", "veld"),
    [(date(2026, 10, 20), None, "tot_dag"), (None, time(9), "tot_tijd"), (date(2028, 1, 1), None, "tot_dag")],
)
def test_foute_uren_noemen_het_veld(tot_dag: date | None, tot_tijd: time | None, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        lees_uren(date(2026, 10, 21), time(9), tot_dag, tot_tijd)
    assert fout.value.veld == veld


def test_een_avond_loopt_tot_zes_uur() -> None:
    assert avond_van(hier(22, 2)) == date(2026, 10, 21)
    assert avond_van(hier(22, 6)) == date(2026, 10, 22)


def test_maximum_in_woorden() -> None:
    assert over_het_maximum("Politie", 2, 2) == over_het_maximum("Politie", 9, None) == ""
    assert over_het_maximum("Politie", 2, 1) == (
        "Politie kan op een avond hoogstens 1 ploeg bemensen, maar staat in 2."
    )
    assert te_veel_avonden("GGD", 3, 2) == "GGD doet hoogstens 2 avonden per maand mee, en dit zou avond 3 zijn."


def test_het_beeld_van_een_maand_heeft_elke_dag_een_keer() -> None:
    weken = maandbeeld([Uren(hier(24, 20), hier(26, 6))], date(2026, 10, 9))
    dagen = [vak for week in weken for vak in week if vak.in_maand]
    assert [vak.dag.day for vak in dagen] == list(range(1, 32))
    assert [vak.regels for vak in dagen[23:26]] == [
        ((False, "van 20:00 tot 24:00"),),
        ((False, "de hele dag"),),
        ((False, "van 00:00 tot 06:00"),),
    ]
