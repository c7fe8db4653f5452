"""``inspecties checklist``: output, exit codes, and no web framework."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from inspecties.checklists.cli import checklist

FORMULIER = """survey
,type,name,label,required,calculation,gevolg,grondslag
,select_one jno,deur,Deur dicht?,yes,,brandveiligheid,Bbl 6.20
,begin repeat,kamer,Kamer,,,,
,decimal,m2,m2,yes,,,
,end repeat,,,,,,
,calculate,som,,,sum(${m2}),,
choices
,list_name,name,label
,jno,ja,Ja
,jno,nee,Nee
"""


@pytest.fixture
def map_met_formulier(tmp_path: Path) -> Path:
    (tmp_path / "form.csv").write_text(FORMULIER, "utf-8")
    return tmp_path


def _roep(*argumenten: object) -> tuple[int, str, str]:
    uitkomst = CliRunner().invoke(checklist, [str(a) for a in argumenten])
    return uitkomst.exit_code, uitkomst.stdout, uitkomst.stderr


def test_goed_formulier(map_met_formulier: Path) -> None:
    code, uit, _ = _roep("controleer", map_met_formulier / "form.csv", "--json")
    assert code == 0
    assert json.loads(uit)["goed"] is True
    assert json.loads(uit)["vragen"] == 3
    assert _roep("controleer", map_met_formulier / "form.csv")[1].startswith("Goed: formulier")


def test_fout_formulier(map_met_formulier: Path) -> None:
    pad = map_met_formulier / "fout.csv"
    pad.write_text(FORMULIER.replace("decimal", "video"), "utf-8")
    code, uit, _ = _roep("controleer", pad, "--json")
    assert code == 1
    assert json.loads(uit)["fouten"][0] | {"tekst": ""} == {
        "blad": "survey",
        "rij": 5,
        "kolom": "type",
        "melding": "Het type 'video' wordt niet ondersteund.",
        "tekst": "",
    }
    code, _, fouten = _roep("controleer", pad)
    assert code == 1
    assert "blad survey, rij 5, kolom type" in fouten


def test_verkeerd_gebruik(map_met_formulier: Path) -> None:
    assert _roep("controleer")[0] == 2
    assert _roep("controleer", map_met_formulier / "geen.csv")[0] == 2
    antwoorden = map_met_formulier / "a.json"
    antwoorden.write_text("{}", "utf-8")
    assert _roep("evalueer", map_met_formulier / "form.csv", antwoorden, "--nu", "gisteren")[0] == 2


def test_evalueer(map_met_formulier: Path) -> None:
    antwoorden = map_met_formulier / "a.json"
    antwoorden.write_text(json.dumps({"deur": "ja", "kamer": [{"m2": 12.5}, {"m2": "x"}]}), "utf-8")
    code, uit, _ = _roep("evalueer", map_met_formulier / "form.csv", antwoorden, "--json")
    assert code == 0
    assert json.loads(uit) == {
        "relevant": {"deur": True, "kamer": [{"m2": True}, {"m2": True}], "som": True},
        "verplicht_leeg": [],
        "ongeldig": [{"vraag": "kamer[2]/m2", "melding": "Vul een getal in."}],
        "berekend": {"som": None},
        "voorstellen": [{"gevolg": "brandveiligheid", "grondslag": "Bbl 6.20", "vragen": ["deur"]}],
    }


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ("{", "geen geldige JSON"),
        ("[]", "hier hoort een object"),
        ('{"raam": 1}', "raam: deze vraag staat hier niet"),
        ('{"kamer": {"m2": 1}}', "kamer: bij een herhaling hoort een lijst"),
        ('{"kamer": [{"deur": "ja"}]}', "kamer[1]/deur: deze vraag"),
        ('{"deur": NaN}', "geen geldige JSON"),
    ],
)
def test_antwoorden_die_niet_passen(map_met_formulier: Path, inhoud: str, melding: str) -> None:
    antwoorden = map_met_formulier / "a.json"
    antwoorden.write_text(inhoud, "utf-8")
    code, _, fouten = _roep("evalueer", map_met_formulier / "form.csv", antwoorden)
    assert code == 1
    assert melding in fouten


def test_pulldata_vindt_het_bestand_ernaast(map_met_formulier: Path) -> None:
    pad = map_met_formulier / "form.csv"
    pad.write_text(FORMULIER.replace("sum(${m2})", "\"pulldata('panden', 'jaar', 'code', 'A1')\""), "utf-8")
    assert "panden.csv" in _roep("controleer", pad)[2]
    (map_met_formulier / "panden.csv").write_text("code,jaar\nA1,1932\n", "utf-8")
    assert _roep("controleer", pad)[0] == 0


def test_start_zonder_webraamwerk() -> None:
    zwaar = "('flask', 'sqlalchemy', 'pyxform')"
    proef = f"import sys, inspecties.checklists.cli; print([m for m in {zwaar} if m in sys.modules])"
    uit = subprocess.run([sys.executable, "-c", proef], capture_output=True, text=True, check=True)
    assert uit.stdout.strip() == "[]"
