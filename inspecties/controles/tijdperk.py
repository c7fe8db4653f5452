"""The server's epoch: tells tablets that a backup was restored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.models import Tijdperk
from inspecties.core.ids import nieuw_id


def epoch(sessie: Session, nu: datetime) -> UUID:
    """The present epoch; the first one is made when it is first asked for (in a transaction that may write)."""
    rij = sessie.scalars(select(Tijdperk)).one_or_none()
    if rij is None:
        rij = Tijdperk(id=1, epoch=nieuw_id(), sinds_op=nu)
        sessie.add(rij)
        sessie.flush()
    return rij.epoch


def verhoog_epoch(sessie: Session, nu: datetime) -> UUID:
    """A new epoch, after a restored backup: tablets then send again what they still hold."""
    epoch(sessie, nu)
    rij = sessie.scalars(select(Tijdperk).with_for_update(key_share=True)).one()
    rij.epoch, rij.sinds_op = nieuw_id(), nu
    sessie.flush()
    return rij.epoch
