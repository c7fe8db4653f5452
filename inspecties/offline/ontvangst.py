"""Receiving a file in pieces: the bytes on disk are the truth, the row says whose they are."""

import base64
import binascii
import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.controles.bewijs import SoortGeweigerd, keur_inhoud, registreer, zoek_ook_apart
from inspecties.controles.models import Bezoek
from inspecties.controles.opslag import STUK, Opslag, schijf, sha256_van
from inspecties.controles.rules.operatie import is_sha256, is_uuid
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, InspectiesFout, NietGevonden, OngeldigeInvoer
from inspecties.core.rechten import rol_mag
from inspecties.core.virusscan import Besmet, keur_bestand
from inspecties.database import haal, select_voor
from inspecties.gebruikers.gemeenten import gemeente_uid
from inspecties.offline.models import Upload

METADATA = ("sha256", "bezoek_id", "vraag_id", "herhaling_id", "soort", "op_id", "bestandsnaam")


class ControlesomFout(InspectiesFout):
    """The bytes are not those that were announced (tus checksum extension, 460)."""

    status = 460


class Bezet(InspectiesFout):
    """Another request is writing to this upload (RFC 4918, 423)."""

    status = 423


class TeGroot(InspectiesFout):
    """Larger than the gemeente allows."""

    status = 413


