"""What an inspector would notice: hand cases through the engine."""

from typing import Any

import pytest

from inspecties.checklists.rules.antwoorden import laad_antwoorden
from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.checklists.rules.sessie import open_sessie
from tests.unit.checklists_inhoud.formulieren import FORMULIEREN, NU, gevolgen, lezing, uitkomst

HUIS = "huisvesting_arbeidsmigranten"
alle_formulieren = pytest.mark.parametrize("formulier", FORMULIEREN)


def _telling(personen: Any, m2: Any, **rest: Any) -> dict[str, Any]:
    return {"aantal_personen": personen, "gebruiksoppervlakte_m2": m2, **rest}


@pytest.mark.parametrize(
    ("antwoorden", "maximum", "te_veel"),
    [
        (_telling(8, 96), 8, 0),
        (_telling(9, 96), 8, 1),
        (_telling(8, 95.9), 7, 1),
        (_telling(1, 11.9), 0, 1),
        (_telling(1, 12), 1, 0),
        (_telling(4, 24, verblijf_soort="woonwagen"), 4, 0),
        (_telling(5, 24, verblijf_soort="woonwagen"), 4, 1),
        (_telling(5, 24, verblijf_soort="woning"), 2, 3),
        (_telling(5, 24, verblijf_soort="opvang_coa"), None, None),
        (_telling(5, None), None, None),
        (_telling(None, 24), 2, None),
        (_telling(2, 24, bedden=12), 2, 0),
        (_telling(9, 24, meetwijze="niet_mogelijk"), None, None),
    ],
)
def test_overbewoning_met_de_hand_nagerekend(antwoorden: dict[str, Any], maximum: Any, te_veel: Any) -> None:
    uit = uitkomst(HUIS, antwoorden)
    assert (uit["berekend"]["max_personen"], uit["berekend"]["te_veel_personen"]) == (maximum, te_veel)
    voorstellen = [v for v in uit["voorstellen"] if v["gevolg"] == "overbewoning"]
    assert len(voorstellen) == (1 if te_veel else 0)
    assert uit["relevant"]["overbewoning_ja"] is bool(te_veel)
    assert uit["relevant"]["overbewoning_nee"] is (te_veel == 0)
    if voorstellen:
        assert voorstellen[0]["vragen"] == ["aantal_personen", "gebruiksoppervlakte_m2", "te_veel_personen"]


def test_de_gemeente_zet_een_eigen_norm() -> None:
    sessie = open_sessie(lezing(HUIS).definitie, {"nu": NU})
    laad_antwoorden(sessie, _telling(5, 60))
    assert sessie.waarde("te_veel_personen") == 0
    sessie.zet("norm_m2_pp", None, 15)
    assert (sessie.waarde("max_personen"), sessie.waarde("te_veel_personen")) == (4, 1)
    assert "plaats voor 4, geteld 5" in sessie.label("overbewoning_ja")


@alle_formulieren
def test_openen_schrijft_geen_antwoorden(formulier: str) -> None:
    # Two tablets at one stop would each write the same default, and a colleague would see a conflict nobody made.
    sessie = open_sessie(lezing(formulier).definitie, {"nu": NU})
    laad_antwoorden(sessie, {"kamers": [{}], "personen": [{}]})
    assert sessie.te_bewaren() == []
    assert sessie.waarde("norm_m2_pp") == 12


def test_kamers_tellen_op_en_een_verschil_valt_op() -> None:
    kamers = [{"kamer_m2": 10.5, "kamer_personen": 2}, {"kamer_m2": 8, "kamer_personen": 3, "kamer_rookmelder": "nee"}]
    uit = uitkomst(HUIS, {"aantal_personen": 4, "kamers": kamers})
    assert uit["berekend"]["kamers_geteld"] == 2
    assert uit["berekend"]["kamers_m2"] == 18.5
    assert uit["berekend"]["personen_in_kamers"] == 5
    assert uit["relevant"]["telling_verschilt"]
    assert [v["vragen"] for v in uit["voorstellen"]] == [["kamers[2]/kamer_rookmelder"]]
    assert not uitkomst(HUIS, {"aantal_personen": 5, "kamers": kamers})["relevant"]["telling_verschilt"]


