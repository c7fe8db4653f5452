"""Unusual reading, as plain numbers: who read far more than they normally do, or outside their own hours. Pure.

It accuses nobody: an evening inspection makes a busy evening. The auditor asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

# Fewer objects than this on a day is nothing to look at, however little somebody normally reads.
MINSTENS = 15
# How many times one's own normal day.
KEER = 3
# Days with reading before there is a normal.
DAGEN_NORMAAL = 5
# An hour of the week counts as one's own where this share of earlier reading was in it.
DEEL_EIGEN = 0.02
MINSTENS_BUITEN = 10


@dataclass(frozen=True)
class Lezing:
    """Somebody read something at a moment in Dutch time."""

    wie: int
    moment: datetime
    object_uid: str


@dataclass(frozen=True)
class Opvallend:
    """A day of somebody that differs: how many objects, what is normal for them, how many outside their hours."""

    wie: int
    dag: date
    aantal: int
    normaal: float | None
    buiten: int


def zoek_opvallend(lezingen: Iterable[Lezing], vanaf: date) -> list[Opvallend]:
    """Days from ``vanaf`` that differ from what the same person did before that day; most first."""
    per_mens: dict[int, list[Lezing]] = {}
    for lezing in lezingen:
        per_mens.setdefault(lezing.wie, []).append(lezing)
    uit = [o for wie, eigen in per_mens.items() for o in _van(wie, eigen, vanaf)]
    return sorted(uit, key=lambda o: (-o.aantal, o.dag, o.wie))


def _van(wie: int, lezingen: Sequence[Lezing], vanaf: date) -> Iterable[Opvallend]:
    per_dag: dict[date, list[Lezing]] = {}
    for lezing in lezingen:
        per_dag.setdefault(lezing.moment.date(), []).append(lezing)
    aantallen: list[int] = []
    uren: dict[tuple[bool, int], int] = {}
    for dag in sorted(per_dag):
        vandaag = per_dag[dag]
        aantal = len({lezing.object_uid for lezing in vandaag})
        if dag >= vanaf:
            normaal = median(aantallen) if len(aantallen) >= DAGEN_NORMAAL else None
            buiten = len({z.object_uid for z in vandaag if not _eigen_uur(uren, z.moment)}) if normaal else 0
            veel = aantal >= MINSTENS and (normaal is None or aantal >= KEER * normaal)
            if veel or buiten >= MINSTENS_BUITEN:
                yield Opvallend(wie, dag, aantal, normaal, buiten)
        aantallen.append(aantal)
        for lezing in vandaag:
            sleutel = _uur(lezing.moment)
            uren[sleutel] = uren.get(sleutel, 0) + 1


def _uur(moment: datetime) -> tuple[bool, int]:
    """Weekend or not, and the hour."""
    return moment.weekday() >= 5, moment.hour


def _eigen_uur(uren: dict[tuple[bool, int], int], moment: datetime) -> bool:
    weekend, uur = _uur(moment)
    som = sum(uren.values())
    rond = sum(uren.get((weekend, (uur + verschil) % 24), 0) for verschil in (-1, 0, 1))
    return som > 0 and rond / som >= DEEL_EIGEN
