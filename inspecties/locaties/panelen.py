"""Panels on the page of a location: what a feature shows there, within its own right.

The wiring fills ``app.extensions[SLEUTEL]`` (``start.locatiepanelen``), because later features have panels too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.locaties.models import Risicolocatie

SLEUTEL = "locatiepanelen"

# What the template needs, or None where this actor sees nothing of it.
Lezer = Callable[[Session, Actor, Risicolocatie, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Paneel:
    """``sjabloon`` is included with ``paneel`` (what ``lees`` gave) and ``locatie``; it is one ``<section>``.

    ``plek``: boven (what needs attention), hoofd (the wide column, above the timeline) or zij (the narrow column).
    """

    code: str
    sjabloon: str
    plek: str
    lees: Lezer
