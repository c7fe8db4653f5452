"""Insert stops into routes, most valuable for its time first, where they make the team least later."""

from collections.abc import Callable, Sequence

from inspecties.acties.route.opgave import Klasse, Opgave, type_route

_NOOIT = 1 << 60


def vul_aan(
    opgave: Opgave, begin: Sequence[Sequence[type_route]], op_tijd: Callable[[], bool]
) -> tuple[tuple[type_route, ...], ...]:
    """Add to ``begin`` (routes per class) every stop that still fits; teams left over may get a first stop."""
    lijnen: list[_Lijn] = []
    for k, (klasse, routes) in enumerate(zip(opgave.klassen, begin, strict=True)):
        lijnen += [_Lijn(opgave, klasse, k, list(route)) for route in routes]
        if len(routes) < len(klasse.ploegen):
            lijnen.append(_Lijn(opgave, klasse, k, []))
    over_in_klasse = [len(k.ploegen) - len(r) for k, r in zip(opgave.klassen, begin, strict=True)]
    gepland = {i for lijn in lijnen for i in lijn.route}
    for stop in _volgorde(opgave, gepland):
        if not op_tijd():
            break
        beste: tuple[int, int, _Lijn, int] | None = None
        for lijn in lijnen:
            if lijn.mag(stop):
                for plek in range(len(lijn.route) + 1):
                    kost = lijn.kost(stop, plek)
                    if kost is not None and (beste is None or kost < beste[:2]):
                        beste = (*kost, lijn, plek)
        if beste is None:
            continue
        lijn, plek = beste[2:]
        if not lijn.route:
            over_in_klasse[lijn.k] -= 1
            if over_in_klasse[lijn.k]:
                lijnen.append(_Lijn(opgave, lijn.klasse, lijn.k, []))
        lijn.voeg_in(stop, plek)
    return tuple(
        tuple(tuple(lijn.route) for lijn in lijnen if lijn.k == k and lijn.route) for k in range(len(opgave.klassen))
    )


def _volgorde(opgave: Opgave, gepland: set[int]) -> list[int]:
    """Compulsory stops first, then by value for the time of the visit and the way there from the nearest place."""
    over = [i for i in range(1, opgave.n + 1) if i not in gepland]
    dichtbij = {i: min(opgave.reis[j][i] for j in range(opgave.n + 1) if j != i) for i in over}

    def sleutel(i: int) -> tuple[bool, float, int]:
        return (
            opgave.punten[i] < opgave.toeslag,
            -opgave.punten[i] / (opgave.duur[i] + dichtbij[i] + 5 * opgave.tik),
            i,
        )

    return sorted(over, key=sleutel)


class _Lijn:
    """A route with, per place, the earliest leaving and the latest arriving that keep it possible.

    Every time is a pair: with the break still to come, and with the break taken (or no break needed).
    """

    def __init__(self, opgave: Opgave, klasse: Klasse, k: int, route: list[int]) -> None:
        self.opgave, self.klasse, self.k, self.route = opgave, klasse, k, route
        self._reken()

    def mag(self, stop: int) -> bool:
        """Whether powers and maxima allow it."""
        if not self.klasse.mag >> stop & 1:
            return False
        return all(
            not masker >> stop & 1 or sum(masker >> i & 1 for i in self.route) < hoogste
            for masker, hoogste in self.klasse.tellers
        )

    def voeg_in(self, stop: int, plek: int) -> None:
        """Insert before position ``plek``."""
        self.route.insert(plek, stop)
        self._reken()

    def kost(self, stop: int, plek: int) -> tuple[int, int] | None:
        """How much later the next place is reached, and the extra travel; None when the rest no longer fits."""
        reis = self.opgave.reis
        van = self.route[plek - 1] if plek else 0
        naar = self.route[plek] if plek < len(self.route) else 0
        zonder, met = self._bezoek(self._aankomst(self.vooruit[plek], reis[van][stop]), stop)
        zonder, met = self._aankomst((zonder, met), reis[stop][naar])
        uiterst_zonder, uiterst_met = self.achter[plek]
        if zonder > uiterst_zonder and met > uiterst_met:
            return None
        oud = min(self._aankomst(self.vooruit[plek], reis[van][naar]))
        nieuw = min(zonder if zonder <= uiterst_zonder else _NOOIT, met if met <= uiterst_met else _NOOIT)
        opent = self.opgave.open[naar]
        return max(nieuw, opent) - max(oud, opent), reis[van][stop] + reis[stop][naar] - reis[van][naar]

    def _aankomst(self, vertrek: tuple[int, int], rit: int) -> tuple[int, int]:
        zonder, met = vertrek
        if self.klasse.pauze is not None and zonder < _NOOIT:
            vroegst, laatst, duur = self.klasse.pauze
            if (s := max(zonder, vroegst)) <= laatst:
                met = min(met, s + duur)
        return min(zonder + rit, _NOOIT), min(met + rit, _NOOIT)

    def _bezoek(self, aankomst: tuple[int, int], stop: int) -> tuple[int, int]:
        zonder, met = aankomst
        if self.klasse.pauze is not None and zonder < _NOOIT:
            vroegst, laatst, duur = self.klasse.pauze
            if (s := max(zonder, vroegst)) <= laatst:
                met = min(met, s + duur)
        return self._vertrek(zonder, stop), self._vertrek(met, stop)

    def _vertrek(self, vrij: int, stop: int) -> int:
        begin = max(vrij, self.opgave.open[stop])
        return begin + self.opgave.duur[stop] if begin <= self.opgave.dicht[stop] else _NOOIT

    def _reken(self) -> None:
        op, klasse, route = self.opgave, self.klasse, self.route
        t = (_NOOIT, klasse.begin) if klasse.pauze is None else (klasse.begin, _NOOIT)
        self.vooruit = [t]
        vorige = 0
        for i in route:
            t = self._bezoek(self._aankomst(t, op.reis[vorige][i]), i)
            self.vooruit.append(t)
            vorige = i
        uiterst_met = klasse.eind
        uiterst_zonder = self._voor_pauze(uiterst_met)
        self.achter = [(uiterst_zonder, uiterst_met)]
        volgende = 0
        for i in reversed(route):
            rit = op.reis[i][volgende]
            weg_met = uiterst_met - rit
            weg_zonder = max(uiterst_zonder - rit, self._voor_pauze(weg_met))
            uiterst_met = self._laatste_begin(weg_met, i)
            uiterst_zonder = max(self._laatste_begin(weg_zonder, i), self._voor_pauze(uiterst_met))
            self.achter.append((uiterst_zonder, uiterst_met))
            volgende = i
        self.achter.reverse()

    def _voor_pauze(self, uiterst: int) -> int:
        """The latest moment from which the break can be taken and be over by ``uiterst``."""
        if self.klasse.pauze is None:
            return -_NOOIT
        vroegst, laatst, duur = self.klasse.pauze
        s = min(laatst, uiterst - duur)
        return s if s >= vroegst else -_NOOIT

    def _laatste_begin(self, vertrek: int, stop: int) -> int:
        begin = min(self.opgave.dicht[stop], vertrek - self.opgave.duur[stop])
        return begin if begin >= self.opgave.open[stop] else -_NOOIT
