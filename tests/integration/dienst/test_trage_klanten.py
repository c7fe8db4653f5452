"""Slow clients do not stop the service, also where no nginx stands before it: the server as it runs, in a process."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

# More than the server has threads.
TRAAG = 40
BEGIN = (
    "import sys; from pathlib import Path\n"
    "from inspecties import create_app; from inspecties.dienst.server import draai\n"
    "from inspecties.dienst import werker; werker.KOP_S = 4.0\n"
    "from inspecties.instellingen import Instellingen\n"
    "app = create_app(Instellingen(data=Path(sys.argv[1]), demo=True, log_niveau='CRITICAL'))\n"
    "draai(app, '127.0.0.1', int(sys.argv[2]), 1)\n"
)


@pytest.fixture(scope="module")
def poort(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    tmp_path = tmp_path_factory.mktemp("traag")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        nummer = int(s.getsockname()[1])
    proces = subprocess.Popen([sys.executable, "-c", BEGIN, str(tmp_path), str(nummer)])
    try:
        _wacht_tot_hij_luistert(nummer)
        yield nummer
    finally:
        os.kill(proces.pid, signal.SIGTERM)
        proces.wait(timeout=60)


def _wacht_tot_hij_luistert(poort: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", poort), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("de dienst begint niet")


def _vraag(poort: int, koppen: dict[str, str] | None = None, pad: str = "/.well-known/security.txt") -> tuple[int, str]:
    lijn = http.client.HTTPConnection("127.0.0.1", poort, timeout=60)
    try:
        lijn.request("GET", pad, headers=koppen or {})
        antwoord = lijn.getresponse()
        antwoord.read()
        return antwoord.status, antwoord.getheader("Server", "")
    finally:
        lijn.close()


def _open(poort: int, begin: bytes) -> socket.socket:
    lijn = socket.create_connection(("127.0.0.1", poort), 60)
    lijn.sendall(begin)
    return lijn


def test_trage_klanten_houden_niemand_op(poort: int) -> None:
    """Half a head, or nothing at all: forty of each wait while others are answered, and are sent away in the end."""
    half = [_open(poort, b"POST /api/sync HTTP/1.1\r\nHost: localhost\r\nX-Traag: j") for _ in range(TRAAG)]
    stil = [_open(poort, b"") for _ in range(TRAAG)]
    try:
        for _ in range(3):
            status, server = _vraag(poort)
            assert status == 200
            assert not any(teken.isdigit() for teken in server)
        # Whoever goes on in time is heard after all, also in drops.
        for deel in (b"a\r\nConten", b"t-Length: 2\r\n\r\n", b"{}"):
            half[0].sendall(deel)
        assert half[0].recv(100).startswith(b"HTTP/1.1 4")
        # The others are closed without an answer.
        assert [lijn.recv(100) for lijn in (*half[1:3], *stil[:2])] == [b""] * 4
    finally:
        for lijn in (*half, *stil):
            lijn.close()
    assert _vraag(poort)[0] == 200


def test_te_grote_kop_wordt_geweigerd(poort: int) -> None:
    assert _vraag(poort, {f"X-{n}": "x" for n in range(100)})[0] == 431
    assert _vraag(poort, {"X-Groot": "x" * 9000})[0] == 431
    assert _vraag(poort, pad="/" + "x" * 9000)[0] in {400, 414}
    # Two requests on one connection, the second in the same piece as the first.
    with _open(poort, b"GET /thema HTTP/1.1\r\nHost: localhost\r\n\r\n" * 2) as lijn:
        lijn.settimeout(60)
        gelezen = b""
        while gelezen.count(b"HTTP/1.1 404") < 2 and (deel := lijn.recv(65_536)):
            gelezen += deel
        assert gelezen.count(b"HTTP/1.1 404") == 2
