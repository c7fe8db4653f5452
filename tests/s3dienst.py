"""A real S3 server (SeaweedFS) on the loopback, its data in one folder: checks signatures and sums, can be killed."""

import json
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

SLEUTEL_ID = "proefsleutel"
EMMER, MET_VERSIES = "inspecties-proef", "inspecties-versies"
_GEDULD_S = 60
_POORTEN = ("master.port", "volume.port", "filer.port", "s3.port")


def _vrije_poorten(aantal: int) -> list[int]:
    lijnen = [socket.create_server(("127.0.0.1", 0)) for _ in range(aantal)]
    poorten = [int(lijn.getsockname()[1]) for lijn in lijnen]
    for lijn in lijnen:
        lijn.close()
    return poorten


@dataclass
class S3dienst:
    """Runs until ``dood``; ``start`` begins it again with what it had, at the same address."""

    map: Path
    geheim: str = "proef" * 6
    _proces: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.map.mkdir(parents=True, exist_ok=True)
        wie = {"credentials": [{"accessKey": SLEUTEL_ID, "secretKey": self.geheim}], "actions": ["Admin"]}
        (self.map / "wie.json").write_text(json.dumps({"identities": [{"name": "proef"} | wie]}))
        gewoon, grpc = _vrije_poorten(len(_POORTEN)), _vrije_poorten(len(_POORTEN))
        self._poorten = dict(zip(_POORTEN, gewoon, strict=True))
        self._poorten |= {f"{naam}.grpc": poort for naam, poort in zip(_POORTEN, grpc, strict=True)}

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self._poorten['s3.port']}"

    @property
    def client(self) -> "S3Client":
        """The server as its administrator sees it."""
        vorm = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, read_timeout=20)
        return Session().client(
            "s3", endpoint_url=self.adres, region_name="us-east-1", config=vorm,
            aws_access_key_id=SLEUTEL_ID, aws_secret_access_key=self.geheim,
        )  # fmt: skip

    def instellingen(self, voorvoegsel: str, emmer: str = EMMER) -> dict[str, Any]:
        """The settings of the application for a corner of a bucket."""
        vast = {"s3_adres": self.adres, "s3_sleutel_id": SLEUTEL_ID, "s3_geheim": self.geheim}
        return {"opslag": f"s3://{emmer}/{voorvoegsel}"} | vast

    def start(self) -> None:
        """Begin, and wait until it answers."""
        weed = Path(sys.executable).with_name("weed")
        vast = {
            "dir": self.map, "ip": "127.0.0.1", "ip.bind": "127.0.0.1", "s3.config": self.map / "wie.json",
            "filer": "true", "s3": "true", "s3.iam": "false", "webdav": "false", "master.telemetry": "false",
            "s3.port.iceberg": 0, "volume.max": 40, "master.electionTimeout": "500ms", "master.volumeSizeLimitMB": 64,
            "filer.localSocket": self.map / "filer.sock", "s3.localSocket": self.map / "s3.sock",
        }  # fmt: skip
        keuzes = [f"-{naam}={waarde}" for naam, waarde in (vast | self._poorten).items()]
        with (self.map / "logboek.txt").open("ab") as logboek:
            self._proces = subprocess.Popen([weed, "server", *keuzes], stdout=logboek, stderr=logboek, cwd=self.map)
        self._wacht()

    def _wacht(self) -> None:
        tot, client = time.monotonic() + _GEDULD_S, self.client
        while True:
            try:
                er = {emmer["Name"] for emmer in client.list_buckets()["Buckets"]}
                for emmer in {EMMER, MET_VERSIES} - er:
                    client.create_bucket(Bucket=emmer)
                client.put_bucket_versioning(Bucket=MET_VERSIES, VersioningConfiguration={"Status": "Enabled"})
                # Buckets come before there is room for what goes in them.
                client.put_object(Bucket=EMMER, Key="wakker", Body=b"ja")
            except (BotoCoreError, ClientError):
                assert self._proces is not None
                assert self._proces.poll() is None, (self.map / "logboek.txt").read_text("utf-8")[-3000:]
                assert time.monotonic() < tot, (self.map / "logboek.txt").read_text("utf-8")[-3000:]
                time.sleep(0.1)
            else:
                return

    def dood(self) -> None:
        """As a power cut of the server."""
        if self._proces is not None:
            self._proces.kill()
            self._proces.wait()
            self._proces = None
            # Beside its ports it listens on sockets outside its folder.
            for poort in self._poorten.values():
                for rest in Path(tempfile.gettempdir()).glob(f"seaweedfs-*-{poort}.sock"):
                    rest.unlink()
