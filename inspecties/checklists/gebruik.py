"""What checklists ask of the features that use them: planned stops, and visits in numbers.

Checklists come before actions and visits in the order of features, so they say here what they need; ``controles`` has
it, and the list of routes puts the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor


@dataclass(frozen=True)
class GeplandeStop:
    """A stop of an action that is ready or under way, whose visit has no checklist yet. ``soort``: kind of place."""

    actie: str
    datum: date
    plek: str
    soort: str
    codes: tuple[str, ...]


# The stops for which the gemeente still counts on a checklist.
Gepland = Callable[[Session, Actor], Sequence[GeplandeStop]]
GEPLAND = "checklists.gepland"

# Checklistversie ids -> how many visits began with each.
Bezoeken = Callable[[Session, Actor, Sequence[int]], Mapping[int, int]]
BEZOEKEN = "checklists.bezoeken"


def geplande_stops(sessie: Session, actor: Actor) -> Sequence[GeplandeStop]:
    """What the application's ``GEPLAND`` knows."""
    bron: Gepland = current_app.extensions[GEPLAND]
    return bron(sessie, actor)


def bezoeken_per_versie(sessie: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, int]:
    """What the application's ``BEZOEKEN`` counts."""
    bron: Bezoeken = current_app.extensions[BEZOEKEN]
    return bron(sessie, actor, ids)
