"""Rules of permits, nuisance, numbers and parties."""

from datetime import date, timedelta

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.locaties.rules.feiten import (
    OverlastGegevens,
    VergunningGegevens,
    keur_aantal,
    keur_overlast,
    keur_vergunning,
    lijkt_contactgegeven,
    vergunningstand,
)
from inspecties.locaties.rules.partijen import (
    PartijGegevens,
    RolGegevens,
    is_over_termijn,
    keur_partij,
    keur_rol,
    lees_kvk,
    over_jaren,
    periodes_raken,
)

VANDAAG = date(2026, 11, 21)
GISTEREN, MORGEN = VANDAAG - timedelta(days=1), VANDAAG + timedelta(days=1)


@pytest.mark.parametrize(
    ("status", "van", "tot", "intrek", "code", "datum"),
    [
        ("verleend", None, None, None, "geldig", None),
        ("verleend", GISTEREN, VANDAAG, None, "loopt_af", VANDAAG),
        ("verleend", GISTEREN, GISTEREN, None, "verlopen", VANDAAG),
        ("verleend", MORGEN, None, None, "nog_niet", MORGEN),
        ("verleend", None, VANDAAG + timedelta(days=60), None, "loopt_af", VANDAAG + timedelta(days=60)),
        ("verleend", None, VANDAAG + timedelta(days=61), None, "geldig", VANDAAG + timedelta(days=61)),
        ("ingetrokken", GISTEREN, None, VANDAAG, "ingetrokken", VANDAAG),
        ("ingetrokken", GISTEREN, None, None, "ingetrokken", None),
        # Decided, but not yet of force: it still counts until the day before.
        ("ingetrokken", GISTEREN, None, MORGEN, "loopt_af", VANDAAG),
        ("ingetrokken", None, GISTEREN, MORGEN, "verlopen", VANDAAG),
        ("aangevraagd", None, None, None, "aangevraagd", None),
        ("geweigerd", None, None, None, "geweigerd", None),
    ],
)
def test_stand_van_een_vergunning(status, van, tot, intrek, code, datum) -> None:
    stand = vergunningstand(status, van, tot, intrek, VANDAAG)
    assert (stand.code, stand.datum) == (code, datum)
    assert stand.geldig is (code in {"geldig", "loopt_af"})


