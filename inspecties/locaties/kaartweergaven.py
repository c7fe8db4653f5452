"""Views of the map that a user gave a name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from sqlalchemy import func
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.database.bereik import select_voor
from inspecties.locaties.models_kaart import Kaartweergave

# What of the map's address belongs to a view; the rest of a query string is left out.
SLEUTELS = (
    *("type", "status", "zoek", "niet_bezocht_maanden", "prioriteit"),
    *("kleur", "laag", "lon", "lat", "zoom"),
)
MAX_WEERGAVEN = 30
_LANGSTE_VRAAG = 2_000


def weergaven_van(sessie: Session, actor: Actor) -> Sequence[Kaartweergave]:
    """The user's own views by name."""
    return sessie.scalars(select_voor(actor, Kaartweergave).order_by(func.lower(Kaartweergave.naam))).all()


def bewaar_weergave(
    sessie: Session, actor: Actor, nu: datetime, naam: str, velden: Mapping[str, Sequence[str]]
) -> Kaartweergave:
    """Keep a view; one with the same name is replaced. Raises OngeldigeInvoer without a name, Conflict for too many.

    No audit line: it says nothing about anybody and only its user sees it.
    """
    naam = " ".join(naam.split())[:80]
    if not naam:
        raise OngeldigeInvoer("Geef de weergave een naam.", "naam")
    paren = [(sleutel, waarde) for sleutel in SLEUTELS for waarde in velden.get(sleutel, ()) if waarde]
    vraag = urlencode(paren)
    if len(vraag) > _LANGSTE_VRAAG:
        raise OngeldigeInvoer(
            "Dit filter is te lang om te bewaren. Kies minder typen of een kortere zoektekst.", "naam"
        )
    eigen = weergaven_van(sessie, actor)
    rij = next((w for w in eigen if w.naam == naam), None)
    if rij is not None:
        rij.vraag = vraag
    elif len(eigen) >= MAX_WEERGAVEN:
        raise Conflict(f"U hebt al {MAX_WEERGAVEN} weergaven. Verwijder er eerst een.", "naam")
    elif actor.gebruiker_id is None:
        raise OngeldigeInvoer("Alleen een gebruiker kan een weergave bewaren.", "naam")
    else:
        rij = Kaartweergave(
            gemeente_id=actor.gemeente_id,
            gebruiker_id=actor.gebruiker_id,
            naam=naam,
            vraag=vraag,
            aangemaakt_op=nu,
        )
        sessie.add(rij)
    sessie.flush()
    return rij
