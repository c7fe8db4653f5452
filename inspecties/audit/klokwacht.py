"""Nothing is destroyed because a clock is wrong: the machine's time is held against the log before terms are computed.

The log tells what time it was when somebody last did anything. A clock before that, or long after it, is looked at by a
person first.
"""

from datetime import datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from inspecties.audit.models import Auditkop, Auditregel
from inspecties.core.fouten import Conflict
from inspecties.core.klok import lokaal

# An installation in use writes every day; after a long quiet time somebody confirms that the clock is right.
STIL = timedelta(days=60)
# Two machines never agree to the second.
SPELING = timedelta(minutes=5)
_VORM = "%d-%m-%Y %H:%M"


def laatste_moment(sessie: Session) -> datetime | None:
    """When the last act of any gemeente was, by the order of the log and not by its times; None for an empty log."""
    laatste = select(Auditregel.moment).join(
        Auditkop, and_(Auditkop.gemeente_id == Auditregel.gemeente_id, Auditkop.seq == Auditregel.seq)
    )
    momenten = laatste.subquery()
    uit: datetime | None = sessie.scalar(select(func.max(momenten.c.moment)))
    return uit


def keur_klok(laatste: datetime | None, nu: datetime) -> None:
    """Raises Conflict where this clock can not be trusted with destroying; the message says how to go on."""
    if laatste is None:
        return
    verder = "Er is niets vernietigd. Zet de klok goed. Klopt de klok wel, draai dan opnieuw met --klok-klopt."
    if nu < laatste - SPELING:
        raise Conflict(
            f"De klok van de server staat op {lokaal(nu):{_VORM}}, maar de laatste regel van het auditlogboek is van "
            f"{lokaal(laatste):{_VORM}}. {verder}"
        )
    if nu > laatste + STIL:
        raise Conflict(
            f"De klok van de server staat op {lokaal(nu):{_VORM}}, {(nu - laatste).days} dagen na de laatste regel van "
            f"het auditlogboek. {verder}"
        )
