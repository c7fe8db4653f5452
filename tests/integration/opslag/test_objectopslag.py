"""The store in a bucket keeps what the store in a folder promises; its local copies may go any time."""

import hashlib
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inspecties.core.fouten import OpslagWeg
from inspecties.core.ids import nieuw_id
from inspecties.core.objectopslag import Objectopslag
from inspecties.core.opslag import Opslag, naam_van
from inspecties.core.opslagcache import RUST_S
from tests.s3dienst import EMMER, S3dienst

UID = nieuw_id()
STRAKS = datetime.now(UTC) + timedelta(days=1)


def _kopieen(opslag: Objectopslag) -> list[Path]:
    return sorted(p for p in opslag.wortel.glob("*-*/*/*") if p.is_file())


def test_bewaren_lezen_en_vernietigen(opslag: Objectopslag, tmp_path: Path) -> None:
    sha256 = opslag.schrijf(UID, b"stuk")
    naam = naam_van(UID, sha256)
    assert opslag.pad(UID, sha256).read_bytes() == b"stuk"
    assert (opslag.lees_heel(UID, sha256), opslag.hash_van(naam), list(opslag.namen())) == (b"stuk", sha256, [naam])
    # Every copy gone: it comes from the bucket again.
    for pad in _kopieen(opslag):
        pad.unlink()
    assert opslag.pad(UID, sha256).read_bytes() == b"stuk"
    assert opslag.kopieer(naam, tmp_path / "uit" / "stuk") == sha256
    assert (tmp_path / "uit" / "stuk").read_bytes() == b"stuk"
    opslag.verwijder(naam)
    opslag.verwijder(naam)
    assert (opslag.pad(UID, sha256).exists(), opslag.lees_heel(UID, sha256), opslag.hash_van(naam)) == (False, None, "")
    assert (list(opslag.namen()), _kopieen(opslag)) == ([], [])
    with pytest.raises(FileNotFoundError):
        opslag.kopieer(naam, tmp_path / "weg")
    with pytest.raises(ValueError, match="changed"):
        opslag.zet_terug(tmp_path / "uit" / "stuk", naam_van(UID, "0" * 64))
    opslag.zet_terug(tmp_path / "uit" / "stuk", naam)
    assert opslag.lees_heel(UID, sha256) == b"stuk"


def test_een_map_die_naar_de_emmer_is_gekopieerd_is_die_opslag(
    opslag: Objectopslag, s3server: S3dienst, tmp_path: Path
) -> None:
    """As the guide says it: with any program that copies files to a bucket."""
    map_ = Opslag(tmp_path / "map")
    sommen = [map_.schrijf(UID, inhoud) for inhoud in (b"een", b"twee")]
    for pad in (p for p in map_.wortel.rglob("*") if p.is_file()):
        naam = pad.relative_to(map_.wortel).as_posix()
        s3server.client.put_object(Bucket=EMMER, Key=opslag.emmer.plek.voorvoegsel + naam, Body=pad.read_bytes())
    assert list(opslag.namen()) == list(map_.namen())
    assert [opslag.lees_heel(UID, som) for som in sommen] == [b"een", b"twee"]


def test_een_hele_upload_gaat_naar_de_emmer(opslag: Objectopslag) -> None:
    deel = opslag.begin(nieuw_id())
    deel.write_bytes(b"foto")
    sha256 = hashlib.sha256(b"foto").hexdigest()
    assert opslag.neem_op(deel, UID, sha256).read_bytes() == b"foto"
    assert (deel.exists(), opslag.hash_van(naam_van(UID, sha256))) == (False, sha256)


def test_een_ander_bestand_in_de_emmer_wordt_nooit_gelezen(opslag: Objectopslag, s3server: S3dienst) -> None:
    sha256 = opslag.schrijf(UID, b"echt")
    naam = naam_van(UID, sha256)
    s3server.client.put_object(Bucket=EMMER, Key=opslag.emmer.plek.voorvoegsel + naam, Body=b"vals")
    # Who asks about the original is not told about the copy.
    assert opslag.hash_van(naam) == hashlib.sha256(b"vals").hexdigest()
    opslag.pad(UID, sha256).unlink()
    assert not opslag.pad(UID, sha256).exists()
    assert opslag.lees_heel(UID, sha256) is None
    assert _kopieen(opslag) == []


