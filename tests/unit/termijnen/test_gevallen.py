"""Cases worked out by hand, one per line, with the reason: readable for a jurist (``gevallen/*.csv``)."""

import csv
from pathlib import Path

import pytest

from inspecties.termijnen.bronnen import kalender
from inspecties.termijnen.rules import bereken, lees_start

MAP = Path(__file__).parent / "gevallen"
_ATW = "Algemene termijnenwet"
ARTIKELEN = {
    "1": f"art. 1 lid 1 {_ATW}",
    "1.2": f"art. 1 lid 2 {_ATW}",
    "2": f"art. 2 {_ATW}",
    "3.1": f"art. 3 lid 1 {_ATW}",
    "3.2": f"art. 3 lid 2 {_ATW}",
    "3.3": f"art. 3 lid 3 {_ATW}",
    "4a": f"art. 4 onder a {_ATW}",
    "besluit": f"art. 1 lid 1 {_ATW}",
    "keuze": "eigen keuze, geen wetsartikel",
}


def _lees() -> list[tuple[str, dict[str, str]]]:
    gevallen = []
    for bestand in sorted(MAP.glob("*.csv")):
        with bestand.open(encoding="utf-8", newline="") as f:
            gevallen += [(bestand.stem, rij) for rij in csv.DictReader(f, delimiter=";")]
    return gevallen


GEVALLEN = _lees()


def test_er_zijn_genoeg_gevallen() -> None:
    assert len(GEVALLEN) >= 120
    assert len({(r["start"], r["duur"], r["hoe"]) for _, r in GEVALLEN}) == len(GEVALLEN), "geen dubbele gevallen"


@pytest.mark.parametrize("rij", [r for _, r in GEVALLEN], ids=[f"{b}-{r['start']}-{r['duur']}" for b, r in GEVALLEN])
def test_geval(rij: dict[str, str]) -> None:
    hoe = rij["hoe"]
    uit = bereken(
        lees_start(rij["start"]),
        rij["duur"],
        "bestuurlijk" if hoe == "bestuurlijk" else "wettelijk",
        kalender=kalender(),
        inclusief=hoe == "inclusief",
        terug=hoe == "terug",
    )
    json = uit.naar_json()
    assert (json["einde_onverlengd"], json["einde"]) == (rij["einde_onverlengd"], rij["einde"]), rij["waarom"]
    # All articles but the first rule, which is how it was counted (counting back has only its own article).
    gebruikt = [r["artikel"] for r in json["regels"]][0 if hoe == "terug" else 1 :]
    verwacht = [ARTIKELEN[a] for a in rij["artikelen"].split(",") if a]
    assert sorted(gebruikt) == sorted(verwacht), rij["waarom"]
    assert bool(json["verlengd_om"]) == (rij["einde"] != rij["einde_onverlengd"])
