"""What the board of an evening expects, and what a message to a team may not hold."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspecties.acties.rules.avond import Avondstop, Pauze, plan_tijden, verwacht, volgorde_van
from inspecties.acties.rules.avondbericht import bezwaar_tegen_bericht, is_bsn_achtig, maak_tekst

BEGIN = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
EIND = BEGIN + timedelta(hours=4)


def na(minuten: float) -> datetime:
    return BEGIN + timedelta(minutes=minuten)


def stop(sleutel: str, **anders: Any) -> Avondstop:
    return Avondstop(sleutel, f"Kade {sleutel}", **({"duur_min": 30, "reis_min": 10} | anders))


DRIE = [stop("1"), stop("2"), stop("3")]


def begint(stops: list[Avondstop], nu: datetime, **anders: Any) -> dict[str, datetime | None]:
    return {v.stop.sleutel: v.begin for v in verwacht(stops, nu, BEGIN, EIND, **anders).stops}


def test_vooraf_gaat_alles_zoals_gepland() -> None:
    stand = verwacht(DRIE, na(-60), BEGIN, EIND)
    assert [v.begin for v in stand.stops] == [na(0), na(40), na(80)]
    assert stand.zin == "Op schema"
    assert stand.klaar == na(110)
    assert stand.te_laat == ()


def test_wie_te_laat_begint_schuift_alles_op() -> None:
    assert begint(DRIE, na(25)) == {"1": na(25), "2": na(65), "3": na(105)}
    assert verwacht(DRIE, na(25), BEGIN, EIND).zin == "25 minuten achter op schema"


def test_wie_te_lang_binnen_is_loopt_achter_hoewel_hij_op_tijd_begon() -> None:
    stops = [stop("1", toestand="binnen", binnen_op=na(0)), *DRIE[1:]]
    assert verwacht(stops, na(20), BEGIN, EIND).zin == "Op schema"
    stand = verwacht(stops, na(70), BEGIN, EIND)
    assert stand.zin == "40 minuten achter op schema"
    assert [v.begin for v in stand.stops] == [na(0), na(80), na(120)]


def test_niemand_thuis_geeft_tijd_terug() -> None:
    stops = [stop("1", toestand="niemand_thuis", onderweg_op=na(-5), klaar_op=na(4)), *DRIE[1:]]
    stand = verwacht(stops, na(5), BEGIN, EIND)
    assert [v.begin for v in stand.stops][1:] == [na(14), na(54)]
    assert stand.zin == "26 minuten voor op schema"


def test_een_venster_dat_nog_dicht_is_laat_wachten_en_een_dat_dichtgaat_wordt_gemist() -> None:
    stops = [stop("1", venster_begin=na(20)), stop("2", venster_eind=na(50)), stop("3")]
    stand = verwacht(stops, na(0), BEGIN, EIND)
    assert [v.begin for v in stand.stops] == [na(20), na(60), na(100)]
    assert [(v.stop.sleutel, v.mist_venster) for v in stand.te_laat] == [("2", True)]


def test_wie_al_binnen_is_mist_zijn_venster_niet_meer() -> None:
    stops = [stop("1", toestand="binnen", binnen_op=na(10), venster_eind=na(5))]
    assert verwacht(stops, na(40), BEGIN, EIND).te_laat == ()


def test_een_bezoek_dat_na_de_dienst_eindigt_wordt_genoemd() -> None:
    stand = verwacht(DRIE, na(170), BEGIN, EIND)
    assert [(v.stop.sleutel, v.na_dienst) for v in stand.te_laat] == [("3", True)]


def test_een_vervallen_stop_kost_geen_tijd_en_houdt_zijn_plek_in_het_plan() -> None:
    stops = [DRIE[0], stop("2", toestand="vervallen"), DRIE[2]]
    stand = verwacht(stops, na(0), BEGIN, EIND)
    assert {v.stop.sleutel: v.begin for v in stand.stops} == {"1": na(0), "2": None, "3": na(40)}
    assert {v.stop.sleutel: v.gepland_op for v in stand.stops}["3"] == na(80)


def test_de_pauze_schuift_de_rest_een_keer_op() -> None:
    pauze = Pauze(20, na(35), na(90))
    assert begint(DRIE, na(0), pauze=pauze) == {"1": na(0), "2": na(60), "3": na(100)}
    # After its last moment it was taken, or it is not taken any more.
    assert begint([stop("2")], na(95), pauze=pauze) == {"2": na(95)}


def test_gedaan_in_een_andere_volgorde_telt_zoals_het_ging() -> None:
    stops = [DRIE[0], stop("2", toestand="afgerond", binnen_op=na(5), klaar_op=na(30)), DRIE[2]]
    assert [s.sleutel for s in volgorde_van(stops)] == ["2", "1", "3"]
    assert begint(stops, na(31)) == {"2": na(5), "1": na(40), "3": na(80)}


def test_geplande_tijden_van_de_planner_gaan_voor() -> None:
    stops = [stop("1", gepland_op=na(15)), stop("2"), stop("3", gepland_op=na(120))]
    assert plan_tijden(stops, BEGIN) == {"1": na(15), "2": na(55), "3": na(120)}


def test_alles_gedaan_en_niets_te_doen() -> None:
    klaar = [stop("1", toestand="afgerond", klaar_op=na(30)), stop("2", toestand="vervallen")]
    assert verwacht(klaar, na(60), BEGIN, EIND).zin == "Alles gedaan"
    assert verwacht([], na(0), BEGIN, EIND).zin == "Geen stops"


STOPS = st.lists(
    st.builds(
        stop,
        st.integers(0, 10**6).map(str),
        duur_min=st.integers(1, 90),
        reis_min=st.integers(0, 40),
        venster_begin=st.none() | st.integers(0, 200).map(na),
    ),
    max_size=6,
    unique_by=lambda s: s.sleutel,
)


@settings(max_examples=60, deadline=None)
@given(STOPS, st.integers(-30, 300), st.integers(0, 120))
def test_later_worden_maakt_niets_eerder_en_schuift_hoogstens_even_veel(
    stops: list[Avondstop], nu: int, later: int
) -> None:
    eerst, daarna = begint(stops, na(nu)), begint(stops, na(nu + later))
    for sleutel, begin in eerst.items():
        toen = daarna[sleutel]
        assert begin is not None
        assert toen is not None
        assert timedelta(0) <= toen - begin <= timedelta(minutes=later)


@settings(max_examples=60, deadline=None)
@given(STOPS, st.integers(-30, 300))
def test_een_ploeg_is_op_een_plek_tegelijk_en_nooit_voor_het_venster(stops: list[Avondstop], nu: int) -> None:
    rij = verwacht(stops, na(nu), BEGIN, EIND).stops
    for een, twee in itertools.pairwise(rij):
        assert een.eind is not None
        assert twee.begin is not None
        assert een.eind <= twee.begin
    for v in rij:
        assert v.begin is not None
        assert v.stop.venster_begin is None or v.begin >= v.stop.venster_begin
        assert v.begin >= na(nu)


@pytest.mark.parametrize(
    ("tekst", "deel"),
    [
        ("", "Schrijf een bericht."),
        ("x" * 301, "hoogstens 300 tekens; dit zijn er 301"),
        ("Mail naar jan@voorbeeld.nl", "e-mailadres"),
        ("BSN 111222333", "burgerservicenummer"),
        ("bsn 111.222.333", "burgerservicenummer"),
        ("Bel 06 12345678", "lang nummer"),
        ("geboren 21-11-1990", "lang nummer"),
        ("rekening 0417164300", "lang nummer"),
    ],
)
def test_wat_niet_in_een_bericht_mag(tekst: str, deel: str) -> None:
    assert deel in (bezwaar_tegen_bericht(tekst) or "")


@pytest.mark.parametrize(
    "tekst",
    [
        "Verzamelen om 20:15 bij het stadhuis.",
        "Tussen 20:15 en 21:30, daarna 22.00 terug.",
        "20:15 21:30 22:00",
        "Kade 12-14 eerst, 1234 AB",
        "Stop 3 vervalt, door naar 4",
        "112 is gebeld",
    ],
)
def test_wat_wel_mag(tekst: str) -> None:
    assert bezwaar_tegen_bericht(tekst) is None


def test_elfproef_en_witruimte() -> None:
    assert is_bsn_achtig("111222333")
    assert not is_bsn_achtig("111222334")
    assert not is_bsn_achtig("000000000")
    assert maak_tekst("  a \n b ") == "a b"
