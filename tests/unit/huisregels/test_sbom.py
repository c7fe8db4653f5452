"""The bill of materials is valid CycloneDX, complete, the same every time, and names no place of download."""

import base64
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from config import sbom
from inspecties.dienst.dokter_feiten import lees_slotdag
from inspecties.dienst.dokter_regels import SLOT_DAGEN

WORTEL = Path(__file__).parents[3]
DOCUMENTEN = sbom.maak()


@pytest.mark.parametrize("naam", sorted(DOCUMENTEN))
def test_document_is_geldig_en_steeds_hetzelfde(naam: str) -> None:
    fouten = JsonStrictValidator(SchemaVersion.V1_6).validate_str(DOCUMENTEN[naam], all_errors=True)
    assert [fout.data.message for fout in fouten or ()] == []
    assert sbom.maak()[naam] == DOCUMENTEN[naam]


@pytest.mark.parametrize("naam", sorted(DOCUMENTEN))
def test_document_noemt_geen_plek_van_ophalen(naam: str) -> None:
    inhoud = json.loads(DOCUMENTEN[naam])
    inhoud.pop("$schema")
    assert "://" not in json.dumps(inhoud)


def _delen(naam: str) -> dict[str, dict[str, Any]]:
    return {deel["purl"]: deel for deel in json.loads(DOCUMENTEN[naam])["components"]}


def test_elk_python_pakket_staat_erin_met_zijn_hashes() -> None:
    delen = _delen("python.cdx.json")
    basis, test = (
        sbom.lees_vereisten((WORTEL / f"config/vereisten/{n}.txt").read_text("utf-8")) for n in ("basis", "test")
    )
    assert set(basis) <= set(test)
    assert set(delen) == {f"pkg:pypi/{naam}@{versie}" for naam, versie in test}
    for (naam, versie), hashes in test.items():
        deel = delen[f"pkg:pypi/{naam}@{versie}"]
        assert sorted(h["content"] for h in deel["externalReferences"][0]["hashes"]) == sorted(hashes)
        assert deel["scope"] == ("required" if (naam, versie) in basis else "excluded")
    # Not a lock of something else.
    assert {"flask", "sqlalchemy", "webauthn"} <= {naam for naam, _ in basis}
    assert "bandit" not in {naam for naam, _ in basis}


def test_elk_npm_pakket_staat_erin_met_zijn_hash() -> None:
    delen = _delen("npm.cdx.json")
    slot = json.loads((WORTEL / "static/package-lock.json").read_text("utf-8"))["packages"]
    for pad, pakket in slot.items():
        if not pad:
            continue
        naam = (pakket.get("name") or pad.rpartition("node_modules/")[2]).replace("@", "%40")
        deel = delen[f"pkg:npm/{naam}@{pakket['version']}"]
        assert base64.b64encode(bytes.fromhex(deel["hashes"][0]["content"])).decode() == pakket["integrity"][7:]
        assert deel["scope"] == "required" or pakket.get("dev") or pakket.get("devOptional")
    assert any(deel["name"] == "leaflet" and deel["scope"] == "required" for deel in delen.values())


@pytest.mark.parametrize(
    ("tekst", "fout"),
    [
        ("alembic==1.0\n", "zonder hash: alembic"),
        ("alembic>=1.0 \\\n    --hash=sha256:" + "0" * 64, "regel 1: alembic"),
        ("alembic==1.0 \\\n    --hash=md5:00", "regel 2"),
        ("git+ssh://elders.example/x", "regel 1"),
    ],
)
def test_een_los_pakket_wordt_geweigerd(tekst: str, fout: str) -> None:
    with pytest.raises(sbom.SlotFout, match=fout):
        sbom.lees_vereisten(tekst)


def test_een_npm_pakket_zonder_integrity_wordt_geweigerd() -> None:
    with pytest.raises(sbom.SlotFout, match="zonder integrity"):
        sbom.npm_delen({"packages": {"": {}, "node_modules/a": {"version": "1.0.0"}}})


def test_de_opdracht_schrijft_beide_bestanden(tmp_path: Path) -> None:
    sbom.main(tmp_path / "nieuw")
    assert {pad.name: pad.read_text("utf-8") for pad in (tmp_path / "nieuw").iterdir()} == DOCUMENTEN


def test_het_slot_zegt_van_welke_dag_het_is() -> None:
    """`inspecties doctor` watches its age against the term that the guide names; a renewal writes it down."""
    dag = lees_slotdag()
    assert dag is not None
    assert date(2026, 11, 1) <= dag <= datetime.now(UTC).date()
    assert f"minstens elke {SLOT_DAGEN} dagen" in (WORTEL / "config/productie/README.md").read_text("utf-8")
    assert "date -u +%F > config/vereisten/vernieuwd.txt" in (WORTEL / "Makefile").read_text("utf-8")