def test_een_kopie_die_deze_schijf_bedierf_wordt_opnieuw_gemaakt(opslag: Objectopslag) -> None:
    sha256 = opslag.schrijf(UID, b"heel")
    opslag.pad(UID, sha256).write_bytes(b"")
    assert opslag.pad(UID, sha256).read_bytes() == b"heel"


def test_kopieen_blijven_binnen_hun_ruimte(opslag: Objectopslag) -> None:
    sommen = [opslag.schrijf(UID, bytes([i]) * 1000) for i in range(10)]
    oud = time.time() - RUST_S - 100
    for i, sha256 in enumerate(sommen):
        os.utime(opslag.wortel / naam_van(UID, sha256), (oud + i, oud + i))
    half = _kopieen(opslag)[0].with_name(".half")
    half.write_bytes(b"x")
    os.utime(half, (oud - 24 * 3600, oud - 24 * 3600))
    opslag.cache.grens = 5000
    opslag.cache.ruim()
    # What was used longest ago goes first; what is in use goes never.
    assert {p.name for p in _kopieen(opslag)} == set(sommen[-4:])
    nieuw = [opslag.schrijf(UID, bytes([i]) * 1000) for i in range(100, 106)]
    assert {p.name for p in _kopieen(opslag)} == set(nieuw)
    assert all(opslag.lees_heel(UID, sha256) is not None for sha256 in [*sommen, *nieuw])


def test_de_veger_neemt_alleen_wat_oud_is_en_bleef(opslag: Objectopslag) -> None:
    een, twee, ander = opslag.schrijf(UID, b"een"), opslag.schrijf(UID, b"twee"), nieuw_id()
    opslag.schrijf(ander, b"van een ander")
    assert opslag.oude(UID, datetime.now(UTC) - timedelta(hours=1)) == []
    oude = opslag.oude(UID, STRAKS)
    assert set(oude) == {een, twee}
    # One that is stored again between the search and the taking away stays.
    time.sleep(1.1)
    grens = datetime.now(UTC).replace(microsecond=0)
    opslag.schrijf(UID, b"twee")
    assert opslag.haal_weg(UID, [*oude, "0" * 64], grens) == 1
    assert opslag.lees_heel(UID, een) is None
    assert opslag.lees_heel(UID, twee) == b"twee"
    assert len(list(opslag.namen())) == 2


def test_wie_bewaart_en_wie_veegt_wachten_op_elkaar(opslag: Objectopslag) -> None:
    """Whoever was told that it is stored finds it, however a sweep runs beside it."""
    inhoud, klaar = b"gedeeld", threading.Event()

    def veeg() -> None:
        while not klaar.is_set():
            opslag.haal_weg(UID, opslag.oude(UID, STRAKS), STRAKS)

    veger = threading.Thread(target=veeg)
    veger.start()
    try:
        for _ in range(25):
            sha256 = opslag.schrijf(UID, inhoud)
            with opslag.cache.slot(naam_van(UID, sha256), alleen=False):
                gelezen = opslag.wortel / naam_van(UID, sha256)
                # Both or neither: never a copy of what was destroyed.
                assert gelezen.exists() == (opslag.emmer.kop(naam_van(UID, sha256)) is not None)
    finally:
        klaar.set()
        veger.join()


def test_zonder_server_wordt_niets_bevestigd(opslag: Objectopslag, s3server: S3dienst, tmp_path: Path) -> None:
    sha256 = opslag.schrijf(UID, b"al gelezen")
    deel = opslag.begin(nieuw_id())
    deel.write_bytes(b"foto")
    s3server.dood()
    try:
        with pytest.raises(OpslagWeg):
            opslag.schrijf(UID, b"nieuw")
        with pytest.raises(OpslagWeg):
            opslag.neem_op(deel, UID, hashlib.sha256(b"foto").hexdigest())
        with pytest.raises(OpslagWeg):
            opslag.verwijder(naam_van(UID, sha256))
        with pytest.raises(OpslagWeg):
            list(opslag.namen())
        # The bytes of the upload stay, to be sent again; what has a copy can still be read.
        assert deel.read_bytes() == b"foto"
        assert opslag.lees_heel(UID, sha256) == b"al gelezen"
    finally:
        s3server.start()
    assert opslag.neem_op(deel, UID, hashlib.sha256(b"foto").hexdigest()).is_file()
    assert {n[-64:] for n in opslag.namen()} == {sha256, hashlib.sha256(b"foto").hexdigest()}
