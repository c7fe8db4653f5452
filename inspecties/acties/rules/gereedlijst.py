"""The readiness list: in which part of it a point stands, and which points a planner may pass over with a reason."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from inspecties.acties.rules.gereedheid import Punt
from inspecties.acties.rules.machtiging import GRONDSLAGEN

# In the order of the page.
GROEPEN: dict[str, str] = {
    "planning": "Dienst, stops en tijden",
    "mensen": "Mensen",
    "bevoegdheden": "Bevoegdheden",
    "partners": "Partners",
    "binnentreden": "Binnentreden en machtigingen",
    "checklists": "Checklists",
    "briefing": "Briefing",
    "tablets": "Tablets",
}
_BEGIN = {
    "bevoegdheid": "bevoegdheden",
    "machtiging": "binnentreden",
    "grond": "binnentreden",
    "checklist": "checklists",
    "briefing": "briefing",
    "embargo": "briefing",
    "tablet": "tablets",
    "partner": "partners",
    "uitnodiging": "partners",
    "over_maximum": "partners",
}
_WAAR = {"ploegen": "mensen", "partners": "partners"}

# Decisions that are a planner's to take. What is not in here is never passed over: an unlawful entry least of all.
UITZONDERBAAR = frozenset(
    {"bevoegdheid_ontbreekt", "buiten_dienst", "mens_niet_beschikbaar", "over_maximum", "partner_niet_beschikbaar"}
)
REDEN_MINSTENS = 10


@dataclass(frozen=True)
class Regel:
    """One line of the list. ``stand``: goed, open, let_op or uitgezonderd."""

    stand: str
    tekst: str
    punt: Punt | None = None


def groep_van(punt: Punt) -> str:
    """The part of the list that a point belongs to."""
    for begin, groep in _BEGIN.items():
        if punt.code.startswith(begin):
            return groep
    return _WAAR.get(punt.waar, "planning")


def is_uitzonderbaar(punt: Punt) -> bool:
    """Whether a planner may pass over this point.

    Never the power to enter a dwelling: without it nobody may go in, whatever the reason (art. 2 and 4 Awbi).
    """
    if punt.code not in UITZONDERBAAR or not punt.sleutel:
        return False
    return punt.code != "bevoegdheid_ontbreekt" or punt.sleutel.rpartition(":")[2] not in GRONDSLAGEN


def vinger_van(punt: Punt) -> str:
    """What a point says, as SHA-256: another team, another partner or another power is another point."""
    return hashlib.sha256("\n".join((punt.code, punt.sleutel, punt.melding)).encode()).hexdigest()


def in_groepen(
    goed: Sequence[tuple[str, str]],
    open_: Collection[Punt],
    let_op: Collection[Punt],
    uitgezonderd: Sequence[tuple[Punt, str]],
) -> dict[str, list[Regel]]:
    """The whole list, all groups in their order: what is open first, then what was passed over, to know, and done.

    ``goed``: (group, sentence); ``uitgezonderd``: a point with who passed it over and why.
    """
    uit: dict[str, list[Regel]] = {code: [] for code in GROEPEN}
    for punt in open_:
        uit[groep_van(punt)].append(Regel("open", punt.melding, punt))
    for punt, waarom in uitgezonderd:
        uit[groep_van(punt)].append(Regel("uitgezonderd", f"{punt.melding} {waarom}", punt))
    for punt in let_op:
        uit[groep_van(punt)].append(Regel("let_op", punt.melding, punt))
    for groep, zin in goed:
        uit[groep].append(Regel("goed", zin))
    return uit
