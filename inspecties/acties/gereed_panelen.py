"""On the page of an action: that 'gereed' no longer holds, where readiness and briefing stand, and what to read."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties import briefing as briefingen
from inspecties.acties.gereed_bronnen import UIT, plan_van
from inspecties.acties.gereedheidsbronnen import gereedheid
from inspecties.acties.models import Actie
from inspecties.acties.rules.embargo import loopt
from inspecties.acties.rules.gereedheid import DIENST_VOORBIJ, Punt
from inspecties.core.actor import Actor
from inspecties.core.rechten import rol_mag


def geschonden(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> list[Punt]:
    """What blocks an action that was ready: it stays as it is, but everybody who plans sees it."""
    if actie.toestand not in UIT or actie.eind_op <= nu:
        return []
    return [punt for punt in gereedheid(sessie, actor, actie, nu).blokkades if punt.code != DIENST_VOORBIJ]


def niet_meer_gereed(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> dict[str, Any] | None:
    """At the top: what changed after 'gereed'."""
    if not rol_mag(actor.rol, "acties.plannen"):
        return None
    punten = geschonden(sessie, actor, actie, nu)
    return {"punten": punten} if punten else None


def te_lezen(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> dict[str, Any] | None:
    """At the top, for who goes along: the briefing to read, or until when the addresses are hidden."""
    if not rol_mag(actor.rol, "briefing.lezen") or actie.toestand not in UIT:
        return None
    plan = plan_van(sessie, actor, actie)
    planner = rol_mag(actor.rol, "acties.plannen")
    if not planner and plan is not None and loopt(plan.embargo_op, nu):
        return {"embargo": plan.embargo_op, "deel": None}
    deel = briefingen.deel_voor(sessie, actor, actie)
    if deel is None:
        return None
    lezing = briefingen.lezing_van(sessie, actor, deel)
    return {
        "embargo": None,
        "deel": deel,
        "gelezen": lezing is not None,
        "eerder": briefingen.eerder_gelezen(sessie, actor, actie),
    }


def stand(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> dict[str, Any] | None:
    """Beside the plan, for who plans: readiness, what was passed over, briefing and embargo."""
    if not rol_mag(actor.rol, "acties.plannen"):
        return None
    uit = gereedheid(sessie, actor, actie, nu)
    plan = plan_van(sessie, actor, actie)
    return {
        "over": uit.uitgezonderd,
        "briefing": briefingen.laatste(sessie, actor, actie),
        "embargo": plan.embargo_op if plan and loopt(plan.embargo_op, nu) else None,
    }
