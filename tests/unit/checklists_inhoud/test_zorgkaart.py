"""The rights and care card: whole in every language, and only numbers that are certain."""

import json
import re
from pathlib import Path
from typing import Any

from tests.unit.checklists_inhoud.formulieren import TALEN

KAART: dict[str, Any] = json.loads((Path(__file__).parents[3] / "config" / "zorgkaart.json").read_text("utf-8"))


def _vorm(deel: Any) -> Any:
    if isinstance(deel, dict):
        return {k: _vorm(v) for k, v in deel.items()}
    return [_vorm(d) for d in deel] if isinstance(deel, list) else type(deel).__name__


def test_elke_taal_heeft_dezelfde_kaart() -> None:
    assert set(KAART["kaarten"]) == set(KAART["talen"]) == TALEN
    vormen = {json.dumps(_vorm(kaart), sort_keys=True) for kaart in KAART["kaarten"].values()}
    assert len(vormen) == 1
    assert len({kaart["titel"] for kaart in KAART["kaarten"].values()}) == len(TALEN)


def test_alleen_zekere_nummers() -> None:
    for kaart in KAART["kaarten"].values():
        assert [n["nummer"] for n in kaart["nummers"]] == ["112", "0800-2000"]
        tekst = json.dumps([kaart["rechten"], kaart["hulp"]], ensure_ascii=False)
        assert not re.search(r"\d{3,}", tekst)
        assert all(naam in tekst for naam in ("CoMensha", "FairWork", "Moviera"))
