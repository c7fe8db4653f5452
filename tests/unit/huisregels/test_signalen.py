"""Signals of trafficking reach no score and no figure, and a planted way around that is seen."""

from pathlib import Path

import pytest

from inspecties.controles.models import Bevinding
from inspecties.core.actor import Actor
from inspecties.core.rechten import MENSEN, RECHTEN, Rol
from tests.unit.huisregels import signalen

WORTEL = Path(__file__).parents[3]


def _schrijf(wortel: Path, naam: str, tekst: str) -> None:
    pad = wortel / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst, "utf-8")


def test_niemand_anders_noemt_een_signaal_uit_een_bezoek() -> None:
    assert signalen.genoemd_waar_het_niet_mag(WORTEL) == []
    for naam in signalen.MAG_NOEMEN:
        assert (WORTEL / naam).exists(), naam


def test_bevindingen_worden_nergens_zonder_wacht_gelezen() -> None:
    assert signalen.gelezen_zonder_wacht(WORTEL) == []


@pytest.mark.parametrize("map_", ["locaties", "rapportages", "acties", "dossiers", "offline"])
def test_een_score_uit_signalen_valt_op(tmp_path: Path, map_: str) -> None:
    naam = f"inspecties/{map_}/prioriteit.py"
    _schrijf(tmp_path, naam, 'PUNTEN = {"signaal_mh": 10}\n')
    assert signalen.genoemd_waar_het_niet_mag(tmp_path) == [f'{naam}:1: PUNTEN = {{"signaal_mh": 10}}']


@pytest.mark.parametrize(
    ("regel", "fout"),
    [
        ("select(Bevinding)", True),
        ("select(Bevinding.gevolg, func.count())", True),
        ("select_voor(alles, Bevinding)", True),
        ("select_voor(systeem(1), Bevinding)", True),
        ("select_voor(actor, Bevinding)", False),
        ("select_voor(alles, Bevinding).where(Bevinding.zonder_signalen())", False),
        ("select_voor(alles, Bezoek)", False),
    ],
)
def test_een_telling_in_naam_van_het_systeem_valt_op(tmp_path: Path, regel: str, fout: bool) -> None:
    _schrijf(tmp_path, "inspecties/rapportages/queries.py", f"def tel(sessie):\n    return sessie.scalars({regel})\n")
    assert signalen.gelezen_zonder_wacht(tmp_path) == (["inspecties/rapportages/queries.py: tel"] if fout else [])


def test_een_rol_beoordeelt_en_ziet_alleen_dat() -> None:
    assert RECHTEN["mensenhandel.beoordelen"].rollen == {Rol.AANDACHTSFUNCTIONARIS}
    for rol in MENSEN:
        bereik = str(Bevinding.bereik(Actor(gemeente_id=1, rol=rol)).compile(compile_kwargs={"literal_binds": True}))
        alleen = "NOT IN" not in bereik
        assert alleen is (rol is Rol.AANDACHTSFUNCTIONARIS), rol
        assert "'signaal_mh', 'signaal_mh_hard'" in bereik
