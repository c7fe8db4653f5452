"""The named terms by cases that a jurist can read (``op_naam.csv``), and the fact sheet against the configuration."""

import csv
from datetime import date
from pathlib import Path

import pytest

from inspecties.dossiers.rules.looptermijn import Daad, reken
from inspecties.termijnen.bronnen import kalender, termijntabel
from inspecties.termijnen.rules.benoemd import Status

with (Path(__file__).parent / "op_naam.csv").open(encoding="utf-8", newline="") as f:
    GEVALLEN = list(csv.DictReader(f, delimiter=";"))

VANDAAG = date(2026, 11, 21)


def _daden(tekst: str) -> list[Daad]:
    uit = []
    for deel in filter(None, (d.strip() for d in tekst.split(","))):
        soort, dag, *duur = deel.split()
        uit.append(Daad(soort, date.fromisoformat(dag), "het artikel", "de grond", duur[0] if duur else ""))
    return uit


@pytest.mark.parametrize("rij", GEVALLEN, ids=[f"{r['code']}-{r['start']}-{r['daden'][:8]}" for r in GEVALLEN])
def test_geval_bij_naam(rij: dict[str, str]) -> None:
    start = date.fromisoformat(rij["start"])
    regel = termijntabel().op(rij["code"], start)
    uit = reken(regel, start, rij["duur"], _daden(rij["daden"]), kalender=kalender(), vandaag=VANDAAG)
    assert uit.einddag == date.fromisoformat(rij["einde"]), rij["waarom"]


def test_elke_termijn_die_geldt_heeft_een_geval() -> None:
    geldig = {r.code for r in termijntabel().regels if r.geldt_op(VANDAAG)}
    assert geldig <= {r["code"] for r in GEVALLEN}, "add a case to op_naam.csv"


# The term table of the legal fact sheet (its section 2): article, length, whether the Algemene termijnenwet holds
# (None: the decision or the court sets the end), and whether the sheet marks the row as unconfirmed.
FEITENBLAD = [
    ("zienswijze", "4:8", None, None, True),
    ("bekendmaking", "3:41", None, None, True),
    ("bezwaar", "6:7", "6w", True, True),
    ("bezwaar_per_post", "6:9", "1w", True, True),
    ("beslissing_op_bezwaar", "7:10", "6w", True, False),
    ("beslissing_op_bezwaar_commissie", "7:13", "12w", True, False),
    ("voorlopige_voorziening", "8:81", None, None, True),
    ("betaling_dwangsom", "5:33", "6w", True, False),
    ("invordering_op_verzoek", "5:37", "4w", True, False),
    ("verjaring_dwangsom", "5:35", "1j", False, False),
    ("opheffing_last", "5:34", "1j", False, True),
    ("kostenverhaal_bestuursdwang", "5:25", "5j", False, False),
    ("boetebesluit", "5:51", "13w", False, False),
    ("zienswijze_boete", "5:53", None, None, True),
    ("wkpb_inschrijving", "Wet kenbaarheid", "4d", True, True),
    ("begunstiging", "5:32a", None, None, True),
]


@pytest.mark.parametrize(("code", "artikel", "duur", "atw", "onbevestigd"), FEITENBLAD, ids=[r[0] for r in FEITENBLAD])
def test_het_feitenblad_staat_in_de_configuratie(
    code: str, artikel: str, duur: str | None, atw: bool | None, onbevestigd: bool
) -> None:
    regel = termijntabel().op(code, VANDAAG)
    assert artikel in regel.artikel
    assert (str(regel.duur) if regel.duur else None) == duur
    assert (regel.status is Status.TE_BEVESTIGEN) == onbevestigd
    assert regel.bron
    if atw is None:
        assert regel.soort == "bestuurlijk"
        return
    # On a Saturday the Algemene termijnenwet moves the end, or it does not hold and Saturday stays.
    starts = (date(2026, 9, d) for d in range(1, 29))
    zaterdag = next(
        t for s in starts if (t := regel.bereken(s, kalender=kalender())).einde_onverlengd.weekday() in (5, 6)
    )
    assert (zaterdag.einde != zaterdag.einde_onverlengd) == atw
