"""Evidence that comes in through a form of an office page: a scan, a photo that was taken with a camera."""

import hashlib
from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.controles.bewijs import keur_inhoud, registreer, zoek_bewijs, zoek_ook_apart
from inspecties.controles.models import Bewijsstuk, Bezoek
from inspecties.controles.opslag import STUK, Opslag, schijf
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.ids import nieuw_id
from inspecties.gebruikers.gemeenten import gemeente_uid


def neem_bestand(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    opslag: Opslag,
    bezoek: Bezoek,
    bron: IO[bytes],
    naam: str,
    vraag_id: str = "",
    herhaling_id: UUID | None = None,
) -> Bewijsstuk:
    """Store a file as evidence of a visit: bytes, kind, place, and only then the row.

    The same file again is the same row.
    Raises OngeldigeInvoer for an empty file or a pixel bomb, SoortGeweigerd for what can be no evidence, OpslagVol,
    Conflict for a file of this visit that stands apart as police data.
    """
    onderweg = nieuw_id()
    deel = opslag.begin(onderweg)
    try:
        hasher, grootte = hashlib.sha256(), 0
        with schijf(), deel.open("wb") as bestand:
            while stuk := bron.read(STUK):
                hasher.update(stuk)
                grootte += len(stuk)
                bestand.write(stuk)
        if not grootte:
            raise OngeldigeInvoer("Dit bestand is leeg. Kies een ander bestand.")
        mediatype = keur_inhoud(deel)
        sha256 = hasher.hexdigest()
        bekend = zoek_ook_apart(sessie, actor, bezoek, sha256)
        if bekend is not None and zoek_bewijs(sessie, actor, bezoek, sha256) is None:
            raise Conflict(
                "Dit bestand staat apart als politiegegeven. Vraag wie daarvoor is aangewezen om het terug te zetten."
            )
        doel = opslag.neem_op(deel, gemeente_uid(sessie, actor), sha256)
    finally:
        deel.unlink(missing_ok=True)
    gegevens = {
        "bestandsnaam": naam[:200],
        "vraag_id": vraag_id,
        "herhaling_id": str(herhaling_id) if herhaling_id else "",
    }
    stuk_rij = registreer(sessie, actor, nu, bezoek, doel, sha256, mediatype, gegevens)
    sessie.flush()
    return stuk_rij
