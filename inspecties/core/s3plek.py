"""Where files are kept when that is a bucket: ``s3://bucket/prefix`` and how to get there, read and checked."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.mailserver import is_eigen_machine

BEGIN = "s3://"
_EMMER = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_VOORVOEGSEL = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*")
_REGIO = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True)
class S3Plek:
    """The settings of a bucket, and who asks."""

    opslag: str
    adres: str
    regio: str
    sleutel_id: str
    geheim: str = field(repr=False)
    padstijl: bool = True

    @property
    def emmer(self) -> str:
        return self.opslag.removeprefix(BEGIN).partition("/")[0]

    @property
    def voorvoegsel(self) -> str:
        """The beginning of every name in the bucket: "" or ending in /."""
        rest = self.opslag.removeprefix(BEGIN).partition("/")[2].strip("/")
        return f"{rest}/" if rest else ""

    def keur(self, *, demo: bool) -> None:
        """Raises OngeldigeInvoer; its field is the setting."""
        if not _EMMER.fullmatch(self.emmer) or ".." in self.emmer:
            raise OngeldigeInvoer(
                "schrijf s3://emmer/voorvoegsel; de naam van een emmer is 3 tot 63 kleine letters en cijfers.",
                "opslag",
            )
        if not _VOORVOEGSEL.fullmatch(self.voorvoegsel) or len(self.voorvoegsel) > 200:
            raise OngeldigeInvoer(
                "een voorvoegsel heeft alleen letters, cijfers, punten, streepjes en /, hoogstens 200.",
                "opslag",
            )
        if not _REGIO.fullmatch(self.regio):
            raise OngeldigeInvoer("gebruik kleine letters, cijfers en streepjes, zoals eu-west-1.", "s3_regio")
        for naam, waarde in (("s3_sleutel_id", self.sleutel_id), ("s3_geheim", self.geheim)):
            if not waarde or not waarde.isascii() or not waarde.isprintable() or " " in waarde:
                raise OngeldigeInvoer("is nodig als INSPECTIES_OPSLAG met s3:// begint, zonder spaties.", naam)
        self._keur_adres(demo=demo)

    def _keur_adres(self, *, demo: bool) -> None:
        """What goes there must not be read on its way; a demo has nothing to hide."""
        fout = OngeldigeInvoer("geef alleen https:// met de host en eventueel een poort.", "s3_adres")
        try:
            delen = urlsplit(self.adres)
            host, _ = delen.hostname or "", delen.port
        except ValueError:
            raise fout from None
        if not host or delen.username or delen.path.strip("/") or delen.query or delen.fragment or " " in self.adres:
            raise fout
        if delen.scheme != "https" and not (delen.scheme == "http" and (demo or is_eigen_machine(host))):
            raise fout


@dataclass(frozen=True)
class Emmerstand:
    """How the bucket is set up. ``fout``: why it could not be asked. None: the server does not say."""

    fout: str = ""
    openbaar: bool = False
    versleuteld: bool | None = None
    versies: bool | None = None
    versies_te_zien: bool = True
