"""A short order for stops that were chosen already: every team done as early as it can be.

The planner (``route``) fills a shift with the most valuable stops; it does not shorten a plan in which all stops fit.
So it is asked again with an ever earlier end, by halves: the earliest end at which all stops still fit is the shortest
evening. Where teams start and end is not known here, so the way to the first stop and from the last does not count.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from inspecties.acties.route.instantie import Instantie, Ploeg, Stop
from inspecties.acties.route.plannen import plan
from inspecties.acties.route.uitkomst import Plan, Ploegplan

# Streets are longer than the straight line, and a van in a town does about 30 km/h.
OMWEG = 1.3
METER_PER_MINUUT = 500.0
# Minutes: ending earlier than this by another order is not worth a search.
GENOEG_MIN = 0.05
_POGING_S = 0.4


@dataclass(frozen=True)
class Plek:
    """A stop to order: RD metres, minutes on the spot, its team where one was chosen.

    ``van`` and ``tot``: the visit begins within these minutes after the shift began.
    """

    id: str
    x: float
    y: float
    duur_min: int
    ploeg: str | None = None
    van: float | None = None
    tot: float | None = None


@dataclass(frozen=True)
class Ronde:
    """The stops of a team in order, and how many minutes after the beginning of the shift it is done."""

    ploeg: str
    stops: tuple[str, ...]
    klaar_min: float


@dataclass(frozen=True)
class Voorstel:
    """A round per team, and what does not fit with the reason (id, sentence)."""

    rondes: tuple[Ronde, ...]
    niet_gepland: tuple[tuple[str, str], ...]


def reistijd_min(a: Plek, b: Plek) -> float:
    """Minutes from door to door. Not rounded: within a street the order must be right too."""
    return OMWEG * math.dist((a.x, a.y), (b.x, b.y)) / METER_PER_MINUUT


def stel_volgorde_voor(ploegen: Sequence[str], plekken: Sequence[Plek], duur_min: float, seconden: float) -> Voorstel:
    """Divide the stops that have no team, then order each team's. Takes at most about ``seconden``."""
    uiterlijk = time.monotonic() + seconden
    weg: list[tuple[str, str]] = []
    verdeeld = {p.id: p.ploeg for p in plekken}
    if any(p.ploeg is None for p in plekken):
        # Half of the time for who goes where.
        eerst = _zo_vroeg_mogelijk(ploegen, plekken, duur_min, time.monotonic() + seconden / 2)
        verdeeld |= {b.id: ronde.id for ronde in eerst.ploegen for b in ronde.stops}
        weg += [(n.id, n.reden) for n in eerst.niet_gepland if verdeeld[n.id] is None]
    rondes = []
    for naam in ploegen:
        eigen = [p for p in plekken if verdeeld[p.id] == naam]
        uitkomst = _zo_vroeg_mogelijk([naam], eigen, duur_min, uiterlijk)
        weg += [(n.id, n.reden) for n in uitkomst.niet_gepland]
        rondes += [_ronde(ronde) for ronde in uitkomst.ploegen]
    return Voorstel(tuple(rondes), tuple(weg))


def _ronde(ploegplan: Ploegplan) -> Ronde:
    klaar = max((b.vertrek for b in ploegplan.stops), default=0.0)
    return Ronde(ploegplan.id, tuple(b.id for b in ploegplan.stops), klaar)


def _zo_vroeg_mogelijk(ploegen: Sequence[str], plekken: Sequence[Plek], duur_min: float, uiterlijk: float) -> Plan:
    """The plan of everything with the earliest end that was found in time; what fits where not everything does."""
    beste = plan(_instantie(ploegen, plekken, duur_min))
    if beste.niet_gepland or not plekken:
        return beste
    laag, hoog = 0.0, _einde(beste)
    while hoog - laag > GENOEG_MIN and time.monotonic() < uiterlijk - _POGING_S:
        midden = (laag + hoog) / 2
        poging = plan(_instantie(ploegen, plekken, midden))
        if poging.niet_gepland:
            laag = midden
        else:
            beste, hoog = poging, _einde(poging)
    return beste


def _einde(uitkomst: Plan) -> float:
    return max(_ronde(ploegplan).klaar_min for ploegplan in uitkomst.ploegen)


def _instantie(ploegen: Sequence[str], plekken: Sequence[Plek], eind: float) -> Instantie:
    # Depot first: its row and column are zero, see above.
    reistijden = [[0.0] * (len(plekken) + 1)]
    reistijden += [[0.0, *(reistijd_min(a, b) for b in plekken)] for a in plekken]
    return Instantie(
        ploegen=tuple(Ploeg(naam, 0, eind) for naam in ploegen),
        stops=tuple(
            Stop(
                p.id,
                p.x,
                p.y,
                p.duur_min,
                max(0.0, p.van or 0.0),
                eind if p.tot is None else min(p.tot, eind),
                1.0,
                vast_ploeg=p.ploeg if p.ploeg in ploegen else None,
            )
            for p in plekken
        ),
        reistijden_min=tuple(tuple(rij) for rij in reistijden),
        tijdslimiet_s=_POGING_S,
    )
