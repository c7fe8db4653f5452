"""What one part of planning found about readiness; apart from the list of parts, which imports them all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.acties.models_gereed import Gereedheidsuitzondering
from inspecties.acties.rules.gereedheid import Punt
from inspecties.core.actor import Actor


@dataclass
class Bevinding:
    """What one part found: what blocks 'gereed', and what a planner should know but may decide on.

    ``uitgezonderd``: what would block, but was passed over with a reason; only in the sum of all parts.
    """

    blokkades: list[Punt] = field(default_factory=list)
    aandacht: list[Punt] = field(default_factory=list)
    uitgezonderd: list[tuple[Punt, Gereedheidsuitzondering]] = field(default_factory=list)


Bron = Callable[[Session, Actor, Actie, datetime], Bevinding]
