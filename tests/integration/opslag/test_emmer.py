"""The bucket: what the server has, it has whole; what it refuses or can not take is said, and nothing is kept."""

import dataclasses
import hashlib
import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest

from inspecties.core.emmer import Emmer
from inspecties.core.emmer_schouw import schouw
from inspecties.core.fouten import InspectiesFout, OpslagVol, OpslagWeg
from inspecties.core.ids import nieuw_id
from inspecties.core.objectopslag import Objectopslag
from inspecties.core.s3plek import S3Plek
from inspecties.instellingen import opslag_van
from tests.conftest import instellingen_voor
from tests.s3dienst import MET_VERSIES, S3dienst

INHOUD = b"een foto" * 1000
SOM = hashlib.sha256(INHOUD).hexdigest()


def _lees(emmer: Emmer, naam: str) -> bytes | None:
    stukken = emmer.haal(naam)
    return None if stukken is None else b"".join(stukken)


def test_wat_is_gezet_is_er_heel_en_wat_er_niet_is_ook_niet(opslag: Objectopslag) -> None:
    emmer = opslag.emmer
    assert (_lees(emmer, "a"), emmer.kop("a"), list(emmer.dingen())) == (None, None, [])
    emmer.zet("a", INHOUD, len(INHOUD), SOM)
    emmer.zet("map/b", INHOUD, len(INHOUD), SOM)
    assert _lees(emmer, "a") == INHOUD
    assert [(d.naam, d.grootte) for d in emmer.dingen()] == [("a", len(INHOUD)), ("map/b", len(INHOUD))]
    assert [d.naam for d in emmer.dingen("map/")] == ["map/b"]
    emmer.vernietig("a")
    emmer.vernietig("a")
    assert (_lees(emmer, "a"), [d.naam for d in emmer.dingen()]) == (None, ["map/b"])


def test_wat_onderweg_verandert_weigert_de_server(opslag: Objectopslag) -> None:
    with pytest.raises(OpslagWeg):
        opslag.emmer.zet("a", INHOUD + b"!", len(INHOUD) + 1, SOM)
    assert opslag.emmer.kop("a") is None


def _anders(emmer: Emmer, **velden: str) -> Emmer:
    return Emmer(dataclasses.replace(emmer.plek, **velden))


@pytest.mark.parametrize("velden", [{"geheim": "een-ander-geheim"}, {"sleutel_id": "onbekend"}])
def test_een_verkeerde_sleutel_komt_er_niet_in(opslag: Objectopslag, velden: dict[str, str]) -> None:
    opslag.emmer.zet("a", INHOUD, len(INHOUD), SOM)
    vreemd = _anders(opslag.emmer, **velden)
    for werk in (
        lambda: vreemd.zet("b", INHOUD, len(INHOUD), SOM),
        lambda: vreemd.haal("a"),
        lambda: vreemd.kop("a"),
        lambda: vreemd.vernietig("a"),
        lambda: list(vreemd.dingen()),
    ):
        with pytest.raises(OpslagWeg, match="weigert de toegang") as fout:
            werk()
        # Nothing of the request stays with the error.
        assert fout.value.__cause__ is None
        assert fout.value.__suppress_context__
    assert [d.naam for d in opslag.emmer.dingen()] == ["a"]


def test_een_emmer_die_er_niet_is_is_een_fout_en_geen_lege_emmer(opslag: Objectopslag) -> None:
    weg = _anders(opslag.emmer, opslag="s3://bestaat-niet")
    with pytest.raises(OpslagWeg):
        list(weg.dingen())
    with pytest.raises(OpslagWeg):
        weg.haal("a")


def test_alle_versies_gaan_weg(s3server: S3dienst, opslag: Objectopslag) -> None:
    """A bucket that keeps versions keeps what was deleted, until every version is."""
    voorvoegsel = str(nieuw_id())
    emmer = _anders(opslag.emmer, opslag=f"s3://{MET_VERSIES}/{voorvoegsel}")
    emmer.zet("a", INHOUD, len(INHOUD), SOM)
    emmer.zet("a", INHOUD, len(INHOUD), SOM)
    emmer.zet("ab", INHOUD, len(INHOUD), SOM)
    # Somebody else deleted it, as one does.
    s3server.client.delete_object(Bucket=MET_VERSIES, Key=f"{voorvoegsel}/a")
    assert emmer.kop("a") is None
    emmer.vernietig("a")
    over = s3server.client.list_object_versions(Bucket=MET_VERSIES, Prefix=f"{voorvoegsel}/")
    assert ([v["Key"] for v in over["Versions"]], over.get("DeleteMarkers", [])) == ([f"{voorvoegsel}/ab"], [])


