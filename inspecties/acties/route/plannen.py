"""Plan teams and stops: the one entry of the planner.

What is guaranteed. Both searches are bounded in units of work, not seconds, and use a generator seeded by ``zaad``: the
same instance and seed give the same plan on any machine, as long as the work is done before the time limit. The amounts
are chosen to take about two thirds of the limit on one ordinary core each. On a slower or busy machine the limit cuts
the search; the plan is then still valid, and ``Plan.afgebroken`` says that it may differ from one run to the next.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from inspecties.acties.route.controle import controleer_plan
from inspecties.acties.route.instantie import Instantie
from inspecties.acties.route.invoegen import vul_aan
from inspecties.acties.route.kolommen import Kolommen
from inspecties.acties.route.korter import verkort
from inspecties.acties.route.opgave import (
    TIKKEN_PER_MINUUT,
    Opgave,
    Plannetje,
    Rooster,
    maak_opgave,
    maak_rooster,
    type_route,
)
from inspecties.acties.route.redenen import geef_reden
from inspecties.acties.route.selectie import Keuze, waarde_van
from inspecties.acties.route.tweede import TweedeProces
from inspecties.acties.route.uitkomst import Bezoek, NietGepland, Plan, Ploegplan

# Units of work per second of the limit; see ``Zoeker.zoek`` and ``verken`` for the units.
_ALLEEN = 250_000
_SAMEN = 1_000_000
_NA = 200_000
_ZETTEN = 15_000_000
# Column generation begins below this size per second of the limit, where preparing it is little work. Above the other
# it is left after its first share unless it has converged: PyVRP with another seed then finds more.
_BEGINNEN, _VERDER = 40_000, 25_000


@dataclass(frozen=True, slots=True)
class Voortgang:
    """Where the search is: best value so far and what no plan can exceed."""

    fase: str
    waarde: float
    bovengrens: float


class _Klok:
    """The only look at the clock: a ceiling."""

    def __init__(self, uiterlijk: float) -> None:
        self.uiterlijk = uiterlijk
        self.afgebroken = False

    def op_tijd(self) -> bool:
        if time.perf_counter() >= self.uiterlijk:
            self.afgebroken = True
        return not self.afgebroken

    def nog_even(self) -> bool:
        """For the first plan and the finish: a little beyond the ceiling, and never a reason to say it was cut."""
        return time.perf_counter() < self.uiterlijk + 0.2

    def rest(self) -> float:
        return self.uiterlijk - time.perf_counter()


class PlanFout(RuntimeError):
    """The planner made a plan that breaks a rule: a defect, never the user's fault. Nothing is returned."""


def plan(
    instantie: Instantie,
    voortgang: Callable[[Voortgang], None] | None = None,
    *,
    al_verbruikt_s: float = 0.0,
    kort: bool = False,
) -> Plan:
    """The most valuable plan found within ``instantie.tijdslimiet_s``.

    ``al_verbruikt_s`` is time that already passed for the one who waits, such as starting the process. ``kort``: of the
    plans worth as much, look for one in which the teams are back early.
    """
    limiet = instantie.tijdslimiet_s
    klok = _Klok(time.perf_counter() + max(0.05, limiet * 0.94 - 0.1 - al_verbruikt_s))
    opgave = maak_opgave(instantie, 1 if instantie.hele_minuten else TIKKEN_PER_MINUUT)
    zoeken = _Zoeken(instantie, opgave, klok, voortgang)
    zoeken.neem_op(vul_aan(opgave, zoeken.beste.routes, klok.nog_even))
    zoeken.meld("eerste plan")
    if not zoeken.bewezen:
        zoeken.zoek()
        zoeken.neem_op(vul_aan(opgave, zoeken.beste.routes, klok.op_tijd))
    bewezen = zoeken.bewezen and (not instantie.hele_minuten or zoeken.ook_precies())
    # Stops that are worth nothing come last, where they fit for free.
    routes = vul_aan(opgave, zoeken.beste.routes, klok.nog_even)
    if kort:
        zoeken.meld("routes korter maken")
        routes = verkort(opgave, routes, klok.op_tijd)
    uit = _maak_plan(instantie, opgave, routes, zoeken.grens(), bewezen=bewezen, afgebroken=klok.afgebroken)
    if fouten := controleer_plan(instantie, uit):
        raise PlanFout("; ".join(fouten))
    zoeken.meld("klaar")
    return uit


