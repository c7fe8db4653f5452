"""What a machtiging covers: readable cases around midnight, the third day and the change of the clock; properties."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.acties.rules.binnentreden import begingrond, beoordeel_grond, woonkans
from inspecties.acties.rules.machtiging import MACHTIGING_TABEL, Inhoud, Woning, dekt, is_nacht, laatste_dag
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import TIJDZONE

KADE_12 = Woning("Kade", 12, postcode="1234AB", woonplaats="Markerdorp")
KADE_12A = replace(KADE_12, huisletter="a")
GOED = Inhoud("ondertekend", [KADE_12], "7", "J. Boa", date(2026, 11, 20), meegaanden=2)
LEDEN = {"7": "J. Boa", "8": "P. Politie", "9": "T. Tolk"}


def om(dag: int, uur: int, minuut: int = 0, maand: int = 11) -> datetime:
    return datetime(2026, maand, dag, uur, minuut, tzinfo=TIJDZONE)


def codes(machtiging: Inhoud | None, begin: datetime, eind: datetime, woning: Woning | None = KADE_12) -> list[str]:
    return [b.code for b in dekt(machtiging, woning, begin, eind, 2, LEDEN)]


def test_een_machtiging_die_past_heeft_geen_breuk() -> None:
    assert dekt(GOED, KADE_12, om(21, 18), om(21, 19), 2, LEDEN) == []


def test_nummer_12_gebruikt_op_12a_wordt_met_beide_adressen_gezegd() -> None:
    (breuk,) = dekt(GOED, KADE_12A, om(21, 18), om(21, 19), 2, LEDEN)
    assert breuk.code == "adres"
    assert "voor Kade 12, 1234AB Markerdorp, niet voor Kade 12a, 1234AB Markerdorp" in breuk.melding


@pytest.mark.parametrize(
    ("begin", "eind", "verwacht"),
    [
        (om(19, 18), om(19, 19), ["te_vroeg"]),
        (om(20, 8), om(20, 9), []),
        (om(23, 22), om(23, 23, 59), []),  # the third day after
        (om(23, 23), om(24, 0), []),  # until midnight
        (om(23, 23, 30), om(24, 0, 30), ["verlopen", "nacht"]),
        (om(24, 8), om(24, 9), ["verlopen"]),
        (om(21, 5, 59), om(21, 6, 30), ["nacht"]),
        (om(21, 6), om(21, 7), []),
        (om(21, 0), om(21, 0), ["nacht"]),  # a moment
    ],
)
def test_dagen_en_nacht(begin: datetime, eind: datetime, verwacht: list[str]) -> None:
    assert codes(GOED, begin, eind) == verwacht


def test_nacht_mag_als_het_er_staat() -> None:
    assert codes(replace(GOED, nacht=True), om(21, 23), om(22, 3)) == []


def test_weekend_en_feestdag_verlengen_niet() -> None:
    # Thursday 24 December 2026: Christmas and a Sunday lie within the three days.
    assert laatste_dag(date(2026, 12, 24)) == date(2026, 12, 27)


def test_de_nacht_van_de_klok() -> None:
    # 25 October 2026: 03:00 becomes 02:00. Six o'clock is seven hours after midnight.
    bijna = datetime(2026, 10, 25, 4, 59, tzinfo=UTC)  # 05:59 by the new clock, 06:59 by the old one
    assert is_nacht(bijna, bijna + timedelta(minutes=1))
    assert not is_nacht(om(25, 6, maand=10), om(25, 7, maand=10))
    # 28 March 2027: 02:00 becomes 03:00.
    lente = datetime(2027, 3, 28, 5, 59, tzinfo=TIJDZONE)
    assert is_nacht(lente, lente + timedelta(minutes=1))
    assert not is_nacht(datetime(2027, 3, 28, 6, tzinfo=TIJDZONE), datetime(2027, 3, 28, 7, tzinfo=TIJDZONE))


@pytest.mark.parametrize(
    ("machtiging", "verwacht"),
    [
        (None, ["ontbreekt"]),
        (replace(GOED, toestand="ter_ondertekening", afgifte=None), ["niet_ondertekend"]),
        (replace(GOED, toestand="ingetrokken"), ["ingetrokken"]),
        (replace(GOED, meegaanden=1), ["meegaanden"]),
        (replace(GOED, aan="1", aan_naam="A. Anders"), ["persoon"]),
        (replace(GOED, uren=(time(9), time(17))), ["uren"]),
        (replace(GOED, uren=(time(17), time(20))), []),
        (replace(GOED, uren=(time(17), time(18, 30))), ["uren"]),
        (replace(GOED, woningen=[KADE_12A, KADE_12]), []),
    ],
)
def test_elke_breuk_heeft_haar_naam(machtiging: Inhoud | None, verwacht: list[str]) -> None:
    assert codes(machtiging, om(21, 18), om(21, 19)) == verwacht


def test_zonder_volledig_adres_dekt_niets() -> None:
    assert codes(GOED, om(21, 18), om(21, 19), None) == ["adres"]


# October 2026 to May 2027, by the minute.
_momenten = st.integers(29_850_000, 30_150_000).map(lambda m: datetime.fromtimestamp(60 * m, TIJDZONE))


@given(_momenten, st.integers(0, 600))
def test_nacht_is_elke_minuut_voor_zes(begin: datetime, minuten: int) -> None:
    wel = any(datetime.fromtimestamp(begin.timestamp() + 60 * m, TIJDZONE).hour < 6 for m in range(max(1, minuten)))
    eind = datetime.fromtimestamp(begin.timestamp() + 60 * minuten, TIJDZONE)
    assert is_nacht(begin, eind) is wel


@given(_momenten, st.integers(1, 300))
def test_wat_gedekt_is_blijft_dat_als_het_bezoek_korter_wordt(begin: datetime, minuten: int) -> None:
    eind = datetime.fromtimestamp(begin.timestamp() + 60 * minuten, TIJDZONE)
    machtiging = replace(GOED, afgifte=begin.date(), nacht=True)
    if not codes(machtiging, begin, eind):
        korter = datetime.fromtimestamp(begin.timestamp() + 30 * minuten, TIJDZONE)
        assert codes(machtiging, begin, korter) == []


@given(
    st.integers(1, 99999),
    st.sampled_from(["", "a", "B"]),
    st.sampled_from(["", "1", "bis", "2H"]),
)
def test_een_adres_leest_terug_wat_het_schreef(nummer: int, letter: str, toevoeging: str) -> None:
    woning = Woning("Lange Kade", nummer, letter, toevoeging, "1234AB", "Markerdorp")
    assert Woning.lees(woning.regel, "andere") == woning


@pytest.mark.parametrize("regel", ["Kade", "Kade 12", "12a", "Kade 12, Markerdorp", "Kade 0, 1234 AB Dorp", "x" * 300])
def test_een_half_adres_wordt_geweigerd(regel: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="geen volledig adres") as fout:
        Woning.lees(regel, "andere")
    assert fout.value.veld == "andere"


def test_de_tabel_klopt() -> None:
    assert MACHTIGING_TABEL.gebreken() == []


def test_een_woning_op_toezicht_houdt_gereed_tegen() -> None:
    assert woonkans("woonfunctie", "overig") == "woning"
    assert begingrond("woonfunctie", "overig") == "toestemming"
    assert woonkans("winkelfunctie, woonfunctie", "horeca") == "misschien"
    (punt,), _ = beoordeel_grond("Stop 1, Kade 12", "toezicht", "woning", "s")
    assert "dit is een woning" in punt.melding
    assert punt.endpoint == "acties.stop"
    assert beoordeel_grond("Stop 1", "toestemming", "woning", "s") == ([], [])
    blok, weet = beoordeel_grond("Stop 1", "toezicht", "misschien", "s")
    assert not blok
    assert "kan iemand wonen" in weet[0].melding
