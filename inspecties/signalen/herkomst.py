"""What a signal asks of the feature that knows the visits: the page of what it came of.

Signals come before visits in the order of features, so they say here what they need; ``controles`` has it, and the list
of routes puts the two together.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.signalen.models import Signaal

# (session, actor, signal) -> endpoint and URL values of the page, or None where the actor may not know it.
Herkomst = Callable[[Session, Actor, Signaal], tuple[str, dict[str, object]] | None]
SLEUTEL = "signaalherkomst"
