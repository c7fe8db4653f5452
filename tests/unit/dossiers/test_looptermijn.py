"""A running term: its end from its parts, which acts it knows, and when its owner is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.dossiers.rules.looptermijn import (
    Daad,
    artikel_voor,
    eis_op_tijd,
    moet_waarschuwen,
    mogelijke_daden,
    reken,
    waarschuwmoment,
)
from inspecties.dossiers.rules.wachten import Termijn, termijn
from inspecties.dossiers.waarschuwen import Momenten, lees_dagen
from inspecties.termijnen.bronnen import kalender, termijntabel, waarschuwmomenten
from inspecties.termijnen.rules.benoemd import Termijnregel

DAG = date(2026, 3, 2)
MOMENTEN = (14, 7, 2, 0)


def _regel(code: str) -> Termijnregel:
    return termijntabel().op(code, DAG)


def _einde(code: str, *daden: Daad, duur: str = "", vandaag: date = DAG) -> date:
    return reken(_regel(code), DAG, duur, daden, kalender=kalender(), vandaag=vandaag).einddag


@pytest.mark.parametrize("regel", termijntabel().regels, ids=lambda r: f"{r.code}-{r.geldig_van}")
def test_een_regel_die_bij_een_termijn_is_bewaard_rekent_als_die_uit_het_bestand(regel: Termijnregel) -> None:
    bewaard = Termijnregel.uit(regel.als_rij())
    duur = "" if regel.duur else "3w"
    dag = max(regel.geldig_van, DAG)
    nu, toen = (reken(r, dag, duur, [], kalender=kalender(), vandaag=dag) for r in (regel, bewaard))
    assert (nu.einde, nu.regels) == (toen.einde, toen.regels)
    assert (bewaard.naam, bewaard.status, bewaard.bron) == (regel.naam, regel.status, regel.bron)


def test_bezwaar_en_beslissing_op_bezwaar() -> None:
    assert _einde("bezwaar") == date(2026, 4, 13)
    assert _einde("beslissing_op_bezwaar") == date(2026, 4, 13)
    verdaagd = Daad("verdaging", date(2026, 4, 10), "art. 7:10 Awb", "Horen lukt niet eerder", "6w")
    # Easter Monday 6 April lies inside; the end on 25 May 2026 is Whit Monday.
    assert _einde("beslissing_op_bezwaar", verdaagd) == date(2026, 5, 26)


def test_verdagen_gaat_niet_verder_dan_de_wet() -> None:
    with pytest.raises(OngeldigeInvoer, match="hoogstens"):
        _einde("beslissing_op_bezwaar", Daad("verdaging", DAG, "art. 7:10 Awb", "Druk", "7w"))
    with pytest.raises(OngeldigeInvoer, match="kan dat niet meer"):
        _einde("beslissing_op_bezwaar", Daad("verdaging", date(2026, 4, 14), "art. 7:10 Awb", "Te laat bedacht", "1w"))


def test_bibob_advies_staat_stil_tot_de_gegevens_er_zijn() -> None:
    stil = Daad("opschorting", date(2026, 3, 10), "art. 15 lid 2 Wet Bibob", "Gegevens gevraagd")
    verder = Daad("hervatting", date(2026, 3, 24), "art. 15 lid 2 Wet Bibob", "Gegevens ontvangen")
    # Eight weeks end on Koningsdag, which moves them a day; fourteen days later is an ordinary Monday.
    assert _einde("bibob_advies") == date(2026, 4, 28)
    assert _einde("bibob_advies", stil, verder) == date(2026, 5, 11)
    open_ = reken(_regel("bibob_advies"), DAG, "", [stil], kalender=kalender(), vandaag=date(2026, 4, 1))
    assert open_.loopt_nog_op
    assert open_.einddag > date(2026, 5, 11)


def test_wat_een_termijn_kent() -> None:
    assert mogelijke_daden(_regel("bibob_advies"), "loopt") == ["opschorting", "verdaging"]
    assert mogelijke_daden(_regel("bibob_advies"), "opgeschort") == ["hervatting"]
    assert mogelijke_daden(_regel("bezwaar"), "loopt") == []
    assert mogelijke_daden(_regel("begunstiging"), "loopt") == ["verdaging"]
    assert mogelijke_daden(_regel("begunstiging"), "gedaan") == []
    for soort in ("opschorting", "verdaging"):
        with pytest.raises(Conflict, match="Bezwaar maken: deze termijn is niet"):
            artikel_voor(_regel("bezwaar"), soort)


def test_een_eigen_termijn_kan_langer_door_een_nieuw_besluit() -> None:
    langer = Daad("verdaging", date(2026, 3, 9), "art. 5:24 en 5:32a Awb", "De aannemer kan niet eerder", "2w")
    assert _einde("begunstiging", duur="2w") == date(2026, 3, 16)
    assert _einde("begunstiging", langer, duur="2w") == date(2026, 3, 30)


@pytest.mark.parametrize(("dag", "woord"), [(date(2026, 3, 1), "voor het begin"), (date(2026, 3, 6), "moet nog komen")])
def test_een_daad_ligt_in_de_termijn_en_niet_in_de_toekomst(dag: date, woord: str) -> None:
    with pytest.raises(OngeldigeInvoer, match=woord) as fout:
        eis_op_tijd(Daad("opschorting", dag, "art.", "grond"), DAG, date(2026, 3, 5))
    assert fout.value.veld == "op"


@pytest.mark.parametrize(
    ("dagen", "moment"),
    [(15, None), (14, 14), (8, 14), (7, 7), (3, 7), (2, 2), (0, 0), (-1, -1), (-7, -1), (-8, -8), (-15, -15)],
)
def test_waarschuwmomenten(dagen: int, moment: int | None) -> None:
    assert waarschuwmoment(DAG + timedelta(days=dagen), MOMENTEN, DAG) == moment


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(0, 40))
def test_elk_moment_een_keer_en_geen_overgeslagen(stappen: list[int], begin: int) -> None:
    """However irregularly the command runs, nobody is told twice, and the last thing told is the latest reached."""
    einde, vandaag, gezegd = DAG + timedelta(days=begin), DAG, []
    bij: int | None = None
    for stap in stappen:
        vandaag += timedelta(days=stap)
        moment = waarschuwmoment(einde, MOMENTEN, vandaag)
        if moet_waarschuwen(moment, bij):
            gezegd.append(moment)
            bij = moment
        assert bij == moment
    assert len(gezegd) == len(set(gezegd))


def test_de_momenten_staan_in_de_instellingen() -> None:
    assert waarschuwmomenten() == (14, 7, 2, 0)
    with pytest.raises(OngeldigeInvoer, match="waarschuw"):
        Termijnregel.uit({**_regel("bezwaar").als_rij(), "waarschuw": [400]})


@pytest.mark.parametrize(
    ("code", "duur", "einde"),
    [("begunstiging", "2w", date(2026, 3, 16)), ("beslissing_op_bezwaar", "", date(2026, 4, 13))],
)
def test_verlengen_na_de_laatste_dag_kan_niet_meer(code: str, duur: str, einde: date) -> None:
    """Also not a term that we set ourselves: what lapsed needs a new decision, not a longer term."""
    op_tijd = Daad("verdaging", einde, "het artikel", "De aannemer is ziek", "1w")
    assert _einde(code, op_tijd, duur=duur) > einde
    with pytest.raises(OngeldigeInvoer, match="kan dat niet meer"):
        _einde(code, Daad("verdaging", einde + timedelta(days=1), "het artikel", "Te laat", "1w"), duur=duur)


def test_een_termijn_van_een_ander_is_voorbij_en_niet_te_laat() -> None:
    assert termijn(DAG, DAG + timedelta(days=2)).tekst == "2 dagen te laat"
    assert termijn(DAG, DAG + timedelta(days=1), van_ander=True) == Termijn("1 dag voorbij", "let-op")
    assert termijn(DAG, DAG, van_ander=True).tekst == "Vandaag"
    ander = {r.code for r in termijntabel().regels if r.van == "partij"}
    # A party objects, pays and repairs; we decide, collect and register.
    assert {"bezwaar", "begunstiging", "betaling_dwangsom", "zienswijze"} <= ander
    assert not ander & {"beslissing_op_bezwaar", "verjaring_dwangsom", "wkpb_inschrijving", "boetebesluit"}
    assert Termijnregel.uit(_regel("bezwaar").als_rij()).van == "partij"


def test_momenten_gemeente_gaat_voor() -> None:
    kort, gewoon = _regel("telefonisch_besluit"), _regel("bezwaar")
    assert Momenten({}).van(gewoon) == waarschuwmomenten()
    assert Momenten({}).van(kort) == kort.waarschuw
    eigen = Momenten({"": (30, 0), "bezwaar": (5,)})
    assert (eigen.van(gewoon), eigen.van(kort), eigen.van(_regel("beroep"))) == ((5,), kort.waarschuw, (30, 0))
    assert lees_dagen("2, 14 en 7") == (14, 7, 2)
    assert lees_dagen("") == ()
    for fout in ("een week", "-1", "400", "1,2,3,4,5,6,7,8,9"):
        with pytest.raises(OngeldigeInvoer):
            lees_dagen(fout)
