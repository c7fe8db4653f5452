"""Slow clients do not stop the service, also where no nginx stands before it: the server as it runs, in a process."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

# More than the server has threads.
TRAAG = 40
BEGIN = (
    "import sys; from pathlib import Path\n"
    "from inspecties import create_app; from inspecties.dienst.server import draai\n"
    "from inspecties.dienst import geduld, werker; werker.KOP_S = 4.0; werker.ANTWOORD_STIL_S = 2\n"
    "geduld.STIL_S, geduld.BEGIN_S, geduld.BYTES_PER_S, geduld.TRAAG_NA_S = 3.0, 5.0, 4000, 0.5\n"
    "from inspecties.instellingen import Instellingen\n"
    "app = create_app(Instellingen(data=Path(sys.argv[1]), demo=True, log_niveau='CRITICAL'))\n"
    "echt, groot = app.wsgi_app, b'x' * 20_000_000\n"
    "app.wsgi_app = lambda e, s: (s('200 OK', []), [groot])[1] if e['PATH_INFO'] == '/groot' else echt(e, s)\n"
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


def _druppel(lijnen: list[socket.socket], stop: threading.Event) -> None:
    while not stop.wait(0.25):
        for lijn in lijnen:
            with contextlib.suppress(OSError):
                lijn.sendall(b"a")


def _is_opgehangen(lijn: socket.socket) -> bool:
    try:
        return lijn.recv(100) == b""
    except ConnectionResetError:
        return True


def test_een_inhoud_in_druppels_houdt_niemand_op(poort: int) -> None:
    """Forty send a byte at a time of what they announced: others are answered meanwhile, and they are hung up on."""
    kop = b"POST /aanmelden HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    lengte, blokken = b"Content-Length: 90000\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n15f90\r\n"
    druppels = [_open(poort, kop + (blokken if n % 2 else lengte)) for n in range(TRAAG)]
    stop = threading.Event()
    draad = threading.Thread(target=_druppel, args=(druppels, stop), daemon=True)
    draad.start()
    begin = time.monotonic()
    try:
        duur = []
        for _ in range(5):
            voor = time.monotonic()
            assert _vraag(poort)[0] == 200
            duur.append(time.monotonic() - voor)
            time.sleep(0.3)
        # The first may wait until it shows who is slow.
        assert max(duur) < 4, duur
        # Who is not quick but goes on is heard, also meanwhile, where a place is left; here all are taken for a while.
        assert all(_is_opgehangen(lijn) for lijn in druppels)
        assert time.monotonic() - begin < 20
    finally:
        stop.set()
        draad.join(10)
        for lijn in druppels:
            lijn.close()


def test_wie_traag_is_maar_doorgaat_wordt_gehoord(poort: int) -> None:
    """Slower than a thread likes to wait for, and faster than what is hung up on; the places are free again."""
    kop = b"POST /aanmelden HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    lijnen = [_open(poort, kop + b"Content-Length: 8\r\n\r\n") for _ in range(6)]
    for _ in range(8):
        time.sleep(0.2)
        for lijn in lijnen:
            lijn.sendall(b"a")
    assert [lijn.recv(100)[:10] for lijn in lijnen] == [b"HTTP/1.1 4"] * 6
    for lijn in lijnen:
        lijn.close()


def test_wie_zijn_antwoord_niet_leest_houdt_niemand_op(poort: int) -> None:
    """Forty ask for more than the machine holds ready, and read nothing of it."""
    doof = [_open(poort, b"GET /groot HTTP/1.1\r\nHost: localhost\r\n\r\n") for _ in range(TRAAG)]
    try:
        begin = time.monotonic()
        assert _vraag(poort)[0] == 200
        # Forty are two times what there are threads.
        assert time.monotonic() - begin < 15
    finally:
        for lijn in doof:
            lijn.close()


def test_wie_niet_ophangt_houdt_niemand_op(poort: int) -> None:
    """Forty ask to be hung up on, read their answer, and stay: saying goodbye keeps no other waiting."""
    kop = b"GET /thema HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    blijvers = [_open(poort, kop) for _ in range(TRAAG)]
    try:
        begin = time.monotonic()
        assert _vraag(poort)[0] == 200
        assert time.monotonic() - begin < 10
        assert all(lijn.recv(100).startswith(b"HTTP/1.1 4") for lijn in blijvers)
        assert time.monotonic() - begin < 15
    finally:
        for lijn in blijvers:
            lijn.close()


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
