"""Heads stored elsewhere: their lines, what they show of a chain, and the places where they go."""

import json
import socket
import threading
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspecties.audit.bestemmingen import (
    Bestemming,
    BestemmingFout,
    lees_bestemmingen,
    schrijf_bestand,
    stuur_syslog,
)
from inspecties.audit.rules import BEGIN_HASH, bereken_hash, controleer_keten
from inspecties.audit.rules_koppen import Kop, lees_koppen, leid_sleutel_af
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.instellingen import InstellingFout, lees_instellingen
from tests.postserver import vrije_poort
from tests.tlsproef import Kaart, maak_kaart
from tests.unit.audit.test_keten import Keten, maak

SLEUTEL = leid_sleutel_af("", "s" * 40)
NU = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
KOP = Kop("0193", "0001", 5, "ab" * 32, "2026-11-21T17:00:00+00:00")


def herschreven(keten: Keten, i: int) -> Keten:
    """As somebody with the whole database would: one row changed and everything after it, head too, made anew."""
    uit, vorige = list(keten), keten[i][1]
    for n in range(i, len(uit)):
        regel = replace(uit[n][0], handeling="niets") if n == i else uit[n][0]
        uit[n] = (regel, vorige, bereken_hash(regel, vorige))
        vorige = uit[n][2]
    return uit


@given(st.integers(2, 12), st.data())
def test_een_herschreven_keten_valt_op_door_een_oudere_kop(n: int, data: st.DataObject) -> None:
    keten = maak(n)
    i = data.draw(st.integers(0, n - 1))
    bewaard = {s: keten[s - 1][2] for s in data.draw(st.sets(st.integers(i + 1, n), min_size=1))}
    anders = herschreven(keten, i)
    assert controleer_keten(anders, n, anders[-1][2]) is None, "the database alone cannot show this"
    breuk = controleer_keten(anders, n, anders[-1][2], bewaard)
    assert breuk is not None
    assert breuk.seq <= i + 1 <= min(bewaard)
    assert controleer_keten(keten, n, keten[-1][2], bewaard) is None


@given(st.integers(1, 12), st.data())
def test_afkappen_met_een_nieuwe_kop_valt_op(n: int, data: st.DataObject) -> None:
    keten = maak(n)
    korter = keten[: data.draw(st.integers(0, n - 1))]
    kop = korter[-1][2] if korter else BEGIN_HASH
    assert controleer_keten(korter, len(korter), kop) is None
    breuk = controleer_keten(korter, len(korter), kop, {n: keten[-1][2]})
    assert breuk is not None
    assert breuk.seq == len(korter) + 1
    assert f"dat er {n} regels waren" in breuk.uitleg


def test_een_regel_komt_terug_ook_uit_syslog() -> None:
    regel = KOP.regel(SLEUTEL)
    gelezen = lees_koppen(["", f"Nov 21 17:00:00 server inspecties[7]: {regel}", "iets anders"], SLEUTEL)
    assert gelezen.koppen == {"0193": {5: "ab" * 32}}
    assert gelezen.gebreken == []


@pytest.mark.parametrize(
    ("regel", "gebrek"),
    [
        (KOP.regel(SLEUTEL).replace('"seq":5', '"seq":6'), "handtekening"),
        (KOP.regel(leid_sleutel_af("ander" * 8, "")), "handtekening"),
        (KOP.regel(SLEUTEL)[:-20], "niet te lezen"),
        ('{"x": 1}', "geen kop"),
        ('{"soort":"inspecties-auditkop","seq":"5","hmac":"x"}', "niet te lezen"),
    ],
)
def test_een_regel_die_niet_klopt_telt_niet(regel: str, gebrek: str) -> None:
    gelezen = lees_koppen([regel], SLEUTEL)
    assert gelezen.koppen == {}
    assert gebrek in gelezen.gebreken[0]


