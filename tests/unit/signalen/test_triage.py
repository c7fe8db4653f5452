"""Each route of the triage, named after the line of the legal fact sheet (section 6) that it comes from."""

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.signalen.meldroute_bron import lees_bestand, triagetabel
from inspecties.signalen.rules.triage import (
    Triagefeiten,
    Triagetabel,
    is_gevolgd,
    zorg_is_vastgelegd,
)

TABEL = triagetabel()


def codes(vorm: str = "onbekend", urgentie: str = "normaal", indicatoren: tuple[str, ...] = (), **antwoorden: str):
    feiten = Triagefeiten(antwoorden, vorm, urgentie, indicatoren)
    return [a.code for a in TABEL.adviezen_bij(feiten)]


def ontvangers(code: str) -> tuple[str, ...]:
    return next(a.ontvangers for a in TABEL.adviezen if a.code == code)


def test_triage_acute_danger_112() -> None:
    assert ontvangers("direct_gevaar") == ("politie_112",)
    assert "direct_gevaar" in codes(acuut_gevaar="ja")
    assert "direct_gevaar" in codes(urgentie="direct_gevaar"), "what the reporter ticked counts until somebody looked"
    assert "direct_gevaar" not in codes(urgentie="direct_gevaar", acuut_gevaar="nee")
    assert "direct_gevaar" not in codes()


def test_triage_minor_veilig_thuis_and_police_immediately() -> None:
    assert ontvangers("minderjarig") == ("veilig_thuis", "avim")
    assert "minderjarig" in codes(minderjarig="ja")
    assert "minderjarig" in codes(indicatoren=("minderjarig",))
    assert "minderjarig" not in codes(indicatoren=("minderjarig",), minderjarig="nee")
    eerste = TABEL.adviezen_bij(Triagefeiten({"minderjarig": "ja"}, "arbeidsuitbuiting"))[0]
    assert (eerste.code, eerste.wanneer) == ("minderjarig", "nu"), "immediately: it stands first"


@pytest.mark.parametrize(
    ("minderjarig", "alleen", "nidos"),
    [
        ("ja", "ja", True),
        ("ja", "onbekend", True),
        ("onbekend", "ja", True),
        ("ja", "nee", False),
        ("nee", "ja", False),
        ("onbekend", "onbekend", False),
    ],
)
def test_triage_unaccompanied_foreign_minor_nidos_slightest_indication(
    minderjarig: str, alleen: str, nidos: bool
) -> None:
    assert ontvangers("alleenstaande_minderjarige") == ("nidos",)
    gevonden = codes(minderjarig=minderjarig, alleenstaand_buitenlands=alleen)
    assert ("alleenstaande_minderjarige" in gevonden) is nidos


@pytest.mark.parametrize(
    ("vorm", "advies", "wie"),
    [("seksuele_uitbuiting", "seksueel", ("avim",)), ("arbeidsuitbuiting", "arbeid", ("nla",))],
)
def test_triage_sexual_avim_labour_nla(vorm: str, advies: str, wie: tuple[str, ...]) -> None:
    assert ontvangers(advies) == wie
    assert advies in codes(vorm=vorm)
    assert advies not in codes(vorm="criminele_uitbuiting")


def test_triage_border_kmar() -> None:
    assert ontvangers("grens") == ("kmar",)
    assert "grens" in codes(grens="ja")
    assert "grens" not in codes(grens="onbekend")


def test_meldcode_sectors_veilig_thuis_and_only_for_who_may_know_the_reporter() -> None:
    assert ontvangers("meldcode") == ("veilig_thuis",)
    assert "meldcode" in codes(meldcode_beroep="ja")
    assert "meldcode" not in codes(meldcode_beroep="nee")
    assert next(a for a in TABEL.adviezen if a.code == "meldcode").vertrouwelijk
    assert next(v for v in TABEL.vragen if v.code == "meldcode_beroep").vertrouwelijk


def test_montfoort_step_4_always_zorgcoordinator() -> None:
    assert ontvangers("zorgcoordinator") == ("zorgcoordinator",)
    assert "zorgcoordinator" in codes()
    assert "zorgcoordinator" in codes(mogelijk_slachtoffer="nee", minderjarig="nee", acuut_gevaar="nee")


def test_minors_sexual_exploitation_needs_no_dwang() -> None:
    assert "geen_dwang_nodig" in codes("seksuele_uitbuiting", minderjarig="ja")
    assert "geen_dwang_nodig" not in codes("seksuele_uitbuiting", minderjarig="nee")


def test_non_punishment_directive_2011_36_art_8() -> None:
    assert "niet_straffen" in codes(mogelijk_slachtoffer="ja")
    assert "niet_straffen" in codes("criminele_uitbuiting")


def test_bedenktijd_and_no_foreigner_enforcement_by_default() -> None:
    assert {"bedenktijd", "geen_vreemdelingentoezicht", "comensha"} <= set(codes(mogelijk_slachtoffer="ja"))
    onbevestigd = {a.code for a in TABEL.adviezen if a.status == "te bevestigen"}
    assert {"bedenktijd", "comensha"} <= onbevestigd, "what the fact sheet marks [M] says so on the screen"


def test_elk_advies_noemt_zijn_bron() -> None:
    for advies in TABEL.adviezen:
        assert advies.bron.startswith("Feitenblad par. 6"), advies.code
        assert advies.status in {"bevestigd", "te bevestigen"}


def test_geen_vraag_over_afkomst_geloof_of_geslacht() -> None:
    tekst = " ".join(v.tekst + v.uitleg for v in TABEL.vragen).lower()
    for woord in ("nationaliteit", "afkomst", "geloof", "religie", "vrouw", "huidskleur"):
        assert woord not in tekst


def test_gevolgd_is_pas_als_iedereen_is_ingelicht() -> None:
    minderjarig = next(a for a in TABEL.adviezen if a.code == "minderjarig")
    assert not is_gevolgd(minderjarig, frozenset({"avim"}))
    assert is_gevolgd(minderjarig, frozenset({"avim", "veilig_thuis", "nla"}))


@pytest.mark.parametrize(
    ("antwoorden", "klaar"),
    [([], False), (["denkt_na"], False), (["denkt_na", "afgewezen"], True), (["niet_bereikt"], True), (["x"], False)],
)
def test_zorg_is_pas_vastgelegd_met_een_antwoord(antwoorden: list[str], klaar: bool) -> None:
    assert zorg_is_vastgelegd(antwoorden) is klaar


@pytest.mark.parametrize(
    ("wijziging", "melding"),
    [
        ({"ontvangers": ["niemand"]}, "onbekende ontvanger niemand"),
        ({"als": [{"geloof": ["ja"]}]}, "onbekende vraag geloof"),
        ({"wanneer": "ooit"}, "kies nu, vandaag, route"),
        ({"kleur": "rood"}, "klopt niet"),
    ],
)
def test_foute_tabel_noemt_wat_er_mis_is(wijziging: dict[str, object], melding: str) -> None:
    inhoud = lees_bestand("triage.toml")
    inhoud["advies"][0] |= wijziging
    with pytest.raises(OngeldigeInvoer, match=melding):
        Triagetabel.uit(inhoud)
