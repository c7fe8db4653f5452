"""What actions ask of the feature that knows the visits: what came of a stop, and to note what happened at the door.

Actions come before visits in the order of features, so they say here what they need; ``controles`` has it, and the
list of routes puts the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from inspecties.acties.models import Stop
from inspecties.core.actor import Actor


@dataclass(frozen=True)
class Uitkomst:
    """The visit of a stop in figures. ``begin_op`` and ``eind_op``: inside from and until."""

    bezoek_uid: UUID
    begin_op: datetime | None
    eind_op: datetime | None
    antwoorden: int
    fotos: int
    bevindingen: int


# (session, actor, now, stop, state, op_id, time of the report, reason): what a team reported at a door.
Melder = Callable[[Session, Actor, datetime, Stop, str, UUID, datetime, str], object]
MELDER = "stopmelder"

# Stop ids -> Stop.id -> its visit, for the visits that the actor may see.
Bron = Callable[[Session, Actor, Sequence[int]], Mapping[int, Uitkomst]]
SLEUTEL = "stopuitkomsten"
