"""The one source of "now". Rules and operations get the moment as an argument; only views and the CLI ask a clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

TIJDZONE = ZoneInfo("Europe/Amsterdam")


class Klok(Protocol):
    """Tells the present moment as an aware datetime in UTC."""

    def nu(self) -> datetime: ...


class SysteemKlok:
    """The machine's clock."""

    def nu(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class VasteKlok:
    """A clock that stands still until it is moved; for tests and for replaying the past."""

    moment: datetime

    def nu(self) -> datetime:
        return self.moment.astimezone(UTC)


def lokaal(moment: datetime) -> datetime:
    """The same moment on a Dutch wall clock."""
    return moment.astimezone(TIJDZONE)


def lokale_datum(moment: datetime) -> date:
    """The calendar day in the Netherlands at this moment."""
    return lokaal(moment).date()
