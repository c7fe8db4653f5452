"""Recurrence of a calendar event (RFC 5545, RRULE): what is read of it, and its moments within a horizon."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr

from inspecties.core.fouten import OngeldigeInvoer
from inspecties.core.klok import TIJDZONE

_DELEN = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
_FREQUENTIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_LANGSTE_MAAND = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Steps of one rule before the horizon: a daily event of thirty years.
STAPPEN_HOOGSTENS = 11_000


def _weiger(waarom: str) -> OngeldigeInvoer:
    return OngeldigeInvoer(f"{waarom}. Zet die keren er los in, of vul ze met de hand in.", "bestand")


def controleer_regel(regel: Mapping[str, Sequence[Any]]) -> None:
    """Raise OngeldigeInvoer for a rule that calendars of people do not make, or that never comes to a day."""
    delen = {str(naam).upper(): list(waarden) for naam, waarden in regel.items()}
    if [str(f).upper() for f in delen.get("FREQ", [])] not in [[f] for f in _FREQUENTIES]:
        raise _weiger("de herhaling is niet per dag, week, maand of jaar")
    vreemd = sorted(delen.keys() - _DELEN)
    if vreemd:
        raise _weiger(f"de herhaling gebruikt {', '.join(vreemd)}, dat kan hier niet")
    if any(int(i) < 1 for i in [*delen.get("INTERVAL", [1]), *delen.get("COUNT", [1])]):
        raise _weiger("de herhaling heeft een getal onder 1")
    maanden = [int(m) for m in delen.get("BYMONTH", range(1, 13))]
    dagen = [abs(int(d)) for d in delen.get("BYMONTHDAY", [1])]
    if any(not 1 <= m <= 12 for m in maanden) or not any(
        1 <= d <= _LANGSTE_MAAND[m - 1] for m in maanden for d in dagen
    ):
        raise _weiger("de herhaling valt op een dag die niet bestaat")
    plaatsen = [int(p) for p in delen.get("BYSETPOS", [1])]
    if "BYSETPOS" in delen and ("BYDAY" not in delen or "BYMONTHDAY" in delen or any(abs(p) > 4 for p in plaatsen)):
        raise _weiger("de herhaling telt dagen op een manier die hier niet kan")


def _los(moment: datetime | date, begin: datetime) -> datetime:
    """A moment as the wall clock of ``begin``'s zone shows it, without zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.max if begin.tzinfo else time())
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(begin.tzinfo or TIJDZONE).replace(tzinfo=None)


def keren(regel: str, until: datetime | date | None, begin: datetime, tot: datetime) -> list[datetime]:
    """The moments of a rule (without its UNTIL) from ``begin`` before ``tot``.

    On ``begin``'s own wall clock: nine o'clock stays nine o'clock when the clock jumps. Raises OngeldigeInvoer for too
    many steps.
    """
    grens = _los(tot, begin)
    if until is not None:
        grens = min(grens, _los(until, begin))
    uit = []
    try:
        reeks = rrulestr(regel, dtstart=begin.replace(tzinfo=None))
        for stap, moment in enumerate(islice(reeks, STAPPEN_HOOGSTENS + 1)):
            if moment > grens:
                break
            if stap == STAPPEN_HOOGSTENS:
                raise _weiger("de herhaling begon te lang geleden")
            uit.append(moment.replace(tzinfo=begin.tzinfo))
    except (ValueError, TypeError, OverflowError) as fout:
        raise _weiger("de herhaling is niet te lezen") from fout
    return uit


def in_utc(moment: datetime | date) -> datetime:
    """A calendar's moment in UTC; a date is its first minute in the Netherlands, a time without zone is Dutch time."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), TIJDZONE)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=TIJDZONE)
    return moment.astimezone(UTC)
