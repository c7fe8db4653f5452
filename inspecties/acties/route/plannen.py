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
from inspecties.acties.route.opgave import TIKKEN_PER_MINUUT, Opgave, Rooster, maak_opgave, maak_rooster, type_route
from inspecties.acties.route.redenen import geef_reden
from inspecties.acties.route.selectie import Keuze, waarde_van
from inspecties.acties.route.tweede import TweedeProces
from inspecties.acties.route.uitkomst import Bezoek, NietGepland, Plan, Ploegplan

# Units of work per second of the limit; see ``Zoeker.zoek`` and ``verken`` for the units.
_ALLEEN = 600_000
_SAMEN = 900_000
_NA = 200_000
_ZETTEN = 1_000_000


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

    def rest(self) -> float:
        return self.uiterlijk - time.perf_counter()


class PlanFout(RuntimeError):
    """The planner made a plan that breaks a rule: a defect, never the user's fault. Nothing is returned."""


def plan(
    instantie: Instantie, voortgang: Callable[[Voortgang], None] | None = None, *, al_verbruikt_s: float = 0.0
) -> Plan:
    """The most valuable plan found within ``instantie.tijdslimiet_s``.

    ``al_verbruikt_s`` is time that already passed for the one who waits, such as starting the process.
    """
    limiet = instantie.tijdslimiet_s
    klok = _Klok(time.perf_counter() + max(0.1, limiet * 0.94 - 0.1 - al_verbruikt_s))
    opgave = maak_opgave(instantie, 1 if instantie.hele_minuten else TIKKEN_PER_MINUUT)
    kolommen = Kolommen(opgave, klok.op_tijd)

    def meld(fase: str) -> None:
        if voortgang:
            voortgang(Voortgang(fase, _waarde(instantie, kolommen.beste), _grens(instantie, opgave, kolommen)))

    _neem_op(kolommen, vul_aan(opgave, kolommen.beste.routes, klok.op_tijd))
    meld("eerste plan")
    if kolommen.beste.punten < sum(opgave.punten):
        kolommen.ga_door(int(_ALLEEN * limiet))
        meld("routes zoeken")
        if not kolommen.bewezen:
            _samen(instantie, kolommen, klok, meld)
    bewezen = kolommen.bewezen and (not instantie.hele_minuten or _ook_precies(instantie, kolommen, klok))
    uit = _maak_plan(instantie, opgave, kolommen, bewezen=bewezen, afgebroken=klok.afgebroken)
    if fouten := controleer_plan(instantie, uit):
        raise PlanFout("; ".join(fouten))
    meld("klaar")
    return uit


def _samen(instantie: Instantie, kolommen: Kolommen, klok: _Klok, meld: Callable[[str], None]) -> None:
    """Both searches at once, then one choice from all routes. A proof by the own search makes the other needless."""
    limiet = instantie.tijdslimiet_s
    tweede = TweedeProces(kolommen.opgave, instantie.zaad, int(_ZETTEN * limiet), klok.rest() - 0.12 * limiet)
    try:
        kolommen.ga_door(int(_SAMEN * limiet))
        meld("routes verbeteren")
        if kolommen.bewezen:
            return
        antwoord = tweede.wacht(klok.rest() - 0.06 * limiet)
    finally:
        tweede.stop()
    klok.afgebroken = klok.afgebroken or not antwoord.op_tijd
    for klasse, route in antwoord.routes:
        kolommen.neem_op(klasse, route)
    kolommen.ga_door(int(_NA * limiet))
    _neem_op(kolommen, vul_aan(kolommen.opgave, kolommen.beste.routes, klok.op_tijd))


def _neem_op(kolommen: Kolommen, routes: tuple[tuple[type_route, ...], ...]) -> None:
    for k, klasse in enumerate(routes):
        for route in klasse:
            kolommen.neem_op(k, route)
    punten = waarde_van(kolommen.opgave, routes)
    if punten > kolommen.beste.punten:
        kolommen.beste = Keuze(punten, routes, volledig=False)


def _ook_precies(instantie: Instantie, kolommen: Kolommen, klok: _Klok) -> bool:
    """Whether a plan on parts of minutes could not be worth more either: only then is the plan proven best."""
    if kolommen.beste.punten >= sum(kolommen.opgave.punten):
        return True
    precies = Kolommen(maak_opgave(instantie), klok.op_tijd)
    precies.ga_door(int(_ALLEEN * instantie.tijdslimiet_s))
    return kolommen.beste.punten >= precies.bovengrens


def _waarde(instantie: Instantie, keuze: Keuze) -> float:
    return math.fsum(instantie.stops[i - 1].waarde for klasse in keuze.routes for route in klasse for i in route)


def _grens(instantie: Instantie, opgave: Opgave, kolommen: Kolommen) -> float:
    """The upper bound in units of value: points beyond the chosen ones, on top of the value chosen."""
    over = max(0, kolommen.bovengrens - kolommen.beste.punten)
    alles = math.fsum(s.waarde for s in instantie.stops)
    return min(alles, _waarde(instantie, kolommen.beste) + over / 1000)


def _maak_plan(instantie: Instantie, opgave: Opgave, kolommen: Kolommen, *, bewezen: bool, afgebroken: bool) -> Plan:
    keuze = kolommen.beste
    roosters: dict[int, tuple[type_route, Rooster]] = {}
    for klasse, routes in zip(opgave.klassen, keuze.routes, strict=True):
        for nummer, route in zip(klasse.ploegen, sorted(routes), strict=False):
            rooster = maak_rooster(opgave, klasse, route)
            if rooster is None:
                naam = instantie.ploegen[nummer].id
                raise PlanFout(f"route van ploeg {naam} past niet")
            roosters[nummer] = (route, rooster)
    gepland = {i for route, _ in roosters.values() for i in route}
    weg = [
        NietGepland(stop.id, geef_reden(instantie, opgave, i, keuze.routes, bewezen=bewezen))
        for i, stop in enumerate(instantie.stops, 1)
        if i not in gepland
    ]
    return Plan(
        tuple(_ploegplan(instantie, opgave, nummer, roosters.get(nummer)) for nummer in range(len(instantie.ploegen))),
        _waarde(instantie, keuze),
        tuple(weg),
        bewezen,
        _grens(instantie, opgave, kolommen),
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
