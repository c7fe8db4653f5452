"""The gemeente that somebody works for."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.gebruikers.models import Gemeente


def gemeente_uid(sessie: Session, actor: Actor) -> UUID:
    """Names the folder of the actor's gemeente in the store."""
    return sessie.scalars(select(Gemeente.uid).where(Gemeente.id == actor.gemeente_id)).one()
