"""Lists of known leaks as pip-audit and npm audit write them, against what is installed here."""

import json
import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from inspecties.dienst.dokter import Lek
from inspecties.dienst.dokter_lekken import lees_lekken

OP = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


def _pip(pakket: str, versie: str) -> dict[str, Any]:
    lek = {"id": "PYSEC-2026-1", "fix_versions": ["99.0"], "aliases": ["CVE-2026-1"], "description": "Verzonnen."}
    schoon = {"name": "jinja2", "version": version("jinja2"), "vulns": []}
    return {"dependencies": [{"name": pakket, "version": versie, "vulns": [lek]}, schoon], "fixes": []}


def _npm(**lekken: Any) -> dict[str, Any]:
    return {"auditReportVersion": 2, "vulnerabilities": lekken, "metadata": {}}


def _schrijf(data: Path, naam: str, inhoud: str) -> None:
    pad = data / "lekken" / naam
    pad.parent.mkdir(exist_ok=True)
    pad.write_text(inhoud, encoding="utf-8")
    os.utime(pad, (OP.timestamp(), OP.timestamp()))


def test_een_lek_in_wat_hier_draait(tmp_path: Path) -> None:
    _schrijf(tmp_path, "pip.json", json.dumps(_pip("flask", version("flask"))))
    _schrijf(tmp_path, "npm.json", json.dumps(_npm(idb={"name": "idb", "severity": "high", "range": "<8.0.1"})))
    pip, npm = lees_lekken(tmp_path)
    assert (pip.op, pip.lekken) == (OP, (Lek(f"flask {version('flask')}", "PYSEC-2026-1", "99.0"),))
    assert (npm.op, npm.lekken) == (OP, (Lek("idb <8.0.1", "high"),))


@pytest.mark.parametrize(("pakket", "versie"), [("flask", "0.5"), ("bestaat-hier-niet", "1.0")])
def test_wat_hier_niet_meer_draait_telt_niet(tmp_path: Path, pakket: str, versie: str) -> None:
    _schrijf(tmp_path, "pip.json", json.dumps(_pip(pakket, versie)))
    _schrijf(tmp_path, "npm.json", json.dumps(_npm()))
    assert [(lijst.op, lijst.lekken, lijst.onleesbaar) for lijst in lees_lekken(tmp_path)] == [(OP, (), "")] * 2


def test_geen_lijst_is_geen_schone_lijst(tmp_path: Path) -> None:
    assert [(lijst.naam, lijst.op) for lijst in lees_lekken(tmp_path)] == [("pip.json", None), ("npm.json", None)]


@pytest.mark.parametrize("inhoud", ["", "niets", "[]", "{}", "null", '{"dependencies": [1]}', '{"dependencies": 3}'])
def test_wat_niet_te_lezen_is_bewijst_niets(tmp_path: Path, inhoud: str) -> None:
    _schrijf(tmp_path, "pip.json", inhoud)
    assert lees_lekken(tmp_path)[0].onleesbaar