@alle_formulieren
@pytest.mark.parametrize(
    ("antwoorden", "binnen"),
    [
        ({}, True),
        ({"binnentreden_grond": "toezicht"}, True),
        ({"binnentreden_grond": "toestemming", "toestemming_gegeven": "ja", "toestemming_vorm": "tolk"}, True),
        ({"binnentreden_grond": "toestemming", "toestemming_gegeven": "nee"}, False),
        ({"binnentreden_grond": "toestemming", "toestemming_gegeven": "onbekend"}, False),
        ({"binnentreden_grond": "toestemming", "toestemming_gegeven": "ja", "toestemming_vorm": "twijfel"}, False),
        ({"binnentreden_grond": "machtiging", "machtiging_geldig": "ja"}, True),
        ({"binnentreden_grond": "machtiging", "machtiging_geldig": "nee"}, False),
        ({"binnentreden_grond": "niet_binnen"}, False),
    ],
)
def test_zonder_kenbare_toestemming_of_machtiging_komt_niemand_verder(
    formulier: str, antwoorden: dict[str, Any], binnen: bool
) -> None:
    relevant = uitkomst(formulier, antwoorden)["relevant"]
    assert relevant["aanwezig_geteld"] is binnen
    assert relevant["tijd_binnen"] is binnen
    assert relevant["minderjarige_gezien"] is binnen
    assert relevant["buiten_gezien"] is not binnen
    assert relevant["handtekening"]


@alle_formulieren
def test_wat_u_binnen_antwoordde_telt_niet_als_u_niet_binnen_mocht(formulier: str) -> None:
    assert "signaal_mh" in gevolgen(formulier, {"minderjarige_gezien": "ja"})
    assert gevolgen(formulier, {"minderjarige_gezien": "ja", "binnentreden_grond": "niet_binnen"}) == set()


@alle_formulieren
def test_twee_signalen_of_een_zwaar_signaal(formulier: str) -> None:
    een = {"personen": [{"persoon_veilig": "nee"}, {"persoon_veilig": "nee"}]}
    assert "signaal_mh" not in gevolgen(formulier, een)
    twee = {"personen": [{"persoon_veilig": "nee"}, {"persoon_spreekt_vrij": "nee"}]}
    uit = uitkomst(formulier, twee)
    assert [(v["gevolg"], v["hard"]) for v in uit["voorstellen"]] == [("signaal_mh", False)]
    hard = uitkomst(formulier, {"personen": [{"persoon_id_zelf": "nee"}]})
    assert [(v["gevolg"], v["hard"]) for v in hard["voorstellen"]] == [("signaal_mh", True)]


@alle_formulieren
def test_een_signaal_vraagt_om_de_kaart_en_hulp(formulier: str) -> None:
    rustig = uitkomst(formulier, {})
    assert not {"zorgkaart_gegeven", "hulp_aangeboden"} & set(rustig["verplicht_leeg"])
    assert not rustig["relevant"]["zorg_eerst"]
    uit = uitkomst(formulier, {"personen": [{"persoon_spreekt_vrij": "nee"}]})
    assert {"zorgkaart_gegeven", "hulp_aangeboden"} <= set(uit["verplicht_leeg"])
    assert uit["relevant"]["zorg_eerst"]
    assert not uit["relevant"]["hard_nu"]
    gevraagd = uitkomst(formulier, {"personen": [{"persoon_wil_hulp": "ja"}]})
    assert "hulp_aangeboden" in gevraagd["verplicht_leeg"]


@alle_formulieren
@pytest.mark.parametrize(
    "antwoorden",
    [
        {"minderjarige_gezien": "ja"},
        {"personen": [{"persoon_minderjarig": "nee"}, {"persoon_minderjarig": "ja", "persoon_bij_ouder": "ja"}]},
    ],
)
def test_minderjarige_is_altijd_veilig_thuis(formulier: str, antwoorden: dict[str, Any]) -> None:
    uit = uitkomst(formulier, antwoorden)
    assert "veilig_thuis_gebeld" in uit["verplicht_leeg"]
    assert uit["relevant"]["veilig_thuis_nu"]
    assert not uitkomst(formulier, {"minderjarige_gezien": "nee"})["relevant"]["veilig_thuis_gebeld"]


