"""What the gemeente set counts, whatever the checklist falls back on."""

from pathlib import Path

import pytest

from inspecties.checklists.rules.formulier import lees_formulier
from inspecties.controles.rules.invullen import vul_in
from inspecties.controles.rules.vouw import Vouw

FORMULIER = Path(__file__).parents[3] / "config" / "checklists" / "huisvesting_arbeidsmigranten.csv"
NU = {"nu": "2026-11-21T18:00:00+01:00", "vandaag": "2026-11-21"}


@pytest.mark.parametrize(("context", "norm"), [({"norm_m2_pp": 10}, 10), ({"norm_m2_pp": None}, 12), ({}, 12)])
def test_norm_van_de_gemeente(context: dict[str, int | None], norm: int) -> None:
    definitie = lees_formulier(FORMULIER.name, FORMULIER.read_bytes()).definitie
    sessie = vul_in(definitie, NU | context, Vouw())
    assert float(sessie.waarde("norm_m2_pp")) == norm
    assert float(sessie.waarde("norm_toegepast")) == norm