class Bron(Protocol):
    """Where the bytes of a request come from."""

    def read(self, n: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Controlesom:
    """The SHA-256 of one piece, from ``Upload-Checksum``."""

    digest: bytes


def lees_metadata(kop: str) -> dict[str, str]:
    """The pairs of ``Upload-Metadata``: key, space, base64, comma between. Raises OngeldigeInvoer."""
    uit: dict[str, str] = {}
    for paar in filter(None, (deel.strip() for deel in kop.split(","))):
        sleutel, _, waarde = paar.partition(" ")
        try:
            uit[sleutel] = base64.b64decode(waarde.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise OngeldigeInvoer(f"Upload-Metadata: '{sleutel}' moet base64 van UTF-8-tekst zijn.", sleutel) from None
    return {sleutel: uit.get(sleutel, "") for sleutel in METADATA}


def keur_metadata(gegevens: dict[str, str]) -> None:
    """Raises OngeldigeInvoer naming the key that is wrong."""
    if not is_sha256(gegevens["sha256"]):
        raise OngeldigeInvoer("sha256 moet de hash van het bestand zijn: 64 tekens 0-9 en a-f.", "sha256")
    if not is_uuid(gegevens["bezoek_id"]):
        raise OngeldigeInvoer("bezoek_id moet een UUID in kleine letters zijn.", "bezoek_id")
    if gegevens["herhaling_id"] and not is_uuid(gegevens["herhaling_id"]):
        raise OngeldigeInvoer("herhaling_id moet leeg zijn of een UUID in kleine letters.", "herhaling_id")
    for veld in ("vraag_id", "bestandsnaam", "soort", "op_id"):
        if len(gegevens[veld]) > 200 or "\x00" in gegevens[veld]:
            raise OngeldigeInvoer(f"{veld} mag hoogstens 200 tekens zijn.", veld)


def lees_controlesom(kop: str | None) -> Controlesom | None:
    """``Upload-Checksum: sha256 <base64>``. Raises OngeldigeInvoer for another algorithm or broken base64."""
    if not kop:
        return None
    soort, _, waarde = kop.strip().partition(" ")
    try:
        digest = base64.b64decode(waarde.strip(), validate=True)
    except binascii.Error:
        digest = b""
    if soort != "sha256" or len(digest) != hashlib.sha256().digest_size:
        raise OnbekendeControlesom("Upload-Checksum moet 'sha256' zijn met de hash in base64.", "Upload-Checksum")
    return Controlesom(digest)


class OnbekendeControlesom(InspectiesFout):
    """An algorithm that the server does not do (tus: 400)."""

    status = 400


def _haal_bezoek(sessie: Session, actor: Actor, uid: str) -> Bezoek:
    if not rol_mag(actor.rol, "bezoeken.invullen"):
        raise NietGevonden("Het bezoek bestaat niet, of u mag het niet zien.")
    return haal(sessie, actor, Bezoek, uid, "Het bezoek")


def begin_upload(
    sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, lengte: int, gegevens: dict[str, str], grootste: int
) -> Upload:
    """A new upload. One whose content the visit has already is complete at once.

    Raises TeGroot, OngeldigeInvoer, NietGevonden (a visit that is not the actor's), OpslagVol.
    """
    if lengte <= 0:
        raise OngeldigeInvoer("Upload-Length moet het aantal bytes zijn, meer dan 0.", "Upload-Length")
    if lengte > grootste:
        raise TeGroot(f"Dit bestand is te groot; {grootste // (1024 * 1024)} MB is het meeste.", "Upload-Length")
    keur_metadata(gegevens)
    bezoek = _haal_bezoek(sessie, actor, gegevens["bezoek_id"])
    upload = Upload(
        gemeente_id=actor.gemeente_id,
        gebruiker_id=actor.gebruiker_id,
        lengte=lengte,
        gegevens=gegevens,
        begonnen_op=nu,
    )
    bekend = zoek_ook_apart(sessie, actor, bezoek, gegevens["sha256"])
    if bekend is not None and bekend.grootte == lengte:
        upload.voltooid_op = nu
    sessie.add(upload)
    sessie.flush()
    if upload.voltooid_op is None:
        opslag.begin(upload.uid)
    return upload


def zoek_upload(sessie: Session, actor: Actor, uid: str) -> Upload:
    """An upload of the actor. Raises NietGevonden, also for somebody else's."""
    upload = haal(sessie, actor, Upload, uid, "De upload")
    if upload.gebruiker_id != actor.gebruiker_id:
        raise NietGevonden("De upload bestaat niet, of u mag het niet zien.")
    return upload


class DeelWeg(Conflict):
    """The part file is gone: a parallel piece was the last one, or it must begin anew. A HEAD tells which."""

    def __init__(self) -> None:
        super().__init__("Dit bestand wordt net afgerond. Vraag eerst op hoe ver het is.", "Upload-Offset")


@contextmanager
def _vergrendeld(pad: Path) -> Iterator[IO[bytes]]:
    """The part file, open for writing and held alone. Raises Bezet, or DeelWeg where it is gone."""
    try:
        bestand = pad.open("r+b")
    except FileNotFoundError:
        raise DeelWeg() from None
    with bestand:
        try:
            fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Bezet("Er loopt al een verzending van dit bestand. Probeer het zo opnieuw.") from None
        if not pad.exists():
            raise DeelWeg()
        yield bestand


def stand(upload: Upload, opslag: Opslag) -> int:
    """How many bytes are on disk. Raises NietGevonden where the part file is gone."""
    if upload.voltooid_op is not None:
        return upload.lengte
    try:
        return opslag.onderweg(upload.uid).stat().st_size
    except FileNotFoundError:
        raise NietGevonden("Van deze upload is niets meer op de server. Begin opnieuw.") from None


def voeg_toe(upload_uid: UUID, lengte: int, opslag: Opslag, offset: int, bron: Bron, som: Controlesom | None) -> int:
    """Write one piece at ``offset`` and return the new offset; the bytes are durable on return.

    Needs no database. Raises Conflict (409) at another offset, Bezet, ControlesomFout (the piece is dropped), TeGroot,
    OpslagVol (the piece is dropped).
    """
    with _vergrendeld(opslag.onderweg(upload_uid)) as bestand:
        op_schijf = bestand.seek(0, os.SEEK_END)
        if offset != op_schijf:
            raise Conflict(f"Upload-Offset moet {op_schijf} zijn, niet {offset}.", "Upload-Offset")
        try:
            with schijf():
                return _schrijf(bestand, lengte, op_schijf, bron, som)
        except InspectiesFout:
            # Nothing of this piece was acknowledged, so nothing of it may count.
            bestand.truncate(op_schijf)
            raise


def _schrijf(bestand: IO[bytes], lengte: int, offset: int, bron: Bron, som: Controlesom | None) -> int:
    hasher = hashlib.sha256()
    rest = lengte - offset
    while stuk := bron.read(min(STUK, rest + 1)):
        if len(stuk) > rest:
            raise TeGroot("Er kwamen meer bytes dan Upload-Length zei.", "Upload-Length")
        hasher.update(stuk)
        bestand.write(stuk)
        rest -= len(stuk)
    bestand.flush()
    if som is not None and not hmac.compare_digest(hasher.digest(), som.digest):
        raise ControlesomFout("Dit stuk is onderweg beschadigd. Stuur het opnieuw.", "Upload-Checksum")
    os.fsync(bestand.fileno())
    return lengte - rest


def scan(opslag: Opslag, upload_uid: UUID) -> None:
    """Have the virus scanner judge a part file that is whole, outside any transaction: it may take long.

    Raises Besmet (the part is removed) or ScannerWeg (it stays, and is judged when it is asked for again).
    """
    deel = opslag.onderweg(upload_uid)
    try:
        if deel.is_file():
            keur_bestand(deel, "bestandsnaam")
    except FileNotFoundError:
        # A parallel request finished it in the meantime, and had it judged itself.
        return
    except Besmet:
        deel.unlink(missing_ok=True)
        raise


def leg_klaar(opslag: Opslag, upload_uid: UUID, map_uid: UUID, lengte: int, sha256: str) -> str:
    """Judge a part file that is whole and store it, outside any transaction: a store elsewhere may take long.

    Returns its media type, "" where a parallel request stored it. Raises ControlesomFout, SoortGeweigerd or
    OngeldigeInvoer; then the part file is removed and nothing is stored.
    """
    deel = opslag.onderweg(upload_uid)
    try:
        with _vergrendeld(deel):
            mediatype = _keur(deel, lengte, sha256)
            opslag.neem_op(deel, map_uid, sha256)
    except DeelWeg:
        return ""
    return mediatype


def _keur(deel: Path, lengte: int, sha256: str) -> str:
    try:
        if deel.stat().st_size != lengte or sha256_van(deel) != sha256:
            raise ControlesomFout(
                "Het bestand is niet het bestand dat u maakte: de hash klopt niet. Stuur het opnieuw."
            )
        return keur_inhoud(deel)
    except (ControlesomFout, SoortGeweigerd, OngeldigeInvoer):
        deel.unlink(missing_ok=True)
        raise


def rond_af(sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, upload: Upload, mediatype: str = "") -> None:
    """Make evidence of an upload whose file is stored (``leg_klaar``): now the row.

    ``mediatype``: empty where somebody else stored it, or a crash came between file and row; then it is read again.
    """
    # A cut-off PATCH and the HEAD that follows it may both come to finish the same upload.
    sessie.refresh(upload, with_for_update={"key_share": True})
    if upload.voltooid_op is not None:
        return
    gegevens = upload.gegevens
    bezoek = _haal_bezoek(sessie, actor, gegevens["bezoek_id"])
    doel = opslag.pad(gemeente_uid(sessie, actor), gegevens["sha256"])
    if not mediatype:
        if not doel.is_file() or doel.stat().st_size != upload.lengte or sha256_van(doel) != gegevens["sha256"]:
            raise NietGevonden("Van deze upload is niets meer op de server. Begin opnieuw.")
        mediatype = keur_inhoud(doel)
    registreer(sessie, actor, nu, bezoek, doel, gegevens["sha256"], mediatype, gegevens)
    upload.voltooid_op = nu


def breek_af(sessie: Session, actor: Actor, nu: datetime, opslag: Opslag, upload: Upload) -> None:
    """End an upload that is not complete and remove its bytes; a complete one only forgets its address."""
    if upload.voltooid_op is None:
        try:
            with _vergrendeld(opslag.onderweg(upload.uid)):
                opslag.onderweg(upload.uid).unlink()
        except DeelWeg:
            pass
        leg_vast(sessie, actor, nu, "upload_afgebroken", "upload", upload.uid)
    sessie.delete(upload)


def open_uploads(sessie: Session, actor: Actor) -> int:
    """How many uploads of the actor are under way."""
    opdracht = select_voor(actor, Upload).where(Upload.gebruiker_id == actor.gebruiker_id, Upload.voltooid_op.is_(None))
    return len(sessie.scalars(opdracht).all())
