"""One bucket of an S3 server: put, get, list and destroy, with every failure in words.

The address and the keys are settings. Every request is signed with the hash of what it carries and every object is sent
with its SHA-256, so that the server refuses what was changed on its way. Redirects are not followed, each step has a
time limit, and a request is tried at most twice.
"""

import base64
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from http import HTTPStatus
from threading import Lock
from typing import IO, TYPE_CHECKING, Any

import structlog
from boto3.session import Session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from inspecties.core.fouten import InspectiesFout, OpslagVol, OpslagWeg
from inspecties.core.s3plek import S3Plek

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from types_boto3_s3 import S3Client

STUK = 1024 * 1024
# Somebody waits, on SQLite everybody who writes: a tablet tries again by itself.
_VERBIND_S, _LEES_S, _POGINGEN = 3, 10, 2
# As many as the service has threads, and some for its tasks.
_VERBINDINGEN = 32
# What servers say when there is no room for this owner; most say it with 507 as well.
_VOL = {"QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"}
_GEEN_SLEUTEL = {"NoSuchKey", "404", "NotFound"}
_GEEN_VERSIES = {"NotImplemented", "MethodNotAllowed"}
_EEN_TEGELIJK = Lock()
# A server that does not say when: too young for any sweep.
_NOOIT = datetime.max.replace(tzinfo=UTC)
_log = structlog.get_logger("inspecties.emmer")


@dataclass(frozen=True)
class Ding:
    """An object: its name without the prefix, its bytes, and when it was put."""

    naam: str
    grootte: int
    gezet_op: datetime


@lru_cache(maxsize=1)
def _sessie(_proces: int) -> Session:
    """What is read once: the description of the protocol is large."""
    return Session()


@lru_cache(maxsize=8)
def _client(adres: str, regio: str, sleutel_id: str, geheim: str, padstijl: bool, proces: int) -> "S3Client":
    """Of each process its own: connections do not survive a fork. Threads share it."""
    client = _sessie(proces).client(
        "s3",
        endpoint_url=adres,
        region_name=regio,
        aws_access_key_id=sleutel_id or None,
        aws_secret_access_key=geheim or None,
        config=Config(
            # Without a key: as a stranger, to see what one may.
            signature_version="s3v4" if sleutel_id else UNSIGNED,
            connect_timeout=_VERBIND_S,
            read_timeout=_LEES_S,
            retries={"total_max_attempts": _POGINGEN, "mode": "standard"},
            max_pool_connections=_VERBINDINGEN,
            # Sums are ours: one that is wrong is a finding about the file, not a failure of the line.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if padstijl else "virtual", "payload_signing_enabled": True},
        ),
    )
    client.meta.events.register_first("needs-retry.s3", _geen_omweg)
    return client


class Omweg(BotoCoreError):
    """The server sends us elsewhere: not where the settings say, so we do not go."""

    fmt = "redirected"


def _geen_omweg(response: Any = None, **_: Any) -> None:
    """Before botocore looks for the region that a redirect may mean: it would ask that of the same server, for ever."""
    if response is not None and HTTPStatus.MULTIPLE_CHOICES <= response[0].status_code < HTTPStatus.BAD_REQUEST:
        raise Omweg()


def _code(fout: ClientError) -> str:
    return str(fout.response.get("Error", {}).get("Code", ""))


def in_woorden(fout: BotoCoreError | ClientError) -> InspectiesFout:
    """What failed, for who asked; the log has the code of the server, never what was sent."""
    if not isinstance(fout, ClientError):
        _log.error("opslag_weg", soort=type(fout).__name__)
        return OpslagWeg("De opslag van foto's en stukken is nu niet te bereiken. Er is niets opgeslagen.")
    code, status = _code(fout), fout.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
    _log.error("opslag_fout", code=code, status=status, opdracht=fout.operation_name)
    if code in _VOL or status == HTTPStatus.INSUFFICIENT_STORAGE:
        return OpslagVol("De opslag van de server is vol. Er is niets opgeslagen.")
    if status == HTTPStatus.FORBIDDEN:
        return OpslagWeg("De opslag van foto's en stukken weigert de toegang. Er is niets opgeslagen.")
    return OpslagWeg(f"De opslag van foto's en stukken gaf een fout ({code}). Er is niets opgeslagen.")


