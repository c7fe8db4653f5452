"""Bring standings up to date where somebody looks at a list of them."""

import logging
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database import bind_actor
from inspecties.database.motor import ALLEEN_LEZEN
from inspecties.locaties.prioriteit_stand import is_achter, tel_achter, ververs

# What one page computes at most (a third of a second); the rest waits for the next page, or for the night
# (`inspecties prioriteit ververs`).
PER_BLADZIJDE = 1000

_log = logging.getLogger(__name__)


def houd_bij(sessie: Session, actor: Actor, nu: datetime) -> int:
    """For a page that only reads: compute what is due in a transaction of its own; how many are still due after it.

    The page's own transaction begins anew, so that it sees the outcome.
    """
    if not is_achter(sessie, actor.gemeente_id, nu):
        return 0
    sessie.rollback()
    try:
        with Session(sessie.get_bind()) as eigen:
            bind_actor(eigen, actor)
            ververs(eigen, actor.gemeente_id, nu, hoogstens=PER_BLADZIJDE)
            eigen.commit()
    except OperationalError:
        # Somebody else is writing for a long time: the list of a moment ago is better than no list.
        _log.warning("standings not brought up to date", exc_info=True)
    sessie.connection(execution_options={ALLEEN_LEZEN: True})
    return tel_achter(sessie, actor.gemeente_id, nu)
