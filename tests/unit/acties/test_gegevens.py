"""Shifts on a Dutch wall clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.acties.rules.gegevens import (
    ActieGegevens,
    binnen_dienst,
    controleer_gegevens,
    lokaal_moment,
    maak_dienst,
)
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import lokaal


def utc(*delen: int) -> datetime:
    return datetime(*delen, tzinfo=UTC)  # type: ignore[arg-type]


def test_gewone_avond_en_nacht() -> None:
    dag = date(2026, 11, 21)
    assert maak_dienst(dag, time(17), time(22), na_middernacht=False) == (utc(2026, 11, 21, 16), utc(2026, 11, 21, 21))
    assert maak_dienst(dag, time(20), time(1), na_middernacht=True)[1] == utc(2026, 11, 22)
    with pytest.raises(OngeldigeInvoer, match="eindigt voordat hij begint") as fout:
        maak_dienst(dag, time(20), time(1), na_middernacht=False)
    assert fout.value.veld == "tot"


def test_nacht_waarin_de_klok_verspringt() -> None:
    begin, eind = maak_dienst(date(2026, 10, 24), time(23), time(4), na_middernacht=True)
    assert eind - begin == timedelta(hours=6)
    begin, eind = maak_dienst(date(2026, 3, 28), time(23), time(4), na_middernacht=True)
    assert eind - begin == timedelta(hours=4)
    with pytest.raises(OngeldigeInvoer, match="02:30 bestaat niet op deze dag"):
        lokaal_moment(date(2026, 3, 29), time(2, 30), "van")
    # The hour that comes twice: the first one.
    assert lokaal_moment(date(2026, 10, 25), time(2, 30), "van") == utc(2026, 10, 25, 0, 30)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.times())
def test_een_moment_leest_terug_zoals_het_getypt_is(dag: date, uur: time) -> None:
    try:
        moment = lokaal_moment(dag, uur, "van")
    except OngeldigeInvoer:
        # Only the last Sunday of March misses an hour.
        assert (dag.month, dag.isoweekday(), uur.hour) == (3, 7, 2)
        return
    assert lokaal(moment).replace(tzinfo=None) == datetime.combine(dag, uur)


def test_bezoektijd_in_een_nachtdienst() -> None:
    begin, eind = maak_dienst(date(2026, 11, 21), time(20), time(1), na_middernacht=True)
    assert binnen_dienst(begin, eind, time(21), "van") == utc(2026, 11, 21, 20)
    assert binnen_dienst(begin, eind, time(0, 30), "van") == utc(2026, 11, 21, 23, 30)
    # A day shift does not run on: what lies before it stays before it, and readiness says so.
    dag_begin, dag_eind = maak_dienst(date(2026, 11, 21), time(9), time(17), na_middernacht=False)
    assert binnen_dienst(dag_begin, dag_eind, time(8), "van") == utc(2026, 11, 21, 7)


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"naam": "  "}, "naam"),
        ({"naam": "x" * 161}, "naam"),
        ({"soort": "feest"}, "soort"),
        ({"eind_op": utc(2026, 11, 21, 16)}, "tot"),
        ({"eind_op": utc(2026, 11, 22, 5)}, "tot"),
    ],
)
def test_wat_niet_kan_noemt_het_veld(anders: dict[str, object], veld: str) -> None:
    goed = {
        "naam": "Actie",
        "soort": "pandenactie",
        "begin_op": utc(2026, 11, 21, 16),
        "eind_op": utc(2026, 11, 21, 21),
    }
    with pytest.raises(OngeldigeInvoer) as fout:
        controleer_gegevens(ActieGegevens(**(goed | anders)))  # type: ignore[arg-type]
    assert fout.value.veld == veld


def test_spaties_tellen_niet() -> None:
    gegevens = ActieGegevens("  Actie   Kade ", "pandenactie", utc(2026, 1, 1, 10), utc(2026, 1, 1, 12), " doel ")
    goed = controleer_gegevens(gegevens)
    assert (goed.naam, goed.doel) == ("Actie Kade", "doel")
