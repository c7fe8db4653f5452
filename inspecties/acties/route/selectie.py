"""Choose, from all known routes, one per team without a stop in common, worth most. Exact unless the search is cut off."""

from collections.abc import Sequence
from dataclasses import dataclass

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


def kies(
    opgave: Opgave, voorraad: Sequence[Sequence[type_route]], prijzen: Sequence[float], begin: Keuze, hoogstens: int
) -> Keuze:
    """Improve on ``begin`` by depth-first search over ``voorraad`` (routes per class), at most ``hoogstens`` steps.

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
    # A route may lose less than nothing when prices are not final; the room must allow for the most negative ones.
    meevaller = [min(0.0, lijst[0][0]) if lijst else 0.0 for lijst in lijsten]
    nog = [0.0] * (len(aantallen) + 1)
    for k in reversed(range(len(aantallen))):
        nog[k] = nog[k + 1] + aantallen[k] * meevaller[k]
    zoek = _Zoektocht(opgave, lijsten, aantallen, prijzen, nog, grens, begin, hoogstens)
    zoek.kies(0, 0, 0, 0, 0.0, 0, [])
    return Keuze(zoek.beste.punten, zoek.beste.routes, zoek.stappen <= hoogstens)


class _Zoektocht:
    def __init__(
        self,
        opgave: Opgave,
        lijsten: list[list[tuple[float, int, type_route, int]]],
        aantallen: list[int],
        prijzen: Sequence[float],
        nog: list[float],
        grens: float,
        begin: Keuze,
        hoogstens: int,
    ) -> None:
        self.lijsten, self.aantallen, self.prijzen = lijsten, aantallen, prijzen
        self.nog, self.grens, self.beste, self.hoogstens = nog, grens, begin, hoogstens
        self.n, self.stap = opgave.n, opgave.stap
        self.stappen = 0

    def kies(
        self, k: int, gedaan: int, vanaf: int, masker: int, verlies: float, punten: int, gekozen: list[list[type_route]]
    ) -> None:
        self.stappen += 1
        if self.stappen > self.hoogstens:
            return
        if punten > self.beste.punten:
            vol = [*gekozen, *([] for _ in range(len(self.aantallen) - len(gekozen)))]
            self.beste = Keuze(punten, tuple(tuple(r) for r in vol), volledig=False)
        if k == len(self.aantallen):
            return
        lijst = self.lijsten[k]
        rest = self.aantallen[k] - gedaan
        meevaller = min(0.0, lijst[0][0]) if lijst else 0.0
        if rest:
            over = self.nog[k + 1] + (rest - 1) * meevaller
            for plek in range(vanaf, len(lijst)):
                eigen, min_punten, route, bits = lijst[plek]
                ruimte = self.grens - self.beste.punten - self.stap + _EPS
                if verlies + eigen + over > ruimte or self.stappen > self.hoogstens:
                    break
                if bits & masker:
                    continue
                tot_hier = [*gekozen[:k], [*(gekozen[k] if k < len(gekozen) else []), route]]
                self.kies(k, gedaan + 1, plek + 1, masker | bits, verlies + eigen, punten - min_punten, tot_hier)
        # Leave the remaining teams of this class at the depot: their price is lost.
        verder = verlies + rest * self.prijzen[self.n + k]
        if verder + self.nog[k + 1] <= self.grens - self.beste.punten - self.stap + _EPS:
            tot_hier = [*gekozen, *([] for _ in range(k + 1 - len(gekozen)))]
            self.kies(k + 1, 0, 0, masker, verder, punten, tot_hier)
