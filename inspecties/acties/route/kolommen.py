"""Column generation: ever better routes at ever better prices, with an upper bound on every possible plan.

Method as usual for team orienteering with windows (Boussier, Feillet & Gendreau 2007): a linear programme over routes
(``meester``), routes found by label setting (``etiketten``), a whole choice by search (``selectie``).
"""

import math
from collections.abc import Callable

from inspecties.acties.route.etiketten import Afstanden, Wijze, Zoeker
from inspecties.acties.route.meester import Meester
from inspecties.acties.route.opgave import Opgave, type_route
from inspecties.acties.route.selectie import Keuze, kies

_PER_RONDE = 30
_VERRIJKING = 1500
_KEUZESTAPPEN = 1_000_000
_SPELING = 1e-3


class Kolommen:
    """State of the search; ``ga_door`` may be called again with more work."""

    def __init__(self, opgave: Opgave, op_tijd: Callable[[], bool] = lambda: True) -> None:
        self.opgave = opgave
        self.op_tijd = op_tijd
        afstanden = Afstanden(opgave)
        self.zoekers = [Zoeker(opgave, afstanden, k, i) for i, k in enumerate(opgave.klassen)]
        self.meester = Meester(opgave.n, [len(k.ploegen) for k in opgave.klassen])
        self.voorraad: list[dict[type_route, None]] = [{} for _ in opgave.klassen]
        self.prijzen = [0.0] * (opgave.n + len(opgave.klassen))
        self.grens = float(sum(opgave.punten))
        self.beste = Keuze(0, tuple(() for _ in opgave.klassen), volledig=False)
        self.klaar = False
        self.alles_bekend = False
        self.meevaller = 0.0  # what routes gain above the final prices: rounding only
        self.werk = 0

    @property
    def bovengrens(self) -> int:
        """No plan is worth more points than this."""
        stap = self.opgave.stap
        return math.floor((self.grens + _SPELING) / stap) * stap

    @property
    def bewezen(self) -> bool:
        """The best plan found is proven to be a best plan."""
        return self.beste.punten >= self.bovengrens

    def neem_op(self, klasse: int, route: type_route) -> bool:
        """Add a route that is known to fit; False when it was there already."""
        if route in self.voorraad[klasse]:
            return False
        self.voorraad[klasse][route] = None
        self.meester.voeg_toe(route, klasse, sum(self.opgave.punten[i] for i in route))
        return True

    def ga_door(self, werk: int) -> None:
        """Generate columns until nothing better exists, or ``werk`` units are spent; then choose."""
        einde = self.werk + werk
        if not self.klaar:
            self._genereer(einde)
        self.kies_uit()
        if self.klaar and not self.bewezen:
            self._verrijk(einde)

    def kies_uit(self) -> None:
        """Choose again from all known routes."""
        voorraad = [list(v) for v in self.voorraad]
        self.beste = kies(self.opgave, voorraad, self.prijzen, self.beste, _KEUZESTAPPEN, self.op_tijd)

    def _genereer(self, einde: int) -> None:
        while self.werk < einde and self.op_tijd():
            prijzen, gedaan = self.meester.los_op(einde - self.werk, self.op_tijd)
            self.prijzen = prijzen.tolist()
            self.werk += gedaan
            if self._ronde(einde, Wijze.SNEL):
                continue
            if self.werk >= einde:
                return
            nieuw = self._ronde(einde, Wijze.STRENG)
            if not nieuw:
                return
            if self.klaar:
                return

    def _ronde(self, einde: int, wijze: Wijze, *, drempel: float = _SPELING, hoogstens: int = _PER_RONDE) -> int:
        n = self.opgave.n
        winst = [0.0, *(p - y for p, y in zip(self.opgave.punten[1:], self.prijzen[:n], strict=True))]
        grens = sum(self.prijzen[:n])
        som = grens + sum(len(z.klasse.ploegen) * self.prijzen[n + z.index] for z in self.zoekers)
        nieuw = 0
        volledig = wijze is not Wijze.SNEL
        for zoeker in self.zoekers:
            prijs = self.prijzen[n + zoeker.index]
            oogst = zoeker.zoek(
                winst,
                prijs,
                wijze=wijze,
                drempel=drempel,
                hoogstens=hoogstens,
                werk=max(0, einde - self.werk),
                op_tijd=self.op_tijd,
            )
            self.werk += oogst.werk
            volledig = volledig and oogst.volledig
            for _, route in oogst.routes:
                nieuw += self.neem_op(zoeker.index, route)
            if not oogst.volledig or len(oogst.routes) >= hoogstens:
                self.alles_bekend = False
            grens += len(zoeker.klasse.ploegen) * (prijs + oogst.beste)
        if volledig:
            # Holds at any prices: no plan beats the prices of all stops and teams plus what the best routes still gain.
            self.grens = min(self.grens, grens)
            if not nieuw:
                self.klaar, self.meevaller = True, max(self.meevaller, grens - som)
        return nieuw

    def _verrijk(self, einde: int) -> None:
        # The best whole choice may need routes that lose a little at these prices, but never more than the gap.
        prijzen = zip([len(k.ploegen) for k in self.opgave.klassen], self.prijzen[self.opgave.n :], strict=True)
        gat = sum(self.prijzen[: self.opgave.n]) + sum(a * p for a, p in prijzen) - self.beste.punten
        voor = self.werk
        self.alles_bekend = True
        self._ronde(einde, Wijze.ALLES, drempel=-gat - _SPELING, hoogstens=_VERRIJKING)
        if self.werk > voor:
            self.kies_uit()
        if self.alles_bekend and self.beste.volledig and self.meevaller < 0.5:
            self.grens = float(self.beste.punten)
