"""Reading checklists and choosing the version that is valid on a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session, selectinload

from inspecties.checklists.models import Checklist, Checklistversie
from inspecties.core.actor import Actor
from inspecties.database import select_voor


def alle_checklists(sessie: Session, actor: Actor) -> Sequence[Checklist]:
    """The checklists of the gemeente by title, with their versions (newest first)."""
    return sessie.scalars(
        select_voor(actor, Checklist).order_by(Checklist.titel).options(selectinload(Checklist.versies))
    ).all()


def geldig_op(versies: Iterable[Checklistversie], datum: date) -> Checklistversie | None:
    """The published version that is valid on a day: the one that began last."""
    kandidaten = [
        v for v in versies if v.status == "gepubliceerd" and v.geldig_vanaf is not None and v.geldig_vanaf <= datum
    ]
    return max(kandidaten, key=lambda v: (v.geldig_vanaf, v.id), default=None)
