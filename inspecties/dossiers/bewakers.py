"""Who can watch a term of a dossier: whoever may work on that dossier or decide on it, and can still log in."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.dossiers.models import Dossier
from inspecties.dossiers.models_termijnen import Looptermijn
from inspecties.gebruikers.models import Gebruiker, Lidmaatschap, kan_aanmelden

_ROLLEN = (Rol.JURIST, Rol.KABINET)


@dataclass(frozen=True)
class Bewaker:
    """Somebody who could watch a term, with the address at which they are warned."""

    id: int
    uid: str
    naam: str
    email: str
    rol: Rol


def mogelijke_bewakers(sessie: Session, actor: Actor) -> dict[int, Bewaker]:
    """Everybody of this gemeente who works with dossiers and is not blocked, in order of name; by user id."""
    rijen = sessie.execute(
        select(Gebruiker.id, Gebruiker.uid, Gebruiker.naam, Gebruiker.email, Lidmaatschap.rol)
        .join(Lidmaatschap, Lidmaatschap.gebruiker_id == Gebruiker.id)
        .where(
            Lidmaatschap.gemeente_id == actor.gemeente_id,
            Lidmaatschap.rol.in_([rol.value for rol in _ROLLEN]),
            kan_aanmelden(),
        )
        .order_by(Gebruiker.naam, Gebruiker.id)
    )
    return {rij.id: Bewaker(rij.id, str(rij.uid), rij.naam, rij.email, Rol(rij.rol)) for rij in rijen}


def kan_bewaken(bewaker: Bewaker, dossier: Dossier) -> bool:
    """Whether this person may see the dossier (``Dossier.bereik``): who cannot see it cannot watch its terms."""
    if dossier.soort == "bibob" and bewaker.id not in {lezer.gebruiker_id for lezer in dossier.lezers}:
        return False
    return bewaker.rol is Rol.JURIST or (dossier.voorgelegd_op is not None and dossier.toestand != "opbouw")


def bewakers_van(sessie: Session, actor: Actor, dossier: Dossier) -> list[Bewaker]:
    """Who can watch a term of this dossier."""
    return [b for b in mogelijke_bewakers(sessie, actor).values() if kan_bewaken(b, dossier)]


def eigenaren(sessie: Session, actor: Actor, dossier: Dossier) -> list[tuple[str, str]]:
    """The same as choices for a form: (uid, name). Of a Bibob dossier only who is named."""
    return [(b.uid, b.naam) for b in bewakers_van(sessie, actor, dossier)]


def wezen(sessie: Session, actor: Actor, rijen: Iterable[Looptermijn]) -> set[int]:
    """Ids of the terms that nobody watches any more: their owner was blocked, left, or cannot see the dossier now."""
    mensen = mogelijke_bewakers(sessie, actor)
    uit = set()
    for rij in rijen:
        bewaker = mensen.get(rij.eigenaar_id)
        if bewaker is None or not kan_bewaken(bewaker, rij.dossier):
            uit.add(rij.id)
    return uit
