"""What a stop begins with, how long it is expected to take, and the hours in which it may be visited."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.acties.rules.duur import KORTST_MIN, LANGST_MIN, MINSTENS, verwachte_duur
from inspecties.acties.rules.gegevens import binnen_dienst, lokaal_moment, maak_dienst
from inspecties.acties.rules.soorten import lees_soorten
from inspecties.acties.rules.stopeisen import lees_stopeisen
from inspecties.acties.rules.venster import controleer_venster
from inspecties.acties.soorten import actiesoorten
from inspecties.acties.stops_plan import stopeisen
from inspecties.core.fouten import OngeldigeInvoer


@given(st.lists(st.floats(0, 1000), max_size=30))
def test_duur_komt_van_genoeg_bezoeken_of_van_het_soort_plek(minuten: list[float]) -> None:
    duur = verwachte_duur(minuten, 45, "Hotel")
    telt = sorted(m for m in minuten if KORTST_MIN <= m <= LANGST_MIN)
    if len(telt) < MINSTENS:
        assert (duur.minuten, "Gebruikelijk" in duur.uitleg) == (45, True)
    else:
        assert duur.minuten % 5 == 0
        assert telt[(len(telt) - 1) // 2] <= duur.minuten <= telt[len(telt) // 2] + 5
        assert f"{len(telt)} eerdere bezoeken" in duur.uitleg


def test_het_midden_en_niet_het_gemiddelde() -> None:
    assert verwachte_duur([20, 21, 22, 23, 400], 45, "Hotel").minuten == 25
    assert verwachte_duur([20, 21, 22, 23], 45, "Hotel").uitleg.endswith("nog maar 4 bezoeken om van te leren")
    assert "nog geen bezoek" in verwachte_duur([1, 900], 45, "Hotel").uitleg


def test_eisen_van_soort_en_checklist() -> None:
    eisen = lees_stopeisen(
        {
            "duur_min": 30,
            "type": [{"code": "hotel", "duur_min": 60, "vereist": ["toezicht"]}],
            "checklist": [{"code": "brand", "vereist": ["brandveiligheid", "toezicht"]}],
        },
        {"toezicht", "brandveiligheid"},
    )
    assert (eisen.gebruikelijk("hotel"), eisen.gebruikelijk("anders")) == (60, 30)
    assert eisen.vereist("hotel", ["brand"]) == ["toezicht", "brandveiligheid"]
    assert eisen.vereist("anders", ["onbekend"]) == []
    assert stopeisen().gebruikelijk("hotel") >= 30


@pytest.mark.parametrize(
    ("anders", "melding"),
    [
        ({"duur_min": 0}, "getal van 1 tot 600"),
        ({"type": [{"duur_min": 5}]}, "geen 'code'"),
        ({"type": [{"code": "a", "duur_min": 5}, {"code": "a", "duur_min": 5}]}, "staat twee keer"),
        ({"type": [{"code": "a", "duur_min": "lang"}]}, "Type 'a' in stopeisen.toml"),
        ({"checklist": [{"code": "a", "vereist": "toezicht"}]}, "is een lijst van codes"),
        ({"checklist": [{"code": "a", "vereist": ["vliegen"]}]}, "noemt de bevoegdheid 'vliegen'"),
    ],
)
def test_verkeerde_configuratie_zegt_wat_er_goed_zou_zijn(anders: dict[str, Any], melding: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=melding):
        lees_stopeisen({"duur_min": 30} | anders, {"toezicht"})


@pytest.mark.parametrize("procent", [-1, 91, "veel", True])
def test_een_onmogelijk_aandeel_in_de_soorten_acties(procent: object) -> None:
    rij = {"code": "pandenactie", "naam": "Pandenactie", "begin": "17:00", "duur_min": 60}
    with pytest.raises(OngeldigeInvoer, match="'trekking_procent' is een getal van 0 tot en met 90"):
        lees_soorten([rij | {"trekking_procent": procent}])
    assert actiesoorten()["pandenactie"].trekking_procent == 20


BEGIN = datetime(2026, 11, 21, 17, tzinfo=UTC)
EIND = BEGIN + timedelta(hours=5)


@pytest.mark.parametrize(
    ("van", "tot", "duur", "veld", "melding"),
    [
        (-1, None, 30, "venster_van", "17:00 valt daarbuiten"),
        (5, None, 30, "venster_van", "valt daarbuiten"),
        (None, 6, 30, "venster_tot", "De dienst is van 18:00 tot 23:00"),
        (None, 0, 30, "venster_tot", "valt daarbuiten"),
        (3, 2, 30, "venster_tot", "moet na 'bezoek vanaf' liggen"),
        (4, None, 90, "venster_van", "nog 60 minuten dienst, en het bezoek duurt er 90"),
    ],
)
def test_een_venster_waarin_geen_bezoek_past(
    van: int | None, tot: int | None, duur: int, veld: str, melding: str
) -> None:
    uren = [None if u is None else BEGIN + timedelta(hours=u) for u in (van, tot)]
    with pytest.raises(OngeldigeInvoer, match=melding) as gevangen:
        controleer_venster(BEGIN, EIND, uren[0], uren[1], duur)
    assert gevangen.value.veld == veld


def test_een_venster_dat_past() -> None:
    for van, tot in ((None, None), (BEGIN, EIND), (BEGIN, None), (None, EIND)):
        controleer_venster(BEGIN, EIND, van, tot, 30)


def test_de_nacht_dat_de_klok_verspringt() -> None:
    """28 March 2027 has no 02:30; 25 October 2026 has two, and a window over that hour lasts an hour longer."""
    begin, eind = maak_dienst(date(2027, 3, 27), time(22), time(4), na_middernacht=True)
    with pytest.raises(OngeldigeInvoer, match="02:30 bestaat niet") as gevangen:
        binnen_dienst(begin, eind, time(2, 30), "venster_van")
    assert gevangen.value.veld == "venster_van"
    begin, eind = maak_dienst(date(2026, 10, 24), time(22), time(4), na_middernacht=True)
    van, tot = (binnen_dienst(begin, eind, uur, "venster_van") for uur in (time(1, 30), time(3)))
    controleer_venster(begin, eind, van, tot, 120)
    assert tot - van == timedelta(hours=2, minutes=30)
    assert van == lokaal_moment(date(2026, 10, 25), time(1, 30), "x")
