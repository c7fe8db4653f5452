"""What the plan adds to readiness: agreements that it breaks, and times that were not computed again."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties.bevinding import Bevinding
from inspecties.acties.models import Actie
from inspecties.acties.models_plan import Stopplan
from inspecties.acties.planbord_feiten import lees_bord
from inspecties.acties.queries import stops_van
from inspecties.acties.rules.gereedheid import Punt
from inspecties.acties.rules.planbord import reken
from inspecties.core.actor import Actor
from inspecties.database import select_voor

# What a team may not do is told by the source of powers.
_ELDERS = frozenset({"bevoegdheid"})
# These count also where nobody computed times yet.
_ALTIJD = frozenset({"uren", "partner_max"})


def bron(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> Bevinding:
    """Source of readiness: windows, hours, breaks, locks and maxima that the plan breaks."""
    uit = Bevinding()
    if actie.toestand not in {"concept", "gereed"}:
        return uit
    ids = {s.id: str(s.uid) for s in stops_van(sessie, actor, actie)}
    gepland = {
        ids[p.stop_id]: p.begin_op
        for p in sessie.scalars(select_voor(actor, Stopplan).where(Stopplan.stop_id.in_(ids)))
        if p.begin_op is not None
    }
    bord = lees_bord(sessie, actor, actie, nu)
    stand = reken(bord)
    for breuk in stand.breuken:
        if breuk.code in _ALTIJD or (gepland and breuk.code not in _ELDERS):
            endpoint = "planbord.uren" if breuk.code in _ALTIJD else "planbord.toon"
            sleutel = f"{breuk.code}:{breuk.stop or breuk.ploeg}"
            uit.blokkades.append(Punt("stops", breuk.zin, endpoint, code=f"plan_{breuk.code}", sleutel=sleutel))
    nieuw = {b.stop: bord.moment(b.begin) for r in stand.roosters for b in r.blokken}
    if gepland and nieuw != gepland:
        zin = "De geplande tijden kloppen niet meer: er is daarna iets gewijzigd. Werk ze bij op het planbord."
        uit.aandacht.append(Punt("stops", zin, "planbord.toon", code="plan_tijden"))
    return uit