class _Antwoord(http.server.BaseHTTPRequestHandler):
    """Says the same whatever it is asked; ``doel``: where it sends everybody."""

    status, code, doel = 507, "XMinioStorageFull", ""
    gevraagd = 0

    def _antwoord(self) -> None:
        type(self).gevraagd += 1
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        inhoud = f"<Error><Code>{self.code}</Code></Error>".encode() if self.code else b""
        self.send_response(self.status)
        if self.doel:
            self.send_header("Location", self.doel)
        self.send_header("Content-Length", str(0 if self.command == "HEAD" else len(inhoud)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else inhoud)

    def __getattr__(self, naam: str) -> Any:
        if naam.startswith("do_"):
            return self._antwoord
        raise AttributeError(naam)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def _zegt(status: int, code: str = "", doel: str = "") -> Iterator[tuple[Emmer, type[_Antwoord]]]:
    soort = type("Antwoord", (_Antwoord,), {"status": status, "code": code, "doel": doel})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), soort)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield Emmer(S3Plek("s3://emmer", f"http://127.0.0.1:{server.server_port}", "nl", "wie", "geheim")), soort
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "code", "soort"),
    [
        (507, "XMinioStorageFull", OpslagVol),
        (403, "QuotaExceeded", OpslagVol),
        (403, "AccessDenied", OpslagWeg),
        (503, "SlowDown", OpslagWeg),
        # Says that all is well, and has nothing.
        (200, "", OpslagWeg),
    ],
)
def test_wat_de_server_niet_kan_bewaren(status: int, code: str, soort: type[InspectiesFout]) -> None:
    with _zegt(status, code) as (emmer, _), pytest.raises(InspectiesFout, match="Er is niets opgeslagen") as fout:
        emmer.zet("a", INHOUD, len(INHOUD), SOM)
    assert type(fout.value) is soort


def test_een_omweg_wordt_niet_gevolgd() -> None:
    with _zegt(200) as (ander, elders), _zegt(307, "", f"{ander.plek.adres}/emmer/a") as (emmer, eerste):
        with pytest.raises(OpslagWeg):
            emmer.zet("a", INHOUD, len(INHOUD), SOM)
        # And not tried again: the answer would be the same.
        assert (eerste.gevraagd, elders.gevraagd) == (1, 0)


def test_een_server_die_weg_is_duurt_niet_lang() -> None:
    with _zegt(200) as (emmer, _):
        pass
    begin = time.monotonic()
    with pytest.raises(OpslagWeg, match="niet te bereiken"):
        emmer.kop("a")
    assert time.monotonic() - begin < 10


def test_het_geheim_staat_nergens(opslag: Objectopslag, s3server: S3dienst) -> None:
    inst = instellingen_voor(opslag.wortel, **s3server.instellingen("x"))
    for tekst in (repr(opslag), repr(opslag.emmer.plek), repr(inst), repr(cast(Objectopslag, opslag_van(inst)))):
        assert s3server.geheim not in tekst


def test_de_dokter_ziet_hoe_de_emmer_staat(s3server: S3dienst, opslag: Objectopslag) -> None:
    opslag.emmer.zet("a", INHOUD, len(INHOUD), SOM)
    stand = schouw(opslag.emmer)
    assert (stand.fout, stand.openbaar, stand.versleuteld, stand.versies, stand.versies_te_zien) == (
        "", False, False, False, True,
    )  # fmt: skip
    assert "weigert" in schouw(_anders(opslag.emmer, geheim="een-ander-geheim")).fout
    # Somebody opened it, with versions and encryption.
    emmer = f"open-{nieuw_id()}"
    s3server.client.create_bucket(Bucket=emmer)
    wie_dan_ook = {"Effect": "Allow", "Principal": "*", "Action": "s3:ListBucket", "Resource": f"arn:aws:s3:::{emmer}"}
    s3server.client.put_bucket_policy(
        Bucket=emmer, Policy=json.dumps({"Version": "2012-10-17", "Statement": [wie_dan_ook]})
    )
    regel = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
    s3server.client.put_bucket_encryption(Bucket=emmer, ServerSideEncryptionConfiguration={"Rules": [regel]})
    s3server.client.put_bucket_versioning(Bucket=emmer, VersioningConfiguration={"Status": "Enabled"})
    stand = schouw(_anders(opslag.emmer, opslag=f"s3://{emmer}"))
    assert (stand.fout, stand.openbaar, stand.versleuteld, stand.versies) == ("", True, True, True)
