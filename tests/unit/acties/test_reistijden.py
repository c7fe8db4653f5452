"""Travel times from a service on this machine: the table, and everything that is no answer."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from inspecties.acties.reistijden import MAX_BYTES, MAX_PUNTEN, Reisdienst, ReisStoring

PLEKKEN = [(144000.0, 506000.0), (144500.0, 506000.0)]
Antwoorder = Callable[[BaseHTTPRequestHandler], None]


class Dienst:
    """Answers what the test tells it to, and remembers what was asked."""

    def __init__(self) -> None:
        self.gevraagd: list[str] = []
        self.antwoord: Antwoorder = lambda _: None
        dienst = self

        class Vraag(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                dienst.gevraagd.append(self.path)
                dienst.antwoord(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
                del format, args

        self.server = HTTPServer(("127.0.0.1", 0), Vraag)
        self.url = f"http://127.0.0.1:{self.server.server_port}/dienst"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def geeft(self, inhoud: Any, status: int = 200, **koppen: str) -> None:
        lijf = inhoud if isinstance(inhoud, bytes) else json.dumps(inhoud).encode()

        def antwoord(vraag: BaseHTTPRequestHandler) -> None:
            vraag.send_response(status)
            for naam, waarde in koppen.items():
                vraag.send_header(naam, waarde)
            vraag.end_headers()
            vraag.wfile.write(lijf)

        self.antwoord = antwoord


@pytest.fixture
def dienst() -> Iterator[Dienst]:
    dienst = Dienst()
    yield dienst
    dienst.server.shutdown()
    dienst.server.server_close()


def test_de_tabel_komt_in_minuten(dienst: Dienst) -> None:
    dienst.geeft({"code": "Ok", "durations": [[0, 90.0], [None, 0]]})
    assert Reisdienst(dienst.url).tabel(PLEKKEN) == [[0.0, 1.5], [None, 0.0]]
    (pad,) = dienst.gevraagd
    assert pad.startswith("/dienst/table/v1/driving/5.")
    assert pad.endswith("?annotations=duration")


@pytest.mark.parametrize(
    ("inhoud", "status"),
    [
        ({"code": "NoTable"}, 200),
        ({"code": "Ok", "durations": [[0]]}, 200),
        ({"code": "Ok", "durations": [[0, -5], [1, 0]]}, 200),
        ({"code": "Ok", "durations": [[0, "veel"], [1, 0]]}, 200),
        ({"code": "Ok"}, 200),
        ([], 200),
        (b"<html>", 200),
        ({"code": "Ok", "durations": [[0, 1], [1, 0]]}, 500),
        (b" " * (MAX_BYTES + 1), 200),
    ],
)
def test_wat_geen_antwoord_is_is_een_storing(dienst: Dienst, inhoud: Any, status: int) -> None:
    dienst.geeft(inhoud, status)
    with pytest.raises(ReisStoring):
        Reisdienst(dienst.url).tabel(PLEKKEN)


def test_een_omleiding_wordt_niet_gevolgd(dienst: Dienst) -> None:
    dienst.geeft({}, 302, Location=f"{dienst.url}/elders")
    with pytest.raises(ReisStoring, match="302"):
        Reisdienst(dienst.url).tabel(PLEKKEN)
    assert len(dienst.gevraagd) == 1


def test_een_dienst_die_er_niet_is_of_te_veel_krijgt(dienst: Dienst) -> None:
    dienst.server.shutdown()
    dienst.server.server_close()
    with pytest.raises(ReisStoring):
        Reisdienst(dienst.url).tabel(PLEKKEN)
    with pytest.raises(ReisStoring, match="meer dan"):
        Reisdienst(dienst.url).tabel([(144000.0 + i, 506000.0) for i in range(MAX_PUNTEN + 1)])


@pytest.mark.parametrize(
    "url",
    ["http://osrm.example", "ftp://127.0.0.1", "https://", "https://wie:wat@osrm.example", "https://osrm.example/?x=1"],
)
def test_een_onveilig_adres_mag_niet(url: str) -> None:
    with pytest.raises(ValueError, match=r"https|host"):
        Reisdienst(url)
