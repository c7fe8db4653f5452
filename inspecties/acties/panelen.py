"""Panels on the page of an action: what a part of planning shows there, within its own right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.binnentreden import paneel as machtigingen
from inspecties.acties.models import Actie
from inspecties.core.actor import Actor

# What the template needs, or None where this actor sees nothing of it.
Lezer = Callable[[Session, Actor, Actie, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Paneel:
    """``sjabloon`` is included with ``paneel`` (what ``lees`` gave) and ``actie``; it is one ``<section>``.

    ``plek``: boven (what needs attention), werk (the wide column, below the stops) or rest (the narrow column).
    """

    code: str
    sjabloon: str
    plek: str
    lees: Lezer


# In the order in which they stand on the page.
PANELEN: tuple[Paneel, ...] = (Paneel("machtigingen", "acties/machtiging_paneel.html", "rest", machtigingen),)


def lees_panelen(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> list[tuple[Paneel, dict[str, Any]]]:
    """The panels that this actor sees, with what they show."""
    inhoud = [(paneel, paneel.lees(sessie, actor, actie, nu)) for paneel in PANELEN]
    return [(paneel, deel) for paneel, deel in inhoud if deel is not None]
