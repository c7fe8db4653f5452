"""When something goes, from the day on which its term began. Pure: today and the terms are arguments."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID


def plus_maanden(dag: date, maanden: int) -> date:
    """The same day so many months later; the last day of a shorter month."""
    jaar, maand = divmod(dag.month - 1 + maanden, 12)
    jaar, maand = dag.year + jaar, maand + 1
    return date(jaar, maand, min(dag.day, calendar.monthrange(jaar, maand)[1]))


@dataclass(frozen=True)
class Aanvang:
    """A row under a term: the day on which it began, the term that counts for what came of it, and what holds it."""

    id: int
    uid: UUID
    dag: date
    termijn: str
    vast_door: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bewaarstand:
    """What holds for one row: from which day it goes, and why it does not."""

    aanvang: Aanvang
    weg_op: date

    def is_voorbij(self, vandaag: date) -> bool:
        """Whether the day has come. The term's last day itself is over on the same day of the month."""
        return vandaag >= self.weg_op


def stand_van(aanvang: Aanvang, maanden: Mapping[str, int]) -> Bewaarstand:
    """Raises KeyError where the term is not in the table."""
    return Bewaarstand(aanvang, plus_maanden(aanvang.dag, maanden[aanvang.termijn]))


def termijn_van_dossier(soort: str, trajecten: frozenset[str], zwaar: frozenset[str]) -> str:
    """Which term counts for a closed dossier: Bibob its own, a closure or a last the longest."""
    if soort == "bibob":
        return "dossier_bibob"
    if soort == "sluiting" or trajecten & zwaar:
        return "dossier_zwaar"
    return "dossier"


def termijn_van_bezoek(*, met_bevinding: bool) -> str:
    """A visit that found nothing goes long before one that did."""
    return "bezoek_met_bevinding" if met_bevinding else "bezoek_zonder_bevinding"
