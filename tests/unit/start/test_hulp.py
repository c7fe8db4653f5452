"""Help is made from the table of rights, so it can say nothing that is not so."""

import pytest

from inspecties.core.rechten import MENSEN, RECHTEN, rol_mag
from inspecties.start.hulp import TAKEN, WAT_IS, rechten_van, taken_van
from inspecties.start.vandaag import INDELING


def test_elke_rol_heeft_uitleg_taken_en_een_startpagina() -> None:
    assert set(WAT_IS) == set(INDELING) == MENSEN
    for rol in MENSEN:
        assert len(taken_van(rol)) >= 2, rol


def test_elke_taak_hangt_aan_een_recht_dat_bestaat() -> None:
    assert {taak.recht for taak in TAKEN} <= set(RECHTEN)
    assert len({taak.titel for taak in TAKEN}) == len(TAKEN)


@pytest.mark.parametrize("rol", sorted(MENSEN))
def test_rechten_zijn_die_van_de_tabel(rol) -> None:
    mag, niet = rechten_van(rol)
    assert all(rol_mag(rol, recht.code) for recht in mag)
    assert not any(rol_mag(rol, recht.code) for recht in niet)
    assert len(mag) + len(niet) == len(RECHTEN)


def test_zinnen_zijn_kort() -> None:
    """B1: hardly any sentence above twenty words."""
    zinnen = [z for taak in TAKEN for stap in taak.stappen for z in stap.replace(":", ".").split(". ")]
    lang = [z for z in zinnen if len(z.split()) > 20]
    assert lang == []
