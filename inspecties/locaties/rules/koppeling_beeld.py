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
_RONDEN = 120
_MIN_HOOGTE = 240.0
_HOOGTE_PER_KNOOP = 30.0


@dataclass(frozen=True, slots=True)
class Beeld:
    """Places of the nodes, in the order in which they were given, and the height of the picture."""

    punten: tuple[tuple[float, float], ...]
    breedte: float
    hoogte: float


def leg_neer(aantal: int, lijnen: Sequence[tuple[int, int]]) -> Beeld:
    """Place ``aantal`` nodes with these lines (pairs of node numbers)."""
    hoogte = max(_MIN_HOOGTE, _HOOGTE_PER_KNOOP * aantal + 2 * _RAND)
    if aantal == 0:
        return Beeld((), BREEDTE, hoogte)
    mx, my = BREEDTE / 2, hoogte / 2
    xs = [mx + (mx - _RAND) * math.cos(2 * math.pi * i / aantal) for i in range(aantal)]
    # A little uneven: on an exact circle opposite forces would cancel out for ever.
    ys = [my + (my - _RAND) * math.sin(2 * math.pi * i / aantal + 0.1 * (i % 3)) for i in range(aantal)]
    ideaal = 0.8 * math.sqrt((BREEDTE - 2 * _RAND) * (hoogte - 2 * _RAND) / aantal)
    for ronde in range(_RONDEN):
        _stap(xs, ys, lijnen, ideaal, BREEDTE / 8 * (1 - ronde / _RONDEN), hoogte)
    for _ in range(200):
        if not _duw_uit_elkaar(xs, ys, hoogte):
            break
    return Beeld(tuple((round(x, 1), round(y, 1)) for x, y in zip(xs, ys, strict=True)), BREEDTE, hoogte)


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
