"""Settings of object storage: a mistake is said with the name of the setting, and a secret never."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from inspecties.cli import groep
from inspecties.core.opslag import Opslag
from inspecties.core.s3plek import S3Plek
from inspecties.instellingen import InstellingFout, lees_instellingen, opslag_van

GOED = {
    "INSPECTIES_SECRET_KEY": "x" * 32,
    "INSPECTIES_OPSLAG": "s3://emmer/map/diep",
    "INSPECTIES_S3_ADRES": "https://opslag.example:9000",
    "INSPECTIES_S3_SLEUTEL_ID": "dienst",
    "INSPECTIES_S3_GEHEIM": "kanarie",
}


@pytest.mark.parametrize(
    ("opslag", "emmer", "voorvoegsel"),
    [("s3://emmer", "emmer", ""), ("s3://emmer/", "emmer", ""), ("s3://e.m-r/a/b/", "e.m-r", "a/b/")],
)
def test_emmer_en_voorvoegsel(opslag: str, emmer: str, voorvoegsel: str) -> None:
    plek = S3Plek(opslag, "", "", "", "")
    assert (plek.emmer, plek.voorvoegsel) == (emmer, voorvoegsel)


def test_goede_instellingen(tmp_path: Path) -> None:
    inst = lees_instellingen(GOED | {"INSPECTIES_DATA": str(tmp_path)})
    assert inst.in_emmer
    assert inst.opslagmap == tmp_path / "s3-kopie"
    geheim = tmp_path / "geheim"
    geheim.write_text("uit-het-bestand\n", "utf-8")
    assert lees_instellingen(GOED | {"INSPECTIES_S3_GEHEIM": "", "INSPECTIES_S3_GEHEIM_BESTAND": str(geheim)})
    # This machine itself may be asked without TLS: nobody else hears it. And a demo has nothing to hide.
    for adres, demo in (("http://127.0.0.1:8333", ""), ("http://localhost", ""), ("http://opslag.example", "ja")):
        assert lees_instellingen(GOED | {"INSPECTIES_S3_ADRES": adres, "INSPECTIES_DEMO": demo})


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("OPSLAG", "s3://"),
        ("OPSLAG", "s3://Emmer"),
        ("OPSLAG", "s3://a..b"),
        ("OPSLAG", "s3://emmer/../x"),
        ("OPSLAG", "s3://emmer/een map"),
        ("OPSLAG", "s3://emmer/" + "a" * 200),
        ("S3_ADRES", ""),
        ("S3_ADRES", "opslag.example"),
        ("S3_ADRES", "http://opslag.example"),
        ("S3_ADRES", "https://wie:kanarie@opslag.example"),
        ("S3_ADRES", "https://opslag.example/pad"),
        ("S3_ADRES", "https://opslag.example:poort"),
        ("S3_ADRES", "https://opslag.example?kanarie"),
        ("S3_REGIO", "Amsterdam"),
        ("S3_SLEUTEL_ID", ""),
        ("S3_GEHEIM", ""),
        ("S3_GEHEIM", "kanarie met spatie"),
        ("S3_GEHEIM_BESTAND", "/bestaat/niet"),
        ("S3_KOPIE_MB", "99"),
        ("S3_KOPIE_MB", "veel"),
    ],
)
def test_een_fout_noemt_de_instelling_en_geen_geheim(naam: str, waarde: str) -> None:
    with pytest.raises(InstellingFout) as fout:
        lees_instellingen(GOED | {f"INSPECTIES_{naam}": waarde})
    assert f"INSPECTIES_{naam}" in str(fout.value)
    assert "kanarie" not in str(fout.value)


def test_zonder_emmer_is_het_een_map(tmp_path: Path) -> None:
    inst = lees_instellingen({"INSPECTIES_SECRET_KEY": "x" * 32, "INSPECTIES_OPSLAG": str(tmp_path)})
    assert opslag_van(inst) == Opslag(tmp_path)


def test_geen_geheim_in_wat_getoond_wordt() -> None:
    inst = lees_instellingen(GOED | {"INSPECTIES_OIDC_GEHEIM": "kanarie-2", "INSPECTIES_SMTP_URL": ""})
    assert "kanarie" not in repr(inst)
    assert "kanarie" not in repr(opslag_van(inst))
    assert inst.secret_key not in repr(inst)


def test_de_opdracht_toont_geen_enkel_geheim(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    geheimen = ("OIDC_GEHEIM", "S3_GEHEIM", "AUDIT_KOP_SLEUTEL", "SECRET_KEY_OUD")
    for naam, waarde in (GOED | {f"INSPECTIES_{n}": f"kanarie-{n}-{'x' * 32}" for n in geheimen}).items():
        monkeypatch.setenv(naam, waarde)
    monkeypatch.setenv("INSPECTIES_DATA", str(tmp_path))
    monkeypatch.setenv("INSPECTIES_VELDSLEUTELS", "k1:" + "a" * 43)
    uit = CliRunner().invoke(groep, ["instellingen"])
    assert uit.exit_code == 0, uit.output
    assert "kanarie" not in uit.output
    assert uit.output.count("(ingesteld)") >= len(geheimen)
