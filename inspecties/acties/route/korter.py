"""Of plans worth as much, one in which the teams are back earlier: stops change place, team or order while that helps.

The planner maximises value and stops when nothing more is to be had; where all stops fit its first plan may drive to
and fro. What is visited does not change here, and every step keeps windows, breaks, powers and maxima.
"""

from collections.abc import Callable, Iterator

from inspecties.acties.route.opgave import Opgave, Plannetje, maak_rooster, type_route

# Schedules to try at most: the same work on every machine.
_POGINGEN = 12_000
_KIJK = 64


class _Lijnen:
    """Routes with what each costs: the time between the team's begin and its return."""

    def __init__(self, opgave: Opgave, routes: Plannetje, op_tijd: Callable[[], bool]) -> None:
        self.opgave, self.op_tijd = opgave, op_tijd
        self.klasse: list[int] = []
        self.routes: list[type_route] = []
        for k, klasse in enumerate(opgave.klassen):
            gevuld = list(routes[k])
            for i in range(len(klasse.ploegen)):
                self.klasse.append(k)
                self.routes.append(gevuld[i] if i < len(gevuld) else ())
        self.pogingen = 0
        self.kosten = [self.kost(i, route) or 0 for i, route in enumerate(self.routes)]

    def kost(self, lijn: int, route: type_route) -> int | None:
        """Ticks that the team is busy, None where the route cannot be done."""
        if not route:
            return 0
        self.pogingen += 1
        klasse = self.opgave.klassen[self.klasse[lijn]]
        rooster = maak_rooster(self.opgave, klasse, route)
        return None if rooster is None else rooster.terug - klasse.begin

    def mag_verder(self) -> bool:
        """Whether there is work and time left."""
        return self.pogingen < _POGINGEN and (self.pogingen % _KIJK != 0 or self.op_tijd())

    def probeer(self, nieuw: dict[int, type_route]) -> bool:
        """Take these routes in where all can be done and they cost less together than the old ones."""
        oud = sum(self.kosten[i] for i in nieuw)
        kosten: dict[int, int] = {}
        for i, route in nieuw.items():
            kost = self.kost(i, route)
            if kost is None or sum(kosten.values()) + kost >= oud:
                return False
            kosten[i] = kost
        for i, route in nieuw.items():
            self.routes[i], self.kosten[i] = route, kosten[i]
        return True


def verkort(opgave: Opgave, routes: Plannetje, op_tijd: Callable[[], bool]) -> Plannetje:
    """The same stops in routes that take less time together; ``routes`` itself where nothing better is found."""
    lijnen = _Lijnen(opgave, routes, op_tijd)
    while any(_verbeter(lijnen, zetten) for zetten in (_omkeren, _verplaatsen, _ruilen)):
        if not lijnen.mag_verder():
            break
    return tuple(
        tuple(route for i, route in enumerate(lijnen.routes) if lijnen.klasse[i] == k and route)
        for k in range(len(opgave.klassen))
    )


def _verbeter(lijnen: _Lijnen, zetten: Callable[[list[type_route]], Iterator[dict[int, type_route]]]) -> bool:
    """Try the moves of one kind from the routes as they are, again after each that helped."""
    beter, geholpen = False, True
    while geholpen:
        geholpen = False
        for zet in zetten(list(lijnen.routes)):
            if not lijnen.mag_verder():
                return beter
            if lijnen.probeer(zet):
                beter = geholpen = True
                break
    return beter


def _omkeren(routes: list[type_route]) -> Iterator[dict[int, type_route]]:
    for i, r in enumerate(routes):
        for a in range(len(r) - 1):
            for b in range(a + 2, len(r) + 1):
                yield {i: r[:a] + r[a:b][::-1] + r[b:]}


def _verplaatsen(routes: list[type_route]) -> Iterator[dict[int, type_route]]:
    for i, van in enumerate(routes):
        for a, stop in enumerate(van):
            rest = van[:a] + van[a + 1 :]
            for j, naar in enumerate(routes):
                doel = rest if i == j else naar
                for b in range(len(doel) + 1):
                    if i == j and b == a:
                        continue
                    nieuw = (*doel[:b], stop, *doel[b:])
                    yield {i: nieuw} if i == j else {i: rest, j: nieuw}


def _ruilen(routes: list[type_route]) -> Iterator[dict[int, type_route]]:
    for i, een in enumerate(routes):
        for j in range(i + 1, len(routes)):
            ander = routes[j]
            for a in range(len(een)):
                for b in range(len(ander)):
                    yield {i: (*een[:a], ander[b], *een[a + 1 :]), j: (*ander[:b], een[a], *ander[b + 1 :])}
