"""Which stops still need a version of a checklist, and how many visits have one."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Actie, Stop
from inspecties.acties.rules.gereedheid import AFGEHANDELD
from inspecties.checklists.gebruik import GeplandeStop
from inspecties.controles.bezoeken import checklistcodes
from inspecties.controles.models import Bezoek, Bezoekchecklist
from inspecties.core.actor import Actor, systeem
from inspecties.core.klok import lokale_datum
from inspecties.database import select_voor


def geplande_stops(sessie: Session, actor: Actor) -> Sequence[GeplandeStop]:
    """Stops of actions that are ready or under way, not done with, whose visit has not begun with a version."""
    begonnen = select(Bezoek.stop_id).join(Bezoekchecklist, Bezoekchecklist.bezoek_id == Bezoek.id)
    rijen = sessie.scalars(
        select_voor(actor, Stop)
        .join(Actie, Actie.id == Stop.actie_id)
        .where(
            Actie.toestand.in_(("gereed", "in_uitvoering")),
            Stop.toestand.not_in(AFGEHANDELD),
            Stop.id.not_in(begonnen.where(Bezoek.stop_id.is_not(None), Bezoek.gemeente_id == actor.gemeente_id)),
        )
        .order_by(Actie.begin_op, Actie.id, Stop.volgorde, Stop.id)
        .options(joinedload(Stop.actie), joinedload(Stop.locatie))
    )
    return [
        GeplandeStop(
            stop.actie.naam,
            lokale_datum(stop.actie.begin_op),
            stop.locatie.adresregel,
            stop.locatie.locatietype.code,
            tuple(checklistcodes(stop)),
        )
        for stop in rijen
    ]


def bezoeken_per_versie(sessie: Session, actor: Actor, ids: Sequence[int]) -> Mapping[int, int]:
    """Checklistversie.id -> how many visits of the gemeente began with it.

    All of them, also for who may not open each visit: a number says nothing about whom.
    """
    rijen = sessie.execute(
        select_voor(systeem(actor.gemeente_id), Bezoek)
        .join(Bezoekchecklist, Bezoekchecklist.bezoek_id == Bezoek.id)
        .where(Bezoekchecklist.checklistversie_id.in_(ids))
        .with_only_columns(Bezoekchecklist.checklistversie_id, func.count())
        .group_by(Bezoekchecklist.checklistversie_id)
    )
    return {rij[0]: rij[1] for rij in rijen}
