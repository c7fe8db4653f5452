"""Embargo: before a set moment nobody outside the planning group sees an address of the action.

The moment is the actor's own (``Actor.moment``); who carries none sees nothing that is under embargo.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, column, select, table, true
from sqlalchemy.orm import InstrumentedAttribute

from inspecties.core.actor import Actor
from inspecties.core.rechten import Rol
from inspecties.database.typen import UtcMoment

# Who plans sees the plan; the system works for them.
PLANNERS = frozenset({Rol.COORDINATOR, Rol.SYSTEEM})

# By name: the models of plans are built on those that this narrows.
_PLAN = table("actieplan", column("actie_id"), column("embargo_op", UtcMoment))
_STOP = table("stop", column("id"), column("actie_id"))


def actie_vrij(actie_id: InstrumentedAttribute[int], actor: Actor) -> ColumnElement[bool]:
    """Rows whose action is under no embargo for this actor."""
    if actor.rol in PLANNERS:
        return true()
    return actie_id.not_in(_verboden(actor))


def stop_vrij(stop_id: InstrumentedAttribute[int | None], actor: Actor) -> ColumnElement[bool]:
    """Rows whose stop is under no embargo for this actor; also those without a stop."""
    if actor.rol in PLANNERS:
        return true()
    stops = select(_STOP.c.id).where(_STOP.c.actie_id.in_(_verboden(actor)))
    return stop_id.is_(None) | stop_id.not_in(stops)


def _verboden(actor: Actor) -> Select[Any]:
    opdracht = select(_PLAN.c.actie_id).where(_PLAN.c.embargo_op.is_not(None))
    return opdracht if actor.moment is None else opdracht.where(_PLAN.c.embargo_op > actor.moment)
