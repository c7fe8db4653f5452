"""The counts per grid cell: what the map shows of very many locations without looking at them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from inspecties.core.actor import Actor
from inspecties.database.bereik import select_voor
from inspecties.locaties.models import Locatietype
from inspecties.locaties.models_kaart import Kaartcel
from inspecties.locaties.queries import Filter
from inspecties.locaties.rules.raster import NIVEAUS, celgrootte_m, opgeslagen_niveau
from inspecties.locaties.rules.status import STATUSNAMEN

# x and y of both corners in RD, metres: minx, miny, maxx, maxy.
RdVak = tuple[float, float, float, float]

_ALLES = (0, "")


@dataclass
class Cel:
    """A grid cell: how many locations, their mean place in RD, and the id where it is one."""

    aantal: int
    x: float
    y: float
    id: int


def kan_uit_cellen(filter_: Filter) -> bool:
    """Whether the filter asks nothing that the cells do not know."""
    return replace(filter_, typen=(), statussen=()) == Filter()


def _sleutels(sessie: Session, actor: Actor, filter_: Filter) -> tuple[list[int], list[str]]:
    """The types and statuses whose rows add up to what the filter asks."""
    if not filter_.typen and not filter_.statussen:
        return [_ALLES[0]], [_ALLES[1]]
    opdracht = select_voor(actor, Locatietype).with_only_columns(Locatietype.id)
    if filter_.typen:
        opdracht = opdracht.where(Locatietype.code.in_(filter_.typen))
    return list(sessie.scalars(opdracht)), list(filter_.statussen or STATUSNAMEN)


def _rijen(
    sessie: Session, actor: Actor, filter_: Filter, rd: RdVak, niveau: int, kolommen: Iterable[Any]
) -> Select[Any]:
    typen, statussen = _sleutels(sessie, actor, filter_)
    cel = celgrootte_m(niveau)
    return select(*kolommen).where(
        Kaartcel.gemeente_id == actor.gemeente_id,
        Kaartcel.niveau == niveau,
        Kaartcel.locatietype_id.in_(typen),
        Kaartcel.status.in_(statussen),
        Kaartcel.kolom.between(int(rd[0] / cel), int(rd[2] / cel)),
        Kaartcel.rij.between(int(rd[1] / cel), int(rd[3] / cel)),
    )


def lees_cellen(sessie: Session, actor: Actor, filter_: Filter, rd: RdVak, zoom: int) -> list[Cel]:
    """Cells of the width of ``zoom`` (0 to 16) that touch the box, each counted whole.

    Only for a filter that ``kan_uit_cellen``. Everybody with the right on locations sees all of their gemeente
    (``Risicolocatie.bereik``), so the counts need no narrowing by role.
    """
    niveau = opgeslagen_niveau(zoom)
    breed = celgrootte_m(zoom)
    # Whole cells of the asked width, also where the stored ones are finer.
    heel = (
        int(rd[0] / breed) * breed + 0.01,
        int(rd[1] / breed) * breed + 0.01,
        (int(rd[2] / breed) + 1) * breed - 0.01,
        (int(rd[3] / breed) + 1) * breed - 0.01,
    )
    stap = 2 ** (niveau - zoom)
    # The sums are whole numbers; PostgreSQL would make numerics of sums of bigint.
    sommen = [func.sum(k) for k in (Kaartcel.aantal, Kaartcel.som_x, Kaartcel.som_y, Kaartcel.som_id)]
    opdracht = _rijen(sessie, actor, filter_, heel, niveau, sommen).group_by(
        cast(Kaartcel.kolom, Integer) // stap, cast(Kaartcel.rij, Integer) // stap
    )
    return [
        Cel(int(n), float(sx) / 100 / int(n), float(sy) / 100 / int(n), int(si))
        for n, sx, sy, si in sessie.execute(opdracht)
    ]


def schat(sessie: Session, actor: Actor, filter_: Filter, rd: RdVak) -> int:
    """About how many locations lie in a box: all in the cells that touch it, at a level of at most some 200 cells."""

    def cellen(niveau: int) -> float:
        breed = celgrootte_m(niveau)
        return ((rd[2] - rd[0]) / breed + 1) * ((rd[3] - rd[1]) / breed + 1)

    niveau = max((n for n in NIVEAUS if cellen(n) <= 200), default=0)
    return int(sessie.scalar(_rijen(sessie, actor, filter_, rd, niveau, [func.sum(Kaartcel.aantal)])) or 0)


def tel_alles(sessie: Session, actor: Actor, filter_: Filter) -> int:
    """How many locations the gemeente has that fit the filter; exact."""
    rd = (-7_000.0, 0.0, 300_000.0, 629_000.0)
    return int(sessie.scalar(_rijen(sessie, actor, filter_, rd, 0, [func.sum(Kaartcel.aantal)])) or 0)
