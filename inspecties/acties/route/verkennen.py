"""Routes from PyVRP's iterated local search, for instances that label setting can not finish in time."""

from collections.abc import Callable
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
    Solution,
    VehicleType,
)
from pyvrp.IteratedLocalSearch import IteratedLocalSearchCallbacks, IteratedLocalSearchParams
from pyvrp.PenaltyManager import PenaltyParams
from pyvrp.search import OPERATORS, LocalSearch, NeighbourhoodParams, PerturbationManager, compute_neighbours

from inspecties.acties.route.opgave import Klasse, Opgave, maak_rooster, type_route

_PER_MINUUT = 1000
_HOOGSTENS = 6000


class _Verzamelaar(IteratedLocalSearchCallbacks):  # type: ignore[misc]  # PyVRP is untyped here
    """Keeps the routes of every feasible candidate and counts the moves tried, which is the measure of work."""

    def __init__(self, zoeker: Any) -> None:
        self.zoeker = zoeker
        self.zetten = 0
        self.routes: dict[tuple[int, type_route], None] = {}

    def on_iteration(self, current: Any, candidate: Any, best: Any, cost_evaluator: Any) -> None:
        self.zetten += 20 + self.zoeker.statistics.num_moves
        if candidate.is_feasible() and len(self.routes) < _HOOGSTENS:
            self._bewaar(candidate)

    def on_best(self, best: Any) -> None:
        self._bewaar(best)

    def _bewaar(self, oplossing: Any) -> None:
        for route in oplossing.routes():
            stops = tuple(a.idx + 1 for a in route if a.is_client())
            if stops:
                self.routes[route.vehicle_type(), stops] = None


def verken(opgave: Opgave, zaad: int, zetten: int, op_tijd: Callable[[], bool]) -> list[tuple[int, type_route]]:
    """(class, route) pairs that fit; the same for the same seed unless ``op_tijd`` cut it off."""
    gegevens = _gegevens(opgave)
    rng = RandomNumberGenerator(seed=zaad)
    zoeker = LocalSearch(gegevens, rng, compute_neighbours(gegevens, NeighbourhoodParams()), PerturbationManager())
    for soort in OPERATORS:
        if soort.supports(gegevens):
            zoeker.add_operator(soort(gegevens))
    straf = PenaltyParams()
    beheer = PenaltyManager(straf.midpoint_penalties(gegevens), straf)
    begin = zoeker(Solution.make_random(gegevens, rng), beheer.max_cost_evaluator(), exhaustive=True)
    verzameld = _Verzamelaar(zoeker)
    beste: list[Any] = []

    def stop(_kosten: float) -> bool:
        return verzameld.zetten >= zetten or not op_tijd()

    parameters = IteratedLocalSearchParams(num_iters_no_improvement=5000, callbacks=verzameld)
    uitkomst = IteratedLocalSearch(gegevens, beheer, zoeker, begin, parameters).run(stop, collect_stats=False)
    beste.append(uitkomst.best)
    verzameld._bewaar(uitkomst.best)
    passend: dict[tuple[int, type_route], None] = {}
    for k, route in verzameld.routes:
        if (p := _maak_passend(opgave, opgave.klassen[k], route)) is not None:
            passend[k, p] = None
    return list(passend)


def _maak_passend(opgave: Opgave, klasse: Klasse, route: type_route) -> type_route | None:
    # PyVRP knows no break at a free place; drop the least valuable stop until the break fits too.
    while route:
        if maak_rooster(opgave, klasse, route):
            return route
        if klasse.pauze is None:
            return None
        minst = min(route, key=lambda i: opgave.punten[i])
        route = tuple(i for i in route if i != minst)
    return None


def _gegevens(opgave: Opgave) -> ProblemData:
    per = opgave.tik / _PER_MINUUT

    def op(t: int) -> int:
        return int(-(-t // per))

    # What a class may not do, and its maxima, are loads: dimension d counts stops, the vehicle's capacity is the limit.
    dimensies: list[int] = [alle for k in opgave.klassen for alle in [~k.mag]]
    ladingen: list[tuple[int, int, int]] = [(masker, k, 0) for k, masker in enumerate(dimensies)]
    ladingen += [(m, k, hoogste) for k, klasse in enumerate(opgave.klassen) for m, hoogste in klasse.tellers]
    ladingen = [rij for rij in ladingen if any(rij[0] >> i & 1 for i in range(1, opgave.n + 1))]
    ruim = opgave.n + 1
    locaties = [Location(0, 0) for _ in range(opgave.n + 1)]
    klanten = [
        Client(
            i,
            delivery=[m >> i & 1 for m, _, _ in ladingen],
            service_duration=op(opgave.duur[i]),
            tw_early=op(opgave.open[i]),
            tw_late=int(opgave.dicht[i] // per),
            prize=opgave.punten[i],
            required=False,
        )
        for i in range(1, opgave.n + 1)
    ]
    wagens = [
        VehicleType(
            len(k.ploegen),
            capacity=[hoogste if eigenaar == nummer else ruim for _, eigenaar, hoogste in ladingen],
            tw_early=op(k.begin),
            tw_late=int(k.eind // per),
        )
        for nummer, k in enumerate(opgave.klassen)
    ]
    duur = np.array([[op(t) for t in rij] for rij in opgave.reis], dtype=np.int64)
    afstand = duur // _PER_MINUUT  # a minute of travel costs a thousandth of one unit of value: it only breaks ties
    return ProblemData(locaties, klanten, [Depot(0)], wagens, [afstand], [duur])
