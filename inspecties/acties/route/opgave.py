"""The same question in whole numbers, as the searches need it: exact comparison, no drift.

Travel, service and opening are rounded up and closing down, so a plan that fits here also fits in reality.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from inspecties.acties.route.instantie import Instantie, Ploeg

TIKKEN_PER_MINUUT = 100_000
_SPELING = 1e-6
_MEESTE_PUNTEN = 10**8

type_route = tuple[int, ...]
# Routes per class of teams.
Plannetje = tuple[tuple[type_route, ...], ...]
# (arrival, begin, departure) per stop; and with the moment of leaving and the break, if it was taken.
_Momenten = tuple[tuple[int, int, int], ...]
_Tak = tuple[int, _Momenten, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Klasse:
    """Teams that are alike for the planner. Times in ticks; ``mag`` and the tellers' masks have bit i for place i."""

    ploegen: tuple[int, ...]
    begin: int
    eind: int
    pauze: tuple[int, int, int] | None
    mag: int
    tellers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Opgave:
    """Place 0 is the depot, 1..n the stops.

    ``punten`` holds what a visit is worth, ``schaal`` to one unit of value. A compulsory one has ``toeslag`` on top,
    which is more than all values together: as many of those as possible come first, whatever else is lost.
    """

    n: int
    reis: tuple[tuple[int, ...], ...]
    duur: tuple[int, ...]
    open: tuple[int, ...]
    dicht: tuple[int, ...]
    punten: tuple[int, ...]
    klassen: tuple[Klasse, ...]
    tik: int
    schaal: int
    toeslag: int

    @property
    def stap(self) -> int:
        """Greatest common divisor of the points: totals differ by at least this."""
        return reduce(math.gcd, self.punten[1:], 0) or 1


def _op(waarde: float, tik: int) -> int:
    return math.ceil(waarde * tik - _SPELING)


def _neer(waarde: float, tik: int) -> int:
    return math.floor(waarde * tik + _SPELING)


def maak_opgave(instantie: Instantie, tik: int = TIKKEN_PER_MINUUT) -> Opgave:
    """Round an instance to whole ticks (``tik`` per minute) and group its teams."""
    n = len(instantie.stops)
    schaal = _schaal([s.waarde for s in instantie.stops], sum(s.verplicht for s in instantie.stops))
    eigen = [round(s.waarde * schaal) for s in instantie.stops]
    # A multiple of what the values have in common, so that totals keep differing by a whole step.
    toeslag = sum(eigen) + (reduce(math.gcd, eigen, 0) or 1)
    punten = [p + toeslag * s.verplicht for p, s in zip(eigen, instantie.stops, strict=True)]
    vroeg = [s.open if s.vast_begin is None else s.vast_begin for s in instantie.stops]
    laat = [s.dicht if s.vast_begin is None else s.vast_begin for s in instantie.stops]
    groepen: dict[tuple[object, ...], list[int]] = {}
    for nummer, ploeg in enumerate(instantie.ploegen):
        groepen.setdefault(_kenmerk(instantie, ploeg, tik), []).append(nummer)
    klassen = tuple(Klasse(tuple(wie), *kenmerk) for kenmerk, wie in groepen.items())  # type: ignore[arg-type]  # _kenmerk gives the rest of the fields
    return Opgave(
        n,
        _reis(instantie, tik),
        (0, *(_op(s.duur_min, tik) for s in instantie.stops)),
        (0, *(_op(v, tik) for v in vroeg)),
        (0, *(_neer(v, tik) for v in laat)),
        (0, *punten),
        klassen,
        tik,
        schaal,
        toeslag,
    )


def _schaal(waarden: Sequence[float], verplicht: int) -> int:
    """The smallest power of ten that makes all values whole; less when the sums would get too large to be exact.

    Then values are rounded, and a best plan is proven up to a hundred-millionth of all values together.
    """
    som = math.fsum(waarden) * (1 + verplicht)
    schaal = 1
    while any(abs(w * schaal - round(w * schaal)) > 1e-9 * max(1.0, w * schaal) for w in waarden):
        if som * schaal * 10 > _MEESTE_PUNTEN:
            break
        schaal *= 10
    return schaal


def _reis(instantie: Instantie, tik: int) -> tuple[tuple[int, ...], ...]:
    tabel = instantie.reistijden_min
    if tabel is None:
        punten = [instantie.depot, *((s.x, s.y) for s in instantie.stops)]
        per = instantie.meter_per_minuut
        tabel = tuple(tuple(math.hypot(x1 - x2, y1 - y2) / per for x2, y2 in punten) for x1, y1 in punten)
    return tuple(tuple(0 if i == j else _op(t, tik) for j, t in enumerate(rij)) for i, rij in enumerate(tabel))


