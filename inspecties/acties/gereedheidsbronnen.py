"""What the parts of planning add to readiness: each looks at its own tables and says what blocks and what to know."""

from datetime import datetime

from sqlalchemy.orm import Session

from inspecties.acties import bevoegdheden_gereed, binnentreden, boekingen, gereed_bronnen, planbord_gereed
from inspecties.acties.bevinding import Bevinding, Bron
from inspecties.acties.gereed_uitzonderen import alle_van, scheid
from inspecties.acties.models import Actie
from inspecties.acties.queries import feiten_van
from inspecties.acties.rules.gereedheid import Punt, belemmeringen, vind_aandacht, vind_blokkades
from inspecties.core.actor import Actor

__all__ = ["BRONNEN", "Bevinding", "Bron", "gereedheid", "in_de_weg"]

BRONNEN: tuple[Bron, ...] = (
    bevoegdheden_gereed.bron,
    binnentreden.grond_en_machtiging,
    boekingen.dubbel_geboekt,
    planbord_gereed.bron,
    gereed_bronnen.embargo,
    gereed_bronnen.briefing,
    gereed_bronnen.tablets,
)


def gereedheid(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> Bevinding:
    """Everything that stands between this action and 'gereed', what was passed over, and what deserves attention."""
    feiten = feiten_van(sessie, actor, actie)
    uit = Bevinding(vind_blokkades(feiten, nu), vind_aandacht(feiten))
    for bron in BRONNEN:
        deel = bron(sessie, actor, actie, nu)
        uit.blokkades += deel.blokkades
        uit.aandacht += deel.aandacht
    uit.blokkades, uit.uitgezonderd = scheid(uit.blokkades, alle_van(sessie, actor, actie))
    return uit


def in_de_weg(sessie: Session, actor: Actor, actie: Actie, naar: str, nu: datetime) -> list[Punt]:
    """What stands in the way of one transition."""
    if (actie.toestand, naar) == ("concept", "gereed"):
        return gereedheid(sessie, actor, actie, nu).blokkades
    uit = belemmeringen(actie.toestand, naar, feiten_van(sessie, actor, actie), nu)
    if (actie.toestand, naar) == ("gereed", "in_uitvoering"):
        uit += gereed_bronnen.embargo_nu(sessie, actor, actie, nu)
    return uit
