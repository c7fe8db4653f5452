"""The way to the board, on the page of an action."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie
from inspecties.core.actor import Actor


def paneel(_sessie: Session, _actor: Actor, actie: Actie, _nu: datetime) -> dict[str, Any] | None:
    """Once there is an evening to look at."""
    if actie.toestand not in {"gereed", "in_uitvoering", "afgerond"}:
        return None
    return {"loopt": actie.toestand != "afgerond"}
