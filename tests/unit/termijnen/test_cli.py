"""``inspecties termijn``: the documents, the exit codes, plain Dutch, and no web framework or database."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from inspecties.termijnen.cli import termijn

SLEUTELS = ["start", "duur", "soort", "einde_onverlengd", "einde", "verlengd_om", "regels"]


def _draai(*args: str) -> Result:
    return CliRunner().invoke(termijn, args)


def test_json_heeft_precies_de_afgesproken_velden() -> None:
    uit = _draai("--start", "2026-12-24", "--duur", "3d", "--json")
    assert uit.exit_code == 0
    gelezen = json.loads(uit.stdout)
    assert list(gelezen) == SLEUTELS
    assert gelezen["soort"] == "wettelijk"
    assert gelezen["einde"] == "2026-12-29"
    assert gelezen["verlengd_om"] == ["2026-12-25 Eerste kerstdag", "2026-12-26 Tweede kerstdag", "2026-12-27 zondag"]
    assert all(list(r) == ["artikel", "uitleg"] for r in gelezen["regels"])
    assert uit.stderr == ""


def test_voorbeeld_uit_het_contract() -> None:
    uit = json.loads(_draai("--start", "2026-12-18", "--duur", "6w", "--json").stdout)
    assert (uit["start"], uit["duur"], uit["einde"], uit["verlengd_om"]) == ("2026-12-18", "6w", "2027-01-29", [])


def test_voor_mensen_in_het_nederlands() -> None:
    uit = _draai("--start", "2026-03-27", "--duur", "1w")
    assert uit.exit_code == 0
    assert uit.stdout.splitlines()[:3] == [
        "Einde: dinsdag 7 april 2026",
        "Zonder verlenging: vrijdag 3 april 2026",
        "Verlengd om: 2026-04-03 Goede vrijdag; 2026-04-04 zaterdag; 2026-04-05 zondag; 2026-04-06 Tweede paasdag",
    ]
    assert "art. 3 lid 2 Algemene termijnenwet" in uit.stdout


def test_uren_tonen_het_tijdstip() -> None:
    uit = _draai("--start", "2026-10-24T12:00", "--duur", "24u")
    assert uit.stdout.startswith("Einde: zondag 25 oktober 2026 om 11:00 uur\n")


def test_bestuurlijk_zegt_dat_de_termijnenwet_niet_geldt() -> None:
    uit = _draai("--start", "2026-09-05", "--duur", "2w", "--soort", "bestuurlijk")
    assert "Einde: maandag 21 september 2026" in uit.stdout
    assert "art. 1 lid 1 Algemene termijnenwet: Niet van toepassing" in uit.stdout


def test_inclusief_en_terug() -> None:
    assert "donderdag 28 januari 2027" in _draai("--start", "2026-12-18", "--duur", "6w", "--inclusief").stdout
    uit = _draai("--start", "2026-10-03", "--duur", "4w", "--terug")
    assert "Einde: zaterdag 5 september 2026" in uit.stdout
    assert "Let op: Zaterdag 5 september 2026 is geen werkdag" in uit.stderr


def test_met_naam_toont_artikel_en_status() -> None:
    uit = _draai("--start", "2026-11-13", "--naam", "bezwaar")
    assert "Einde: maandag 28 december 2026" in uit.stdout
    assert "art. 6:7 en 6:8 Awb is nog te bevestigen" in uit.stderr
    assert "te bevestigen" not in _draai("--start", "2026-11-13", "--naam", "boetebesluit").stderr


def test_onbekend_jaar_waarschuwt_buiten_de_json() -> None:
    uit = _draai("--start", "2029-05-03", "--duur", "1w", "--json")
    assert json.loads(uit.stdout)["einde"] == "2029-05-11"
    assert "gelijkgestelde dagen" in uit.stderr
    assert "2029" in uit.stderr


def test_lijst() -> None:
    uit = _draai("--lijst", "--json")
    rijen = {(r["code"], r["geldig_tot"]): r for r in json.loads(uit.stdout)}
    assert rijen["bibob_advies", None]["duur"] == "8w"
    assert rijen["bibob_hergebruik", "2020-07-31"]["duur"] == "2j"
    assert rijen["begunstiging", None]["duur"] is None
    assert "bezwaar: Bezwaar maken (art. 6:7 en 6:8 Awb), 6w" in _draai("--lijst").stdout


@pytest.mark.parametrize(
    ("args", "melding"),
    [
        (["--duur", "6w"], "De start ontbreekt"),
        (["--start", "2026-12-18"], "De duur ontbreekt"),
        (["--start", "2026-02-30", "--duur", "6w"], "'2026-02-30' is geen datum"),
        (["--start", "18-12-2026", "--duur", "6w"], "jaar-maand-dag, zoals 2026-12-18"),
        (["--start", "20261218", "--duur", "6w"], "is geen datum"),
        (["--start", "2026-W51", "--duur", "6w"], "is geen datum"),
        (["--start", "2026-W51-5", "--duur", "6w"], "is geen datum"),
        (["--start", "", "--duur", "6w"], "is geen datum"),
        (["--start", "2026-12-18", "--duur", "6"], "De duur '6' is niet te lezen"),
        (["--start", "2026-12-18", "--duur", "6 weken"], "niet te lezen"),
        (["--start", "2026-12-18", "--duur", "1,5w"], "niet te lezen"),
        (["--start", "2026-12-18", "--duur", "-6w"], "niet te lezen"),
        (["--start", "2026-12-18", "--duur", "٦w"], "niet te lezen"),
        (["--start", "2026-12-18", "--duur", "0w"], "minstens 1"),
        (["--start", "2026-12-18", "--duur", "99999w"], "te lang"),
        (["--start", "2026-12-18", "--duur", "99999j"], "te lang"),
        (["--start", "2026-12-18", "--duur", "999999w"], "niet te lezen"),
        (["--start", "2095-12-18", "--duur", "99999u"], "van 1990 tot en met 2099"),
        (["--start", "2026-12-18", "--duur", "99999j", "--terug"], "te lang"),
        (["--start", "2026-12-18", "--duur", "60j", "--terug"], "te lang"),
        (["--start", "1989-12-31", "--duur", "6w"], "van 1990 tot en met 2099"),
        (["--start", "9999-12-31", "--duur", "1d"], "van 1990 tot en met 2099"),
        (["--start", "2099-12-31", "--duur", "1d"], "te lang"),
        (["--start", "2026-12-18", "--duur", "6w", "--soort", "raar"], "Kies wettelijk of bestuurlijk"),
        (["--start", "2026-12-18", "--duur", "6u", "--terug"], "moment tot moment"),
        (["--start", "2026-03-29T02:30", "--duur", "6u"], "bestaat niet"),
        (["--start", "2026-10-25T02:30", "--duur", "6u"], "twee keer voor"),
        (["--start", "2026-12-18", "--naam", "raar"], "niet bekend"),
        (["--start", "2026-12-18", "--naam", "bezwaar", "--duur", "8w"], "staat in de wet"),
        (["--start", "2026-12-18", "--naam", "bezwaar", "--soort", "wettelijk"], "laat --soort"),
    ],
)
@pytest.mark.parametrize("als_json", [[], ["--json"]], ids=["tekst", "json"])
def test_verkeerd_gebruik_is_code_2_met_een_zin(args: list[str], melding: str, als_json: list[str]) -> None:
    uit = _draai(*args, *als_json)
    assert uit.exit_code == 2
    assert melding in uit.stderr
    assert uit.stdout == ""
    assert "Traceback" not in uit.stderr


def test_start_zonder_webraamwerk_database_of_sleutel() -> None:
    """The whole console script, in a clean environment; what it loaded is printed by the child."""
    script = (
        "import sys\n"
        "sys.argv = ['inspecties', 'termijn', '--start', '2026-12-18', '--duur', '6w', '--json']\n"
        "import inspecties.cli, atexit\n"
        "atexit.register(lambda: print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr))\n"
        "inspecties.cli.main()\n"
    )
    uit = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, env={})
    assert uit.returncode == 0, uit.stderr
    assert json.loads(uit.stdout)["einde"] == "2027-01-29"
    for module in ("flask", "sqlalchemy", "numpy", "pydantic", "pysqlite3", "werkzeug"):
        assert f"'{module}'" not in uit.stderr
