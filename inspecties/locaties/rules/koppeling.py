"""Links between locations: derived from threads (a shared thing at a place), never stored.

Moving an operation to another address keeps its telephone numbers, plates, company and people (domain.md, "Waterbed
effects"). A weak thread is shown, but does not by itself bind locations into a cluster: four digits that are equal by
chance would tie everything to everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from inspecties.locaties.rules.kenmerk import ZWAK
from inspecties.locaties.rules.partijen import KENMERKSOORTEN

KVK, PARTIJ = "kvk", "partij"
KOPPELSOORTEN: dict[str, str] = {**KENMERKSOORTEN, KVK: "KvK-nummer", PARTIJ: "Betrokkene"}


@dataclass(frozen=True, slots=True)
class Draad:
    """One shared thing at one place. ``sleutel``: keyed hash, KvK number or id of the party; ``op``: first seen."""

    soort: str
    sleutel: str
    locatie_id: int
    op: date

    @property
    def wat(self) -> tuple[str, str]:
        return self.soort, self.sleutel


@dataclass(frozen=True, slots=True)
class Koppeling:
    """One thing at two or more places, in the order in which it was seen there. ``totaal`` counts all places."""

    soort: str
    sleutel: str
    plekken: tuple[tuple[int, date], ...]
    totaal: int

    @property
    def wat(self) -> tuple[str, str]:
        return self.soort, self.sleutel

    @property
    def locatie_ids(self) -> tuple[int, ...]:
        return tuple(i for i, _ in self.plekken)

    @property
    def sinds(self) -> date:
        """Since when it links: the day it was seen at a second place."""
        return self.plekken[1][1]

    @property
    def zwak(self) -> str:
        """Why this link says little; '' where it does not."""
        return ZWAK.get(self.soort, "")


def maak_koppelingen(draden: Iterable[Draad], aantallen: dict[tuple[str, str], int] | None = None) -> list[Koppeling]:
    """What these threads have in common: strong before weak, most places first, then the most recent.

    ``aantallen``: places per thing where the caller read only the first of them.
    """
    per_ding: dict[tuple[str, str], dict[int, date]] = defaultdict(dict)
    for draad in draden:
        plekken = per_ding[draad.wat]
        plekken[draad.locatie_id] = min(draad.op, plekken.get(draad.locatie_id, draad.op))
    uit = []
    for (soort, sleutel), plekken in per_ding.items():
        if len(plekken) < 2:
            continue
        op_datum = tuple(sorted(plekken.items(), key=lambda p: (p[1], p[0])))
        totaal = max(len(plekken), (aantallen or {}).get((soort, sleutel), 0))
        uit.append(Koppeling(soort, sleutel, op_datum, totaal))
    return sorted(uit, key=lambda k: (bool(k.zwak), -k.totaal, -k.sinds.toordinal(), k.soort, k.sleutel))


def beperk(koppelingen: Iterable[Koppeling], locatie_ids: set[int]) -> list[Koppeling]:
    """The same links as far as they lie between these places."""
    uit = []
    for k in koppelingen:
        plekken = tuple(p for p in k.plekken if p[0] in locatie_ids)
        if len(plekken) > 1:
            uit.append(Koppeling(k.soort, k.sleutel, plekken, k.totaal))
    return uit


@dataclass(frozen=True, slots=True)
class Tros:
    """Places that hang together through links; the first place has the most of them."""

    locatie_ids: tuple[int, ...]
    koppelingen: tuple[Koppeling, ...]

    @property
    def sinds(self) -> date:
        """The latest day on which something was seen at one more place."""
        return max(k.plekken[-1][1] for k in self.koppelingen)


def maak_trossen(koppelingen: Sequence[Koppeling], *, zwak_bindt: bool = False) -> list[Tros]:
    """Connected places, the largest cluster first. ``zwak_bindt``: weak links bind too (when only those are asked)."""
    baas: dict[int, int] = {}

    def wortel(i: int) -> int:
        while baas.setdefault(i, i) != i:
            baas[i] = baas[baas[i]]
            i = baas[i]
        return i

    bindend = [k for k in koppelingen if zwak_bindt or not k.zwak]
    for k in bindend:
        eerste, *rest = k.locatie_ids
        for ander in rest:
            baas[wortel(ander)] = wortel(eerste)
    leden: dict[int, list[Koppeling]] = defaultdict(list)
    for k in bindend:
        leden[wortel(k.locatie_ids[0])].append(k)
    trossen = [_tros(groep) for groep in leden.values()]
    return sorted(trossen, key=lambda t: (-len(t.locatie_ids), -t.sinds.toordinal(), t.locatie_ids))


def _tros(groep: list[Koppeling]) -> Tros:
    graad: dict[int, int] = defaultdict(int)
    for k in groep:
        for i in k.locatie_ids:
            graad[i] += len(k.plekken) - 1
    return Tros(tuple(sorted(graad, key=lambda i: (-graad[i], i))), tuple(groep))
