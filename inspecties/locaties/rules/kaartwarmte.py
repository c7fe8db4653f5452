"""Where signals come from, in squares so large that none points at one reporter or one address.

Small counts stay hidden: a square is only shown with at least ``MIN_SIGNALEN`` signals at ``MIN_PLAATSEN`` different
places. What is left over in too quiet a square is put together with its neighbours' in a square twice as wide, and what
is left at the widest is not shown at all. Each signal counts once and no total is told, so nothing can be found by
subtracting; the squares do not depend on what the map shows, so neither by moving the map. How many is told in classes.
(Small counts hidden: usual rule of statistical offices; a signal never reveals who reported it.)
"""

from collections.abc import Iterable
from dataclasses import dataclass

MIN_SIGNALEN = 5
MIN_PLAATSEN = 3
GROOTSTE_M = 8_000
KLEINSTE_M = 500
# Lower bounds of the classes, with their words.
KLASSEN: tuple[tuple[int, str], ...] = ((5, "5 tot 9"), (10, "10 tot 24"), (25, "25 tot 49"), (50, "50 of meer"))

# x and y in RD (metres) and what tells places apart.
Signaalplek = tuple[float, float, int]


@dataclass(frozen=True)
class Vak:
    """A square with enough signals: its south-west corner and side in metres (RD), and its class (from 0)."""

    x: float
    y: float
    zijde: float
    klasse: int

    @property
    def tekst(self) -> str:
        return KLASSEN[self.klasse][1]


def _genoeg(plekken: list[Signaalplek]) -> bool:
    return len(plekken) >= MIN_SIGNALEN and len({p for _, _, p in plekken}) >= MIN_PLAATSEN


def _per_vak(plekken: Iterable[Signaalplek], zijde: float) -> dict[tuple[int, int], list[Signaalplek]]:
    uit: dict[tuple[int, int], list[Signaalplek]] = {}
    for plek in plekken:
        uit.setdefault((int(plek[0] // zijde), int(plek[1] // zijde)), []).append(plek)
    return uit


def verdeel(plekken: Iterable[Signaalplek]) -> list[tuple[Vak, list[Signaalplek]]]:
    """Every square to show with the signals that count in it, the widest first so that the finer lie on top."""
    uit: list[tuple[Vak, list[Signaalplek]]] = []
    over, zijde = list(plekken), float(KLEINSTE_M)
    while zijde <= GROOTSTE_M:
        stil: list[Signaalplek] = []
        for (kolom, rij), deel in _per_vak(over, zijde).items():
            if _genoeg(deel):
                klasse = max(i for i, (vanaf, _) in enumerate(KLASSEN) if len(deel) >= vanaf)
                uit.append((Vak(kolom * zijde, rij * zijde, zijde, klasse), deel))
            else:
                stil += deel
        over, zijde = stil, zijde * 2
    return sorted(uit, key=lambda paar: (-paar[0].zijde, paar[0].y, paar[0].x))


def warmtevakken(plekken: Iterable[Signaalplek]) -> list[Vak]:
    """The squares to show; what lies in too quiet a square at every width is in none of them."""
    return [vak for vak, _ in verdeel(plekken)]
