"""The picture of a network: numbered places, lettered things that they share, and the lines between."""

from dataclasses import dataclass

from inspecties.locaties.koppelingen import Getoond, Net
from inspecties.locaties.models import Risicolocatie
from inspecties.locaties.rules.koppeling_beeld import STRAAL, leg_neer


@dataclass(frozen=True)
class Punt:
    """A place in the picture; ``nummer`` is its name there and in the table."""

    locatie: Risicolocatie
    nummer: str
    x: float
    y: float


@dataclass(frozen=True)
class Ding:
    """What the same places share, drawn as one square. ``letter`` is its name in picture and table."""

    koppelingen: tuple[Getoond, ...]
    letter: str
    x: float
    y: float
    nummers: tuple[str, ...]

    @property
    def zwak(self) -> bool:
        return all(g.zwak for g in self.koppelingen)


@dataclass(frozen=True)
class Lijn:
    x1: float
    y1: float
    x2: float
    y2: float
    zwak: bool


@dataclass(frozen=True)
class Tekening:
    """Everything that the template draws; sizes in units of the viewBox."""

    punten: tuple[Punt, ...]
    dingen: tuple[Ding, ...]
    lijnen: tuple[Lijn, ...]
    breedte: float
    hoogte: float
    straal: float = STRAAL


def _letter(i: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    return (_letter(i // 26 - 1) if i >= 26 else "") + chr(ord("A") + i % 26)


def teken(net: Net) -> Tekening:
    """Lay the network out. Things shared by exactly the same places become one node: fewer lines, same meaning."""
    plek = {locatie.id: i for i, locatie in enumerate(net.locaties)}
    groepen: dict[tuple[int, ...], list[Getoond]] = {}
    for g in net.koppelingen:
        groepen.setdefault(tuple(sorted(plek[p.locatie.id] for p in g.plekken)), []).append(g)
    eerste = len(net.locaties)
    lijnen = [(i, eerste + d) for d, plekken in enumerate(groepen) for i in plekken]
    beeld = leg_neer(eerste + len(groepen), lijnen)
    punten = tuple(
        Punt(locatie, str(i + 1), *beeld.punten[i])
        for i, locatie in enumerate(net.locaties)
    )  # fmt: skip
    dingen = tuple(
        Ding(tuple(lijst), _letter(d), *beeld.punten[eerste + d], tuple(str(i + 1) for i in plekken))
        for d, (plekken, lijst) in enumerate(groepen.items())
    )
    strepen = tuple(
        Lijn(*beeld.punten[i], *beeld.punten[j], dingen[j - eerste].zwak)
        for i, j in lijnen
    )  # fmt: skip
    return Tekening(punten, dingen, strepen, beeld.breedte, beeld.hoogte)
