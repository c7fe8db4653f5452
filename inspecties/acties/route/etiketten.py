"""Label setting: the routes of one class of teams that are worth more than the prices of what they use.

Labels grow in order of time. One that is later, poorer and has visited more than another at the same place is dropped;
that keeps the best route. In the quick way what was visited does not count for dropping, so routes may be missed;
in the way that finds all, only another order of the same stops is dropped. The two exact ways also drop a label that
can no longer earn enough, by a bound that is computed backwards from the end of the shift.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from heapq import heapify, heappop, heappush, nlargest

from inspecties.acties.route.opgave import Klasse, Opgave, type_route

# Units of work between two looks at the clock.
_KIJK = 20_000


class Wijze(Enum):
    """How labels are compared."""

    SNEL = "snel"
    STRENG = "streng"
    ALLES = "alles"


@dataclass(frozen=True, slots=True)
class Oogst:
    """``beste`` is what the best route earns above its price (0.0 when none does); exact only when ``volledig``."""

    routes: list[tuple[float, type_route]]
    beste: float
    volledig: bool
    werk: int


class Afstanden:
    """What all classes share: shortest times, and whether leaving out a stop never makes a route later."""

    def __init__(self, opgave: Opgave) -> None:
        self.kort = _kortste(opgave)
        self.driehoek = _driehoek(opgave)


class Zoeker:
    """Prepared once per class, asked often with other prices."""

    def __init__(self, opgave: Opgave, afstanden: Afstanden, klasse: Klasse, index: int) -> None:
        self.opgave, self.klasse, self.index = opgave, klasse, index
        n = opgave.n
        kort = afstanden.kort
        vroegst = [klasse.begin] * (n + 1)
        self.plaatsen = []
        for j in range(1, n + 1):
            if not klasse.mag >> j & 1:
                continue
            vroegst[j] = max(klasse.begin + kort[0][j], opgave.open[j]) + opgave.duur[j]
            if vroegst[j] - opgave.duur[j] <= opgave.dicht[j] and vroegst[j] + kort[j][0] <= klasse.eind:
                self.plaatsen.append(j)
        self.laatst = {j: klasse.eind - kort[j][0] for j in self.plaatsen}
        self.vooruit: dict[int, list[int]] = {}
        # Which places can no longer be reached, as a step function of the time of leaving.
        self.grenzen: dict[int, list[int]] = {}
        self.maskers: dict[int, list[int]] = {}
        for i in (0, *self.plaatsen):
            rij = opgave.reis[i]
            self.vooruit[i] = [
                j
                for j in self.plaatsen
                if j != i
                and vroegst[i] + rij[j] <= opgave.dicht[j]
                and vroegst[i] + rij[j] + opgave.duur[j] <= self.laatst[j]
            ]
            laatste_vertrek = sorted(
                (min(opgave.dicht[j], self.laatst[j] - opgave.duur[j]) - kort[i][j], 1 << j) for j in self.plaatsen
            )
            masker, stappen = 0, [0]
            for _, bit in laatste_vertrek:
                masker |= bit
                stappen.append(masker)
            self.grenzen[i] = [g for g, _ in laatste_vertrek]
            self.maskers[i] = stappen
        self.driehoek = afstanden.driehoek

    # One loop on purpose: a call per label would take half the time again.
    def zoek(  # noqa: PLR0912, PLR0915 - see the line above
        self,
        winst: Sequence[float],
        prijs: float,
        *,
        wijze: Wijze,
        drempel: float,
        hoogstens: int,
        werk: int,
        op_tijd: Callable[[], bool] = lambda: True,
    ) -> Oogst:
        """Routes whose sum of ``winst`` (per place) exceeds ``prijs`` by more than ``drempel``, best first.

        Stops, incomplete, after ``werk`` units (about 2.5 million a second) or when ``op_tijd`` says no.
        """
        op, klasse = self.opgave, self.klasse
        open_, dicht, duur, reis = op.open, op.dicht, op.duur, op.reis
        goed = [j for j in self.plaatsen if winst[j] > 0 or drempel < 0 or not self.driehoek]
        in_goed = set(goed)
        goedmasker = sum(1 << j for j in goed)
        verder = {
            i: [
                (1 << j, reis[i][j], open_[j], dicht[j], duur[j], self.laatst[j], winst[j], j)
                for j in self.vooruit[i]
                if j in in_goed
            ]
            for i in (0, *goed)
        }
        tellers, pauze = klasse.tellers, klasse.pauze
        streng, alles = wijze is not Wijze.SNEL, wijze is Wijze.ALLES
        gezien: set[tuple[int, int, int]] = set()
        rest = self._restgrens(goed, winst, werk, op_tijd) if streng else None
        if streng and rest is None:
            return Oogst([], 0.0, False, werk)
        bewaard: dict[int, list[tuple[float, int, int, tuple[int, ...]]]] = {i: [] for i in (0, *goed)}
        nul = (0,) * len(tellers)
        # (time, number, place, earned, visited, break taken, counters, parent)
        hoop: list[tuple[int, int, int, float, int, int, tuple[int, ...], object]] = []
        heappush(hoop, (klasse.begin, 0, 0, -prijs, 0, 0 if pauze else 1, nul, None))
        volgnummer = gedaan = uitgebreid = kijk = 0
        klaar: list[tuple[float, int, object]] = []
        while hoop:
            etiket = heappop(hoop)
            t, _, i, e, m, p, tel, _ = etiket
            vol = (m | self.maskers[i][bisect_left(self.grenzen[i], t)]) & goedmasker
            gedaan += 4
            if rest is not None:
                tijden, hoogste = rest[i]
                plek = bisect_left(tijden, -t + 1)
                if not plek or e + hoogste[plek - 1] <= drempel:
                    continue
            vervalt = False
            lijst = bewaard[i]
            gedaan += len(lijst) // 4
            if alles:
                if (i, m, p) in gezien:
                    continue
                gezien.add((i, m, p))
                lijst = []
            for e2, v2, p2, tel2 in lijst:
                if (
                    e2 >= e
                    and p2 >= p
                    and (not streng or (v2 & ~vol) == 0)
                    and (not tellers or all(a <= b for a, b in zip(tel2, tel, strict=True)))
                ):
                    vervalt = True
                    break
            if vervalt:
                continue
            gedaan += len(verder[i])
            uitgebreid += 1
            if gedaan >= kijk:
                kijk = gedaan + _KIJK
                if gedaan > werk or not op_tijd():
                    return Oogst(_routes(klaar, hoogstens), 0.0, False, gedaan)
            lijst.append((e, vol, p, tel))
            if i and e > drempel and self._kan_terug(t, i, p):
                klaar.append((e, -uitgebreid, etiket))
            for bit, rit, o, d, dienst, laatst, w, j in verder[i]:
                if vol & bit:
                    continue
                nieuw_tel = tel
                if tellers:
                    nieuw_tel = tuple(a + (mk >> j & 1) for a, (mk, _) in zip(tel, tellers, strict=True))
                    if any(a > h for a, (_, h) in zip(nieuw_tel, tellers, strict=True)):
                        continue
                begin = t + rit
                begin = max(begin, o)
                if begin <= d and begin + dienst <= laatst:
                    volgnummer += 1
                    heappush(hoop, (begin + dienst, volgnummer, j, e + w, m | bit, p, nieuw_tel, etiket))
                if not p and pauze:
                    begin = self._na_pauze(t, rit, o, d)
                    if begin <= d and begin + dienst <= laatst:
                        volgnummer += 1
                        heappush(hoop, (begin + dienst, volgnummer, j, e + w, m | bit, 1, nieuw_tel, etiket))
        beste = max((e for e, _, _ in klaar), default=0.0)
        return Oogst(_routes(klaar, hoogstens), max(0.0, beste, drempel), streng, gedaan)

    def _restgrens(
        self, goed: list[int], winst: Sequence[float], werk: int, op_tijd: Callable[[], bool]
    ) -> dict[int, tuple[list[int], list[float]]] | None:
        """Per place: the most that can still be earned when leaving at a time, places counted again when met again.

        As two lists: minus the latest times of leaving, rising, and what can be earned until then, rising too.
        None when that takes more than ``werk`` or until after time.
        """
        op = self.opgave
        uit: dict[int, tuple[list[int], list[float]]] = {i: ([], []) for i in (0, *goed)}
        vooraf: dict[int, list[tuple[int, int]]] = {j: [] for j in goed}
        in_goed = set(goed)
        for i in (0, *goed):
            for j in self.vooruit[i]:
                if j in in_goed:
                    vooraf[j].append((i, op.reis[i][j]))
        hoop = [(-(self.klasse.eind - op.reis[j][0]), -0.0, j) for j in (0, *goed)]
        heapify(hoop)
        gedaan = kijk = 0
        while hoop:
            min_t, min_e, j = heappop(hoop)
            tijden, hoogste = uit[j]
            gedaan += 3
            if hoogste and hoogste[-1] >= -min_e:
                continue
            tijden.append(min_t)
            hoogste.append(-min_e)
            if j == 0:
                continue
            begin = min(op.dicht[j], -min_t - op.duur[j])
            if begin < op.open[j]:
                continue
            gedaan += len(vooraf[j])
            if gedaan >= kijk:
                kijk = gedaan + _KIJK
                if gedaan > werk or not op_tijd():
                    return None
            for i, rit in vooraf[j]:
                heappush(hoop, (-(begin - rit), min_e - winst[j], i))
        return uit

    def _na_pauze(self, t: int, rit: int, o: int, d: int) -> int:
        assert self.klasse.pauze is not None
        vroegst, laatst, lang = self.klasse.pauze
        mogelijk = [d + 1]
        if (s := max(t, vroegst)) <= laatst:
            mogelijk.append(max(s + lang + rit, o))
        if (s := max(t + rit, vroegst)) <= laatst:
            mogelijk.append(max(s + lang, o))
        return min(mogelijk)

    def _kan_terug(self, t: int, i: int, p: int) -> bool:
        thuis = t + self.opgave.reis[i][0]
        if p:
            return thuis <= self.klasse.eind
        return self._na_pauze(t, self.opgave.reis[i][0], 0, self.klasse.eind) <= self.klasse.eind


def _routes(klaar: list[tuple[float, int, object]], hoogstens: int) -> list[tuple[float, type_route]]:
    uit = []
    for e, _, etiket in nlargest(hoogstens, klaar, key=lambda k: k[:2]):
        route = []
        stap: object = etiket
        while isinstance(stap, tuple) and stap[2]:
            route.append(stap[2])
            stap = stap[7]
        uit.append((e, tuple(reversed(route))))
    return uit


def _driehoek(opgave: Opgave) -> bool:
    """Whether leaving out a stop never makes a route later: then one worth less than its price is never needed."""
    import numpy as np  # noqa: PLC0415 - the command starts without it

    d = np.array(opgave.reis, dtype=np.int64)
    return all(bool((d <= d[:, j : j + 1] + opgave.duur[j] + d[j : j + 1, :]).all()) for j in range(1, opgave.n + 1))


def _kortste(opgave: Opgave) -> list[list[int]]:
    """Shortest times between places over any places between (Floyd-Warshall): a matrix need not be shortest."""
    import numpy as np  # noqa: PLC0415 - the command starts without it

    d = np.array(opgave.reis, dtype=np.int64)
    for k in range(opgave.n + 1):
        d = np.minimum(d, d[:, k : k + 1] + d[k : k + 1, :])
    uit: list[list[int]] = d.tolist()
    return uit
