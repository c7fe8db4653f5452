"""Until when an embargo may last."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.acties.rules.embargo import controleer_embargo, loopt
from inspecties.core.fouten import OngeldigeInvoer

NU = datetime(2026, 11, 21, 12, tzinfo=UTC)
BEGIN = datetime(2026, 11, 21, 17, tzinfo=UTC)
# From a day before the shift to a day after.
momenten = st.integers(-24 * 60, 24 * 60).map(lambda minuten: BEGIN + timedelta(minutes=minuten))


@given(momenten)
def test_wat_mag_is_voorbij_als_de_dienst_begint(tot: datetime) -> None:
    if NU < tot <= BEGIN:
        controleer_embargo(tot, BEGIN, NU)
        assert loopt(tot, NU)
        assert not loopt(tot, BEGIN)
    else:
        with pytest.raises(OngeldigeInvoer):
            controleer_embargo(tot, BEGIN, NU)


def test_op_het_moment_zelf_is_het_voorbij() -> None:
    assert not loopt(BEGIN, BEGIN)
    assert loopt(BEGIN, BEGIN - timedelta(microseconds=1))
    assert not loopt(None, NU)
    controleer_embargo(None, BEGIN, NU)


@pytest.mark.parametrize(
    ("tot", "melding"), [(BEGIN + timedelta(minutes=1), "uiterlijk"), (NU, "al voorbij"), (NU - timedelta(1), "al")]
)
def test_wat_niet_kan(tot: datetime, melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        controleer_embargo(tot, BEGIN, NU)
