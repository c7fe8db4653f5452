"""The named terms of ``config/termijnen.toml``: every row usable, dated, with article, source and status."""

from datetime import date
from pathlib import Path

import pytest

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.termijnen.bronnen import kalender, lees_bestand, termijntabel
from inspecties.termijnen.rules import Duur
from inspecties.termijnen.rules.benoemd import Status, Termijnregel, Termijntabel, lees_kalender

RIJ = {
    "code": "x",
    "naam": "Proef",
    "artikel": "art. 1",
    "begint": "nu",
    "soort": "wettelijk",
    "duur": "6w",
    "status": "bevestigd",
    "bron": "wet",
}


@pytest.mark.parametrize("regel", termijntabel().regels, ids=lambda r: f"{r.code}-{r.geldig_van}")
def test_elke_rij_heeft_artikel_bron_en_is_te_berekenen(regel: Termijnregel) -> None:
    assert regel.artikel
    assert regel.bron
    assert regel.begint
    assert bool(regel.verdagen_hoogstens) == bool(regel.verdagen_artikel)
    eigen = None if regel.duur else Duur.lees("2w")
    uit = regel.bereken(date(2026, 9, 1), kalender=kalender(), duur=eigen)
    assert uit.einddag < date(2026, 9, 1) if regel.terug else uit.einddag > date(2026, 9, 1)


@pytest.mark.parametrize(
    ("code", "start", "einde"),
    [
        ("bezwaar", date(2026, 11, 13), date(2026, 12, 28)),
        ("bezwaar_per_post", date(2026, 12, 28), date(2027, 1, 4)),
        ("betaling_dwangsom", date(2026, 9, 5), date(2026, 10, 19)),
        ("invordering_op_verzoek", date(2026, 9, 5), date(2026, 10, 5)),
        ("verjaring_dwangsom", date(2026, 12, 19), date(2027, 12, 19)),
        ("kostenverhaal_bestuursdwang", date(2026, 9, 1), date(2031, 9, 1)),
        ("boetebesluit", date(2026, 9, 19), date(2026, 12, 19)),
        ("wkpb_inschrijving", date(2026, 12, 24), date(2026, 12, 29)),
        ("zienswijze", date(2026, 12, 11), date(2026, 12, 28)),
        ("bibob_advies", date(2026, 10, 31), date(2026, 12, 28)),
        ("bibob_hergebruik", date(2026, 9, 1), date(2031, 9, 1)),
        ("bibob_hergebruik", date(2020, 7, 31), date(2022, 7, 31)),
        ("machtiging_binnentreden", date(2026, 12, 23), date(2026, 12, 26)),
        ("verslag_binnentreden", date(2026, 12, 24), date(2026, 12, 29)),
        ("gebruiksmelding", date(2027, 1, 22), date(2026, 12, 25)),
        ("gedragsaanwijzing_huisverbod", date(2026, 9, 2), date(2026, 9, 12)),
        ("bedenktijd", date(2026, 9, 19), date(2026, 12, 19)),
    ],
)
def test_termijn_met_naam(code: str, start: date, einde: date) -> None:
    assert termijntabel().op(code, start).bereken(start, kalender=kalender()).einde == einde


def test_machtiging_noemt_het_artikel_dat_de_termijnenwet_uitsluit() -> None:
    t = (
        termijntabel()
        .op("machtiging_binnentreden", date(2026, 12, 23))
        .bereken(date(2026, 12, 23), kalender=kalender())
    )
    assert t.regels[-1].artikel == "art. 6 lid 2 Algemene wet op het binnentreden"
    assert any("handel eerder" in w for w in t.waarschuwingen)


