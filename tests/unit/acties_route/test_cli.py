"""``inspecties route`` as other people's scripts call it: another process, a file, JSON on standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.acties_route.nakijken import gebreken
from tests.unit.acties_route.test_invoer import GOED

INSPECTIES = Path(sys.executable).parent / "inspecties"


def route(bestand: Path, *opties: str) -> subprocess.CompletedProcess[str]:
    """Run it without any setting, secret or data folder."""
    omgeving = {k: v for k, v in os.environ.items() if not k.startswith("INSPECTIES_")}
    opdracht = [str(INSPECTIES), "route", str(bestand), *opties]
    return subprocess.run(
        opdracht, capture_output=True, text=True, env=omgeving, cwd=bestand.parent, timeout=60, check=False
    )


def schrijf(map_: Path, vraag: Any) -> Path:
    pad = map_ / "vraag.json"
    pad.write_text(vraag if isinstance(vraag, str) else json.dumps(vraag), "utf-8")
    return pad


@pytest.mark.parametrize("opties", [[], ["--json"], ["--voortgang"]])
def test_een_goed_bestand_geeft_een_plan_en_alleen_json(tmp_path: Path, opties: list[str]) -> None:
    klaar = route(schrijf(tmp_path, GOED), *opties)
    assert klaar.returncode == 0
    plan = json.loads(klaar.stdout)
    assert gebreken(GOED, plan) == []
    assert set(plan) == {"ploegen", "waarde", "niet_gepland", "bewezen_optimaal"}
    assert plan["waarde"] == 12.5
    assert plan["bewezen_optimaal"] is True
    assert ("eerste plan: 12.5" in klaar.stderr) == ("--voortgang" in opties)
    assert list(tmp_path.iterdir()) == [tmp_path / "vraag.json"]


def test_een_stop_die_niemand_mag_doen_is_geen_fout_maar_een_reden(tmp_path: Path) -> None:
    vraag = {**GOED, "ploegen": [{**GOED["ploegen"][0], "bevoegdheden": []}]}
    klaar = route(schrijf(tmp_path, vraag))
    assert klaar.returncode == 0
    reden = "Geen enkele ploeg heeft de bevoegdheid politie."
    assert json.loads(klaar.stdout)["niet_gepland"] == [{"id": "L1", "reden": reden}]


@pytest.mark.parametrize(
    ("inhoud", "melding"),
    [
        ("{", "geen geldige JSON op regel 1"),
        ("", "geen geldige JSON op regel 1"),
        ("[]", "geen JSON-object"),
        ("[" * 100_000, "te diep genest"),
        ('{"ploegen": [], "stops": [], "zaad": ' + "9" * 5000 + "}", "een getal in de JSON is te lang"),
        ({**GOED, "ploegen": []}, "ploegen telt er 0"),
        ({**GOED, "stops": GOED["stops"] * 2}, "stops[1].id is"),
        (json.dumps(GOED).replace("12.5", "NaN"), "stops[0].waarde is nan"),
        ({**GOED, "stops": [{**GOED["stops"][0], "id": "\ud83d"}]}, "stops[0].id"),
    ],
)
def test_foute_invoer_geeft_code_2_en_een_zin_op_stderr(tmp_path: Path, inhoud: Any, melding: str) -> None:
    klaar = route(schrijf(tmp_path, inhoud))
    assert klaar.returncode == 2
    assert klaar.stdout == ""
    assert melding in klaar.stderr
    assert "Traceback" not in klaar.stderr


def test_een_bestand_dat_er_niet_is_of_geen_tekst_is(tmp_path: Path) -> None:
    klaar = route(tmp_path / "weg.json")
    assert (klaar.returncode, "bestaat niet" in klaar.stderr) == (2, True)
    plaatje = tmp_path / "plaatje.json"
    plaatje.write_bytes(b"\xff\xd8\xff\xe0")
    klaar = route(plaatje)
    assert (klaar.returncode, "niet te lezen" in klaar.stderr) == (2, True)
    klaar = route(tmp_path)
    assert (klaar.returncode, "niet te lezen" in klaar.stderr) == (2, True)


def test_een_bestand_uit_windows_met_een_byte_order_mark(tmp_path: Path) -> None:
    pad = tmp_path / "vraag.json"
    pad.write_text(json.dumps(GOED), "utf-8-sig")
    assert route(pad).returncode == 0


def test_de_hulp_is_nederlands_en_laadt_de_rekenkern_niet() -> None:
    """That keeps the start short: neither numpy nor the solver, nor Flask or the database."""
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from inspecties.cli import groep\n"
        "uit = CliRunner().invoke(groep, ['route', '--help'])\n"
        "zwaar = {'numpy', 'pyvrp', 'flask', 'sqlalchemy'} & set(sys.modules)\n"
        "print(uit.exit_code, 'Bereken welke ploeg' in uit.output, sorted(zwaar))\n"
    )
    klaar = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert klaar.stdout.strip() == "0 True []"


def test_een_plan_maken_laadt_geen_flask_en_geen_database(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from inspecties.cli import groep\n"
        "uit = CliRunner().invoke(groep, ['route', sys.argv[1]])\n"
        "zwaar = {'pyvrp', 'flask', 'sqlalchemy'} & set(sys.modules)\n"
        "print(uit.exit_code, sorted(zwaar))\n"
    )
    opdracht = [sys.executable, "-c", code, str(schrijf(tmp_path, GOED))]
    klaar = subprocess.run(opdracht, capture_output=True, text=True, check=True, timeout=60)
    assert klaar.stdout.strip() == "0 []"