@contextmanager
def _gevraagd() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as fout:
        # Not chained: a traceback would show the request with its signature.
        raise in_woorden(fout) from None


@dataclass(frozen=True)
class Emmer:
    """The bucket at this place. Every method raises OpslagWeg where it can not be asked or refuses."""

    plek: S3Plek

    @property
    def client(self) -> "S3Client":
        p = self.plek
        # A session makes one client at a time.
        with _EEN_TEGELIJK:
            return _client(p.adres, p.regio, p.sleutel_id, p.geheim, p.padstijl, os.getpid())

    def _sleutel(self, naam: str) -> str:
        return self.plek.voorvoegsel + naam

    def zet(self, naam: str, inhoud: bytes | IO[bytes], grootte: int, sha256: str) -> None:
        """Put an object; on return the server has it whole. Raises OpslagVol too."""
        som = base64.b64encode(bytes.fromhex(sha256)).decode("ascii")
        with _gevraagd():
            antwoord = self.client.put_object(
                Bucket=self.plek.emmer,
                Key=self._sleutel(naam),
                Body=inhoud,
                ContentLength=grootte,
                # Never a type that a browser shows, should anybody ever open the bucket.
                ContentType="application/octet-stream",
                ChecksumSHA256=som,
            )
        ding = self.kop(naam)
        if antwoord.get("ChecksumSHA256", som) != som or ding is None or ding.grootte != grootte:
            _log.error("opslag_niet_heel")
            raise OpslagWeg("De opslag van foto's en stukken bewaarde een bestand niet heel. Er is niets opgeslagen.")

    def kop(self, naam: str) -> Ding | None:
        """What the server says of an object; None where it has none."""
        with _gevraagd():
            try:
                kop = self.client.head_object(Bucket=self.plek.emmer, Key=self._sleutel(naam))
            except ClientError as fout:
                if _code(fout) in _GEEN_SLEUTEL:
                    return None
                raise
        return Ding(naam, kop.get("ContentLength", -1), kop.get("LastModified", _NOOIT))

    def haal(self, naam: str) -> Iterator[bytes] | None:
        """The bytes of an object in pieces, None where there is none."""
        with _gevraagd():
            try:
                stroom = self.client.get_object(Bucket=self.plek.emmer, Key=self._sleutel(naam))["Body"]
            except ClientError as fout:
                if _code(fout) in _GEEN_SLEUTEL:
                    return None
                raise
        return self._stukken(stroom)

    @staticmethod
    def _stukken(stroom: "StreamingBody") -> Iterator[bytes]:
        with _gevraagd(), stroom:
            yield from stroom.iter_chunks(STUK)

    def dingen(self, begin: str = "") -> Iterator[Ding]:
        """Every object whose name begins so, in order of name."""
        voor = len(self.plek.voorvoegsel)
        with _gevraagd():
            bladen = self.client.get_paginator("list_objects_v2")
            for blad in bladen.paginate(Bucket=self.plek.emmer, Prefix=self._sleutel(begin)):
                for ding in blad.get("Contents", ()):
                    yield Ding(ding["Key"][voor:], ding["Size"], ding["LastModified"])

    def vernietig(self, naam: str) -> None:
        """Destroy an object with every earlier version of it; no matter if it is gone already."""
        sleutel = self._sleutel(naam)
        with _gevraagd():
            versies = self._versies(sleutel)
            for versie in versies:
                self.client.delete_object(Bucket=self.plek.emmer, Key=sleutel, VersionId=versie)
            if not versies:
                self.client.delete_object(Bucket=self.plek.emmer, Key=sleutel)

    def _versies(self, sleutel: str) -> list[str]:
        """Ids of all versions and marks of deletion; none where the server keeps no versions."""
        uit: list[str] = []
        try:
            bladen = self.client.get_paginator("list_object_versions")
            for blad in bladen.paginate(Bucket=self.plek.emmer, Prefix=sleutel):
                for versie in (*blad.get("Versions", ()), *blad.get("DeleteMarkers", ())):
                    if versie["Key"] == sleutel:
                        uit.append(versie["VersionId"])
        except ClientError as fout:
            if _code(fout) not in _GEEN_VERSIES:
                raise
        return uit
