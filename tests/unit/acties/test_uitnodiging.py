"""What a partner can answer, and how a shift is told in words."""

from datetime import UTC, datetime, timedelta

import pytest

from inspecties.acties.rules.uitnodiging import (
    Voorstel,
    controleer_voorstel,
    dienst_in_woorden,
    is_laat,
    status_na,
)
from inspecties.core.fouten import OngeldigeInvoer

NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
UUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("begin", "eind", "woorden"),
    [
        (datetime(2026, 12, 4, 17, 0, tzinfo=UTC), 5 * UUR, "vrijdag 4 december 2026, 18.00 tot 23.00 uur"),
        (
            datetime(2026, 12, 31, 20, 0, tzinfo=UTC),
            6 * UUR,
            "donderdag 31 december 2026, 21.00 tot vrijdag 1 januari 03.00 uur",
        ),
        # The night in which the clock goes back: seven hours from 22.00 end at 04.00.
        (
            datetime(2026, 10, 24, 20, 0, tzinfo=UTC),
            7 * UUR,
            "zaterdag 24 oktober 2026, 22.00 tot zondag 25 oktober 04.00 uur",
        ),
        (
            datetime(2027, 3, 27, 21, 0, tzinfo=UTC),
            5 * UUR,
            "zaterdag 27 maart 2027, 22.00 tot zondag 28 maart 04.00 uur",
        ),
    ],
)
def test_een_dienst_in_woorden(begin: datetime, eind: timedelta, woorden: str) -> None:
    assert dienst_in_woorden(begin, begin + eind) == woorden


def test_een_voorstel_wordt_netjes_bewaard() -> None:
    goed = controleer_voorstel(Voorstel(NU + UUR, NU + 3 * UUR, "  liever \n dan "), NU)
    assert goed.opmerking == "liever dan"


@pytest.mark.parametrize(
    ("van", "duur", "opmerking", "veld"),
    [
        (UUR, timedelta(), "", "tot"),
        (UUR, -UUR, "", "tot"),
        (timedelta(), UUR, "", "van"),
        (timedelta(days=400), UUR, "", "van"),
        (UUR, 17 * UUR, "", "tot"),
        (UUR, UUR, "x" * 301, "opmerking"),
    ],
)
def test_een_onmogelijk_voorstel_zegt_welk_veld(van: timedelta, duur: timedelta, opmerking: str, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        controleer_voorstel(Voorstel(NU + van, NU + van + duur, opmerking), NU)
    assert fout.value.veld == veld


def test_alleen_ja_en_nee_zijn_een_antwoord_van_de_organisatie() -> None:
    assert [status_na(a) for a in ("toegezegd", "afgezegd", "misschien", "voorstel")] == [
        "toegezegd",
        "afgezegd",
        "uitgenodigd",
        "uitgenodigd",
    ]


def test_binnen_een_dag_is_laat() -> None:
    assert is_laat(NU, NU + 24 * UUR)
    assert not is_laat(NU, NU + 25 * UUR)
