"""Tablets on an evening, for the board of an action: last contact, gaps, and photos that are still on their way."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspecties.acties.avondtablet import Tabletstand, Tabletten
from inspecties.controles.models import Bezoek, Operatie, Toestelgat
from inspecties.controles.queries import aanwezig_bewijs, als_kop
from inspecties.controles.rules.vouw import Vouw
from inspecties.core.actor import Actor
from inspecties.database import select_voor
from inspecties.gebruikers.models import Toestel


def tabletten_van(
    sessie: Session, actor: Actor, leden: Sequence[tuple[int, str, str]], stop_ids: Sequence[int]
) -> Tabletten:
    """How the tablets of these people stand, and per stop how many photos are missing. Five queries."""
    ids = [lid[0] for lid in leden]
    gezien = dict(
        sessie.execute(
            select_voor(actor, Toestel)
            .where(Toestel.gebruiker_id.in_(ids), Toestel.ingetrokken_op.is_(None))
            .with_only_columns(Toestel.gebruiker_id, func.max(Toestel.gezien_op))
            .group_by(Toestel.gebruiker_id)
        ).all()
    )
    gaten = dict(
        sessie.execute(
            select_voor(actor, Toestelgat)
            .where(Toestelgat.gebruiker_id.in_(ids), Toestelgat.gevuld_op.is_(None))
            .where(Toestelgat.beoordeeld_op.is_(None))
            .with_only_columns(Toestelgat.gebruiker_id, func.sum(Toestelgat.tot_seq - Toestelgat.van_seq + 1))
            .group_by(Toestelgat.gebruiker_id)
        ).all()
    )
    standen = [Tabletstand(naam, ploeg, gezien.get(id_), int(gaten.get(id_, 0))) for id_, naam, ploeg in leden]
    return Tabletten(standen, _fotos_onderweg(sessie, actor, stop_ids))


def _fotos_onderweg(sessie: Session, actor: Actor, stop_ids: Sequence[int]) -> dict[int, int]:
    bezoeken = sessie.scalars(select_voor(actor, Bezoek).where(Bezoek.stop_id.in_(stop_ids))).all()
    # Only what hangs evidence on a question: the manifest follows from that lane alone.
    vouwen = {b.id: Vouw() for b in bezoeken}
    rijen = sessie.scalars(
        select(Operatie)
        .where(Operatie.gemeente_id == actor.gemeente_id, Operatie.bezoek_id.in_(vouwen), Operatie.soort == "attach")
        .order_by(Operatie.bezoek_id, Operatie.rev)
    )
    for op in rijen:
        vouwen[op.bezoek_id].voeg_toe(als_kop(op))
    aanwezig = aanwezig_bewijs(sessie, actor, bezoeken)
    tellingen = {b.stop_id: len(set(vouwen[b.id].manifest()) - aanwezig[b.id]) for b in bezoeken if b.stop_id}
    return {stop_id: aantal for stop_id, aantal in tellingen.items() if aantal}
