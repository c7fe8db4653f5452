"""Which version of a checklist counts: on a day, for a kind of place."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Uitgave(Protocol):
    """What a choice between versions looks at. ``locatietypen`` empty: for every kind of place."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def geldig_vanaf(self) -> date | None: ...
    @property
    def locatietypen(self) -> list[str]: ...


U = TypeVar("U", bound=Uitgave)


def kies_versie(versies: Iterable[U], datum: date, locatietype: str | None) -> U | None:
    """The version of one checklist that counts on a day for a kind of place: of what is published, what began last.

    ``locatietype`` None: a place of a kind that no version names.
    """
    kandidaten = [
        v
        for v in versies
        if v.status == "gepubliceerd"
        and v.geldig_vanaf is not None
        and v.geldig_vanaf <= datum
        and (not v.locatietypen or locatietype in v.locatietypen)
    ]
    return max(kandidaten, key=lambda v: (v.geldig_vanaf or date.min, v.id), default=None)


def geldend(versies: Iterable[U], datum: date, typen: Iterable[str]) -> dict[int, list[str]]:
    """Version id -> the kinds of place it counts for on a day, of these kinds."""
    alle = list(versies)
    uit: dict[int, list[str]] = {}
    for code in typen:
        gekozen = kies_versie(alle, datum, code)
        if gekozen is not None:
            uit.setdefault(gekozen.id, []).append(code)
    return uit
