"""The ceremony of a gemeente's recovery key, as whoever holds it types it."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from sqlalchemy import select

from inspecties.audit.models import Auditregel
from inspecties.core.fouten import Conflict, InspectiesFout, OngeldigeInvoer
from inspecties.database import bind_actor, zonder_actor
from inspecties.database.basis import db
from inspecties.dienst import herstelsleutel_cli
from inspecties.gebruikers import herstelsleutel as sleutels
from inspecties.gebruikers.models import Gemeente
from tests.wereld import Wereld

ZIN = "zes gewone woorden achter elkaar getypt"


@contextmanager
def _deze_toepassing() -> Iterator[None]:
    """Instead of an application of its own, with the reach that a command of the server has."""
    zonder_actor(db.session(), "a command of whoever runs the server")
    yield


@pytest.fixture
def draai(wereld: Wereld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a closure
    monkeypatch.setattr(herstelsleutel_cli, "open_toepassing", _deze_toepassing)
    monkeypatch.setattr(sleutels, "RONDEN", 1_000)  # the strength of the file is not what is tried here
    zin = tmp_path / "zin.txt"
    zin.write_text(ZIN + "\n")

    def doe(*argumenten: str | Path) -> Result:
        bind_actor(db.session(), None)
        return CliRunner().invoke(
            herstelsleutel_cli.herstelsleutel, [*map(str, argumenten), "--wachtzin-bestand", str(zin)]
        )

    return doe


def _jwk(wereld: Wereld) -> dict[str, str]:
    db.session.expire_all()
    jwk = db.session.get_one(Gemeente, wereld.een.gemeente.id).herstel_jwk
    assert jwk is not None
    return jwk


def test_maken_controleren_en_wisselen(wereld: Wereld, tmp_path: Path, draai) -> None:  # type: ignore[no-untyped-def]  # fixture
    een, twee = tmp_path / "een.pem", tmp_path / "twee.pem"
    uit = draai("maak", een, "--gemeente", "markerwaard")
    assert uit.exit_code == 0, uit.output
    assert "Bewaar twee kopieën" in uit.output
    assert een.stat().st_mode & 0o077 == 0
    eerste = _jwk(wereld)

    # What a tablet wraps to this key, the file opens: with the passphrase, and without it not.
    publiek = sleutels.lees_openbaar(eerste)
    oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
    verpakking = {
        "soort": "herstel",
        "alg": "RSA-OAEP-256",
        "kid": eerste["kid"],
        "data": base64.b64encode(publiek.encrypt(b"k" * 32, oaep)).decode(),
    }
    prive = sleutels.laad_prive(een.read_bytes(), ZIN.encode())
    assert sleutels.pak_uit(prive, verpakking) == b"k" * 32
    with pytest.raises(OngeldigeInvoer, match="wachtzin van de herstelsleutel klopt niet"):
        sleutels.laad_prive(een.read_bytes(), b"een heel andere wachtzin")

    goed = draai("controleer", een, "--gemeente", "Markerwaard", "--json")
    assert json.loads(goed.output) == {"kid": eerste["kid"], "past": True, "in_gebruik": eerste["kid"]}

    wissel = draai("maak", twee, "--gemeente", "Markerwaard")
    assert f"Bewaar ook de vorige sleutel ({eerste['kid']})" in wissel.output
    assert _jwk(wereld)["kid"] != eerste["kid"]
    oud = draai("controleer", een, "--gemeente", "Markerwaard")
    assert oud.exit_code == 1
    assert "is niet de sleutel die Markerwaard nu gebruikt" in oud.output
    with pytest.raises(OngeldigeInvoer, match=f"kenmerk {eerste['kid']}"):
        sleutels.pak_uit(sleutels.laad_prive(twee.read_bytes(), ZIN.encode()), verpakking)

    regels = db.session.scalars(
        select(Auditregel).where(Auditregel.handeling == "herstelsleutel_gezet").order_by(Auditregel.id)
    ).all()
    assert [(r.gegevens["van"], r.gegevens["naar"]) for r in regels] == [
        (None, eerste["kid"]),
        (eerste["kid"], _jwk(wereld)["kid"]),
    ]


def test_los_gemaakt_en_daarna_gezet(wereld: Wereld, tmp_path: Path, draai) -> None:  # type: ignore[no-untyped-def]  # fixture
    bestand = tmp_path / "sleutel.pem"
    assert draai("maak", bestand, "--los").exit_code == 0
    db.session.expire_all()
    assert db.session.get_one(Gemeente, wereld.een.gemeente.id).herstel_jwk is None
    openbaar = tmp_path / "sleutel.pem.openbaar.json"
    assert "d" not in json.loads(openbaar.read_text())
    bind_actor(db.session(), None)
    uit = CliRunner().invoke(herstelsleutel_cli.herstelsleutel, ["zet", str(openbaar), "--gemeente", "Markerwaard"])
    assert uit.exit_code == 0, uit.output
    assert draai("controleer", bestand, "--gemeente", "Markerwaard").exit_code == 0
    opnieuw = draai("maak", bestand, "--los")
    assert isinstance(opnieuw.exception, Conflict)
    assert draai("controleer", bestand, "--gemeente", "Markerwaard").exit_code == 0


@pytest.mark.parametrize(
    ("inhoud", "zin", "melding"),
    [
        (b"niets", b"x", "geen versleutelde herstelsleutel"),
        (b"{}", b"", "het geheime deel ontbreekt"),
        (b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", b"x", "beschadigd"),
    ],
)
def test_ander_bestand_zegt_wat_er_mis_is(inhoud: bytes, zin: bytes, melding: str) -> None:
    with pytest.raises(InspectiesFout, match=melding):
        sleutels.laad_prive(inhoud, zin)


def test_korte_wachtzin_en_onbekende_gemeente_laten_niets_achter(tmp_path: Path, draai) -> None:  # type: ignore[no-untyped-def]  # fixture
    uit = draai("maak", tmp_path / "a.pem", "--gemeente", "Nergens")
    assert isinstance(uit.exception, OngeldigeInvoer)
    (tmp_path / "zin.txt").write_text("kort")
    uit = draai("maak", tmp_path / "a.pem", "--gemeente", "Markerwaard")
    assert "zes of meer gewone woorden" in str(uit.exception)
    assert not (tmp_path / "a.pem").exists()
