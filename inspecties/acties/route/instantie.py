"""What is to be planned: teams, stops, travel times. All times are minutes since midnight of the day of the action."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Pauze:
    """A break of ``duur_min`` that begins within ``[vroegst, laatst]``, between two stops or at the depot."""

    vroegst: float
    laatst: float
    duur_min: float


@dataclass(frozen=True, slots=True)
class Ploeg:
    """A team with its hours. It starts and ends at the depot.

    ``max_stops`` limits the stops of this team, ``max_per_bevoegdheid`` the stops that need one power, ``max_van`` the
    stops that need any of some powers: that is how a partner's maximum per evening is told. A partner in more teams
    has a share of it in each.
    """

    id: str
    begin: float
    eind: float
    bevoegdheden: frozenset[str] = frozenset()
    pauze: Pauze | None = None
    max_stops: int | None = None
    max_per_bevoegdheid: tuple[tuple[str, int], ...] = ()
    max_van: tuple[tuple[frozenset[str], int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A place to visit. Service begins within ``[open, dicht]``.

    ``vast_ploeg`` binds it to one team, ``vast_begin`` to one moment within its window. A stop that must stay in the
    plan is also ``verplicht``.
    """

    id: str
    x: float
    y: float
    duur_min: float
    open: float
    dicht: float
    waarde: float
    vereist: frozenset[str] = frozenset()
    verplicht: bool = False
    vast_ploeg: str | None = None
    vast_begin: float | None = None


@dataclass(frozen=True, slots=True)
class Instantie:
    """One planning question.

    ``reistijden_min`` (depot first, then the stops in order) replaces coordinates and speed when given.
    ``hele_minuten``: plan on whole minutes and write clock times, as people do who give clock times.
    """

    ploegen: tuple[Ploeg, ...]
    stops: tuple[Stop, ...]
    depot: tuple[float, float] = (0.0, 0.0)
    meter_per_minuut: float = 500.0
    reistijden_min: tuple[tuple[float, ...], ...] | None = None
    tijdslimiet_s: float = 5.0
    zaad: int = 1
    hele_minuten: bool = False

    @classmethod
    def uit_json(cls, gegevens: Mapping[str, Any]) -> Instantie:
        """Read the format of ``inspecties route``; raises ``OngeldigeInvoer`` that names the field."""
        from inspecties.acties.route.lezen import lees_instantie  # noqa: PLC0415 - the reader imports this module

        return lees_instantie(gegevens)

    def reistijd(self, van: int, naar: int) -> float:
        """Minutes from place to place; 0 is the depot, i + 1 is ``stops[i]``."""
        if self.reistijden_min is not None:
            return self.reistijden_min[van][naar]
        (x1, y1), (x2, y2) = self._punt(van), self._punt(naar)
        return math.hypot(x1 - x2, y1 - y2) / self.meter_per_minuut

    def _punt(self, plaats: int) -> tuple[float, float]:
        if plaats == 0:
            return self.depot
        stop = self.stops[plaats - 1]
        return stop.x, stop.y
