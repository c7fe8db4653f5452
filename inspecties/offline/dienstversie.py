"""One short text that differs as soon as a person's pack of the day would: tablets compare it at each contact."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_
from sqlalchemy.orm import Session

from inspecties.acties.models import Actie, Ploeg, Stop
from inspecties.acties.models_avond import Avondbericht
from inspecties.acties.models_briefing import Briefing
from inspecties.core.actor import Actor
from inspecties.core.klok import lokale_datum
from inspecties.core.rechten import rol_mag
from inspecties.database import select_voor
from inspecties.offline.ploegen import ploegen_van_dag


def versie_van(sessie: Session, actor: Actor, ploegen: Sequence[tuple[Actie, Ploeg]]) -> str:
    """The version of a pack with these teams: their plans, the stops that this person may see, the last message."""
    ids = [ploeg.id for _, ploeg in ploegen]
    stops = sessie.execute(
        select_voor(actor, Stop)
        .where(Stop.ploeg_id.in_(ids), Stop.toestand != "vervallen")
        .order_by(Stop.ploeg_id, Stop.volgorde, Stop.id)
        .with_only_columns(Stop.uid, Stop.ploeg_id, Stop.volgorde)
    )
    laatste = sessie.scalar(
        select_voor(actor, Avondbericht)
        .where(Avondbericht.actie_id.in_([actie.id for actie, _ in ploegen]))
        .where(or_(Avondbericht.ploeg_id.is_(None), Avondbericht.ploeg_id.in_(ids)))
        .with_only_columns(func.count())
    )
    # A new version of the briefing is news for who is on the way.
    briefings = sessie.scalar(
        select_voor(actor, Briefing)
        .where(Briefing.actie_id.in_([actie.id for actie, _ in ploegen]))
        .with_only_columns(func.count())
    )
    inhoud = [
        [[str(actie.uid), actie.versie, str(ploeg.uid)] for actie, ploeg in ploegen],
        [[str(uid), ploeg_id, volgorde] for uid, ploeg_id, volgorde in stops],
        laatste or 0,
        briefings or 0,
    ]
    return hashlib.sha256(json.dumps(inhoud).encode()).hexdigest()[:16]


def versie_nu(sessie: Session, actor: Actor, nu: datetime) -> str | None:
    """The version of today's pack; None for who has no pack."""
    if not rol_mag(actor.rol, "dienst.ophalen"):
        return None
    return versie_van(sessie, actor, ploegen_van_dag(sessie, actor, lokale_datum(nu)))
