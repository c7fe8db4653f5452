"""The commands ``import`` and ``export``, as a script calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.database.basis import db
from inspecties.database.bereik import bind_actor
from inspecties.locaties.cli import exporteer, importeer
from inspecties.locaties.models import Risicolocatie
from tests.wereld import Wereld

GOED = "naam;type;x;y\nPension;huisvesting;145100;507100\nWas;autowas;145200;507100\n"


def _draai(opdracht: object, *argumenten: str | Path) -> Result:
    bind_actor(db.session(), None)
    return CliRunner().invoke(opdracht, [str(a) for a in argumenten])  # type: ignore[arg-type]  # a command


def _aantal(kring_id: int) -> int:
    db.session.rollback()
    vraag = select(func.count()).select_from(Risicolocatie).where(Risicolocatie.gemeente_id == kring_id)
    return db.session.scalar(vraag) or 0


def test_import_droog_deel_en_json(wereld: Wereld, tmp_path: Path) -> None:
    een = wereld.een.gemeente.id
    bestand = tmp_path / "lijst.csv"
    bestand.write_text(GOED + "Fout;;145100;507100\n", encoding="cp1252")
    mis = _draai(importeer, bestand)
    assert mis.exit_code == 1
    assert "rij 4, kolom type: is leeg; kies uit" in mis.stdout
    assert "Er is niets opgeslagen. Herstel de fouten" in mis.stdout
    assert _aantal(een) == 0
    bestand.write_text(GOED)
    droog = _draai(importeer, bestand, "--droog", "--json")
    assert droog.exit_code == 0
    assert json.loads(droog.stdout)["goed"] == 2
    assert _aantal(een) == 0
    bestand.write_text(GOED + "Fout;;145100;507100\n")
    deel = _draai(importeer, bestand, "--deel", "--json", "--soort", "locaties")
    verslag = json.loads(deel.stdout)
    assert (deel.exit_code, verslag["toegevoegd"], verslag["foute_rijen"]) == (1, 2, 1)
    assert _aantal(een) == 2


def test_import_kiest_de_gemeente(wereld: Wereld, tmp_path: Path) -> None:
    bestand = tmp_path / "lijst.csv"
    bestand.write_text("naam;type;x;y\nBuur;autowas;152000;512000\n")
    assert _draai(importeer, bestand, "--gemeente", "houtribdijk").exit_code == 0
    assert _aantal(wereld.twee.gemeente.id) == 1
    assert _aantal(wereld.een.gemeente.id) == 0
    onbekend = _draai(importeer, bestand, "--gemeente", "Nergens")
    assert isinstance(onbekend.exception, OngeldigeInvoer)
    assert "Bekende gemeenten: Houtribdijk, Markerwaard" in onbekend.exception.melding


@pytest.mark.parametrize(
    ("argumenten", "melding"),
    [
        (["bestaat-niet.csv"], "bestaat-niet.csv"),
        (["{bestand}", "--bron"], "--bron"),
        (["{bestand}", "--soort", "onzin"], "onzin"),
    ],
)
def test_verkeerd_gebruik_is_2(wereld: Wereld, tmp_path: Path, argumenten: list[str], melding: str) -> None:
    bestand = tmp_path / "lijst.csv"
    bestand.write_text(GOED)
    uitkomst = _draai(importeer, *(a.format(bestand=bestand) for a in argumenten))
    assert uitkomst.exit_code == 2
    assert melding in uitkomst.stderr
    assert _aantal(wereld.een.gemeente.id) == 0


def test_onleesbaar_bestand_is_1_met_een_document(wereld: Wereld, tmp_path: Path) -> None:
    bestand = tmp_path / "stuk.xlsx"
    bestand.write_bytes(b"PK\x03\x04")
    uitkomst = _draai(importeer, bestand, "--json")
    assert uitkomst.exit_code == 1
    assert "beschadigd" in json.loads(uitkomst.stdout)["fout"]


def test_export(wereld: Wereld, tmp_path: Path) -> None:
    bestand = tmp_path / "lijst.csv"
    bestand.write_text(GOED)
    _draai(importeer, bestand)
    uit = tmp_path / "uit.geojson"
    assert _draai(exporteer, "--formaat", "geojson", "--type", "autowas", "-o", uit).exit_code == 0
    inhoud = json.loads(uit.read_text())
    assert [f["properties"]["naam"] for f in inhoud["features"]] == ["Was"]
    for formaat in ("csv", "xlsx", "gpkg"):
        doel = tmp_path / f"uit.{formaat}"
        antwoord = _draai(exporteer, "--formaat", formaat, "--soort", "locaties", "-o", doel, "--json")
        document = json.loads(antwoord.stdout)
        assert (document["bytes"], document["aantal"]) == (doel.stat().st_size, 2)
    assert not list(tmp_path.glob("*.half"))
