"""Where a verslag van binnentreden shows besides its own pages: the action, and attention at its readiness."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.queries import stops_van
from inspecties.acties.verslag import mag_schrijven
from inspecties.acties.verslag_queries import moet_zelf, plicht_van, plichten
from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol, rol_mag


def paneel(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> dict[str, Any] | None:
    """On the page of an action: which entries ask a verslag and how each stands."""
    if not rol_mag(actor.rol, "verslagen.lezen") or actie.toestand not in {"in_uitvoering", "afgerond"}:
        return None
    alle = plichten(sessie, actor, nu, [stop.id for stop in stops_van(sessie, actor, actie)])
    rijen = [p for p in alle if actor.rol is not Rol.PARTNER or moet_zelf(actor, p)]
    if not rijen:
        return None
    return {"rijen": sorted(rijen, key=lambda p: p.stop.volgorde), "maken": rol_mag(actor.rol, "verslagen.maken")}


def verslagregel(sessie: Session, actor: Actor, nu: datetime, stop_id: int | None) -> dict[str, Any] | None:
    """One line beside a visit or a machtiging; None where no verslag is needed."""
    if not rol_mag(actor.rol, "verslagen.lezen"):
        return None
    plicht = plicht_van(sessie, actor, nu, stop_id)
    if plicht is None or (actor.rol is Rol.PARTNER and not moet_zelf(actor, plicht)):
        return None
    wie = plicht.verslag.binnentreder_id if plicht.verslag else (actor.gebruiker_id or 0)
    return {"plicht": plicht, "maken": mag_schrijven(actor, wie)}
