"""Messages on their way to a tablet. Fetching them is the receipt."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from inspecties.acties.models import Ploeg
from inspecties.acties.models_avond import Avondbericht, Avondontvangst
from inspecties.core.actor import Actor
from inspecties.database import select_voor


def haal_berichten(sessie: Session, actor: Actor, nu: datetime, ploeg: Ploeg) -> list[dict[str, Any]]:
    """What was said to this team or to all, oldest first, and note that this person's tablet has it now."""
    rijen = sessie.scalars(
        select_voor(actor, Avondbericht)
        .where(Avondbericht.actie_id == ploeg.actie_id)
        .where(or_(Avondbericht.ploeg_id.is_(None), Avondbericht.ploeg_id == ploeg.id))
        .order_by(Avondbericht.id)
        .options(joinedload(Avondbericht.door))
    ).all()
    al = set(
        sessie.scalars(
            select(Avondontvangst.bericht_id).where(
                Avondontvangst.gemeente_id == actor.gemeente_id,
                Avondontvangst.gebruiker_id == actor.gebruiker_id,
                Avondontvangst.bericht_id.in_([rij.id for rij in rijen]),
            )
        )
    )
    sessie.add_all(
        Avondontvangst(gemeente_id=actor.gemeente_id, bericht_id=rij.id, gebruiker_id=actor.gebruiker_id, op=nu)
        for rij in rijen
        if rij.id not in al
    )
    return [
        {
            "id": str(rij.uid),
            "tekst": rij.tekst,
            "van": rij.door.naam,
            "op": rij.op.isoformat(timespec="seconds").replace("+00:00", "Z"),
        }
        for rij in rijen
    ]
