"""Taking over the terms of a colleague who is away, or that nobody watches any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.reden import schrijf_reden
from inspecties.dossiers.bewakers import kan_bewaken, mogelijke_bewakers, wezen
from inspecties.dossiers.looptermijnen import geef_aan, lopende
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.dossiers.rules.looptermijn import LOPEND
from inspecties.dossiers.werk import vergrendel

# In the list of whose terms to show: those that nobody watches.
NIEMAND = "niemand"


def van_wie(sessie: Session, actor: Actor, van: str, rijen: Sequence[Looptermijn]) -> list[Looptermijn]:
    """The terms among these of one person (public id), of the actor (``mij``), or of nobody; empty: all of them."""
    if van == "mij":
        return [rij for rij in rijen if rij.eigenaar_id == actor.gebruiker_id]
    if van == NIEMAND:
        los = wezen(sessie, actor, rijen)
        return [rij for rij in rijen if rij.id in los]
    return [rij for rij in rijen if not van or str(rij.eigenaar.uid) == van]


def keuzes_van_wie(sessie: Session, actor: Actor, rijen: Sequence[Looptermijn]) -> list[tuple[str, str]]:
    """Whose terms can be chosen: everybody, the actor, nobody (where there are such), and each other owner."""
    anderen = {str(r.eigenaar.uid): r.eigenaar.naam for r in rijen if r.eigenaar_id != actor.gebruiker_id}
    uit = [("", "Van iedereen"), ("mij", "Die ik bewaak")]
    uit += [(NIEMAND, "Die niemand meer bewaakt")] if wezen(sessie, actor, rijen) else []
    return uit + sorted(anderen.items(), key=lambda paar: paar[1])


def neem_over(sessie: Session, actor: Actor, nu: datetime, van: str, reden: str) -> int:
    """The actor watches every running term of that colleague (or of nobody) that they may see; how many.

    Raises OngeldigeInvoer: no reason, nobody chosen, or nothing to take over.
    """
    omdat = schrijf_reden(reden, "Schrijf op waarom u ze overneemt, zoals verlof of ziekte.")
    if len(omdat) > 200:
        raise OngeldigeInvoer("Houd dit onder de 200 tekens.", "reden")
    if not van or van == "mij":
        raise OngeldigeInvoer("Kies eerst van wie u de termijnen overneemt.", "van")
    mij = mogelijke_bewakers(sessie, actor).get(actor.gebruiker_id or 0)
    rijen = van_wie(sessie, actor, van, list(sessie.scalars(lopende(actor))))
    aantal = 0
    for rij in rijen:
        if mij is None or not kan_bewaken(mij, rij.dossier):
            continue
        eigenaar_id = rij.eigenaar_id
        vergrendel(sessie, actor, rij.dossier)
        sessie.refresh(rij)
        if rij.eigenaar_id != eigenaar_id or rij.stand not in LOPEND:
            continue  # A colleague was first.
        geef_aan(sessie, actor, nu, rij, mij.id, mij.naam, omdat)
        aantal += 1
    if not aantal:
        raise OngeldigeInvoer("Er is geen termijn om over te nemen.", "van")
    return aantal
