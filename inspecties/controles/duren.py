"""How long finished visits took, per kind of place: what a planner learns from for the next one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspecties.controles.models import Bezoek
from inspecties.locaties.models import Risicolocatie

# The latest visits say most of how visits go now.
HOOGSTENS = 50


def bezoekduren(sessie: Session, gemeente_id: int, type_ids: Collection[int]) -> Mapping[int, Sequence[float]]:
    """Locatietype.id -> minutes inside of its latest finished visits. Nothing but times is read."""
    rijen = sessie.execute(
        select(Risicolocatie.locatietype_id, Bezoek.begin_op, Bezoek.eind_op)
        .join(Risicolocatie, Risicolocatie.id == Bezoek.locatie_id)
        .where(
            Bezoek.gemeente_id == gemeente_id,
            Risicolocatie.locatietype_id.in_(type_ids),
            Bezoek.begin_op.is_not(None),
            Bezoek.eind_op.is_not(None),
        )
        .order_by(Bezoek.eind_op.desc())
        .limit(HOOGSTENS * max(1, len(type_ids)) * 4)
    )
    uit: dict[int, list[float]] = defaultdict(list)
    for type_id, begin_op, eind_op in rijen:
        if begin_op is not None and eind_op is not None and len(uit[type_id]) < HOOGSTENS:
            uit[type_id].append((eind_op - begin_op).total_seconds() / 60)
    return uit
