"""What became of the proposals of stops, for the debriefing of an action."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from inspecties.acties.daarna_queries import Voorsteltelling
from inspecties.controles.models import Bevinding, Bezoek
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.dossiers.models import Voorstel


def voorstellen_van_stops(sessie: Session, actor: Actor, stop_ids: Sequence[int]) -> Mapping[int, Voorsteltelling]:
    """Stop.id -> its proposals in figures. What nobody judged yet waits; what lapsed unjudged does not count."""
    if not rol_mag(actor.rol, "voorstellen.lezen"):
        return {}
    bevindingen = sessie.execute(
        select_voor(actor, Bevinding)
        .join(Bezoek, Bezoek.id == Bevinding.bezoek_id)
        .where(Bezoek.stop_id.in_(stop_ids))
        .with_only_columns(Bevinding.id, Bezoek.stop_id, Bevinding.vervallen_op)
    ).all()
    oordelen: dict[int, str] = {
        rij[0]: rij[1]
        for rij in sessie.execute(
            select_voor(actor, Voorstel)
            .where(Voorstel.bevinding_id.in_([id_ for id_, _, _ in bevindingen]))
            .with_only_columns(Voorstel.bevinding_id, Voorstel.status)
        )
    }
    tellers: dict[int, Counter[str]] = {}
    for id_, stop_id, vervallen in bevindingen:
        status = oordelen.get(id_, "open")
        if stop_id is not None and (vervallen is None or status != "open"):
            tellers.setdefault(stop_id, Counter())[status] += 1
    return {
        stop_id: Voorsteltelling(teller["overgenomen"], teller["afgewezen"], teller["open"])
        for stop_id, teller in tellers.items()
    }
