"""The teams that a person is in on a day."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Ploeg, ploegen_van
from inspecties.core.actor import Actor
from inspecties.core.klok import TIJDZONE
from inspecties.database import select_voor

VELDTOESTANDEN = ("gereed", "in_uitvoering", "afgerond")


def ploegen_van_dag(sessie: Session, actor: Actor, datum: date) -> list[tuple[Actie, Ploeg]]:
    """The actor's own teams of actions that touch this day, with their action."""
    begin = datetime(datum.year, datum.month, datum.day, tzinfo=TIJDZONE)
    dag_erna = begin.date() + timedelta(days=1)
    eind = datetime(dag_erna.year, dag_erna.month, dag_erna.day, tzinfo=TIJDZONE)
    opdracht = (
        select_voor(actor, Ploeg)
        .join(Actie, Actie.id == Ploeg.actie_id)
        # Also for a coordinator only the own team: a tablet holds the smallest pack.
        .where(Ploeg.id.in_(ploegen_van(actor)), Actie.begin_op < eind, Actie.eind_op >= begin)
        .where(Actie.toestand.in_(VELDTOESTANDEN))
        .add_columns(Actie)
        .order_by(Actie.begin_op, Actie.id, Ploeg.volgorde, Ploeg.id)
    )
    return [(actie, ploeg) for ploeg, actie in sessie.execute(opdracht)]