def test_twee_koppen_die_elkaar_tegenspreken() -> None:
    ander = replace(KOP, hash="cd" * 32)
    gelezen = lees_koppen([KOP.regel(SLEUTEL), ander.regel(SLEUTEL)], SLEUTEL)
    assert "twee verschillende koppen" in gelezen.gebreken[0]


def test_bestand_groeit_alleen_en_is_van_de_dienst(tmp_path: Path) -> None:
    pad = tmp_path / "koppen.jsonl"
    schrijf_bestand(pad, ["een"])
    pad.write_text(pad.read_text() + "half")  # a disk that was full
    schrijf_bestand(pad, ["twee", "drie"])
    assert pad.read_text() == "een\nhalf\ntwee\ndrie\n"
    assert pad.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BestemmingFout, match="niet te schrijven"):
        schrijf_bestand(tmp_path / "weg" / "koppen.jsonl", ["een"])


def test_plekken_lezen() -> None:
    gelezen = lees_bestemmingen(
        "bestand:/var/koppen.jsonl, mail:fg@x.nl, syslog://log:1514,syslog+tcp://[::1],syslog:///dev/log,"
        "syslog+tls://log.x.nl, syslog+tls://log.x.nl:7514"
    )
    assert gelezen == [
        Bestemming("bestand", "/var/koppen.jsonl"),
        Bestemming("mail", "fg@x.nl"),
        Bestemming("udp", "log", 1514),
        Bestemming("tcp", "::1", 601),
        Bestemming("unix", "/dev/log"),
        Bestemming("tls", "log.x.nl", 6514),
        Bestemming("tls", "log.x.nl", 7514),
    ]
    assert [plek.waar for plek in gelezen if plek.mee_te_lezen] == ["log"]


@pytest.mark.parametrize(
    "fout",
    ["koppen.jsonl", "bestand:los", "mail:niemand", "syslog://", "http://x/y", "syslog://a:b@c", "syslog://x:1/y"],
)
def test_een_plek_die_niet_kan(fout: str) -> None:
    with pytest.raises(OngeldigeInvoer):
        lees_bestemmingen(fout)


def ontleed(bericht: bytes) -> Kop:
    """RFC 5424: priority and version, time, host, app, process, message id, no structured data, the message."""
    kop, _, inhoud = bericht.decode().partition(" - ")
    delen = kop.split(" ")
    assert delen[0] == "<109>1"
    assert delen[1] == "2026-11-21T17:00:00.000Z"
    assert (delen[3], delen[5]) == ("inspecties", "auditkop")
    assert lees_koppen([bericht.decode()], SLEUTEL).gebreken == []
    velden = json.loads(inhoud)
    return Kop(**{veld: velden[veld] for veld in vars(KOP)})


@pytest.mark.parametrize("soort", ["udp", "unix"])
def test_syslog_in_pakjes(soort: str, tmp_path: Path) -> None:
    familie = socket.AF_INET if soort == "udp" else socket.AF_UNIX
    with socket.socket(familie, socket.SOCK_DGRAM) as luister:
        luister.bind(("127.0.0.1", 0) if soort == "udp" else str(tmp_path / "log"))
        luister.settimeout(10)
        naam = luister.getsockname()
        waar = Bestemming(soort, *naam) if soort == "udp" else Bestemming(soort, naam)
        stuur_syslog(waar, [KOP.regel(SLEUTEL)], NU)
        assert ontleed(luister.recv(4096)) == KOP


