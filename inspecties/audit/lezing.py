"""A picture that belongs to a page: the page's line counts for it, while somebody looks at that page."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditregel
from inspecties.audit.operations import leg_vast
from inspecties.core.actor import Actor

# A page with a hundred pictures is one act of reading; who fetches a picture by itself later reads anew.
GELDT = timedelta(minutes=10)


def leg_deel_vast(
    sessie: Session,
    actor: Actor,
    nu: datetime,
    handeling: str,
    object_soort: str,
    object_uid: UUID | str,
    gegevens: dict[str, Any] | None = None,
) -> bool:
    """A line for a part of an object, unless this user left one about that object in the last ten minutes.

    Returns whether there is a new line, which the caller commits.
    """
    kort_geleden = sessie.scalar(
        select(Auditregel.id)
        .where(
            Auditregel.gemeente_id == actor.gemeente_id,
            Auditregel.object_uid == str(object_uid),
            Auditregel.gebruiker_id == actor.gebruiker_id,
            Auditregel.moment > nu - GELDT,
        )
        .limit(1)
    )
    if kort_geleden is not None:
        return False
    leg_vast(sessie, actor, nu, handeling, object_soort, object_uid, gegevens=gegevens)
    return True
