"""What a kind of location may have as its checklist: those that are published."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.checklists.queries import uitgegeven_op
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum


def checklists(sessie: Session, actor: Actor, nu: datetime) -> Sequence[tuple[str, str]]:
    """(code, title) of every checklist with a version that counts now, by title."""
    return [(code, versies[0].titel) for code, versies in uitgegeven_op(sessie, actor, lokale_datum(nu)).items()]
