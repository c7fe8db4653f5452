"""The pages of the calendar, and on which days a shift stands."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.rules.agenda import VROEGST, dagen_van, lees_dag, maak_blad, uren_op


def utc(*delen: int) -> datetime:
    return datetime(*delen, tzinfo=UTC)  # type: ignore[misc,arg-type]


def test_een_maand_begint_op_maandag_en_toont_hele_weken() -> None:
    blad = maak_blad("maand", date(2026, 11, 21))
    assert (blad.eerste, blad.laatste, len(blad.weken)) == (date(2026, 10, 26), date(2026, 12, 6), 6)
    assert (blad.vorige, blad.volgende) == (date(2026, 10, 1), date(2026, 12, 1))
    assert blad.hoort_erbij(date(2026, 11, 1))
    assert not blad.hoort_erbij(date(2026, 12, 1))


def test_een_week() -> None:
    blad = maak_blad("week", date(2026, 11, 22))
    assert (blad.eerste, blad.laatste) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (blad.vorige, blad.volgende) == (date(2026, 11, 9), date(2026, 11, 23))


def test_onzin_in_de_url_is_vandaag() -> None:
    vandaag = date(2026, 11, 21)
    for tekst in ("", "morgen", "2026-02-30", "1999-12-31", "9999-12-31", "0001-01-01"):
        assert lees_dag(tekst, vandaag) == vandaag
    assert lees_dag("2027-03-28", vandaag) == date(2027, 3, 28)


def test_over_middernacht_staat_op_twee_dagen() -> None:
    begin, eind = utc(2026, 11, 21, 21), utc(2026, 11, 22, 1)
    assert dagen_van(begin, eind) == [date(2026, 11, 21), date(2026, 11, 22)]
    assert uren_op(begin, eind, date(2026, 11, 21)) == "22:00 tot 02:00 (nacht)"
    assert uren_op(begin, eind, date(2026, 11, 22)) == "vervolg tot 02:00"
    tot_middernacht = utc(2026, 11, 21, 23)
    assert dagen_van(begin, tot_middernacht) == [date(2026, 11, 21)]
    assert uren_op(begin, tot_middernacht, date(2026, 11, 21)) == "22:00 tot 24:00"


def test_de_nachten_van_de_klok() -> None:
    """25 October: 22:00 to 04:00 takes seven hours. 28 March: five. The days are the same."""
    herfst = utc(2026, 10, 24, 20), utc(2026, 10, 25, 3)
    lente = utc(2027, 3, 27, 21), utc(2027, 3, 28, 2)
    for begin, eind in (herfst, lente):
        assert len(dagen_van(begin, eind)) == 2
        assert uren_op(begin, eind, dagen_van(begin, eind)[0]) == "22:00 tot 04:00 (nacht)"


@settings(max_examples=80)
@given(st.dates(VROEGST, date(2099, 11, 1)), st.sampled_from(["maand", "week"]))
def test_bladeren_komt_terug_en_slaat_niets_over(dag: date, weergave: str) -> None:
    blad = maak_blad(weergave, dag)
    dagen = [d for week in blad.weken for d in week]
    assert dag in dagen
    assert dagen == [blad.eerste + timedelta(days=n) for n in range(len(dagen))]
    verder = maak_blad(weergave, blad.volgende)
    assert verder.eerste <= blad.laatste + timedelta(days=1)
    assert maak_blad(weergave, verder.vorige).weken == blad.weken
