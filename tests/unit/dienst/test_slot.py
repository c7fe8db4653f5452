"""A restore that was broken off: after an error everything is as it was, after a kill no service starts on it."""

from pathlib import Path

import pytest

from inspecties.core.fouten import Conflict
from inspecties.dienst.slot import alles_of_niets, dienst_draait, dienst_staat_stil


def test_na_een_gelukt_herstel_start_de_dienst(tmp_path: Path) -> None:
    gedaan: list[str] = []
    with alles_of_niets(tmp_path, "oud.dump", lambda: gedaan.append("terug")):
        with pytest.raises(Conflict, match="halverwege gestopt"), dienst_draait(tmp_path):
            pass
        # Whoever repairs it may: the restore itself is done again.
        with dienst_staat_stil(tmp_path):
            pass
    assert gedaan == []
    with dienst_draait(tmp_path):
        pass


def test_na_een_fout_is_het_zoals_het_was(tmp_path: Path) -> None:
    gedaan: list[str] = []
    with pytest.raises(ZeroDivisionError), alles_of_niets(tmp_path, "x", lambda: gedaan.append("terug")):
        raise ZeroDivisionError
    assert gedaan == ["terug"]
    with dienst_draait(tmp_path):
        pass


def test_na_een_fout_die_niet_te_herstellen_is_start_niets(tmp_path: Path) -> None:
    def mislukt() -> None:
        raise OSError("weg")

    with pytest.raises(OSError, match="weg"), alles_of_niets(tmp_path, "oud.dump", mislukt):
        raise ZeroDivisionError
    with pytest.raises(Conflict, match="--overschrijf"), dienst_draait(tmp_path):
        pass
