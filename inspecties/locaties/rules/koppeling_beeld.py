"""Where the nodes of a small graph stand in a picture: forces from a fixed start, so that it is the same every time.

Spring layout after Fruchterman and Reingold (1991): neighbours attract, all repel, movement cools down; at the end
nodes that still overlap are pushed apart. Units are those of the picture's viewBox.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# As wide as the text column of a telephone, so that nodes of 44 units are 44 pixels there.
BREEDTE = 360.0
STRAAL = 22.0
_RAND = STRAAL + 6
_TUSSEN = 2 * STRAAL + 10
_RONDEN = 80
# Tries times pairs of nodes: small pictures get more tries, large ones stay fast.
_POGINGEN, _MIN_POGINGEN, _MAX_POGINGEN = 4000, 3, 20
_MIN_HOOGTE = 240.0
_HOOGTE_PER_KNOOP = 30.0


@dataclass(frozen=True, slots=True)
class Beeld:
    """Places of the nodes, in the order in which they were given, and the height of the picture."""

    punten: tuple[tuple[float, float], ...]
    breedte: float
    hoogte: float


def leg_neer(aantal: int, lijnen: Sequence[tuple[int, int]]) -> Beeld:
    """Place ``aantal`` nodes with these lines (pairs of node numbers).

    From several starts; the picture in which the fewest lines cross each other or run under a node is kept.
    """
    hoogte = max(_MIN_HOOGTE, _HOOGTE_PER_KNOOP * aantal + 2 * _RAND)
    if aantal == 0:
        return Beeld((), BREEDTE, hoogte)
    keer = max(_MIN_POGINGEN, min(_MAX_POGINGEN, _POGINGEN // aantal**2))
    pogingen = (_poging(aantal, lijnen, hoogte, start) for start in range(keer))
    punten = min(pogingen, key=lambda p: _rommel(p, lijnen))
    return Beeld(tuple((round(x, 1), round(y, 1)) for x, y in punten), BREEDTE, hoogte)


def _poging(aantal: int, lijnen: Sequence[tuple[int, int]], hoogte: float, start: int) -> list[tuple[float, float]]:
    mx, my = BREEDTE / 2, hoogte / 2
    # Another step around the circle puts other nodes beside each other, as far as it meets them all.
    pas = 1 + start // 2
    if math.gcd(pas, aantal) != 1:
        pas = 1
    hoeken = [2 * math.pi * ((i * pas) % aantal + 0.37 * start) / aantal for i in range(aantal)]
    xs = [mx + (mx - _RAND) * math.cos(h) for h in hoeken]
    # A little uneven: on an exact circle opposite forces would cancel out for ever.
    ys = [my + (my - _RAND) * math.sin(h + 0.1 * (i % 3)) for i, h in enumerate(hoeken)]
    ideaal = 0.8 * math.sqrt((BREEDTE - 2 * _RAND) * (hoogte - 2 * _RAND) / aantal)
    for ronde in range(_RONDEN):
        _stap(xs, ys, lijnen, ideaal, BREEDTE / 8 * (1 - ronde / _RONDEN), hoogte)
    for _ in range(200):
        if not _duw_uit_elkaar(xs, ys, hoogte):
            break
    return list(zip(xs, ys, strict=True))


def _rommel(punten: list[tuple[float, float]], lijnen: Sequence[tuple[int, int]]) -> int:
    """How hard a picture is to read: crossings, and lines under nodes that they do not belong to, which mislead."""
    uit = 0
    for n, (a, b) in enumerate(lijnen):
        for c, d in lijnen[n + 1 :]:
            if len({a, b, c, d}) == 4 and _kruist(punten[a], punten[b], punten[c], punten[d]):
                uit += 1
        for k, punt in enumerate(punten):
            if k not in {a, b} and _afstand_tot_lijn(punt, punten[a], punten[b]) < STRAAL + 5:
                uit += 3
    return uit


def _kant(a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (p[1] - a[1]) > (b[1] - a[1]) * (p[0] - a[0])


def _kruist(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> bool:
    return _kant(a, b, c) != _kant(a, b, d) and _kant(c, d, a) != _kant(c, d, b)


def _afstand_tot_lijn(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    deel = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / max(dx * dx + dy * dy, 1e-9)
    deel = min(max(deel, 0.0), 1.0)
    return math.dist(p, (a[0] + deel * dx, a[1] + deel * dy))


def _stap(
    xs: list[float], ys: list[float], lijnen: Sequence[tuple[int, int]], ideaal: float, hitte: float, hoogte: float
) -> None:
    aantal = len(xs)
    fx, fy = [0.0] * aantal, [0.0] * aantal
    for i in range(aantal):
        for j in range(i + 1, aantal):
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            kracht = ideaal * ideaal / max(dx * dx + dy * dy, 1.0)
            fx[i], fy[i] = fx[i] + dx * kracht, fy[i] + dy * kracht
            fx[j], fy[j] = fx[j] - dx * kracht, fy[j] - dy * kracht
    for i, j in lijnen:
        dx, dy = xs[i] - xs[j], ys[i] - ys[j]
        kracht = math.hypot(dx, dy) / ideaal
        fx[i], fy[i] = fx[i] - dx * kracht, fy[i] - dy * kracht
        fx[j], fy[j] = fx[j] + dx * kracht, fy[j] + dy * kracht
    for i in range(aantal):
        lengte = math.hypot(fx[i], fy[i])
        if lengte > 0:
            stap = min(lengte, hitte) / lengte
            xs[i] = _binnen(xs[i] + fx[i] * stap, BREEDTE)
            ys[i] = _binnen(ys[i] + fy[i] * stap, hoogte)


def _binnen(waarde: float, maat: float) -> float:
    return min(max(waarde, _RAND), maat - _RAND)


def _duw_uit_elkaar(xs: list[float], ys: list[float], hoogte: float) -> bool:
    """Push pairs that overlap half the difference apart each; whether there were any."""
    geduwd = False
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            dx, dy = xs[i] - xs[j], ys[i] - ys[j]
            afstand = math.hypot(dx, dy)
            if afstand >= _TUSSEN:
                continue
            geduwd = True
            ex, ey = (dx / afstand, dy / afstand) if afstand > 1 else (math.cos(i), math.sin(i))
            over = (_TUSSEN - afstand) / 2 + 0.5
            xs[i], ys[i] = _binnen(xs[i] + ex * over, BREEDTE), _binnen(ys[i] + ey * over, hoogte)
            xs[j], ys[j] = _binnen(xs[j] - ex * over, BREEDTE), _binnen(ys[j] - ey * over, hoogte)
    return geduwd
