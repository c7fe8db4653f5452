"""What a verslag van binnentreden asks of the feature that knows the visits: what was written down at the door.

Actions come before visits in the order of features; the list of routes puts the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.acties.rules.verslag import Deurbericht
from inspecties.core.actor import Actor

SLEUTEL = "deurberichten"

# (session, actor, stops, since) -> Stop.id -> what its visit says; also of every visit that began since then in which
# somebody entered without consent. ``since`` None: only these stops.
Bron = Callable[[Session, Actor, Sequence[int], datetime | None], Mapping[int, Deurbericht]]


def deurberichten(
    sessie: Session, actor: Actor, stop_ids: Sequence[int], sinds: datetime | None = None
) -> Mapping[int, Deurbericht]:
    """What the visits of these stops say."""
    bron: Bron = current_app.extensions[SLEUTEL]
    return bron(sessie, actor, stop_ids, sinds)
