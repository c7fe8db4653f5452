"""A configured service leads to the internet and nowhere else (SSRF), whatever its name turns into."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest

from inspecties.core.buitendienst import Buitendienst, GeenAntwoord, is_openbaar, sta_intern_toe

GESLOTEN = (
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "2002:7f00:1::", "2001:db8::1",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _niets_toegestaan() -> Iterator[None]:
    sta_intern_toe(())
    yield
    sta_intern_toe(())


@pytest.fixture
def naar(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What ``dienst.example`` resolves to, one address after another; and every address that was connected to."""
    gevraagd: list[str] = []
    adressen = ["10.0.0.5"]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_a, **_k: [(socket.AF_INET, 1, 6, "", (adres, 443)) for adres in adressen]
    )

    def verbind(adres: tuple[str, int], *_: object) -> socket.socket:
        gevraagd.append(adres[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", verbind)
    yield adressen
    assert set(gevraagd) <= set(adressen)


@pytest.mark.parametrize("adres", GESLOTEN)
def test_eigen_netwerk_is_niet_openbaar(adres: str) -> None:
    assert not is_openbaar(adres)


@pytest.mark.parametrize("adres", ["8.8.8.8", "145.0.0.1", "2a00:1450:4001::1", "::ffff:8.8.8.8"])
def test_internet_is_openbaar(adres: str) -> None:
    assert is_openbaar(adres)


@pytest.mark.parametrize("gevonden", [["10.0.0.5"], ["8.8.8.8", "169.254.169.254"], ["127.0.0.1"]])
def test_naam_die_naar_binnen_wijst(naar: list[str], gevonden: list[str]) -> None:
    naar[:] = gevonden
    with pytest.raises(GeenAntwoord, match="INTERNE_DIENSTEN"):
        Buitendienst("https://dienst.example/pad", 1, 100).lees("x")
    sta_intern_toe({"ander.example"})
    with pytest.raises(GeenAntwoord):
        Buitendienst("https://dienst.example/pad", 1, 100).lees("x")
    sta_intern_toe({"dienst.example"})
    with pytest.raises(ConnectionRefusedError):
        Buitendienst("https://dienst.example/pad", 1, 100).lees("x")


def test_wat_is_opgezocht_wordt_gevraagd(naar: list[str]) -> None:
    """The address that was judged, not the name once more: the answer may be another one by then."""
    naar[:] = ["8.8.8.8"]
    with pytest.raises(ConnectionRefusedError):
        Buitendienst("https://dienst.example", 1, 100).lees("x")


@pytest.mark.parametrize(
    "url",
    [
        "http://dienst.example", "ftp://dienst.example", "file:///etc/passwd", "gopher://dienst.example", "//x", "",
        "https://", "https://naam:geheim@dienst.example", "https://dienst.example?x=1", "https://dienst.example#x",
        "https://dienst.example/\r\nX: 1", "http://127.0.0.1.kwaad.example", "javascript:alert(1)",
        "https://dienst .example",
    ],
)  # fmt: skip
def test_verkeerd_adres_wordt_geweigerd(url: str) -> None:
    with pytest.raises(ValueError, match=r"begin met|host|spaties"):
        Buitendienst(url, 1, 100)


def _antwoord_eenmaal(inhoud: bytes) -> tuple[int, Thread]:
    luister = socket.create_server(("127.0.0.1", 0))

    def antwoord() -> None:
        lijn, _ = luister.accept()
        with lijn, luister:
            lijn.recv(65_536)
            lijn.sendall(inhoud)

    draad = Thread(target=antwoord, daemon=True)
    draad.start()
    return int(luister.getsockname()[1]), draad


@pytest.mark.parametrize(
    ("inhoud", "waarom"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", "HTTP 302"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + b"x" * 500, "te groot"),
    ],
)
def test_geen_omweg_en_niet_te_veel(inhoud: bytes, waarom: str) -> None:
    poort, draad = _antwoord_eenmaal(inhoud)
    with pytest.raises(GeenAntwoord, match=waarom):
        Buitendienst(f"http://127.0.0.1:{poort}", 5, 100).lees("x")
    draad.join(5)


def test_gewoon_antwoord() -> None:
    poort, draad = _antwoord_eenmaal(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nja")
    assert Buitendienst(f"http://127.0.0.1:{poort}", 5, 100).lees("x") == b"ja"
    draad.join(5)
