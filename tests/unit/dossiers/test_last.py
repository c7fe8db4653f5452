"""The last: amounts, stretches, order of collecting, lifting. Named after the articles of the Awb."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.bedrag import lees_euro, schrijf_euro
from inspecties.dossiers.rules.last import (
    EENHEDEN,
    Dwangsom,
    Invordering,
    Verbeurd,
    eis_begunstiging,
    eis_bekendmaking,
    eis_een_soort,
    eis_einde,
    eis_invordering,
    eis_kosten,
    keur_dwangsom,
    openstaand,
    opheffing_vanaf,
    tijdvak_van,
    verbeur,
    werkdagadvies,
)
from inspecties.termijnen.bronnen import kalender

TOT = date(2026, 3, 31)
WEEK = Dwangsom("per_week", 200_000, 500_000)
dagen = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def _na(aantal: int) -> date:
    return TOT + timedelta(days=aantal)


def test_5_6_dwangsom_en_bestuursdwang_niet_tegelijk() -> None:
    with pytest.raises(Conflict, match="5:6"):
        eis_een_soort("bestuursdwang", [("dwangsom", "van_kracht")])
    eis_een_soort("bestuursdwang", [("dwangsom", "opgeheven"), ("dwangsom", "ingetrokken")])
    eis_een_soort("dwangsom", [("dwangsom", "van_kracht")])


@pytest.mark.parametrize(
    ("eenheid", "bedrag", "maximum", "veld"),
    [
        ("per_week", 200_000, None, "maximum"),
        ("per_keer", 200_000, 100_000, "maximum"),
        ("ineens", 200_000, 300_000, "maximum"),
        ("per_dag", None, 500_000, "bedrag"),
        ("per_uur", 200_000, 500_000, "eenheid"),
    ],
)
def test_5_32b_bedrag_eenheid_en_maximum(eenheid: str, bedrag: int | None, maximum: int | None, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_dwangsom(eenheid, bedrag, maximum)
    assert fout.value.veld == veld


def test_5_32b_ineens_is_het_bedrag_zelf_het_maximum() -> None:
    assert keur_dwangsom("ineens", 750_000, None) == Dwangsom("ineens", 750_000, 750_000)
    assert keur_dwangsom("per_week", 200_000, 500_000).in_woorden == "€ 2.000 per week, met een maximum van € 5.000"


def test_5_32a_en_5_24_de_last_stelt_een_termijn_behalve_bij_spoed() -> None:
    for soort, artikel in (("dwangsom", "5:32a"), ("bestuursdwang", "5:24")):
        with pytest.raises(OngeldigeInvoer, match=artikel):
            eis_begunstiging(soort, "", "")
        eis_begunstiging(soort, "4w", "")
    eis_begunstiging("bestuursdwang", "", "lid1")
    with pytest.raises(OngeldigeInvoer, match="5:31"):
        eis_begunstiging("dwangsom", "", "lid1")
    for duur in ("3j", "12u", "vier"):
        with pytest.raises(OngeldigeInvoer):
            eis_begunstiging("dwangsom", duur, "")


def test_begunstigingstermijn_eindigt_niet_op_een_vrije_dag() -> None:
    assert werkdagadvies(date(2026, 12, 25), kalender()).endswith("Kies maandag 28 december 2026.")
    assert werkdagadvies(date(2026, 12, 28), kalender()) == ""


def test_3_41_bekendmaking_niet_voor_het_besluit() -> None:
    with pytest.raises(OngeldigeInvoer, match="niet voor het besluit"):
        eis_bekendmaking(_na(-1), TOT, _na(5))
    with pytest.raises(OngeldigeInvoer, match="moet nog komen"):
        eis_bekendmaking(_na(6), TOT, _na(5))
    eis_bekendmaking(TOT, TOT, _na(5))


def test_5_32a_tot_en_met_de_laatste_dag_wordt_niets_verbeurd() -> None:
    with pytest.raises(Conflict, match="begunstigingstermijn"):
        verbeur(WEEK, [], TOT, TOT)
    vak, bedrag = verbeur(WEEK, [], TOT, _na(1))
    assert (vak.nummer, vak.van, vak.tot, bedrag) == (1, _na(1), _na(7), 200_000)


def test_5_33_een_dwangsom_per_tijdvak_en_het_laatste_deel_tot_het_maximum() -> None:
    eerder = [Verbeurd(_na(1), 1, 200_000)]
    with pytest.raises(Conflict, match="Voor dit tijdvak is al een dwangsom verbeurd"):
        verbeur(WEEK, eerder, TOT, _na(7))
    eerder.append(Verbeurd(_na(8), 2, 200_000))
    assert verbeur(WEEK, eerder, TOT, _na(15))[1] == 100_000
    eerder.append(Verbeurd(_na(15), 3, 100_000))
    with pytest.raises(Conflict, match=r"maximum van € 5\.000 is bereikt"):
        verbeur(WEEK, eerder, TOT, _na(22))


def test_5_33_per_maand_loopt_van_dag_tot_dag() -> None:
    # The first month begins on 31 January: the next on the last day of February.
    assert [tijdvak_van("per_maand", date(2026, 1, 30), d).nummer for d in (date(2026, 1, 31), date(2026, 2, 27))] == [
        1,
        1,
    ]
    assert tijdvak_van("per_maand", date(2026, 1, 30), date(2026, 2, 28)).nummer == 2


@given(
    eenheid=st.sampled_from(list(EENHEDEN)),
    bedrag=st.integers(1, 1_000_000),
    meer=st.integers(0, 3_000_000),
    op=st.lists(dagen, max_size=30),
)
def test_som_van_verbeurtes_nooit_boven_het_maximum(eenheid: str, bedrag: int, meer: int, op: list[date]) -> None:
    dwangsom = keur_dwangsom(eenheid, bedrag, None if eenheid == "ineens" else bedrag + meer)
    eerder: list[Verbeurd] = []
    for dag in op:
        try:
            vak, cent = verbeur(dwangsom, eerder, TOT, dag)
        except Conflict:
            continue
        assert 0 < cent <= dwangsom.bedrag_cent
        assert vak.van <= dag <= vak.tot
        assert dag > TOT
        eerder.append(Verbeurd(dag, vak.nummer, cent))
    assert sum(v.cent for v in eerder) <= dwangsom.maximum_cent
    if eenheid != "per_keer":
        assert len({v.tijdvak for v in eerder}) == len(eerder)


@given(eenheid=st.sampled_from(["per_dag", "per_week", "per_maand"]), dag=dagen)
def test_tijdvakken_sluiten_op_elkaar_aan(eenheid: str, dag: date) -> None:
    tot = date(2025, 12, 31)
    vak = tijdvak_van(eenheid, tot, dag)
    volgende = tijdvak_van(eenheid, tot, vak.tot + timedelta(days=1))
    assert vak.van <= dag <= vak.tot
    assert (volgende.nummer, volgende.van) == (vak.nummer + 1, vak.tot + timedelta(days=1))


def test_5_37_aanmanen_na_de_beschikking_en_na_de_betaaltermijn_van_5_33() -> None:
    betalen, vandaag = _na(43), _na(400)

    def eis(soort: str, op: date, *daden: Invordering, cent: int = 0) -> None:
        eis_invordering(Invordering(soort, op, cent), _na(1), 200_000, daden, betalen, vandaag)

    beschikking = Invordering("invorderingsbeschikking", _na(30))
    with pytest.raises(Conflict, match="5:37 lid 1"):
        eis("aanmaning", _na(50))
    with pytest.raises(Conflict, match="5:33"):
        eis("aanmaning", betalen, beschikking)
    eis("aanmaning", betalen + timedelta(days=1), beschikking)
    with pytest.raises(Conflict, match="4:117"):
        eis("dwangbevel", _na(60), beschikking)
    eis("dwangbevel", _na(60), beschikking, Invordering("aanmaning", _na(50)))
    with pytest.raises(OngeldigeInvoer, match=r"hoogstens € 500"):
        eis("betaling", _na(50), Invordering("betaling", _na(40), 150_000), cent=60_000)
    with pytest.raises(Conflict, match="niets meer open"):
        eis("invorderingsbeschikking", _na(50), Invordering("betaling", _na(40), 200_000))
    for op in (TOT, vandaag + timedelta(days=1)):
        with pytest.raises(OngeldigeInvoer):
            eis("invorderingsbeschikking", op)


def test_wie_afziet_vordert_niets_meer() -> None:
    assert openstaand(200_000, [Invordering("betaling", _na(1), 50_000)]) == 150_000
    assert openstaand(200_000, [Invordering("afzien", _na(1))]) == 0


def test_5_34_lid_2_opheffen_na_een_jaar_zonder_verbeurte() -> None:
    assert opheffing_vanaf(date(2026, 3, 1), []) == date(2027, 3, 2)
    assert opheffing_vanaf(date(2026, 3, 1), [date(2026, 9, 1)]) == date(2027, 9, 2)
    vandaag = date(2028, 1, 1)
    with pytest.raises(Conflict, match="2 september 2027"):
        eis_einde("verzoek_jaar", date(2026, 3, 1), [date(2026, 9, 1)], date(2027, 9, 1), vandaag)
    eis_einde("verzoek_jaar", date(2026, 3, 1), [date(2026, 9, 1)], date(2027, 9, 2), vandaag)
    # Lid 1: who cannot comply does not wait for a year.
    eis_einde("onmogelijk", date(2026, 3, 1), [date(2026, 9, 1)], date(2026, 9, 2), vandaag)
    for grond, op in (("zomaar", date(2027, 1, 1)), ("voldaan", date(2026, 2, 1)), ("voldaan", date(2028, 1, 2))):
        with pytest.raises(OngeldigeInvoer):
            eis_einde(grond, date(2026, 3, 1), [], op, vandaag)


def test_5_25_kosten_alleen_aangekondigd_en_binnen_vijf_jaar() -> None:
    laatste = date(2031, 4, 1)
    eis_kosten(True, _na(1), laatste, laatste)
    with pytest.raises(Conflict, match="vermeldt niet"):
        eis_kosten(False, _na(1), _na(2), laatste)
    with pytest.raises(Conflict, match="Dat is voorbij"):
        eis_kosten(True, _na(1), laatste + timedelta(days=1), laatste)
    with pytest.raises(Conflict, match="Leg eerst vast"):
        eis_kosten(True, None, _na(2), None)
    with pytest.raises(OngeldigeInvoer):
        eis_kosten(True, _na(3), _na(2), laatste)


@pytest.mark.parametrize(
    ("tekst", "cent"), [("2500", 250_000), ("2.500,50", 250_050), ("€ 1.000.000", 100_000_000), ("12,-", 1_200)]
)
def test_bedrag_lezen_zoals_men_typt(tekst: str, cent: int) -> None:
    assert lees_euro(tekst) == cent


@pytest.mark.parametrize("tekst", ["", "0", "2,5", "25.00", "-5", "1e3", "2 500", "999999999999"])
def test_bedrag_dat_niet_kan(tekst: str) -> None:
    with pytest.raises(OngeldigeInvoer):
        lees_euro(tekst)


@given(st.integers(1, 10_000_000_000))
def test_bedrag_heen_en_terug(cent: int) -> None:
    assert lees_euro(schrijf_euro(cent)) == cent
