"""The house rules hold for this repository, and each of them sees a violation that is planted."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.huisregels import regels

WORTEL = Path(__file__).parents[3]


def _schrijf(wortel: Path, naam: str, tekst: str) -> None:
    pad = wortel / naam
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(tekst, "utf-8")


def test_er_wordt_gekeken() -> None:
    namen = {naam for naam, _ in regels.bronnen(WORTEL)}
    dit = Path(__file__).relative_to(WORTEL).as_posix()
    assert {"inspecties/fabriek.py", "static/src/veld/app.js", "templates/basis.html", dit} <= namen
    assert all((WORTEL / naam).is_file() for naam in regels.GEGEVENS)


def test_geen_bestand_is_te_lang() -> None:
    assert regels.te_lang(WORTEL) == []


@pytest.mark.parametrize("naam", ["inspecties/a/b.py", "static/src/a.js", "templates/a.html", "tests/bench/a.mjs"])
def test_een_te_lang_bestand_valt_op(tmp_path: Path, naam: str) -> None:
    _schrijf(tmp_path, naam, "x\n" * regels.MAX_REGELS)
    assert regels.te_lang(tmp_path) == []
    _schrijf(tmp_path, naam, "x\n" * (regels.MAX_REGELS + 1))
    assert regels.te_lang(tmp_path) == [f"{naam}: 421 regels, hoogstens 420"]


def test_elke_uitzondering_op_een_controle_zegt_waarom() -> None:
    assert regels.zwijgende_uitzonderingen(WORTEL) == []


@pytest.mark.parametrize(
    "zonder", ["noqa", "noqa: S608", "noqa: S608, E501", "type: ignore", "type: ignore[misc]", "nosec B1"]
)
def test_een_uitzondering_zonder_reden_valt_op(tmp_path: Path, zonder: str) -> None:
    _schrijf(tmp_path, "inspecties/a.py", f"x = 1  # {zonder} - it is a constant\n")
    assert regels.zwijgende_uitzonderingen(tmp_path) == []
    _schrijf(tmp_path, "inspecties/a.py", f"\nx = 1  # {zonder}\n")
    assert regels.zwijgende_uitzonderingen(tmp_path) == ["inspecties/a.py:2: zeg achter de uitzondering waarom"]


def test_elk_bestand_heet_naar_wat_erin_staat() -> None:
    assert regels.vage_namen(WORTEL) == []


@pytest.mark.parametrize(
    ("bestand", "fout"),
    [
        ("inspecties/core/utils.py", "inspecties/core/utils.py"),
        ("static/src/veld/dom-helpers.js", "static/src/veld/dom-helpers.js"),
        ("tests/helpers/wereld.py", "tests/helpers"),
        ("inspecties/misc.py", "inspecties/misc.py"),
        ("tests/test_utils.py", "tests/test_utils.py"),
    ],
)
def test_een_vage_naam_valt_op(tmp_path: Path, bestand: str, fout: str) -> None:
    _schrijf(tmp_path, "inspecties/utiliteit.py", "")
    assert regels.vage_namen(tmp_path) == []
    _schrijf(tmp_path, bestand, "")
    assert regels.vage_namen(tmp_path) == [f"{fout}: zeg wat erin staat"]


def test_sjablonen_zijn_veilig() -> None:
    assert regels.onveilige_sjablonen(WORTEL) == []


@pytest.mark.parametrize(
    ("tekst", "wat"),
    [
        ("{{ naam | safe }}", "|safe"),
        ("{{ naam|safe }}", "|safe"),
        ("{%- autoescape false %}", "autoescape false"),
        ('<p style="color: red">', "stijl in het sjabloon"),
        ("{{ veld(style='color: red') }}", "stijl in het sjabloon"),
        ("<style>p {}</style>", "stijl in het sjabloon"),
        ('<button onclick="x()">', "gebeurtenis in het sjabloon"),
        ("<body\nONLOAD = 'x()'>", "gebeurtenis in het sjabloon"),
        ('<a href="javascript:x()">', "javascript: als adres"),
        ('<script type="module">\nx()\n</script>', "script in het sjabloon"),
    ],
)
def test_een_onveilig_sjabloon_valt_op(tmp_path: Path, tekst: str, wat: str) -> None:
    goed = (
        '<script src="{{ asset(\'a.js\') }}"> </script>\n<p data-style="x" class="style">{{ safe }}</p>\n'
        "{% set onderwerp = 1 %}{% if style == 2 %}{% endif %}\n"
    )
    _schrijf(tmp_path, "templates/a/b.html", goed)
    assert regels.onveilige_sjablonen(tmp_path) == []
    _schrijf(tmp_path, "templates/a/b.html", goed + tekst)
    (fout,) = regels.onveilige_sjablonen(tmp_path)
    assert fout.startswith("templates/a/b.html:")
    assert fout.endswith(f": {wat}")


def test_de_sloten_noemen_geen_adres() -> None:
    assert regels.bronadressen_in_npm_slot(WORTEL / "static/package-lock.json") == []
    assert regels.bronadressen_in_vereisten(WORTEL / "config/vereisten") == []
    assert list((WORTEL / "config/vereisten").glob("*.txt"))


@pytest.mark.parametrize(
    ("wortel", "pakket", "fout"),
    [
        ({}, {"resolved": "https://pakketten.example/a.tgz", "integrity": "sha512-x"}, "node_modules/a: resolved"),
        ({}, {"version": "1.0.0"}, "node_modules/a: zonder integrity"),
        (
            {"dependencies": {"a": "https://pakketten.example/a.tgz"}},
            {"integrity": "sha512-x"},
            ": dependencies a komt van een adres",
        ),
    ],
)
def test_een_adres_in_het_npm_slot_valt_op(
    tmp_path: Path, wortel: dict[str, Any], pakket: dict[str, str], fout: str
) -> None:
    slot = tmp_path / "package-lock.json"
    slot.write_text(json.dumps({"packages": {"": wortel, "node_modules/a": pakket}}), "utf-8")
    assert regels.bronadressen_in_npm_slot(slot) == [fout]


@pytest.mark.parametrize(
    "regel",
    [
        "--index-url https://pakketten.example/simple",
        "--extra-index-url=//pakketten.example",
        "-i pakketten.example",
        "--find-links wielen",
        "pakket @ https://pakketten.example/pakket.whl",
    ],
)
def test_een_adres_in_de_vereisten_valt_op(tmp_path: Path, regel: str) -> None:
    goed = "alembic==1.20.1 \\\n    --hash=sha256:00\n"
    _schrijf(tmp_path, "basis.txt", goed)
    assert regels.bronadressen_in_vereisten(tmp_path) == []
    _schrijf(tmp_path, "basis.txt", goed + regel + "\n")
    assert regels.bronadressen_in_vereisten(tmp_path) == [f"basis.txt:3: {regel}"]
