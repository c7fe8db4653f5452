"""Nobody and nothing is in two places at once: who an action takes, and with what that clashes.

In concept a clash is only told: a draft is for trying, and most drafts change. From 'gereed' on people count on the
plan, so then it is refused. Going back to concept sets everybody free.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from inspecties.core.klok import lokaal

SOORTEN: dict[str, str] = {"persoon": "Persoon", "voertuig": "Voertuig"}
# An action in one of these states holds its people and vehicles. What is over keeps its hours too: they were spent.
GEBOEKT = frozenset({"gereed", "in_uitvoering", "afgerond"})
ZITPLAATSEN_HOOGSTENS = 60


@dataclass(frozen=True)
class Hulpbron:
    """What can be taken: the kind and the id within it."""

    soort: str
    id: int


@dataclass(frozen=True)
class Bezet:
    """Somebody or something is taken from ``begin`` up to ``eind``; ``actie`` is the name, None where it is not ours.

    Half open: an action may begin on the moment that another ends.
    """

    bron: Hulpbron
    begin: datetime
    eind: datetime
    actie: str | None = None


def raakt(begin: datetime, eind: datetime, ander: Bezet) -> bool:
    """Whether the two stretches share a moment."""
    return begin < ander.eind and ander.begin < eind


def vind_botsingen(
    gevraagd: Collection[Hulpbron], begin: datetime, eind: datetime, bezet: Iterable[Bezet]
) -> list[Bezet]:
    """What is in the way of taking all of ``gevraagd`` in these hours, in order of time."""
    wil = set(gevraagd)
    botsend = [b for b in bezet if b.bron in wil and raakt(begin, eind, b)]
    return sorted(botsend, key=lambda b: (b.begin, b.bron.soort, b.bron.id))


def _uren(begin: datetime, eind: datetime) -> str:
    van, tot = lokaal(begin), lokaal(eind)
    dag = "" if van.date() == tot.date() else f" op {tot.day}-{tot.month}"
    return f"{van.day}-{van.month} van {van:%H:%M} tot {tot:%H:%M}{dag}"


def zeg_botsing(naam: str, bezet: Bezet) -> str:
    """'Jan staat al in 'Kade', 21-11 van 18:00 tot 23:00.'; of another gemeente only the hours are told."""
    waar = f"in '{bezet.actie}'" if bezet.actie is not None else "in een andere gemeente"
    wat = "staat al" if bezet.bron.soort == "persoon" else "rijdt al"
    return f"{naam} {wat} {waar}, {_uren(bezet.begin, bezet.eind)}."


def te_weinig_plaatsen(ploeg: str, leden: int, zitplaatsen: Collection[int]) -> str:
    """What is wrong with the seats of a team's vehicles; "" where there are enough, or it has none."""
    if not zitplaatsen or sum(zitplaatsen) >= leden:
        return ""
    return f"{ploeg} is met {leden} mensen, maar de voertuigen hebben {sum(zitplaatsen)} plaatsen."
