"""Tiles: which belong to a day, and how the configured service is asked, kept and mistrusted."""

import math
import os
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.core.fouten import NietGevonden
from inspecties.core.tegelsjabloon import ontleed_sjabloon
from inspecties.instellingen import Instellingen, InstellingFout, lees_instellingen
from inspecties.offline.tegelgebied import HOOGSTENS, tegel_op, tegels_rond
from inspecties.offline.tegels import VERS_S, Tegelbron, TegelStoring, opgave

PNG = b"\x89PNG\r\n\x1a\n" + b"tegel"


@pytest.mark.parametrize(
    ("punt", "zoom", "tegel"),
    [
        ((0.0, 0.0), 1, (1, 1, 1)),
        ((-180.0, 85.0), 3, (3, 0, 0)),
        ((179.99, -85.0), 3, (3, 7, 7)),
        ((4.8952, 52.3702), 12, (12, 2103, 1346)),
    ],
)
def test_nummer_van_een_tegel(punt: tuple[float, float], zoom: int, tegel: tuple[int, int, int]) -> None:
    assert tegel_op(punt, zoom) == tegel


@given(st.tuples(st.floats(3.3, 7.2), st.floats(50.7, 53.6)), st.integers(1, 19))
def test_een_punt_ligt_in_zijn_tegel(punt: tuple[float, float], zoom: int) -> None:
    _, x, y = tegel_op(punt, zoom)
    n = 2**zoom
    west, oost = (kolom / n * 360 - 180 for kolom in (x, x + 1))
    noord, zuid = (math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * rij / n)))) for rij in (y, y + 1))
    assert west - 1e-9 <= punt[0] <= oost + 1e-9
    assert zuid - 1e-9 <= punt[1] <= noord + 1e-9


@given(st.lists(st.tuples(st.floats(3.3, 7.2), st.floats(50.7, 53.6)), min_size=1, max_size=20))
def test_elke_deur_staat_op_de_kaart_en_het_blijft_klein(punten: list[tuple[float, float]]) -> None:
    tegels = tegels_rond(punten)
    assert len(tegels) == len(set(tegels)) <= HOOGSTENS
    assert [t[0] for t in tegels] == sorted(t[0] for t in tegels)
    for zoom in (11, 14):
        assert {tegel_op(punt, zoom) for punt in punten} <= set(tegels)
    if len(punten) <= 8:
        assert {tegel_op(punt, 17) for punt in punten} <= set(tegels)


def test_zonder_stops_of_dienst_geen_tegels() -> None:
    assert tegels_rond([]) == []
    assert opgave(Instellingen(), [(5.25, 52.55)]) is None


class Dienst:
    def __init__(self) -> None:
        self.gevraagd: list[tuple[str, str | None]] = []
        self.status, self.inhoud = 200, PNG
        dienst = self

        class Vraag(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                dienst.gevraagd.append((self.path, self.headers["Accept"]))
                self.send_response(dienst.status)
                self.end_headers()
                self.wfile.write(dienst.inhoud)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Vraag)
        self.sjabloon = f"http://127.0.0.1:{self.server.server_port}/brt/{{z}}/{{x}}/{{y}}.png?sleutel=abc"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()


@pytest.fixture
def dienst() -> Iterator[Dienst]:
    dienst = Dienst()
    yield dienst
    dienst.server.shutdown()
    dienst.server.server_close()


def test_een_tegel_wordt_een_keer_gevraagd_en_oud_is_beter_dan_niets(dienst: Dienst, tmp_path: Path) -> None:
    bron = Tegelbron(dienst.sjabloon, tmp_path)
    assert bron.geef((12, 2103, 1346)) == bron.geef((12, 2103, 1346)) == (PNG, "image/png")
    assert dienst.gevraagd == [("/brt/12/2103/1346.png?sleutel=abc", "image/*")]
    (bestand,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    oud = time.time() - VERS_S - 60
    os.utime(bestand, (oud, oud))
    dienst.status = 500
    assert bron.geef((12, 2103, 1346)) == (PNG, "image/png")
    dienst.status, dienst.inhoud = 200, b"\xff\xd8\xff nieuw"
    assert bron.geef((12, 2103, 1346)) == (b"\xff\xd8\xff nieuw", "image/jpeg")


@pytest.mark.parametrize(
    ("status", "inhoud", "fout"),
    [
        (404, PNG, NietGevonden),
        (500, PNG, TegelStoring),
        (302, PNG, TegelStoring),
        (200, b"<html>aanmelden</html>", TegelStoring),
        (200, b"<svg xmlns='http://www.w3.org/2000/svg'/>", TegelStoring),
        (200, PNG + bytes(600_000), TegelStoring),
    ],
)
def test_wat_geen_tegel_is_wordt_niet_bewaard(
    dienst: Dienst, tmp_path: Path, status: int, inhoud: bytes, fout: type[Exception]
) -> None:
    dienst.status, dienst.inhoud = status, inhoud
    with pytest.raises(fout):
        Tegelbron(dienst.sjabloon, tmp_path).geef((1, 0, 0))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_de_map_blijft_klein(dienst: Dienst, tmp_path: Path) -> None:
    bron = Tegelbron(dienst.sjabloon, tmp_path, max_map_bytes=len(PNG) * 5)
    for x in range(8):
        bron.geef((10, x, 0))
        (bestand,) = tmp_path.rglob(f"10/{x}/0")
        os.utime(bestand, (1_000_000 + x, 1_000_000 + x))
    bron.ruim_op()
    assert sorted(p.parent.name for p in tmp_path.rglob("*") if p.is_file()) == ["4", "5", "6", "7"]


@pytest.mark.parametrize(
    "sjabloon",
    [
        "https://tegels.example/kaart.png",
        "https://{s}.tegels.example/{z}/{x}/{y}.png",
        "https://tegels.example/{z}/{x}/{y}/{y}.png",
        "http://tegels.example/{z}/{x}/{y}.png",
        "https://naam:geheim@tegels.example/{z}/{x}/{y}.png",
        "https://tegels.example{z}/{x}/{y}.png",
        "file:///{z}/{x}/{y}",
    ],
)
def test_een_fout_sjabloon_zegt_het_voor_de_start(sjabloon: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        ontleed_sjabloon(sjabloon)
    omgeving = {"INSPECTIES_SECRET_KEY": "s" * 40, "INSPECTIES_VELDTEGELS_URL": sjabloon}
    with pytest.raises(InstellingFout, match="VELDTEGELS_URL") as fout:
        lees_instellingen(omgeving)
    assert "geheim" not in str(fout.value)
