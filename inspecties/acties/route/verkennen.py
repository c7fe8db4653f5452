"""Plans from PyVRP's iterated local search, for instances that label setting can not finish in time."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyvrp import (
    Client,
    Depot,
    IteratedLocalSearch,
    Location,
    PenaltyManager,
    ProblemData,
    RandomNumberGenerator,
    Route,
    Solution,
    VehicleType,
)
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.search import (
    OPERATORS,
    LocalSearch,
    NeighbourhoodParams,
    PerturbationManager,
    PerturbationParams,
    compute_neighbours,
)

from inspecties.acties.route.opgave import Klasse, Opgave, Plannetje, maak_rooster, type_route

_PER_MINUUT = 1000
_HOOGSTENS = 3000
# Chosen by trial on forty to five hundred stops at 2 s: a short memory and small disturbances converge in time.
_VERSTORING, _GEHEUGEN, _ZONDER_VERBETERING = 10, 30, 2000
# Prizes are scaled so that an average stop is worth this; a minute of travel costs 1: that breaks ties, leaves room.
_GEMIDDELDE_PRIJS = 10_000
# What a compulsory stop is worth on top: about a whole team's evening. More would drown the penalties, and with those
# the search for plans that fit; which plan is best is decided by points anyway.
_VERPLICHT = 15 * _GEMIDDELDE_PRIJS
_HOOGSTE_STRAF = 1e7
# Routes are kept from plans that miss at most this share of the best value: they may combine into a better one.
_DICHTBIJ = 0.97


@dataclass(frozen=True, slots=True)
class Vondst:
    """The best plan (routes per class) and the routes of plans that came near it, all of which fit."""

    beste: Plannetje
    routes: list[tuple[int, type_route]]


class _Verzamelaar(IteratedLocalSearchCallbacks):
    """Keeps the plans worth most and counts the moves tried, which is the measure of work."""

    def __init__(self, opgave: Opgave, zoeker: Any, meld: Callable[[Plannetje], None]) -> None:
        self.opgave, self.zoeker, self.meld = opgave, zoeker, meld
        self.zetten = 0
        self.routes: dict[tuple[int, type_route], None] = {}
        self.passend: dict[tuple[int, type_route], type_route] = {}
        self.prijs = 0
        self.punten = -1
        self.beste: Plannetje = tuple(() for _ in opgave.klassen)

    def on_iteration(self, current: Any, candidate: Any, best: Any, cost_evaluator: Any) -> None:
        # Beside the moves, a round copies the solution: about as much work as a hundred moves per stop.
        self.zetten += 100 * self.opgave.n + self.zoeker.statistics.num_moves
        prijs = candidate.prizes()
        if prijs >= _DICHTBIJ * self.prijs and candidate.is_feasible():
            self.prijs = max(self.prijs, prijs)
            self.bewaar(candidate)

    def on_best(self, best: Any) -> None:
        if best.is_feasible():
            self.bewaar(best)

    def bewaar(self, oplossing: Any) -> None:
        """Keep the routes of a feasible solution, and all of it when it is the best."""
        plan: list[list[type_route]] = [[] for _ in self.opgave.klassen]
        for route in oplossing.routes():
            stops = tuple(a.idx + 1 for a in route if a.is_client())
            k = route.vehicle_type()
            if (k, stops) not in self.passend:
                self.passend[k, stops] = _maak_passend(self.opgave, self.opgave.klassen[k], stops)
            if stops := self.passend[k, stops]:
                plan[k].append(stops)
                if len(self.routes) < _HOOGSTENS:
                    self.routes[k, stops] = None
        punten = sum(self.opgave.punten[i] for klasse in plan for route in klasse for i in route)
        if punten > self.punten:
            self.punten, self.beste = punten, tuple(tuple(routes) for routes in plan)
            self.meld(self.beste)


def verken(
    opgave: Opgave,
    begin: Plannetje,
    zaad: int,
    zetten: int,
    op_tijd: Callable[[], bool],
    meld: Callable[[Plannetje], None] = lambda _: None,
) -> Vondst:
    """Search from ``begin``; every better plan is told to ``meld``.

    The same for the same seed, unless ``op_tijd`` cut it off before ``zetten`` moves were tried.
    """
    gegevens = _gegevens(opgave)
    rng = RandomNumberGenerator(seed=zaad)
    zoeker = LocalSearch(
        gegevens,
        rng,
        compute_neighbours(gegevens, NeighbourhoodParams()),
        PerturbationManager(PerturbationParams(1, _VERSTORING)),
    )
    for soort in OPERATORS:
        if soort.supports(gegevens):
            zoeker.add_operator(soort(gegevens))
    straf = PenaltyParams(max_penalty=_HOOGSTE_STRAF)
    beheer = PenaltyManager(straf.midpoint_penalties(gegevens), straf)
    verzameld = _Verzamelaar(opgave, zoeker, meld)
    eerste = Solution(
        gegevens, [Route(gegevens, [i - 1 for i in route], k) for k, klasse in enumerate(begin) for route in klasse]
    )

    def stop(best_cost: int) -> bool:
        del best_cost
        return verzameld.zetten >= zetten or not op_tijd()

    parameters = IteratedLocalSearchParams(_ZONDER_VERBETERING, _GEHEUGEN, callbacks=verzameld)
    zoektocht = IteratedLocalSearch(gegevens, beheer, zoeker, eerste, parameters)
    with warnings.catch_warnings():
        # It says that plans which fit are hard to find; the plans found are checked anyway.
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        uitkomst = zoektocht.run(stop, collect_stats=False)
    if uitkomst.best.is_feasible():
        verzameld.bewaar(uitkomst.best)
    return Vondst(verzameld.beste, list(verzameld.routes))


def _maak_passend(opgave: Opgave, klasse: Klasse, route: type_route) -> type_route:
    # PyVRP knows no break at a free place; drop the least valuable stop until the break fits too.
    while route and maak_rooster(opgave, klasse, route) is None:
        minst = min(route, key=lambda i: opgave.punten[i])
        route = tuple(i for i in route if i != minst)
    return route


def _gegevens(opgave: Opgave) -> ProblemData:
    tik = opgave.tik

    def op(t: int) -> int:
        return -(-t * _PER_MINUUT // tik)

    def neer(t: int) -> int:
        return t * _PER_MINUUT // tik

    # What a class may not do, and its maxima, are loads: a dimension counts stops, the vehicle's capacity is the limit.
    grenzen: dict[int, dict[int, int]] = {}
    alle = (1 << (opgave.n + 1)) - 2
    for k, klasse in enumerate(opgave.klassen):
        for masker, hoogste in ((alle & ~klasse.mag, 0), *klasse.tellers):
            if masker:
                van = grenzen.setdefault(masker, {})
                van[k] = min(hoogste, van.get(k, hoogste))
    ruim = opgave.n + 1
    gemiddeld = sum(p % opgave.toeslag for p in opgave.punten) / max(1, opgave.n)
    prijzen = [0] * (opgave.n + 1)
    for i in range(1, opgave.n + 1):
        # A stop that no team can do would only be tempting.
        if any(maak_rooster(opgave, klasse, (i,)) for klasse in opgave.klassen):
            prijzen[i] = round(opgave.punten[i] % opgave.toeslag * _GEMIDDELDE_PRIJS / max(0.01, gemiddeld))
            prijzen[i] += _VERPLICHT if opgave.punten[i] >= opgave.toeslag else 0
    locaties = [Location(0, 0) for _ in range(opgave.n + 1)]
    klanten = [
        Client(
            i,
            delivery=[masker >> i & 1 for masker in grenzen],
            service_duration=op(opgave.duur[i]),
            tw_early=op(opgave.open[i]),
            tw_late=neer(opgave.dicht[i]),
            prize=prijzen[i],
            required=False,
        )
        for i in range(1, opgave.n + 1)
    ]
    wagens = [
        VehicleType(
            len(klasse.ploegen),
            capacity=[van.get(k, ruim) for van in grenzen.values()],
            tw_early=op(klasse.begin),
            # Leave room for the break; what is too much is filled in afterwards.
            tw_late=neer(klasse.eind - (klasse.pauze[2] if klasse.pauze else 0)),
        )
        for k, klasse in enumerate(opgave.klassen)
    ]
    duur: Any = np.array([[op(t) for t in rij] for rij in opgave.reis], dtype=np.int64)
    return ProblemData(locaties, klanten, [Depot(0)], wagens, [duur // _PER_MINUUT], [duur])
