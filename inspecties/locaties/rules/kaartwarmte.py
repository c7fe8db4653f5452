"""Where signals come from, in squares so large that none points at one reporter or one address.

Small counts stay hidden: a square is only shown with at least ``MIN_SIGNALEN`` signals at ``MIN_PLAATSEN`` different
places, and is only divided when each part that holds anything keeps to that. So nothing can be found by subtracting a
part from the whole, and because the squares do not depend on what the map shows, nor by moving the map. How many is
told in classes. (Small counts hidden: usual rule of statistical offices; a signal never reveals who reported it.)
"""

from collections.abc import Iterable, Iterator
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


def _deel(kolom: int, rij: int, plekken: list[Signaalplek], zijde: float) -> Iterator[Vak]:
    kleiner = _per_vak(plekken, zijde / 2) if zijde > KLEINSTE_M else {}
    if kleiner and all(_genoeg(deel) for deel in kleiner.values()):
        for (k, r), deel in kleiner.items():
            yield from _deel(k, r, deel, zijde / 2)
        return
    klasse = max(i for i, (vanaf, _) in enumerate(KLASSEN) if len(plekken) >= vanaf)
    yield Vak(kolom * zijde, rij * zijde, zijde, klasse)


def warmtevakken(plekken: Iterable[Signaalplek]) -> list[Vak]:
    """The squares to show, from south-west to north-east. What lies in too quiet a square is not shown at all."""
    vakken = [
        vak
        for (kolom, rij), deel in _per_vak(plekken, GROOTSTE_M).items()
        if _genoeg(deel)
        for vak in _deel(kolom, rij, deel, GROOTSTE_M)
    ]
    return sorted(vakken, key=lambda v: (v.y, v.x))
