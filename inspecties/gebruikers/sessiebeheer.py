"""The logins that are open: one's own on the account page, those of a colleague for the beheerder. Never content."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor
from inspecties.core.fouten import Conflict, OngeldigeInvoer
from inspecties.core.sleutelbos import Sleutelbos
from inspecties.gebruikers.models import Lidmaatschap, Sessie
from inspecties.gebruikers.rules.afmelden import ALLE, REDENEN
from inspecties.gebruikers.sessies import kenmerk_van
from inspecties.instellingen import Instellingen

# Under this name the feature that knows the tablets registers how it reads those of a user.
SLEUTEL = "toestellen_van_gebruiker"
Toestellezer = Callable[[Session, Actor, int], Sequence[Any]]


def open_sessies(nu: datetime, instellingen: Instellingen) -> Select[Any]:
    """Logins that still open something: not ended, not idle too long, not too old; most recently used first."""
    return (
        select(Sessie)
        .join(Lidmaatschap)
        .where(Sessie.beeindigd_op.is_(None))
        .where(Sessie.gezien_op >= nu - timedelta(minutes=instellingen.sessie_stil_min))
        .where(Sessie.begonnen_op >= nu - timedelta(hours=instellingen.sessie_max_uur))
        .order_by(Sessie.gezien_op.desc(), Sessie.id.desc())
    )


def eigen_sessies(sessie: Session, actor: Actor, nu: datetime, instellingen: Instellingen) -> list[Sessie]:
    """The actor's own."""
    vraag = open_sessies(nu, instellingen).where(Lidmaatschap.gebruiker_id == actor.gebruiker_id)
    return list(sessie.scalars(vraag))


def sessies_van_lid(sessie: Session, lid: Lidmaatschap, nu: datetime, instellingen: Instellingen) -> list[Sessie]:
    """Those in which somebody works for this gemeente; what they do for another is not ours to see or to end."""
    return list(sessie.scalars(open_sessies(nu, instellingen).where(Sessie.lidmaatschap_id == lid.id)))


def meld_lid_af(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    instellingen: Instellingen,
    bos: Sleutelbos,
    lid: Lidmaatschap,
    welke: str,
    reden: str,
) -> int:
    """End one login of a member of the own gemeente, or all; how many were open. Raises OngeldigeInvoer, Conflict.

    ``welke``: what ``kenmerk_van`` calls it, or ALLE. It counts from their next request on.
    """
    if lid.gebruiker_id == actor.gebruiker_id:
        raise Conflict("Uw eigen aanmeldingen beëindigt u op de pagina 'Mijn account'.")
    if reden not in REDENEN:
        raise OngeldigeInvoer("Kies waarom u deze gebruiker afmeldt.", "reden")
    rijen = sessies_van_lid(sessie, lid, nu, instellingen)
    gekozen = rijen if welke == ALLE else [r for r in rijen if kenmerk_van(bos, r) == welke]
    for rij in gekozen:
        rij.beeindigd_op = nu
    if gekozen:
        gegevens = {"reden": reden, "aantal": len(gekozen)}
        leg_vast(sessie, actor, nu, "sessie_beeindigd", "gebruiker", lid.gebruiker.uid, gegevens=gegevens)
    return len(gekozen)
