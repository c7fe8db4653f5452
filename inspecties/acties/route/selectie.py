"""Choose from all known routes one per team, none sharing a stop, worth most. Exact unless the search is cut off."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from inspecties.acties.route.opgave import Opgave, type_route

_EPS = 1e-3


@dataclass(frozen=True, slots=True)
class Keuze:
    """``routes`` per class; ``volledig`` when no better choice exists among the given routes."""

    punten: int
    routes: tuple[tuple[type_route, ...], ...]
    volledig: bool


def waarde_van(opgave: Opgave, routes: Sequence[Sequence[type_route]]) -> int:
    """Points of a choice."""
    return sum(opgave.punten[i] for klasse in routes for route in klasse for i in route)


type_kandidaat = tuple[float, int, type_route, int]


def kies(
    opgave: Opgave,
    voorraad: Sequence[Sequence[type_route]],
    prijzen: Sequence[float],
    begin: Keuze,
    hoogstens: int,
    op_tijd: Callable[[], bool] = lambda: True,
) -> Keuze:
    """Improve on ``begin`` by depth-first search over ``voorraad`` (routes per class), looking at ``hoogstens`` routes.

    ``prijzen`` (stops, then classes; none below zero) give every route a loss: price of what it uses minus its points.
    Total points = sum of prices - losses - prices of what stays unused, so a choice whose losses exceed the room left
    can not win. Good prices keep the search small; any prices keep it right.
    """
    aantallen = [len(k.ploegen) for k in opgave.klassen]
    grens = sum(prijzen[: opgave.n]) + sum(a * prijs for a, prijs in zip(aantallen, prijzen[opgave.n :], strict=True))
    lijsten = []
    for k, routes in enumerate(voorraad):
        lijst = []
        for route in routes:
            punten = sum(opgave.punten[i] for i in route)
            verlies = sum(prijzen[i - 1] for i in route) + prijzen[opgave.n + k] - punten
            lijst.append((verlies, -punten, route, sum(1 << i for i in route)))
        lijsten.append(sorted(lijst))
    zoek = _Zoektocht(opgave, lijsten, aantallen, prijzen, grens, begin, hoogstens, op_tijd)
    zoek.klasse(0, 0, 0.0, 0, ())
    return Keuze(zoek.beste.punten, zoek.beste.routes, not zoek.gestopt)


class _Zoektocht:
    def __init__(
        self,
        opgave: Opgave,
        lijsten: list[list[type_kandidaat]],
        aantallen: list[int],
        prijzen: Sequence[float],
        grens: float,
        begin: Keuze,
        hoogstens: int,
        op_tijd: Callable[[], bool],
    ) -> None:
        self.lijsten, self.aantallen = lijsten, aantallen
        self.prijs = prijzen[opgave.n :]
        self.grens, self.beste, self.hoogstens, self.op_tijd = grens, begin, hoogstens, op_tijd
        self.stap = opgave.stap
        self.stappen = 0
        self.gekeken = 0
        self.gestopt = False
        # A route may lose less than nothing when prices are not final; the room must allow for the most negative ones.
        self.meevaller = [min(0.0, lijst[0][0]) if lijst else 0.0 for lijst in lijsten]
        self.nog = [0.0] * (len(aantallen) + 1)
        for k in reversed(range(len(aantallen))):
            self.nog[k] = self.nog[k + 1] + aantallen[k] * self.meevaller[k]

    def _ruimte(self) -> float:
        return self.grens - self.beste.punten - self.stap + _EPS

    def _tel(self, stappen: int) -> None:
        self.stappen += stappen + 1
        if self.stappen > self.hoogstens:
            self.gestopt = True
        elif self.stappen - self.gekeken > 100_000:
            self.gekeken = self.stappen
            self.gestopt = not self.op_tijd()

    def klasse(
        self, k: int, masker: int, verlies: float, punten: int, gekozen: tuple[tuple[type_route, ...], ...]
    ) -> None:
        """All choices for class ``k`` and later ones, given those for the classes before."""
        if k == len(self.aantallen):
            return
        hoogst = self._ruimte() - verlies - self.nog[k + 1] - (self.aantallen[k] - 1) * self.meevaller[k]
        lijst = self.lijsten[k]
        lijst = lijst[: bisect_right(lijst, hoogst, key=itemgetter(0))]
        self._tel(len(lijst))
        if masker:
            lijst = [c for c in lijst if not c[3] & masker]
        self._ploeg(k, lijst, self.aantallen[k], masker, verlies, punten, gekozen, ())

    def _ploeg(
        self,
        k: int,
        lijst: list[type_kandidaat],
        rest: int,
        masker: int,
        verlies: float,
        punten: int,
        gekozen: tuple[tuple[type_route, ...], ...],
        hier: tuple[type_route, ...],
    ) -> None:
        if self.gestopt:
            return
        if punten > self.beste.punten:
            vol = (*gekozen, hier, *(() for _ in range(len(self.aantallen) - len(gekozen) - 1)))
            self.beste = Keuze(punten, vol, volledig=False)
        if rest:
            over = self.nog[k + 1] + (rest - 1) * self.meevaller[k]
            for plek, (eigen, min_punten, route, bits) in enumerate(lijst):
                hoogst = self._ruimte() - verlies - eigen
                if over > hoogst or self.gestopt:
                    break
                # What is left for the next team loses at least as much as this one does.
                einde = bisect_right(lijst, hoogst - over + self.meevaller[k], plek + 1, key=itemgetter(0))
                verder = [c for c in lijst[plek + 1 : einde] if not c[3] & bits] if rest > 1 else []
                self._tel(einde - plek)
                self._ploeg(
                    k, verder, rest - 1, masker | bits, verlies + eigen, punten - min_punten, gekozen, (*hier, route)
                )
        # Leave the remaining teams of this class at the depot: their price is lost.
        verlies += rest * self.prijs[k]
        if verlies + self.nog[k + 1] <= self._ruimte():
            self.klasse(k + 1, masker, verlies, punten, (*gekozen, hier))
