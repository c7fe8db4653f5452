"""Documents about a location: their kind follows from the bytes, which stand in the store under their hash."""

from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.beelden import OnleesbaarBeeld, controleer_omvang, maak_kopie
from inspecties.core.fouten import Conflict, NietGevonden, OngeldigeInvoer
from inspecties.core.herkenning import KOP_BYTES, mediatype_van, schone_naam
from inspecties.core.opslag import Opslag
from inspecties.database.bereik import select_voor
from inspecties.gebruikers.models import Gemeente
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.models_feiten import Document

SOORTEN: dict[str, str] = {"application/pdf": "PDF", "image/jpeg": "foto", "image/png": "afbeelding"}
MAX_MB = 20
_MAX_BYTES = MAX_MB * 1024 * 1024


def gemeente_uid(sessie: Session, actor: Actor) -> UUID:
    """Names the folder of the actor's gemeente in the store."""
    return sessie.scalars(select(Gemeente.uid).where(Gemeente.id == actor.gemeente_id)).one()


def _lees(bron: IO[bytes]) -> tuple[bytes, str]:
    """The bytes and their media type. Raises OngeldigeInvoer at 'bestand'."""
    inhoud = bron.read(_MAX_BYTES + 1)
    if not inhoud:
        raise OngeldigeInvoer("Dit bestand is leeg. Kies een ander bestand.", "bestand")
    if len(inhoud) > _MAX_BYTES:
        raise OngeldigeInvoer(f"Dit bestand is te groot. Een document is hoogstens {MAX_MB} MB.", "bestand")
    mediatype = mediatype_van(inhoud[:KOP_BYTES])
    if mediatype not in SOORTEN:
        raise OngeldigeInvoer("Dit soort bestand kan niet. Kies een PDF, een JPEG of een PNG.", "bestand")
    return inhoud, mediatype


def voeg_document_toe(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    locatie: Risicolocatie,
    bron: IO[bytes],
    bestandsnaam: str,
    titel: str = "",
    *,
    met_personen: bool = True,
) -> Document:
    """Store a file with a location: bytes first, durably, and only then the row.

    Raises OngeldigeInvoer (field 'bestand' or 'titel'), Conflict for a file that stands here already, OpslagVol.
    """
    inhoud, mediatype = _lees(bron)
    naam = schone_naam(bestandsnaam, mediatype, "document")
    kop = titel.strip() or naam.rsplit(".", 1)[0]
    if len(kop) > 160:
        raise OngeldigeInvoer(f"De titel is te lang: {len(kop)} tekens, 160 is het meeste.", "titel")
    sha256 = opslag.schrijf(gemeente_uid(sessie, actor), inhoud)
    if mediatype.startswith("image/"):
        _keur_beeld(sessie, actor, opslag, sha256)
    dubbel = sessie.scalars(
        select_voor(actor, Document).where(
            Document.locatie_id == locatie.id, Document.sha256 == sha256, Document.ingetrokken_op.is_(None)
        )
    ).first()
    if dubbel is not None:
        raise Conflict(f"Dit bestand staat al bij deze locatie: {dubbel.titel}.", "bestand")
    rij = Document(
        gemeente_id=actor.gemeente_id,
        locatie_id=locatie.id,
        titel=kop,
        bestandsnaam=naam,
        mediatype=mediatype,
        omvang=len(inhoud),
        sha256=sha256,
        met_personen=met_personen,
        door_id=actor.gebruiker_id,
        op=nu,
    )
    sessie.add(rij)
    sessie.flush()
    leg_vast(
        sessie, actor, nu, "document_toegevoegd", "risicolocatie", locatie.uid, gegevens={"document": str(rij.uid)}
    )
    return rij


def _keur_beeld(sessie: Session, actor: Actor, opslag: Opslag, sha256: str) -> None:
    """A picture that cannot be shown is refused while whoever has it is still there to send another."""
    pad = opslag.pad(gemeente_uid(sessie, actor), sha256)
    try:
        controleer_omvang(pad)
        maak_kopie(pad)
    except OngeldigeInvoer as fout:
        raise OngeldigeInvoer(fout.melding, "bestand") from fout
    except OnleesbaarBeeld as fout:
        raise OngeldigeInvoer("Deze afbeelding is beschadigd en kan niet worden getoond.", "bestand") from fout


def trek_document_in(sessie: Session, actor: Actor, nu: datetime, document: Document) -> None:
    """Take a document off the list; the row and the bytes stay. Raises Conflict where that was done already."""
    if document.ingetrokken_op is not None:
        raise Conflict("Dit document is al van de lijst gehaald.")
    document.ingetrokken_op = nu
    leg_vast(sessie, actor, nu, "document_ingetrokken", "locatiedocument", document.uid)


def beeld_van(sessie: Session, actor: Actor, opslag: Opslag, document: Document) -> bytes:
    """A re-encoded JPEG of a picture, without metadata. Raises NietGevonden where there is none to make."""
    pad = opslag.pad(gemeente_uid(sessie, actor), document.sha256)
    if not document.mediatype.startswith("image/"):
        raise NietGevonden("Van dit soort bestand is geen afbeelding te maken.")
    if not pad.is_file():
        raise NietGevonden("Dit bestand staat niet in de opslag. Waarschuw de beheerder.")
    try:
        return maak_kopie(pad).inhoud
    except OnleesbaarBeeld as fout:
        raise NietGevonden("Deze afbeelding is beschadigd; het origineel is bewaard.") from fout