class Luisteraar:
    """Takes one connection, over TLS where it has a certificate, and keeps what came."""

    def __init__(self, kaart: Kaart | None = None) -> None:
        self._luister = socket.create_server(("127.0.0.1", 0))
        self._kaart = kaart
        self._lijn: socket.socket | None = None
        self.ontvangen = bytearray()
        self.poort = int(self._luister.getsockname()[1])
        self._draad = threading.Thread(target=self._neem_aan, daemon=True)
        self._draad.start()

    def _neem_aan(self) -> None:
        lijn, _ = self._luister.accept()
        self._lijn = lijn
        with lijn, suppress(OSError), self._veilig(lijn) as bron:
            while stuk := bron.recv(4096):
                self.ontvangen.extend(stuk)

    def _veilig(self, lijn: socket.socket) -> socket.socket:
        return self._kaart.voor_server().wrap_socket(lijn, server_side=True) if self._kaart else lijn

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._draad.join(10)
        self._luister.close()

    def hang_op(self) -> None:
        """Whatever comes."""
        if self._lijn is not None:
            self._lijn.shutdown(socket.SHUT_RDWR)

    def koppen(self) -> list[int]:
        """The numbers of the heads that came, each read by the length before it."""
        self._draad.join(10)
        uit, rest = [], bytes(self.ontvangen)
        while rest:
            lengte, _, rest = rest.partition(b" ")
            uit.append(ontleed(rest[: int(lengte)]).seq)
            rest = rest[int(lengte) :]
        return uit


TWEE = [KOP.regel(SLEUTEL), replace(KOP, seq=6).regel(SLEUTEL)]


@pytest.mark.parametrize("soort", ["tcp", "tls"])
def test_syslog_telt_de_lengte(soort: str, tmp_path: Path) -> None:
    kaart = maak_kaart(tmp_path)
    with Luisteraar(kaart if soort == "tls" else None) as luister:
        stuur_syslog(Bestemming(soort, "localhost", luister.poort), TWEE, NU, str(kaart.uitgever))
        assert luister.koppen() == [5, 6]


@pytest.mark.parametrize("geval", ["andere naam", "verlopen", "uitgever niet vertrouwd", "geen tls"])
def test_zonder_certificaat_dat_klopt_gaat_er_niets_over_de_lijn(geval: str, tmp_path: Path) -> None:
    """ASVS 12.3.1, 12.3.2: no head is sent to who cannot prove to be that server, and never without TLS after all."""
    namen = ["log.elders.example"] if geval == "andere naam" else ["localhost"]
    kaart = maak_kaart(tmp_path, namen=namen, sinds=-9, dagen=-2 if geval == "verlopen" else 40)
    ca = "" if geval == "uitgever niet vertrouwd" else str(kaart.uitgever)
    wat = "neemt de kop niet aan" if geval == "geen tls" else "INSPECTIES_AUDIT_KOP_CA"
    with Luisteraar(None if geval == "geen tls" else kaart) as luister:
        if geval == "geen tls":
            threading.Timer(0.3, luister.hang_op).start()
        with pytest.raises(BestemmingFout, match=wat):
            stuur_syslog(Bestemming("tls", "localhost", luister.poort), TWEE, NU, ca)
    assert b"auditkop" not in bytes(luister.ontvangen)


def test_een_syslog_die_weg_is_wordt_gezegd(tmp_path: Path) -> None:
    with pytest.raises(BestemmingFout, match="neemt de kop niet aan"):
        stuur_syslog(Bestemming("unix", str(tmp_path / "weg")), ["x"], NU)
    with pytest.raises(BestemmingFout, match="neemt de kop niet aan"):
        stuur_syslog(Bestemming("tls", "localhost", vrije_poort()), ["x"], NU)


def test_een_bestand_met_uitgevers_dat_er_geen_is(tmp_path: Path) -> None:
    """Said before the service starts; a head that could not go would be found out too late."""
    omgeving = {"INSPECTIES_SECRET_KEY": "s" * 40, "INSPECTIES_AUDIT_KOP_NAAR": "syslog+tls://log.x.nl"}
    goed = maak_kaart(tmp_path).uitgever
    assert lees_instellingen(omgeving | {"INSPECTIES_AUDIT_KOP_CA": str(goed)}).audit_kop_ca == str(goed)
    leeg = tmp_path / "leeg.pem"
    leeg.touch()
    for fout in (leeg, tmp_path / "weg.pem", tmp_path):
        with pytest.raises(InstellingFout, match="INSPECTIES_AUDIT_KOP_CA"):
            lees_instellingen(omgeving | {"INSPECTIES_AUDIT_KOP_CA": str(fout)})
