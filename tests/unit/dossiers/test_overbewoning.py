"""The sum of overbewoning and the fine: as a judge reads them."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.boete import (
    Boetefeiten,
    bedragen_op,
    eis_opleggen,
    is_zwaar,
    keur_feiten,
    lees_bedragen,
    ontbreekt,
    overschrijding,
)
from inspecties.dossiers.rules.overbewoning import (
    Berekening,
    Norm,
    eis_reden,
    lees_m2,
    lees_normen,
    norm_op,
    schrijf_m2,
)
from inspecties.dossiers.wonen import BESTAND, boetegrens, normen

DAG = date(2026, 5, 4)
TWAALF = Norm("woning", Decimal(12), "art. 22.16 omgevingsplan", "bron", "te bevestigen")


def _som(m2: str, bewoners: int, norm: Norm = TWAALF) -> Berekening:
    return Berekening(norm, Decimal(m2), bewoners)


def test_bouwbesluit_7_18_een_persoon_per_twaalf_vierkante_meter() -> None:
    som = _som("84.50", 12)
    assert (som.hoogstens, som.te_veel) == (7, 5)
    assert [s.uitkomst for s in som.stappen] == ["1 persoon per 12 m²", "7 personen", "12 personen", "5 personen"]
    assert som.stappen[1].som == "84,5 m² : 12 m² = 7,04, naar beneden afgerond"
    assert som.zin("4 mei 2026", True).endswith("Dat is plaats voor 7 personen; er waren er 5 te veel.")


def test_precies_op_de_norm_is_geen_overbewoning() -> None:
    assert _som("84", 7).te_veel == 0
    assert _som("83.99", 7).te_veel == 1
    assert "geen overbewoning" in _som("84", 7).stappen[-1].uitkomst


def test_woonwagen_zes_en_coa_vrij() -> None:
    assert norm_op(normen(), "0000", "woonwagen", DAG).m2_pp == 6
    coa = norm_op(normen(), "0000", "opvang_coa", DAG)
    vrij = _som("40", 30, coa)
    assert vrij.vrijgesteld
    assert (vrij.hoogstens, vrij.te_veel) == (None, 0)
    assert "geldt hier niet" in vrij.zin("4 mei 2026", True)


def test_norm_van_de_dag_en_van_de_gemeente() -> None:
    assert norm_op(normen(), "0000", "woning", date(2023, 12, 31)).artikel == "art. 7.18 Bouwbesluit 2012"
    nu = norm_op(normen(), "0000", "woning", date(2024, 1, 1))
    assert (nu.artikel, nu.bevestigd) == ("art. 22.16 omgevingsplan (bruidsschat)", False)
    eigen = replace(TWAALF, gemeente="0317", m2_pp=Decimal(15))
    assert norm_op([TWAALF, eigen], "0317", "woning", DAG).m2_pp == 15
    assert norm_op([TWAALF, eigen], "0318", "woning", DAG).m2_pp == 12
    assert Norm.uit_rij(eigen.als_rij()) == eigen
    with pytest.raises(ValueError, match="twice"):
        lees_normen([TWAALF.als_rij(), TWAALF.als_rij()])
    with pytest.raises(OngeldigeInvoer):
        norm_op([], "0317", "woning", DAG)


def test_wie_van_de_meting_afwijkt_zegt_waarom() -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        eis_reden(Decimal("84.50"), Decimal(80), " ", "de oppervlakte", "reden_oppervlakte")
    assert fout.value.veld == "reden_oppervlakte"
    eis_reden(Decimal("84.50"), Decimal(80), "De zolder telt niet mee.", "de oppervlakte", "reden_oppervlakte")
    eis_reden(None, Decimal(80), "", "de oppervlakte", "reden_oppervlakte")


@pytest.mark.parametrize("tekst", ["", "0", "84,555", "acht", "-3", "20.001", "1e2"])
def test_oppervlakte_die_niet_kan(tekst: str) -> None:
    with pytest.raises(OngeldigeInvoer):
        lees_m2(tekst)


@given(st.integers(1, 2_000_000), st.integers(0, 999))
def test_te_veel_klopt_met_de_norm(honderdsten: int, bewoners: int) -> None:
    m2 = Decimal(honderdsten) / 100
    assert lees_m2(schrijf_m2(m2)) == m2
    som = Berekening(TWAALF, m2, bewoners)
    assert som.hoogstens is not None
    assert som.hoogstens * 12 <= m2 < (som.hoogstens + 1) * 12
    assert som.te_veel == max(0, bewoners - som.hoogstens)


FEITEN = Boetefeiten(
    overtreding_op=DAG,
    rapport_op=DAG,
    zienswijze_gevraagd_op=DAG,
    zienswijze_tot=DAG + timedelta(days=14),
    strafzaak="nee",
    bedrag_cent=600_000,
    normaal_cent=600_000,
    maximum_cent=2_250_000,
)
LATER = DAG + timedelta(days=15)


def test_5_53_boven_de_grens_zijn_rapport_en_zienswijze_verplicht() -> None:
    grens = boetegrens()
    assert (grens.zwaar_boven_cent, grens.status) == (34_000, "te bevestigen")
    assert not is_zwaar(34_000, grens)
    assert is_zwaar(34_001, grens)
    assert ontbreekt(FEITEN, grens, LATER) == []
    kaal = replace(FEITEN, rapport_op=None, zienswijze_gevraagd_op=None, zienswijze_tot=None)
    assert len(ontbreekt(kaal, grens, LATER)) == 2
    # What counts is the highest fine for the breach, not the one that is proposed.
    assert len(ontbreekt(replace(kaal, bedrag_cent=10_000), grens, LATER)) == 2
    assert ontbreekt(replace(kaal, maximum_cent=34_000, bedrag_cent=30_000), grens, LATER) == []


def test_5_10a_een_verhoor_zonder_cautie_draagt_geen_boete() -> None:
    zonder = replace(FEITEN, verhoor_op=DAG)
    with pytest.raises(Conflict, match=r"zonder cautie \(art\. 5:10a Awb\)"):
        eis_opleggen(zonder, boetegrens(), LATER)
    eis_opleggen(replace(zonder, cautie=True), boetegrens(), LATER)


def test_5_44_geen_boete_naast_een_strafzaak() -> None:
    for waarde in ("ja", ""):
        with pytest.raises(Conflict, match="5:44"):
            eis_opleggen(replace(FEITEN, strafzaak=waarde), boetegrens(), LATER)


def test_wie_nog_kan_reageren_krijgt_nog_geen_boete() -> None:
    with pytest.raises(Conflict, match="kan nog reageren"):
        eis_opleggen(FEITEN, boetegrens(), DAG + timedelta(days=14))


def test_5_46_afwijken_van_het_bedrag_met_reden_en_nooit_boven_de_wet() -> None:
    keur_feiten(replace(FEITEN, bedrag_cent=300_000, reden_bedrag="Draagkracht."), LATER)
    with pytest.raises(OngeldigeInvoer, match="5:46"):
        keur_feiten(replace(FEITEN, bedrag_cent=300_000), LATER)
    with pytest.raises(OngeldigeInvoer, match=r"hoogstens € 22\.500"):
        keur_feiten(replace(FEITEN, bedrag_cent=2_250_001, reden_bedrag="Zwaar."), LATER)
    for veld, waarde in (("rapport_op", DAG - timedelta(days=1)), ("overtreding_op", LATER + timedelta(days=1))):
        with pytest.raises(OngeldigeInvoer) as fout:
            keur_feiten(replace(FEITEN, **{veld: waarde}), LATER)
        assert fout.value.veld == veld


def test_5_51_te_laat_is_geen_verval_maar_weegt_mee() -> None:
    assert overschrijding(DAG, DAG) == ""
    assert "1 dag te laat (art. 5:51 Awb)" in overschrijding(DAG, DAG + timedelta(days=1))


def test_bedragen_per_gemeente_en_dag() -> None:
    algemeen = lees_bedragen(tomllib.loads(BESTAND.read_text(encoding="utf-8"))["boete"])
    eigen = replace(algemeen[0], gemeente="0317", bedrag_cent=700_000, geldig_van=DAG)
    code = algemeen[0].code
    assert bedragen_op([*algemeen, eigen], "0317", DAG)[code].bedrag(False) == 700_000
    assert bedragen_op([*algemeen, eigen], "0317", DAG - timedelta(days=1))[code] == algemeen[0]
    assert bedragen_op([eigen, *algemeen], "0318", DAG)[code].bedrag(True) == algemeen[0].herhaling_cent