@pytest.mark.parametrize(("formulier", "hard"), [(HUIS, False), ("pand", False), ("onvergunde_seksinrichting", True)])
def test_een_kind_bij_zijn_ouders_is_alleen_bij_sekswerk_een_signaal(formulier: str, hard: bool) -> None:
    gezin = {"personen": [{"persoon_minderjarig": "ja", "persoon_bij_ouder": "ja"}]}
    assert ("signaal_mh" in gevolgen(formulier, gezin)) is hard
    alleen = {"personen": [{"persoon_minderjarig": "ja", "persoon_bij_ouder": "nee"}]}
    assert "signaal_mh" in gevolgen(formulier, alleen)


@alle_formulieren
@pytest.mark.parametrize(
    "antwoorden",
    [
        {"strafbaar_vermoeden": "ja"},
        {"drugs_wapens": ["geen", "wapen"][1:]},
        {"geweld_gezien": "ja"},
        {"deur_slot_buiten": "ja"},
    ],
)
def test_vermoeden_van_een_strafbaar_feit_stopt_de_vragen(formulier: str, antwoorden: dict[str, Any]) -> None:
    uit = uitkomst(formulier, antwoorden)
    assert uit["relevant"]["cautie_stop"]
    assert "cautie_gegeven" in uit["verplicht_leeg"]
    assert not uitkomst(formulier, {"drugs_wapens": ["geen"]})["relevant"]["cautie_stop"]


@pytest.mark.parametrize("formulier", [HUIS, "hotel"])
def test_wtta_begint_in_2027(formulier: str) -> None:
    voor = uitkomst(formulier, {"wtta_toelating": "nee"}, "2026-12-31T18:00:00+01:00")
    assert not voor["relevant"]["wtta_toelating"]
    assert voor["voorstellen"] == []
    na = uitkomst(formulier, {"wtta_toelating": "nee"}, "2027-01-01T00:30:00+01:00")
    assert na["relevant"]["wtta_toelating"]
    assert [(v["gevolg"], v["grondslag"]) for v in na["voorstellen"]] == [("nla", "Wtta")]


@alle_formulieren
def test_partnerdeel_verschijnt_alleen_als_de_partner_mee_is(formulier: str) -> None:
    relevant = uitkomst(formulier, {"partners_aanwezig": ["politie"]})["relevant"]
    assert relevant["pol_nationaliteit"]
    assert not relevant["nla_tewerkstelling"]
    assert uitkomst(formulier, {"partners_aanwezig": ["geen", "politie"]})["ongeldig"][0]["melding"].startswith("Kies")


@alle_formulieren
def test_een_naam_alleen_met_een_doel(formulier: str) -> None:
    persoon = uitkomst(formulier, {"personen": [{}]})["relevant"]["personen"][0]
    assert not persoon["persoon_naam"]
    met_doel = {"personen": [{"persoon_naam_nodig": "overtreder"}]}
    assert uitkomst(formulier, met_doel)["relevant"]["personen"][0]["persoon_naam"]


def test_borg_boven_twee_maanden_huur() -> None:
    assert gevolgen(HUIS, {"huur_bedrag": 400, "borg_bedrag": 800}) == set()
    assert gevolgen(HUIS, {"huur_bedrag": 400, "borg_bedrag": 800.5}) == {"goed_verhuurderschap"}


@alle_formulieren
def test_een_leeg_formulier_stelt_niets_voor_en_is_nergens_ongeldig(formulier: str) -> None:
    uit = uitkomst(formulier, {})
    assert uit["voorstellen"] == []
    assert uit["ongeldig"] == []
    assert {
        "binnentreden_grond",
        "partners_aanwezig",
        "tijd_binnen",
        "aanwezig_geteld",
        "tijd_buiten",
        "handtekening",
    } <= set(uit["verplicht_leeg"])


def test_een_antwoord_gaat_voor_de_standaard_ook_in_een_keer_ingelezen() -> None:
    csv = (
        "survey\n,type,name,label,default\n,begin repeat,rij,Rij,\n,text,woord,Woord,niets\n,end repeat,,,\n"
        "settings\n,form_id\n,f\n"
    )
    sessie = open_sessie(lees_formulier("f.csv", csv.encode()).definitie, {"nu": NU})
    laad_antwoorden(sessie, {"rij": [{"woord": "iets"}, {}]})
    assert sessie.serialiseer() == {"rij": [{"woord": "iets"}, {"woord": "niets"}]}