def test_sluiting_zonder_duur_vraagt_om_de_duur_uit_het_besluit() -> None:
    regel = termijntabel().op("sluiting_174a", date(2026, 9, 1))
    with pytest.raises(OngeldigeInvoer, match="noemt geen lengte"):
        regel.bereken(date(2026, 9, 1), kalender=kalender())
    # A closure runs to the day that the decision names, also when that is a Saturday.
    t = regel.bereken(date(2026, 9, 20), kalender=kalender(), duur=Duur.lees("3m"))
    assert t.einde == date(2026, 12, 19)


def test_wettelijke_lengte_is_niet_te_vervangen() -> None:
    with pytest.raises(OngeldigeInvoer, match="staat in de wet"):
        termijntabel().op("bezwaar", date(2026, 9, 1)).bereken(
            date(2026, 9, 1), kalender=kalender(), duur=Duur.lees("8w")
        )


def test_onbekende_naam_noemt_wat_er_wel_is() -> None:
    with pytest.raises(OngeldigeInvoer, match=r"bezwar.*Kies uit: .*bezwaar"):
        termijntabel().op("bezwar", date(2026, 9, 1))


@pytest.mark.parametrize(
    "fout",
    [{"duur": "6x"}, {"soort": "gek"}, {"status": "vast"}, {"onbekend": 1}, {"geldig_tot": date(1, 1, 1)}],
)
def test_verkeerde_rij_wordt_bij_naam_geweigerd(fout: dict[str, object]) -> None:
    begin = {"geldig_van": date(2020, 1, 1)} if "geldig_tot" in fout else {}
    with pytest.raises(OngeldigeInvoer):
        Termijnregel.uit({**RIJ, **begin, **fout})


def test_rij_zonder_artikel_wordt_geweigerd() -> None:
    with pytest.raises(OngeldigeInvoer, match=r"'x'.*artikel"):
        Termijnregel.uit({k: v for k, v in RIJ.items() if k != "artikel"})


def test_twee_rijen_voor_dezelfde_dag_worden_geweigerd() -> None:
    eerste = {**RIJ, "geldig_tot": date(2026, 1, 1)}
    with pytest.raises(OngeldigeInvoer, match="twee keer"):
        Termijntabel.uit([eerste, {**RIJ, "geldig_van": date(2026, 1, 1)}])
    tabel = Termijntabel.uit([eerste, {**RIJ, "duur": "8w", "geldig_van": date(2026, 1, 2)}])
    assert str(tabel.op("x", date(2026, 1, 1)).duur) == "6w"
    assert str(tabel.op("x", date(2026, 1, 2)).duur) == "8w"


def test_gelijkgestelde_dag_uit_het_bestand_telt_en_noemt_zijn_bron() -> None:
    rijen = [{"dag": date(2029, 5, 11), "bron": "Staatscourant 2028", "status": "bevestigd"}]
    eigen = lees_kalender(rijen, [2029])
    vrij = eigen.vrije_dag(date(2029, 5, 11))
    assert vrij is not None
    assert (vrij.artikel, vrij.toelichting) == (
        "art. 3 lid 3 Algemene termijnenwet",
        "Staatscourant 2028; bevestigd",
    )
    assert kalender().is_werkdag(date(2029, 5, 11))
    with pytest.raises(OngeldigeInvoer, match="gelijkgestelde dag"):
        lees_kalender([{"dag": date(2029, 5, 11), "bron": "x", "status": "misschien"}], [])


def test_ontbrekend_of_kapot_bestand(tmp_path: Path) -> None:
    with pytest.raises(OngeldigeInvoer, match="ontbreekt"):
        lees_bestand(tmp_path / "termijnen.toml")
    (tmp_path / "termijnen.toml").write_text("termijn = [", "utf-8")
    with pytest.raises(OngeldigeInvoer, match="niet te lezen"):
        lees_bestand(tmp_path / "termijnen.toml")


def test_wat_uit_het_hoofd_komt_is_niet_bevestigd() -> None:
    assert {r.status for r in termijntabel().regels if r.bron == "niet nagelezen"} == {Status.TE_BEVESTIGEN}
