"""What came of a stop, as the feature that knows the visits tells it.

Actions come before visits in the order of features, so they say here what they want to know; ``controles`` answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

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


# Stop ids -> Stop.id -> its visit, for the visits that the actor may see.
Bron = Callable[[Session, Actor, Sequence[int]], Mapping[int, Uitkomst]]
SLEUTEL = "stopuitkomsten"
