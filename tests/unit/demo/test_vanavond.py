"""Who opens the demo late in the evening sees the action of tonight going on."""

from datetime import date, datetime, timedelta

from inspecties.core.klok import TIJDZONE
from inspecties.demo.lader.acties import tot_laat
from inspecties.demo.wereld import ZAAD, maak_wereld

DAG = date(2026, 11, 21)


def test_de_actie_van_vanavond_duurt_tot_middernacht_voor_wie_laat_komt() -> None:
    acties = maak_wereld(ZAAD, DAG).gemeenten[0].acties
    vanavond = next(a for a in acties if a.toestand == "gereed")
    for uur in (9, 18, 21):
        assert tot_laat(vanavond, datetime(2026, 11, 21, uur, tzinfo=TIJDZONE)) == vanavond
    laat = tot_laat(vanavond, datetime(2026, 11, 21, 23, 50, tzinfo=TIJDZONE))
    assert laat.eind_op == datetime(2026, 11, 21, 23, 59, tzinfo=TIJDZONE)
    assert laat.begin_op == vanavond.begin_op


def test_wat_was_of_nog_een_plan_is_blijft_zo() -> None:
    acties = maak_wereld(ZAAD, DAG).gemeenten[0].acties
    for actie in (a for a in acties if a.toestand != "gereed"):
        assert tot_laat(actie, actie.eind_op + timedelta(hours=1)) == actie
