"""All 120 orders in which five operations can arrive end in the same heads: shared cases, the client folds them too."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from inspecties.controles.rules.vouw import Kop, Vouw

GEVALLEN = json.loads((Path(__file__).parents[2] / "vectors/ops/volgordes.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda g: g["naam"])
def test_elke_volgorde_geeft_dezelfde_koppen(geval: dict[str, Any]) -> None:
    ops = [Kop(**op | {"base_op_ids": tuple(op["base_op_ids"])}) for op in geval["ops"]]
    plekken = [plek.split(" ", 1) for plek in geval["koppen"]]
    beelden = []
    for volgorde in itertools.permutations(ops):
        vouw = Vouw(volgorde)
        assert {f"{b} {s}": [k.op_id for k in vouw.koppen(s, b)] for b, s in plekken} == geval["koppen"]
        assert sorted([v.sleutel, v.baan] for v in vouw.verschillen()) == geval["verschillen"]
        beelden.append([(s, vouw.waarde(s), vouw.noot(s), vouw.bijlagen(s)) for s in sorted(vouw.sleutels())])
    assert len(beelden) == 120
    assert all(beeld == beelden[0] for beeld in beelden)
