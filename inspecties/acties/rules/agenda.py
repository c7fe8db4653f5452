"""The calendar of actions: which days a month or a week shows, and which days a shift touches."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from inspecties.core.klok import lokaal, lokale_datum

WEERGAVEN: dict[str, str] = {"maand": "Maand", "week": "Week"}
DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
# The years that the calendar shows; a date outside is a slip of the pen.
VROEGST, LAATST = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Blad:
    """One page of the calendar: whole weeks from Monday. ``vorige`` and ``volgende`` are days on the next pages."""

    weergave: str
    dag: date
    weken: tuple[tuple[date, ...], ...]
    vorige: date
    volgende: date

    @property
    def eerste(self) -> date:
        return self.weken[0][0]

    @property
    def laatste(self) -> date:
        return self.weken[-1][-1]

    def hoort_erbij(self, dag: date) -> bool:
        """Whether the day is of the month that is shown; a week shows all of its days."""
        return self.weergave == "week" or (dag.year, dag.month) == (self.dag.year, self.dag.month)


def maandag_van(dag: date) -> date:
    """The Monday of its week."""
    return dag - timedelta(days=dag.weekday())


def maak_blad(weergave: str, dag: date) -> Blad:
    """The page that shows this day."""
    if weergave == "week":
        begin = maandag_van(dag)
        return Blad("week", dag, (_week(begin),), begin - timedelta(days=7), begin + timedelta(days=7))
    eerste = dag.replace(day=1)
    volgende = (eerste + timedelta(days=32)).replace(day=1)
    vorige = (eerste - timedelta(days=1)).replace(day=1)
    weken, maandag = [], maandag_van(eerste)
    while maandag < volgende:
        weken.append(_week(maandag))
        maandag += timedelta(days=7)
    return Blad("maand", dag, tuple(weken), vorige, volgende)


def _week(maandag: date) -> tuple[date, ...]:
    return tuple(maandag + timedelta(days=n) for n in range(7))


def lees_dag(tekst: str, vandaag: date) -> date:
    """The day in a URL, or today where it is none or lies outside the calendar."""
    try:
        dag = date.fromisoformat(tekst)
    except ValueError:
        return vandaag
    return dag if VROEGST <= dag <= LAATST else vandaag


def dagen_van(begin: datetime, eind: datetime) -> list[date]:
    """The Dutch days that a shift touches; one that ends at midnight does not touch the next."""
    laatste = lokale_datum(eind - timedelta(microseconds=1))
    dag, uit = lokale_datum(begin), []
    while dag <= laatste:
        uit.append(dag)
        dag += timedelta(days=1)
    return uit


def uren_op(begin: datetime, eind: datetime, dag: date) -> str:
    """'17:00 tot 23:00'; on the day after midnight 'vervolg tot 02:00', and on the first 'vanaf 22:00'."""
    van, tot = lokaal(begin), lokaal(eind)
    dagen = dagen_van(begin, eind)
    if len(dagen) == 1:
        return f"{van:%H:%M} tot {tot:%H:%M}" if tot.date() == dag else f"{van:%H:%M} tot 24:00"
    if dag == dagen[0]:
        return f"{van:%H:%M} tot {tot:%H:%M} (nacht)"
    return f"vervolg tot {tot:%H:%M}"
