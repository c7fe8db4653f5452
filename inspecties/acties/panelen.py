"""Panels on the page of an action: what a part of planning shows there, within its own right."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspecties.acties.avond_paneel import paneel as avondbord
from inspecties.acties.binnentreden import paneel as machtigingen
from inspecties.acties.daarna_queries import daarnapaneel, lespaneel
from inspecties.acties.gereed_panelen import niet_meer_gereed, stand, te_lezen
from inspecties.acties.models import Actie
from inspecties.acties.planbord_paneel import paneel as planbord
from inspecties.acties.stops_paneel import paneel as stops
from inspecties.acties.uitnodigingen_overzicht import paneel as uitnodigingen
from inspecties.acties.verslag_paneel import paneel as verslagen
from inspecties.acties.voertuigen import paneel as voertuigen
from inspecties.core.actor import Actor

# What the template needs, or None where this actor sees nothing of it.
Lezer = Callable[[Session, Actor, Actie, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Paneel:
    """``sjabloon`` is included with ``paneel`` (what ``lees`` gave) and ``actie``; it is one ``<section>``.

    ``plek``: boven (what needs attention), werk (the wide column, below the stops) or rest (the narrow column).
    """

    code: str
    sjabloon: str
    plek: str
    lees: Lezer


# In the order in which they stand on the page.
PANELEN: tuple[Paneel, ...] = (
    Paneel("niet_gereed", "acties/gereed_boven.html", "boven", niet_meer_gereed),
    Paneel("briefing", "acties/briefing_boven.html", "boven", te_lezen),
    Paneel("gereedheid", "acties/gereed_stand.html", "rest", stand),
    Paneel("avondbord", "acties/avond_paneel.html", "rest", avondbord),
    Paneel("verslagen", "acties/verslag_paneel.html", "rest", verslagen),
    Paneel("uitnodigingen", "acties/uitnodigingen_paneel.html", "rest", uitnodigingen),
    Paneel("planbord", "acties/planbord_paneel.html", "rest", planbord),
    Paneel("machtigingen", "acties/machtiging_paneel.html", "rest", machtigingen),
    Paneel("stops", "acties/stops_paneel.html", "rest", stops),
    Paneel("terugkijken", "acties/debriefing_paneel.html", "rest", daarnapaneel),
    Paneel("lessen", "acties/debriefing_lessen.html", "rest", lespaneel),
    Paneel("voertuigen", "acties/voertuigen_paneel.html", "rest", voertuigen),
)


def lees_panelen(sessie: Session, actor: Actor, actie: Actie, nu: datetime) -> list[tuple[Paneel, dict[str, Any]]]:
    """The panels that this actor sees, with what they show."""
    inhoud = [(paneel, paneel.lees(sessie, actor, actie, nu)) for paneel in PANELEN]
    return [(paneel, deel) for paneel, deel in inhoud if deel is not None]
