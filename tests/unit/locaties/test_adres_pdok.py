"""The client of the PDOK Locatieserver against recorded answers (shape of v3_1, invented content), over loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from inspecties.locaties import pdok
from inspecties.locaties.pdok import BronStoring, Pdok

ID = "adr-0123456789abcdef0123456789abcdef"
SUGGESTIES = {
    "response": {
        "numFound": 2,
        "start": 0,
        "maxScore": 11.5,
        "numFoundExact": True,
        "docs": [
            {"type": "adres", "weergavenaam": "Dorpsstraat 12A, 8291AB Markerdam", "id": ID, "score": 11.5},
            {"type": "adres", "weergavenaam": "Kwaad", "id": "../../elders", "score": 1},
        ],
    },
    "highlighting": {ID: {"suggest": ["<b>Dorpsstraat</b> 12A, 8291AB Markerdam"]}},
    "spellcheck": {"suggestions": [], "collations": []},
}
ADRES = {
    "bron": "BAG",
    "type": "adres",
    "id": ID,
    "weergavenaam": "Dorpsstraat 12A-bis, 8291AB Markerdam",
    "straatnaam": "Dorpsstraat",
    "huisnummer": 12,
    "huisletter": "A",
    "huisnummertoevoeging": "bis",
    "postcode": "8291AB",
    "woonplaatsnaam": "Markerdam",
    "gemeentecode": "9901",
    "nummeraanduiding_id": "9901200000009001",
    "adresseerbaarobject_id": "9901010000009001",
    "centroide_rd": "POINT(145000 507000)",
    "centroide_ll": "POINT(5.24 52.551)",
}


class Opname(HTTPServer):
    """Plays back what ``antwoorden`` says per service; keeps what was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Afhandelaar)
        self.antwoorden: dict[str, tuple[int, bytes]] = {
            "suggest": (200, json.dumps(SUGGESTIES).encode()),
            "lookup": (200, json.dumps({"response": {"numFound": 1, "start": 0, "docs": [ADRES]}}).encode()),
        }
        self.gevraagd: list[tuple[str, dict[str, list[str]]]] = []

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/bzk/v3_1/"


class _Afhandelaar(BaseHTTPRequestHandler):
    server: Opname

    def do_GET(self) -> None:
        delen = urlsplit(self.path)
        dienst = delen.path.rsplit("/", 1)[1]
        self.server.gevraagd.append((delen.path, parse_qs(delen.query)))
        status, inhoud = self.server.antwoorden[dienst]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://127.0.0.1:{self.server.server_port}/bzk/v3_1/suggest")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(inhoud)))
        self.end_headers()
        self.wfile.write(inhoud)

    def log_message(self, *_alles: Any) -> None:
        """No line per request."""


@pytest.fixture
def opname() -> Iterator[Opname]:
    server = Opname()
    draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    draad.start()
    yield server
    server.shutdown()
    server.server_close()
    draad.join()


def test_zoeken_en_ophalen(opname: Opname) -> None:
    bron = Pdok(opname.adres)
    assert [(v.sleutel, v.weergave, v.volledig) for v in bron.zoek("dorpsstraat 12", "9901", 5)] == [
        (ID, "Dorpsstraat 12A, 8291AB Markerdam", False)
    ]
    vondst = bron.haal(ID, "9901")
    assert vondst is not None
    assert (vondst.straat, vondst.nummer, vondst.postcode) == ("Dorpsstraat", "12A-bis", "8291AB")
    assert (vondst.x, vondst.y, vondst.lon, vondst.lat) == (145000, 507000, 5.24, 52.551)
    assert (vondst.nummeraanduiding_id, vondst.verblijfsobject_id) == ("9901200000009001", "9901010000009001")
    assert bron.haal(ID, "9901") == vondst
    pad, vraag = opname.gevraagd[0]
    assert pad == "/bzk/v3_1/suggest"
    assert vraag == {"q": ["dorpsstraat 12"], "fq": ["type:adres", "gemeentecode:9901"], "rows": ["5"]}
    # The second time it came from memory.
    assert [p for p, _ in opname.gevraagd] == ["/bzk/v3_1/suggest", "/bzk/v3_1/lookup"]


def test_alleen_de_eigen_gemeente_en_echte_sleutels(opname: Opname) -> None:
    bron = Pdok(opname.adres)
    assert bron.haal(ID, "9902") is None
    assert bron.haal("../../elders", "9901") is None
    assert len(opname.gevraagd) == 1


@pytest.mark.parametrize(
    ("status", "inhoud"),
    [
        (500, b"{}"),
        (302, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b'{"response": {"docs": "nee"}}'),
        (200, b" " * (pdok.MAX_BYTES + 1)),
        (200, b"[" * 100_000),
    ],
)
def test_onbruikbaar_antwoord(opname: Opname, status: int, inhoud: bytes) -> None:
    opname.antwoorden["suggest"] = (status, inhoud)
    bron = Pdok(opname.adres)
    with pytest.raises(BronStoring):
        bron.zoek("dorpsstraat", "9901", 5)
    # Then it is left alone for a while: nothing more is asked.
    with pytest.raises(BronStoring, match="kort geleden"):
        bron.zoek("dorpsstraat", "9901", 5)
    assert len(opname.gevraagd) == 1


def test_na_de_rust_weer(opname: Opname) -> None:
    goed, opname.antwoorden["suggest"] = opname.antwoorden["suggest"], (503, b"")
    bron = Pdok(opname.adres, rust_s=0)
    with pytest.raises(BronStoring):
        bron.zoek("dorpsstraat", "9901", 5)
    opname.antwoorden["suggest"] = goed
    assert len(bron.zoek("dorpsstraat", "9901", 5)) == 1


def test_niemand_luistert() -> None:
    server = Opname()
    adres = server.adres
    server.server_close()
    with pytest.raises(BronStoring):
        Pdok(adres).zoek("dorpsstraat", "9901", 5)


def test_zwijgende_dienst() -> None:
    # Takes the connection and says nothing.
    server = Opname()
    with pytest.raises(BronStoring):
        Pdok(server.adres, tijd_s=0.05).zoek("dorpsstraat", "9901", 5)
    server.server_close()


@pytest.mark.parametrize(
    "adres",
    [
        "http://api.example.nl/v3_1",
        "file:///etc/passwd",
        "https://gebruiker:geheim@api.example.nl/",
        "https:///pad",
        "https://api.example.nl/?q=1",
        "ftp://127.0.0.1/",
    ],
)
def test_geweigerd_adres(adres: str) -> None:
    with pytest.raises(ValueError, match="PDOK"):
        Pdok(adres)
