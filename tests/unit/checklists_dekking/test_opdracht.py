"""``inspecties checklist dekking``."""

import json
from pathlib import Path

from click.testing import CliRunner

from inspecties.checklists.cli import checklist

GOED = Path(__file__).parents[3] / "config" / "checklists" / "pand.csv"
FOUT = """survey
,type,name,label,relevant,gevolg,gevolg_als
,select_one jno,deur,Deur dicht?,,,
,text,nooit,Waarom?,${deur} = 'misschien',,
,select_one jno,raam,Raam dicht?,,bbl,. = 'ja' and . = 'nee'
choices
,list_name,name,label
,jno,ja,Ja
,jno,nee,Nee
"""


def _roep(*argumenten: object) -> tuple[int, str]:
    uitkomst = CliRunner().invoke(checklist, ["dekking", *(str(a) for a in argumenten)])
    return uitkomst.exit_code, uitkomst.stdout


def test_alles_bereikt() -> None:
    code, uit = _roep(GOED)
    assert code == 0
    assert "0 niet gevonden, 0 onmogelijk" in uit


def test_wat_nooit_kan_staat_er_met_de_reden(tmp_path: Path) -> None:
    pad = tmp_path / "form.csv"
    pad.write_text(FOUT, "utf-8")
    code, uit = _roep(pad)
    assert code == 1
    assert "vragen: nooit: onmogelijk, want nooit geldt ${deur} = 'misschien' (nooit, kolom relevant)" in uit
    assert "gevolgen: raam, bbl: onmogelijk" in uit
    assert "voorstellen: bbl: onmogelijk" in uit

    code, uit = _roep(pad, "--json")
    assert code == 1
    gelezen = json.loads(uit)
    assert gelezen["onmogelijk"] == 3
    assert gelezen["volledig"] is True
    deur = next(v for v in gelezen["vragen"] if v["vraag"] == "deur")
    assert deur["uitkomst"] == "bereikt"
    assert deur["voorbeeld"]["antwoorden"] == {}


def test_een_fout_formulier_wordt_geweigerd(tmp_path: Path) -> None:
    pad = tmp_path / "form.csv"
    pad.write_text(FOUT.replace("select_one jno,raam", "video,raam"), "utf-8")
    code, uit = _roep(pad, "--json")
    assert code == 1
    assert "rij" in json.loads(uit)["fouten"][0]
