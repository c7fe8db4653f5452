"""A file is kept only when the scanner says that it is clean, where there is one."""

import io
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inspecties.core import virusscan
from inspecties.core.virusscan import (
    Besmet,
    Scanner,
    ScannerDruk,
    ScannerWeg,
    gebruik_scanner,
    keur_bestand,
    lees_scanner,
)
from tests.klamdienst import EICAR, Klamdienst, Traagdienst


@pytest.fixture(autouse=True)
def _geen_scanner() -> Iterator[None]:
    yield
    gebruik_scanner(None)


@pytest.fixture
def klam() -> Iterator[Klamdienst]:
    dienst = Klamdienst()
    gebruik_scanner(lees_scanner(dienst.adres))
    yield dienst
    dienst.stop()


def test_een_schoon_bestand_gaat_heel_langs_de_scanner(klam: Klamdienst, tmp_path: Path) -> None:
    groot = b"schoon" * 200_000
    open_bestand = io.BytesIO(groot)
    keur_bestand(open_bestand)
    # Who reads it next begins at its beginning.
    assert open_bestand.read() == groot
    (tmp_path / "a").write_bytes(b"ook schoon")
    keur_bestand(tmp_path / "a")
    keur_bestand(b"")
    assert klam.gezien == [groot, b"ook schoon", b""]


def test_een_besmet_bestand_wordt_geweigerd(klam: Klamdienst) -> None:
    with pytest.raises(Besmet, match="schadelijks") as fout:
        keur_bestand(b"x" * 300_000 + EICAR, "scan")
    assert (fout.value.veld, fout.value.status) == ("scan", 422)


@pytest.mark.parametrize(
    "antwoord",
    [
        b"",
        b"stream: ",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: OK niet\0",
        b"OK\0",
        b"\xff\xfe\0",
        b"x" * 9000,
    ],
)
def test_wat_geen_oordeel_is_is_niet_schoon(klam: Klamdienst, antwoord: bytes) -> None:
    klam.antwoord = antwoord
    with pytest.raises(ScannerWeg, match="antwoordt niet") as fout:
        keur_bestand(b"x")
    assert fout.value.status == 503


def test_een_scanner_die_weg_is_is_niet_schoon(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as s:
        poort = s.getsockname()[1]
    for adres in (f"tcp://127.0.0.1:{poort}", f"unix:{tmp_path}/weg.ctl"):
        gebruik_scanner(lees_scanner(adres))
        with pytest.raises(ScannerWeg):
            keur_bestand(b"x")


@pytest.mark.parametrize("druppel", [b"", b"s"])
def test_een_scanner_die_hangt_of_druppelt_heeft_zijn_tijd(druppel: bytes) -> None:
    """In all, whatever comes in between; also where it does not read what it gets."""
    dienst = Traagdienst(druppel)
    try:
        for inhoud in (b"x", b"x" * 20_000_000):
            begin = time.monotonic()
            with pytest.raises(ScannerWeg, match="antwoordt niet"):
                Scanner(host="127.0.0.1", poort=dienst.poort, tijd_s=0.6).keur(io.BytesIO(inhoud))
            assert 0.5 < time.monotonic() - begin < 3
    finally:
        dienst.stop()


def test_wie_er_te_veel_is_hoort_dat_meteen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner that hangs holds four threads; the fifth goes on with other work, and later there is place."""
    monkeypatch.setattr(virusscan, "PLEK_S", 0.1)
    dienst = Traagdienst()
    scanner = Scanner(host="127.0.0.1", poort=dienst.poort, tijd_s=30)

    def keur(_: int) -> str:
        try:
            scanner.keur(io.BytesIO(b"x"))
        except ScannerWeg as fout:
            return type(fout).__name__
        return "schoon"

    with ThreadPoolExecutor(virusscan.TEGELIJK) as draden:
        bezig = [draden.submit(keur, n) for n in range(virusscan.TEGELIJK)]
        while len(dienst.lijnen) < virusscan.TEGELIJK:
            time.sleep(0.01)
        begin = time.monotonic()
        with pytest.raises(ScannerDruk, match="te druk") as fout:
            scanner.keur(io.BytesIO(b"x"))
        assert (fout.value.status, time.monotonic() - begin < 2) == (503, True)
        dienst.stop()
        assert [b.result() for b in bezig] == ["ScannerWeg"] * virusscan.TEGELIJK
    # All places are free again: the scanner is away now, not busy.
    assert [keur(n) for n in range(6)] == ["ScannerWeg"] * 6


def test_zonder_scanner_wordt_niets_gevraagd() -> None:
    assert lees_scanner("  ") is None
    gebruik_scanner(None)
    keur_bestand(EICAR)


@pytest.mark.parametrize(
    "tekst",
    [
        "clamd",
        "tcp://scanner.example:3310",
        "tcp://10.0.0.1:3310",
        "tcp://127.0.0.1",
        "unix:clamd.ctl",
        "tcp://localhost:x",
    ],
)
def test_een_scanner_staat_op_deze_machine(tekst: str) -> None:
    with pytest.raises(ValueError, match="schrijf unix"):
        lees_scanner(tekst)