def test_woorden_van_de_stand() -> None:
    assert vergunningstand("verleend", None, GISTEREN, None, VANDAAG).woord == "verlopen sinds"
    assert vergunningstand("verleend", None, MORGEN, None, VANDAAG).woord == "geldig t/m"
    assert vergunningstand("ingetrokken", None, MORGEN, None, VANDAAG).woord == "ingetrokken"


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        (VergunningGegevens("  "), "soort"),
        (VergunningGegevens("x", status="gegund"), "status"),
        (VergunningGegevens("x", geldig_vanaf=VANDAAG, geldig_tot=GISTEREN), "geldig_tot"),
        (VergunningGegevens("x", geldig_vanaf=date(202, 1, 1)), "geldig_vanaf"),
        (VergunningGegevens("x", intrekdatum=VANDAAG), "intrekdatum"),
        (VergunningGegevens("x" * 81), "soort"),
        (VergunningGegevens("x", voorwaarden="x" * 4001), "voorwaarden"),
    ],
)
def test_vergunning_die_niet_kan(gegevens: VergunningGegevens, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_vergunning(gegevens, VANDAAG)
    assert fout.value.veld == veld


@pytest.mark.parametrize(
    "tekst",
    ["bel 06-12345678", "+31 6 12 34 56 78", "(0320) 123 456", "0031612345678", "piet@voorbeeld.example zei het"],
)
def test_wie_het_meldde_is_te_herkennen(tekst: str) -> None:
    assert lijkt_contactgegeven(tekst)
    with pytest.raises(OngeldigeInvoer, match="wie het meldde") as fout:
        keur_overlast(OverlastGegevens(VANDAAG, "geluid", tekst), VANDAAG)
    assert fout.value.veld == "tekst"


@pytest.mark.parametrize(
    "tekst", ["Om 05.00 uur drie busjes", "Huisnummer 12 tot 40", "zaak 2026-000123", "1.234.567 keer"]
)
def test_gewone_tekst_mag(tekst: str) -> None:
    assert keur_overlast(OverlastGegevens(VANDAAG, "geluid", f" {tekst} "), VANDAAG).tekst == tekst


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [(OverlastGegevens(MORGEN, "geluid"), "datum"), (OverlastGegevens(VANDAAG, "lawaai"), "soort")],
)
def test_overlast_die_niet_kan(gegevens: OverlastGegevens, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_overlast(gegevens, VANDAAG)
    assert fout.value.veld == veld


@pytest.mark.parametrize(
    ("soort", "waarde", "dag", "veld"),
    [
        ("bedden", 1, VANDAAG, "soort"),
        ("capaciteit", -1, VANDAAG, "waarde"),
        ("capaciteit", 10_001, VANDAAG, "waarde"),
        ("capaciteit", 4, MORGEN, "peildatum"),
    ],
)
def test_aantal_dat_niet_kan(soort: str, waarde: int, dag: date, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_aantal(soort, waarde, dag, VANDAAG)
    assert fout.value.veld == veld


@pytest.mark.parametrize(
    ("tekst", "kvk"), [("12345678", "12345678"), (" 1234 5678 ", "12345678"), ("", ""), ("  ", "")]
)
def test_kvk(tekst: str, kvk: str) -> None:
    assert lees_kvk(tekst) == kvk


@pytest.mark.parametrize("tekst", ["1234567", "123456789", "1234567a", "00000000", "KvK 12345678", "١٢٣٤٥٦٧٨"])
def test_kvk_die_niet_kan(tekst: str) -> None:
    with pytest.raises(OngeldigeInvoer, match="8 cijfers") as fout:
        lees_kvk(tekst)
    assert fout.value.veld == "kvk"


def test_vestigingsnummer_wordt_herkend() -> None:
    with pytest.raises(OngeldigeInvoer, match="vestigingsnummer"):
        lees_kvk("000012345678")


def test_persoon_alleen_met_doel_en_einde() -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_partij(PartijGegevens("persoon", "A. Bewoner"), VANDAAG)
    assert fout.value.veld == "doel"
    zonder_datum = keur_partij(PartijGegevens("persoon", " A.  Bewoner ", doel="toezicht"), VANDAAG)
    assert (zonder_datum.naam, zonder_datum.bewaren_tot) == ("A. Bewoner", date(2028, 11, 21))
    for dag in (GISTEREN, over_jaren(VANDAAG, 5) + timedelta(days=1)):
        with pytest.raises(OngeldigeInvoer) as fout:
            keur_partij(PartijGegevens("persoon", "A. Bewoner", doel="toezicht", bewaren_tot=dag), VANDAAG)
        assert fout.value.veld == "bewaren_tot"


def test_organisatie_heeft_geen_doel() -> None:
    organisatie = keur_partij(PartijGegevens("organisatie", "Kade BV", "12345678", "toezicht", MORGEN), VANDAAG)
    assert (organisatie.doel, organisatie.bewaren_tot) == ("", None)


def test_schrikkeldag() -> None:
    assert over_jaren(date(2028, 2, 29), 2) == date(2030, 2, 28)


def test_over_termijn_is_de_dag_erna() -> None:
    assert not is_over_termijn(None, VANDAAG)
    assert not is_over_termijn(VANDAAG, VANDAAG)
    assert is_over_termijn(GISTEREN, VANDAAG)


@pytest.mark.parametrize(
    ("gegevens", "veld"),
    [
        (RolGegevens("buurman", bron="BAG"), "rol"),
        (RolGegevens("eigenaar", van=VANDAAG, tot=GISTEREN, bron="Kadaster"), "tot"),
        (RolGegevens("eigenaar", van=MORGEN, bron="Kadaster"), "van"),
        (RolGegevens("eigenaar"), "bron"),
    ],
)
def test_rol_die_niet_kan(gegevens: RolGegevens, veld: str) -> None:
    with pytest.raises(OngeldigeInvoer) as fout:
        keur_rol(gegevens, VANDAAG)
    assert fout.value.veld == veld


@pytest.mark.parametrize(
    ("een", "twee", "raakt"),
    [
        ((None, None), (VANDAAG, None), True),
        ((None, GISTEREN), (VANDAAG, None), False),
        ((None, VANDAAG), (VANDAAG, None), True),
        ((VANDAAG, MORGEN), (None, GISTEREN), False),
    ],
)
def test_periodes(een, twee, raakt: bool) -> None:
    assert periodes_raken(*een, *twee) is raakt
    assert periodes_raken(*twee, *een) is raakt