class _Zoeken:
    """The two searches on one question and the best plan so far."""

    def __init__(
        self, instantie: Instantie, opgave: Opgave, klok: _Klok, voortgang: Callable[[Voortgang], None] | None
    ) -> None:
        self.instantie, self.opgave, self.klok, self.voortgang = instantie, opgave, klok, voortgang
        self.limiet = instantie.tijdslimiet_s
        self.beste = Keuze(0, tuple(() for _ in opgave.klassen), volledig=False)
        self.kolommen: Kolommen | None = None

    @property
    def bovengrens(self) -> int:
        """No plan has more points than this."""
        return sum(self.opgave.punten) if self.kolommen is None else self.kolommen.bovengrens

    @property
    def bewezen(self) -> bool:
        """The best plan so far can not be beaten (in the times that the search reckons with)."""
        return self.beste.punten >= self.bovengrens

    @property
    def _omvang(self) -> int:
        return self.opgave.n**2 * len(self.opgave.klassen)

    def meld(self, fase: str) -> None:
        """Tell who waits how far it is."""
        if self.voortgang:
            self.voortgang(Voortgang(fase, _waarde(self.instantie, self.beste.routes), self.grens()))

    def grens(self) -> float:
        """The upper bound in units of value: points beyond the chosen ones, on top of the value chosen."""
        over = max(0, self.bovengrens - self.beste.punten)
        alles = math.fsum(s.waarde for s in self.instantie.stops)
        return min(alles, _waarde(self.instantie, self.beste.routes) + over / self.opgave.schaal)

    def neem_op(self, routes: Plannetje) -> None:
        """Take a plan in as the best when it is better, and its routes as material."""
        if (punten := waarde_van(self.opgave, routes)) > self.beste.punten:
            self.beste = Keuze(punten, routes, volledig=False)
        if self.kolommen is not None:
            for k, klasse in enumerate(routes):
                for route in klasse:
                    self.kolommen.neem_op(k, route)
            self.kolommen.beste = self.beste

    def zoek(self) -> None:
        """Column generation, and PyVRP beside it unless there is a proof soon; the largest are for PyVRP alone."""
        if self._omvang <= _BEGINNEN * self.limiet:
            self.kolommen = Kolommen(self.opgave, self.klok.op_tijd)
            self.neem_op(self.beste.routes)
            self._genereer(_ALLEEN)
            self.meld("routes zoeken")
            if self.bewezen:
                return
        zetten = int(_ZETTEN * self.limiet)
        seconden = self.klok.rest() - 0.08 * self.limiet
        if seconden <= 0:
            return
        tweede = TweedeProces(self.opgave, self.beste.routes, self.instantie.zaad, zetten, seconden)
        try:
            if self.kolommen is None or not (self.kolommen.klaar or self._omvang <= _VERDER):
                self._verken_zelf(zetten, seconden)
            else:
                self._genereer(_SAMEN)
            self.meld("routes verbeteren")
            if self.bewezen:
                return
            antwoord = tweede.wacht(self.klok.rest() - 0.05 * self.limiet)
        finally:
            tweede.stop()
        self.klok.afgebroken = self.klok.afgebroken or not antwoord.op_tijd
        if antwoord.beste is not None:
            self.neem_op(antwoord.beste)
        if self.kolommen is not None:
            for klasse, route in antwoord.routes:
                self.kolommen.neem_op(klasse, route)
            self._genereer(_NA)

    def _genereer(self, werk: int) -> None:
        assert self.kolommen is not None
        self.kolommen.ga_door(int(werk * self.limiet))
        self.beste = self.kolommen.beste

    def _verken_zelf(self, zetten: int, seconden: float) -> None:
        from inspecties.acties.route.verkennen import verken  # noqa: PLC0415 - loads the solver where it is needed

        eerder = time.perf_counter() + seconden
        op_tijd = True

        def klok() -> bool:
            nonlocal op_tijd
            op_tijd = op_tijd and time.perf_counter() < eerder
            return op_tijd

        vondst = verken(self.opgave, self.beste.routes, self.instantie.zaad + 1, zetten, klok)
        self.klok.afgebroken = self.klok.afgebroken or not op_tijd
        self.neem_op(vondst.beste)

    def ook_precies(self) -> bool:
        """Whether a plan on parts of minutes could not be worth more either: only then is the plan proven best."""
        if self.beste.punten >= sum(self.opgave.punten):
            return True
        precies = Kolommen(maak_opgave(self.instantie), self.klok.op_tijd)
        precies.ga_door(int(_SAMEN * self.limiet))
        return self.beste.punten >= precies.bovengrens


def _waarde(instantie: Instantie, routes: Plannetje) -> float:
    return math.fsum(instantie.stops[i - 1].waarde for klasse in routes for route in klasse for i in route)


def _maak_plan(
    instantie: Instantie, opgave: Opgave, gekozen: Plannetje, grens: float, *, bewezen: bool, afgebroken: bool
) -> Plan:
    roosters: dict[int, tuple[type_route, Rooster]] = {}
    for klasse, routes in zip(opgave.klassen, gekozen, strict=True):
        for nummer, route in zip(klasse.ploegen, sorted(routes), strict=False):
            rooster = maak_rooster(opgave, klasse, route)
            if rooster is None:
                naam = instantie.ploegen[nummer].id
                raise PlanFout(f"route van ploeg {naam} past niet")
            roosters[nummer] = (route, rooster)
    gepland = {i for route, _ in roosters.values() for i in route}
    weg = [
        NietGepland(stop.id, geef_reden(instantie, opgave, i, gekozen, bewezen=bewezen))
        for i, stop in enumerate(instantie.stops, 1)
        if i not in gepland
    ]
    return Plan(
        tuple(_ploegplan(instantie, opgave, nummer, roosters.get(nummer)) for nummer in range(len(instantie.ploegen))),
        _waarde(instantie, gekozen),
        tuple(weg),
        bewezen,
        grens,
        afgebroken,
        instantie.hele_minuten,
    )


def _ploegplan(instantie: Instantie, opgave: Opgave, nummer: int, deel: tuple[type_route, Rooster] | None) -> Ploegplan:
    ploeg = instantie.ploegen[nummer]
    if deel is None:
        pauze = None
        if ploeg.pauze is not None:
            begin = max(ploeg.begin, ploeg.pauze.vroegst)
            pauze = (begin, begin + ploeg.pauze.duur_min)
        return Ploegplan(ploeg.id, (), ploeg.begin, pauze)

    def minuten(t: int) -> float:
        return round(t / opgave.tik, 5)

    route, rooster = deel
    bezoeken = tuple(
        Bezoek(instantie.stops[i - 1].id, minuten(a), minuten(b), minuten(v))
        for i, (a, b, v) in zip(route, rooster.momenten, strict=True)
    )
    pauze = None if rooster.pauze is None else (minuten(rooster.pauze[0]), minuten(rooster.pauze[1]))
    return Ploegplan(ploeg.id, bezoeken, minuten(rooster.terug), pauze)
