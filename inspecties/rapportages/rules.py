"""Counting for the yearly overview: pure functions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from inspecties.acties.rules.toestanden import SOORTEN
from inspecties.acties.soorten import normen_van_soorten
from inspecties.core.klok import lokaal

MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


@dataclass(frozen=True)
class Normregel:
    """How many actions of a kind were done and are planned this year, against what was promised (None: nothing)."""

    soort: str
    naam: str
    gedaan: int
    gepland: int
    norm: int | None

    @property
    def oordeel(self) -> str:
        """In words, because a bar alone tells nothing to who cannot see it."""
        if self.norm is None:
            return "Geen norm"
        if self.gedaan >= self.norm:
            return "Gehaald"
        if self.gedaan + self.gepland >= self.norm:
            return "Gehaald als alles doorgaat"
        return f"Nog {self.norm - self.gedaan - self.gepland} te plannen"

    @property
    def toon(self) -> str:
        """Tone of the status label."""
        if self.norm is None:
            return ""
        return "goed" if self.gedaan >= self.norm else "actief" if self.gedaan + self.gepland >= self.norm else "let-op"


def tel_normen(
    acties: Iterable[tuple[str, str]], normen: Mapping[str, int], telt_voor: Mapping[str, str] | None = None
) -> list[Normregel]:
    """Lines for every kind that occurs or has a norm. ``acties``: (kind, state); lapsed ones do not count.

    ``telt_voor``: kind -> the kind whose norm it counts for; a kind that counts for none keeps a line of its own.
    """
    voor = normen_van_soorten() if telt_voor is None else telt_voor
    gedaan: Counter[str] = Counter()
    gepland: Counter[str] = Counter()
    for eigen, toestand in acties:
        soort = voor.get(eigen) or eigen
        if toestand == "afgerond":
            gedaan[soort] += 1
        elif toestand != "vervallen":
            gepland[soort] += 1
    return [
        Normregel(soort, naam, gedaan[soort], gepland[soort], normen.get(soort))
        for soort, naam in SOORTEN.items()
        if gedaan[soort] or gepland[soort] or soort in normen
    ]


def per_maand(momenten: Iterable[datetime]) -> list[int]:
    """Twelve counts, by the month on a Dutch calendar."""
    uit = [0] * 12
    for moment in momenten:
        uit[lokaal(moment).month - 1] += 1
    return uit


@dataclass(frozen=True)
class Staaf:
    """One bar of the chart, in the units of its viewBox."""

    x: float
    y: float
    hoogte: float
    waarde: int
    label: str


@dataclass(frozen=True)
class Grafiek:
    """Bars and the value of the highest grid line."""

    staven: tuple[Staaf, ...]
    top: int
    breedte: float
    hoogte: float
    staafbreedte: float


def mooie_top(hoogste: int) -> int:
    """The value at the top of the axis: 1, 2 or 5 times a power of ten, at least the highest bar."""
    top = 1
    while True:
        for stap in (1, 2, 5):
            if top * stap >= hoogste:
                return top * stap
        top *= 10


def teken(
    waarden: Sequence[int], labels: Sequence[str] = MAANDEN, breedte: float = 480, hoogte: float = 160
) -> Grafiek:
    """The geometry of a bar chart."""
    top = mooie_top(max(waarden, default=1) or 1)
    vak = breedte / max(len(waarden), 1)
    staven = tuple(
        Staaf(
            x=round(vak * i + vak * 0.15, 2),
            y=round(hoogte - hoogte * waarde / top, 2),
            hoogte=round(hoogte * waarde / top, 2),
            waarde=waarde,
            label=label,
        )
        for i, (waarde, label) in enumerate(zip(waarden, labels, strict=True))
    )
    return Grafiek(staven, top, breedte, hoogte, round(vak * 0.7, 2))
