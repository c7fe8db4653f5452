"""The routes of the gemeenten: no dead ends, terms on the right day, and the gates of each step."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.signalen.meldroute_bron import lees_bestand, meldroutes
from inspecties.signalen.rules.indeling import MELDSTAPPEN
from inspecties.signalen.rules.meldroute import (
    VELDEN,
    Meldroutes,
    Meldroutetabel,
    Stand,
    Stapkeuze,
    bezwaren,
)
from inspecties.signalen.rules.splitsen import stukken, verdeel
from inspecties.signalen.triage_zorg import bedenktijd_vanaf
from inspecties.termijnen.bronnen import kalender

ROUTES = meldroutes()
MONTFOORT = ROUTES.op("9901", date(2026, 11, 21))
GOED = Stand(frozenset({"avim", "zorgcoordinator"}), 0, "nee", False)


def melding(van: str, naar: str, stand: Stand, **keuze: str) -> str:
    """The first thing in the way, or '' where nothing is."""
    tegen = bezwaren(MONTFOORT, MONTFOORT.tabel.overgang(van, naar), stand, Stapkeuze(**keuze))
    return tegen[0].melding if tegen else ""


@pytest.mark.parametrize("route", ROUTES.tabellen, ids=lambda r: f"{r.code}-{r.versie}")
def test_geen_doodlopende_of_onbereikbare_stap(route: Meldroutetabel) -> None:
    assert route.tabel.gebreken() == []
    assert set(route.stappen) <= set(MELDSTAPPEN), "the states that a signal can be in"
    for van in route.stappen:
        pad, open_ = {van}, [van]
        while open_:
            for overgang in route.tabel.vanuit(open_.pop()):
                if overgang.naar not in pad:
                    pad.add(overgang.naar)
                    open_.append(overgang.naar)
        assert "afgesloten" in pad, f"from {van} a signal can be finished"


def test_montfoort_heeft_de_zes_stappen_en_is_de_standaard() -> None:
    assert MONTFOORT.code == "montfoort"
    assert list(MONTFOORT.stappen) == list(MELDSTAPPEN)
    assert {"geen", "risicofactoren", "mogelijk", "sprake"} <= set(MONTFOORT.uitkomsten), "Soest 8.3"


def test_een_gemeente_kan_een_andere_route_hebben() -> None:
    soest = ROUTES.op("9902", date(2026, 11, 21))
    assert soest.code == "soest"
    assert soest.tabel.namen["doorgezet"] == "Bij Veilig Thuis"


def test_een_nieuwe_versie_geldt_alleen_voor_wat_daarna_binnenkomt() -> None:
    inhoud = lees_bestand("meldroutes.toml")
    nieuw = dict(inhoud["route"][0]) | {"versie": "2", "geldig_vanaf": date(2027, 1, 1)}
    routes = Meldroutes.uit(inhoud | {"route": [*inhoud["route"], nieuw]})
    assert routes.op("9901", date(2026, 12, 31)).versie == "1"
    assert routes.op("9901", date(2027, 1, 1)).versie == "2"
    assert routes.op("9901", date(2019, 1, 1)).versie == "1", "older than every version: the first"
    assert routes.versie("montfoort", "1").versie == "1", "a running signal keeps its own"
    with pytest.raises(OngeldigeInvoer, match="Zet die versie terug"):
        routes.versie("montfoort", "0")


@pytest.mark.parametrize(
    ("kapot", "melding_"),
    [
        (lambda i: i["route"][0]["overgang"].clear(), "onbereikbaar"),
        (lambda i: i["route"][0]["stap"][0].update(code="begin"), "onbekende stap begin"),
        (lambda i: i["route"][0]["stap"][0].update(dagen=0), "niet positief"),
        (lambda i: i["route"][0].pop("bron"), "bron"),
        (lambda i: i["route"][0].update(uitkomst={}), "zonder uitkomsten"),
        (lambda i: i["gemeente"].update({"9901": "verweg"}), "verweg"),
        (lambda i: i["route"].append(i["route"][0]), "twee keer"),
    ],
)
def test_een_kapotte_tabel_noemt_wat_er_mis_is(kapot, melding_: str) -> None:
    inhoud = lees_bestand("meldroutes.toml")
    kapot(inhoud)
    with pytest.raises(OngeldigeInvoer, match=melding_):
        Meldroutes.uit(inhoud)


def test_een_bestand_dat_er_niet_is(tmp_path: Path) -> None:
    with pytest.raises(OngeldigeInvoer, match="ontbreekt"):
        lees_bestand("meldroutes.toml", tmp_path)
    (tmp_path / "x.toml").write_text("a = ", encoding="utf-8")
    with pytest.raises(OngeldigeInvoer, match="niet te lezen"):
        lees_bestand("x.toml", tmp_path)


@pytest.mark.parametrize(
    ("stap", "begon", "uiterlijk"),
    [
        ("ontvangen", date(2026, 11, 20), date(2026, 11, 23)),  # Friday: one working day is Monday
        ("verrijken", date(2026, 12, 24), date(2027, 1, 4)),  # Christmas, two weekends and New Year's Day between
        ("bespreken", date(2026, 11, 2), date(2026, 12, 3)),  # 31 days
        ("bespreken", date(2026, 11, 5), date(2026, 12, 7)),  # 31 days is a Sunday: the next working day
        ("afgesloten", date(2026, 11, 5), None),
    ],
)
def test_termijn_van_een_stap(stap: str, begon: date, uiterlijk: date | None) -> None:
    assert MONTFOORT.uiterlijk(stap, begon, kalender()) == uiterlijk


def test_bedenktijd_is_drie_maanden_en_schuift_niet_naar_een_werkdag() -> None:
    termijn, regel = bedenktijd_vanaf(date(2026, 11, 30))
    assert termijn.einddag == date(2027, 2, 28), "a Sunday: the shorter month has no 30th"
    assert regel.status.value == "te bevestigen"


def test_doorzetten_altijd_met_de_zorgcoordinator_of_een_reden() -> None:
    assert "Leg eerst vast aan wie" in melding("verrijken", "doorgezet", Stand())
    zonder = Stand(frozenset({"avim"}))
    assert "zorgcoördinator" in melding("verrijken", "doorgezet", zonder)
    assert "zorgcoördinator" in melding("verrijken", "doorgezet", zonder, reden="  ")
    assert melding("verrijken", "doorgezet", zonder, reden="Al bekend bij de zorgcoördinator.") == ""
    assert melding("verrijken", "doorgezet", GOED) == ""


def test_terugkoppelen_wacht_op_antwoorden() -> None:
    wacht = Stand(frozenset({"zorgcoordinator"}), open_antwoorden=2)
    assert "wachten nog 2 antwoorden" in melding("doorgezet", "teruggekoppeld", wacht, terugkoppeling="gedaan")
    assert "Kies of de melder" in melding("doorgezet", "teruggekoppeld", GOED)
    assert "waarom terugkoppelen niet kan" in melding(
        "doorgezet", "teruggekoppeld", GOED, terugkoppeling="niet_mogelijk"
    )
    assert melding("doorgezet", "teruggekoppeld", GOED, terugkoppeling="gedaan") == ""


def test_afsluiten_vraagt_uitkomst_en_zorg() -> None:
    assert "Kies een uitkomst" in melding("teruggekoppeld", "afgesloten", GOED)
    assert "mogelijk slachtoffer is" in melding("teruggekoppeld", "afgesloten", Stand(), uitkomst="geen")
    met = Stand(mogelijk_slachtoffer="ja")
    assert "welke hulp is aangeboden" in melding("teruggekoppeld", "afgesloten", met, uitkomst="sprake")
    klaar = Stand(mogelijk_slachtoffer="ja", zorg_vastgelegd=True)
    assert melding("teruggekoppeld", "afgesloten", klaar, uitkomst="sprake") == ""
    assert "Schrijf op waarom" in melding("ontvangen", "afgesloten", GOED, uitkomst="geen")


def test_melder_en_bron_zijn_geen_veld_om_door_te_zetten() -> None:
    assert not {"melder", "bron", "ontvangen_op"} & set(VELDEN)


@given(st.text(alphabet=st.sampled_from("ab .!?\n\t3é"), max_size=60), st.sets(st.integers(0, 12)))
def test_splitsen_bewaart_elk_woord(tekst: str, gekozen: set[int]) -> None:
    assert "".join(stukken(tekst)) == tekst.strip()
    blijft, gaat = verdeel(tekst, gekozen)
    assert Counter(blijft.split()) + Counter(gaat.split()) == Counter(tekst.split())


def test_splitsen_breekt_geen_getal_of_afkorting_zonder_spatie() -> None:
    delen = stukken("Om 3.30 uur kwam hij. Zij niet!\nKenteken 12-AB.")
    assert [d.strip() for d in delen] == ["Om 3.30 uur kwam hij.", "Zij niet!", "Kenteken 12-AB."]