def _kenmerk(instantie: Instantie, ploeg: Ploeg, tik: int) -> tuple[object, ...]:
    mag = 0
    alle = 0
    for i, stop in enumerate(instantie.stops, 1):
        alle |= 1 << i
        if stop.vereist <= ploeg.bevoegdheden and stop.vast_ploeg in (None, ploeg.id):
            mag |= 1 << i
    tellers = []
    if ploeg.max_stops is not None:
        tellers.append((alle, ploeg.max_stops))
    for bevoegdheid, hoogste in ploeg.max_per_bevoegdheid:
        masker = sum(1 << i for i, s in enumerate(instantie.stops, 1) if bevoegdheid in s.vereist)
        tellers.append((masker, hoogste))
    for bevoegdheden, hoogste in ploeg.max_van:
        masker = sum(1 << i for i, s in enumerate(instantie.stops, 1) if bevoegdheden & s.vereist)
        tellers.append((masker, hoogste))
    pauze = None
    if ploeg.pauze is not None:
        p = ploeg.pauze
        pauze = (_op(p.vroegst, tik), _neer(p.laatst, tik), _op(p.duur_min, tik))
    return _op(ploeg.begin, tik), _neer(ploeg.eind, tik), pauze, mag, tuple(tellers)


@dataclass(frozen=True, slots=True)
class Rooster:
    """The earliest times at which a route can be done; ``momenten`` holds (arrival, begin, departure) per stop."""

    momenten: _Momenten
    terug: int
    pauze: tuple[int, int] | None


def maak_rooster(opgave: Opgave, klasse: Klasse, route: type_route) -> Rooster | None:
    """Earliest schedule of a route by a team of this class, or None when it does not fit."""
    masker = 0
    for plaats in route:
        masker |= 1 << plaats
    if masker & ~klasse.mag or masker.bit_count() != len(route):
        return None
    if any((masker & m).bit_count() > hoogste for m, hoogste in klasse.tellers):
        return None
    return _met_pauze(opgave, klasse, route)


def _met_pauze(opgave: Opgave, klasse: Klasse, route: type_route) -> Rooster | None:
    # Two states per step: the break is still to come, or it was taken. Each keeps its earliest departure and history;
    # being earlier in a state is never worse.
    start: _Tak = (klasse.begin, (), None)
    zonder: _Tak | None = start
    met: _Tak | None = None
    if klasse.pauze is None:
        zonder, met = None, start
    vorige = 0
    for plaats in (*route, 0):
        rit = opgave.reis[vorige][plaats]
        kandidaten: list[tuple[int, int, _Momenten, tuple[int, int] | None]] = []
        if met is not None:
            kandidaten.append((met[0] + rit, met[0] + rit, met[1], met[2]))
        nieuw_zonder = None
        if zonder is not None and klasse.pauze is not None:
            vroegst, laatst, duur = klasse.pauze
            t = zonder[0]
            if (s := max(t, vroegst)) <= laatst:
                kandidaten.append((s + duur + rit, s + duur + rit, zonder[1], (s, s + duur)))
            if (s := max(t + rit, vroegst)) <= laatst:
                # Back at the depot the team is back on arrival, also when the break is still to come.
                kandidaten.append((t + rit, s + duur, zonder[1], (s, s + duur)))
            nieuw_zonder = _bezoek(opgave, plaats, t + rit, t + rit, zonder[1], None)
        nieuwe = [_bezoek(opgave, plaats, *k) for k in kandidaten]
        if plaats == 0:
            # Of the ways to end in time, the one that is back first (then: free first).
            klaar = [(k[0], k[1], k[2], k[3]) for k in kandidaten if k[1] <= klasse.eind]
            if not klaar:
                return None
            beste = min(klaar, key=lambda k: (k[0], k[1]))
            return Rooster(beste[2], beste[0], beste[3])
        met = min((k for k in nieuwe if k is not None), key=lambda k: k[0], default=None)
        zonder = nieuw_zonder
        if met is None and zonder is None:
            return None
        vorige = plaats
    raise AssertionError  # the loop ends at the depot


def _bezoek(
    opgave: Opgave,
    plaats: int,
    aankomst: int,
    vrij: int,
    momenten: _Momenten,
    pauze: tuple[int, int] | None,
) -> _Tak | None:
    if plaats == 0:
        return None
    begin = max(vrij, opgave.open[plaats])
    if begin > opgave.dicht[plaats]:
        return None
    vertrek = begin + opgave.duur[plaats]
    return vertrek, (*momenten, (aankomst, begin, vertrek)), pauze
